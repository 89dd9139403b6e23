"""Read from history when something public changed, newest first, and what."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sosdir.revising import Revision
from sosdir.store import reports, revisions
from sosdir.store.instants import text_of

# The first entry of a loaded service only writes down what was there. A look that left the level
# as it was changed nothing that is told.
_TOLD = """
    WITH reached AS (
        SELECT revision.*, (
            SELECT former.number FROM revision AS former
            WHERE former.service_id = revision.service_id AND former.version < revision.version
                AND former.action NOT IN ('drafted', 'rejected')
            ORDER BY former.version DESC LIMIT 1
        ) AS former
        FROM revision JOIN service ON service.id = revision.service_id
        WHERE revision.action NOT IN ('drafted', 'rejected') AND service.hold IS NULL
            AND NOT (revision.version = 1 AND revision.action = 'loaded')
            {where}
    ),
    told AS (
        SELECT reached.* FROM reached LEFT JOIN revision AS past ON past.number = reached.former
        WHERE reached.action NOT IN ('checked_by_phone', 'checked_on_site', 'undone')
            OR past.content ->> '$.service.evidence'
                IS NOT reached.content ->> '$.service.evidence'
    )
"""
_IN_AREAS = """
    AND EXISTS (
        SELECT 1 FROM service_area
        WHERE service_id = service.id AND area_code IN (SELECT value FROM json_each(:areas))
    )
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold one moment at which services changed, and how many did.

    Args:
        at: with a zone.
        services: how many.
    """

    at: datetime
    services: int


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one change: a revision, and the public one before it, None where there was none."""

    former: Revision | None
    revision: Revision


def moments(db: Database, areas: Collection[str] | None = None) -> list[Moment]:
    """Return the moments at which public services changed, the newest first.

    Args:
        db: to read.
        areas: codes of which a service serves at least one, None for all.
    """
    sql = (
        f"{_told(areas)} SELECT made_at, count(DISTINCT service_id) AS services FROM told"
        " GROUP BY made_at ORDER BY made_at DESC"
    )
    rows = db.query(sql, _values(areas))
    return [Moment(datetime.fromisoformat(row["made_at"]), row["services"]) for row in rows]


def of_moment(db: Database, at: datetime, areas: Collection[str] | None = None) -> list[Step]:
    """Return the changes of one moment, in the order in which they were made.

    Args:
        db: to read.
        at: of the moment.
        areas: as ``moments`` takes them.
    """
    sql = f"{_told(areas, 'AND revision.made_at = :at')} SELECT number, former FROM told"
    rows = list(db.query(f"{sql} ORDER BY number", {**_values(areas), "at": text_of(at)}))
    return [
        Step(
            revisions.get(db, row["former"]) if row["former"] is not None else None,
            revisions.get(db, row["number"]),
        )
        for row in rows
    ]


def last_instants(db: Database) -> dict[str, datetime]:
    """Return when each service last changed in public, by its id; only those with a history.

    Args:
        db: to read.
    """
    rows = db.query(
        "SELECT service_id, max(made_at) AS at FROM revision"
        " WHERE action NOT IN ('drafted', 'rejected')"
        " AND NOT (version = 1 AND action = 'loaded') GROUP BY service_id"
    )
    return {row["service_id"]: datetime.fromisoformat(row["at"]) for row in rows}


def last_shown(db: Database) -> dict[str, datetime]:
    """Return when each service, or the doubt on a number of it, last changed in public, by its id.

    Args:
        db: to read.
    """
    found = last_instants(db)
    doubts = reports.doubts_changed(db)
    return found | {key: max(at, found.get(key, at)) for key, at in doubts.items()}


def _told(areas: Collection[str] | None, where: str = "") -> str:
    return _TOLD.format(where=where + ("" if areas is None else _IN_AREAS))


def _values(areas: Collection[str] | None) -> dict[str, Any]:
    return {} if areas is None else {"areas": json.dumps(sorted(areas))}
