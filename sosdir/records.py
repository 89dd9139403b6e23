"""Build the records of the directory from typed rows, and take them apart again.

A row is a mapping from column names to typed values, as ``tabular`` reads them; where the rows
come from, a file or a database, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosdir.models import (
    Channel,
    Municipality,
    Organization,
    Position,
    RetiredNumber,
    Service,
    Source,
    Statistic,
    Ward,
)

Row = Mapping[str, Any]

_SERVICE_PLAIN = (
    "id",
    "name",
    "focus",
    "answers_for",
    "department",
    "operator_text",
    "partners",
    "programs",
    "prefecture_code",
    "municipality_code",
    "address",
    "area_served",
    "service_area_basis",
    "eligibility",
    "fee",
    "anonymous",
    "confidentiality",
    "languages",
    "staff",
    "offers",
    "website",
    "established",
    "evidence",
    "newest_source_year",
    "collected_on",
    "checked_on",
    "contact_missing",
    "status",
    "status_note",
    "successor_id",
    "hold",
    "editor_note",
)


def service(
    row: Row,
    organizations: Mapping[str, Organization],
    *,
    channels: Iterable[Row],
    service_areas: Iterable[Row],
    sources: Iterable[Row],
    statistics: Iterable[Row],
) -> Service:
    """Build a service from its row and the rows that belong to it.

    Args:
        row: of ``service``.
        organizations: by id; at least those the row names.
        channels: rows of ``channel``, in order.
        service_areas: rows of ``service_area``, in order.
        sources: rows of ``source``, in order.
        statistics: rows of ``statistic``, in order.

    Raises:
        KeyError: an organization that the row names is not among those given.
    """
    organization_id = row["organization_id"]
    return Service(
        **{name: row[name] for name in _SERVICE_PLAIN},
        organization=organizations[organization_id] if organization_id else None,
        commissioners=tuple(organizations[key] for key in row["commissioner_ids"]),
        position=_position(row),
        service_areas=tuple(area["area_code"] for area in service_areas),
        channels=tuple(channel(each) for each in channels),
        sources=tuple(source(each) for each in sources),
        statistics=tuple(statistic(each) for each in statistics),
    )


def service_row(service: Service) -> dict[str, Any]:
    """Return the row of ``service`` that says a service.

    Args:
        service: to take apart.
    """
    position = service.position
    return {
        **{name: getattr(service, name) for name in _SERVICE_PLAIN},
        "organization_id": service.organization.id if service.organization else None,
        "commissioner_ids": tuple(each.id for each in service.commissioners),
        "latitude": position.latitude if position else None,
        "longitude": position.longitude if position else None,
        "position_precision": position.precision if position else None,
    }


def child_rows(service: Service) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that belong to a service, by table, in order.

    Args:
        service: to take apart.
    """
    mine = {"service_id": service.id}
    return {
        "channel": [mine | _fields(each, _CHANNEL) for each in service.channels],
        "service_area": [mine | {"area_code": code} for code in service.service_areas],
        "source": [mine | _fields(each, _SOURCE) for each in service.sources],
        "statistic": [mine | _fields(each, _STATISTIC) for each in service.statistics],
    }


def channel(row: Row) -> Channel:
    """Build a channel from its row."""
    return Channel(**{name: row[name] for name in _CHANNEL})


def source(row: Row) -> Source:
    """Build a source from its row."""
    return Source(**{name: row[name] for name in _SOURCE})


def statistic(row: Row) -> Statistic:
    """Build a dated figure from its row."""
    return Statistic(**{name: row[name] for name in _STATISTIC})


def organization(row: Row) -> Organization:
    """Build an organization from its row."""
    return Organization(row["id"], row["name"])


def municipality(row: Row) -> Municipality:
    """Build a municipality from its row."""
    return Municipality(
        row["code"], row["name"], row["name_kana"], row["latitude"], row["longitude"]
    )


def ward(row: Row) -> Ward:
    """Build a ward from its row."""
    return Ward(row["municipality_code"], row["name"], row["name_kana"])


def retired_number(row: Row) -> RetiredNumber:
    """Build a retired number from its row."""
    return RetiredNumber(**{name: row[name] for name in _RETIRED})


def plain_row(record: Organization | Municipality | Ward | RetiredNumber) -> dict[str, Any]:
    """Return the row of a record whose fields are its columns.

    Args:
        record: to take apart.
    """
    return _fields(record, type(record).__slots__)


_CHANNEL = Channel.__slots__
_SOURCE = Source.__slots__
_STATISTIC = Statistic.__slots__
_RETIRED = RetiredNumber.__slots__


def _fields(record: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _position(row: Row) -> Position | None:
    if row["latitude"] is None:
        return None
    return Position(row["latitude"], row["longitude"], row["position_precision"])
