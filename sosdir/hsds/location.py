"""Tell where a service can be visited, if its address is published."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir.errors import UnknownAreaError
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.schedule import Schedule, schedules
from sosdir.hsds.service_area import ServiceArea, service_areas
from sosdir.hsds.shape import Identifier
from sosdir.hsds.telling import Telling
from sosdir.models import ChannelKind, Precision, Service

_COUNTRY = "JP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as its source writes it; parts that no source gives are empty."""

    id: Identifier
    location_id: Identifier
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place that can be visited; a point stands only where it is that of the address itself."""

    id: Identifier
    location_type: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAtLocation:
    """A service at a place that can be visited."""

    id: Identifier
    service_id: Identifier
    location_id: Identifier
    service_areas: tuple[ServiceArea, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    location: Location


def places(service: Service) -> tuple[str, ...]:
    """Return the addresses at which a service can be visited, as its sources write them.

    Args:
        service: published.
    """
    if service.address:
        return (service.address,)
    visits = (each for each in service.channels if each.kind is ChannelKind.IN_PERSON)
    return tuple(dict.fromkeys(each.value for each in visits if each.value))


def at_location_id(service_id: str, number: int) -> str:
    """Return the UUID of a service at one of its places.

    Args:
        service_id: ours.
        number: of the place, from 1.
    """
    return identifier("service_at_location", service_id, str(number))


def at_locations(service: Service, telling: Telling) -> tuple[ServiceAtLocation, ...]:
    """Return a service at each of its places, with all that belongs to it.

    Args:
        service: published.
        telling: to name its areas with.
    """
    return tuple(
        ServiceAtLocation(
            id=at_location_id(service.id, number),
            service_id=identifier("service", service.id),
            location_id=identifier("location", service.id, str(number)),
            service_areas=service_areas(service, telling),
            schedules=schedules(service, ChannelKind.IN_PERSON),
            location=_location(service, number, words, telling),
        )
        for number, words in enumerate(places(service), start=1)
    )


def _location(service: Service, number: int, words: str, telling: Telling) -> Location:
    position = service.position
    exact = position if position and position.precision is Precision.ADDRESS else None
    made = identifier("location", service.id, str(number))
    return Location(
        id=made,
        location_type="physical",
        name=service.name,
        latitude=exact.latitude if exact else None,
        longitude=exact.longitude if exact else None,
        addresses=(
            Address(
                id=identifier("address", service.id, str(number)),
                location_id=made,
                address_1=words,
                city=_name(telling, service.municipality_code),
                state_province=_name(telling, service.prefecture_code),
                postal_code="",
                country=_COUNTRY,
                address_type="physical",
            ),
        ),
    )


def _name(telling: Telling, code: str | None) -> str:
    try:
        return telling.gazetteer.get(code).name if code else ""
    except UnknownAreaError:
        return ""
