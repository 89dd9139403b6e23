"""What stands in lists beside the objects themselves: less of a service, or more of a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.location import Location
from sosdir.hsds.organization import NamedService, OrganizationIdentifier
from sosdir.hsds.service import Service, instant
from sosdir.hsds.shape import Identifier, Instant, own


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationInFull:
    """A body with the services that it runs, each with everything that may be shown of it."""

    id: Identifier
    name: str
    description: str
    organization_identifiers: tuple[OrganizationIdentifier, ...] = ()
    services: tuple[Service, ...] = own("The services that it runs.", ())
    commissions: tuple[NamedService, ...] = own("The services that it commissions.", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalService:
    """A service by its id alone, with the instant at which it last changed."""

    id: Identifier
    modified_date: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAtLocation:
    """A service at a place, as lists have it: with the service in brief."""

    id: Identifier
    service_id: Identifier
    location_id: Identifier
    location: Location
    service: Service


def minimal_service(service_id: str, changed: datetime) -> MinimalService:
    """Return a service by its id alone.

    Args:
        service_id: ours.
        changed: when what is shown of it last changed.
    """
    return MinimalService(id=identifier("service", service_id), modified_date=instant(changed))
