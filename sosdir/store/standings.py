"""Read what the desk needs of each listed service, without reading the services whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from sosdir.models import EvidenceLevel, Focus, ServiceStatus

_SQL = """
    SELECT service.id, service.name, service.focus, service.status, service.checked_on,
        service_index.withheld_from, service_index.looked_at,
        service.id IN (
            SELECT service_id FROM channel
            WHERE kind IN ('phone', 'fax', 'sms') AND value IS NOT NULL
        ) AS has_number,
        area.codes
    FROM service_index
    JOIN service ON service.id = service_index.service_id
    LEFT JOIN (
        SELECT service_id, group_concat(area_code) AS codes FROM service_area GROUP BY service_id
    ) AS area ON area.service_id = service.id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how a listed service stands.

    Args:
        service_id: whose.
        name: of the service.
        focus: what it is for.
        is_active: whether it runs; one that rests cannot stand in for another.
        withheld_from: the first day on which its contact values are withheld.
        looked_at: the day its facts were last looked at.
        was_checked: whether that was a check, and not the collection.
        has_number: whether a number of it is known.
        areas: area codes it serves.
    """

    service_id: str
    name: str
    focus: Focus
    is_active: bool
    withheld_from: date
    looked_at: date
    was_checked: bool
    has_number: bool
    areas: frozenset[str]


def everything(db: Database) -> list[Standing]:
    """Return how every listed service stands.

    Args:
        db: to read.
    """
    return [_standing(row) for row in db.query(_SQL)]


def looks(db: Database) -> list[tuple[EvidenceLevel, date, date]]:
    """Return how well each listed service was known, from when it is withheld, the last look.

    Args:
        db: to read.
    """
    rows = db.execute(
        "SELECT service.evidence, withheld_from, looked_at"
        " FROM service_index JOIN service ON service.id = service_id"
    ).fetchall()
    return [
        (EvidenceLevel(level), date.fromisoformat(until), date.fromisoformat(seen))
        for level, until, seen in rows
    ]


def _standing(row: dict[str, Any]) -> Standing:
    return Standing(
        service_id=row["id"],
        name=row["name"],
        focus=Focus(row["focus"]),
        is_active=row["status"] == ServiceStatus.ACTIVE,
        withheld_from=date.fromisoformat(row["withheld_from"]),
        looked_at=date.fromisoformat(row["looked_at"]),
        was_checked=row["checked_on"] is not None,
        has_number=bool(row["has_number"]),
        areas=frozenset((row["codes"] or "").split(",")) - {""},
    )
