"""Tell whom a service serves: the country, prefectures, municipalities."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier, own
from sosdir.hsds.telling import Telling
from sosdir.models import NATIONWIDE, Basis, Service
from sosdir.vocabulary import NATIONWIDE_LABEL


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArea:
    """An area whose people a service is for."""

    id: Identifier
    service_id: Identifier
    name: str
    description: str | None = None
    uri: str | None = None
    area_code: str = own(
        "00 the country; two digits a prefecture (JIS X 0401); six a municipality (JIS X 0402).",
        default=NATIONWIDE,
    )
    basis: Basis = own("Whether a source states the area, or it is presumed.", Basis.STATED)


def service_areas(service: Service, telling: Telling) -> tuple[ServiceArea, ...]:
    """Return the areas of a service.

    Args:
        service: published.
        telling: to name them with.
    """
    return tuple(_area(service, code, telling) for code in service.service_areas)


def _area(service: Service, code: str, telling: Telling) -> ServiceArea:
    whole = code == NATIONWIDE
    return ServiceArea(
        id=identifier("service_area", service.id, code),
        service_id=identifier("service", service.id),
        name=NATIONWIDE_LABEL if whole else telling.gazetteer.get(code).full_name,
        description=service.area_served,
        uri=None if whole else telling.area_page(code),
        area_code=code,
        basis=service.service_area_basis,
    )
