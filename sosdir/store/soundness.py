"""Ask of a database whether it is whole, and whether its index says what its services say."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlite_utils import Database

from sosdir import evidence, needs
from sosdir.models import Service
from sosdir.store import indexing

# So many are told; a database with more is put back, not mended by hand.
_MOST = 20


def damages(db: Database) -> list[str]:
    """Return what SQLite finds damaged, in its own words; nothing where it is whole.

    Args:
        db: to read.
    """
    told = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST})").fetchall()]
    return [] if told == ["ok"] else told


def dangling(db: Database) -> list[str]:
    """Return which tables hold rows that refer to what is not there.

    Args:
        db: to read.
    """
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    return sorted({f"{table} → {parent}" for table, _, parent, _ in rows})


def misindexed(db: Database, services: list[Service]) -> list[str]:
    """Return the ids of the services that the search index lacks, has too much, or knows wrongly.

    Args:
        db: to read.
        services: all there are.
    """
    return sorted(_misindexed(db, services))


def _misindexed(db: Database, services: list[Service]) -> Iterator[str]:
    indexed = {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT service_id, withheld_from, looked_at, channels, needs, open, guarded"
            " FROM service_index LEFT JOIN service_text ON service_text.rowid = number"
        ).fetchall()
    }
    for service in services:
        known = indexed.pop(service.id, None)
        wanted = _wanted(service) if evidence.is_listed(service) else None
        if known != wanted:
            yield service.id
    yield from indexed


def _wanted(service: Service) -> tuple[str, ...]:
    return (
        evidence.withheld_from(service).isoformat(),
        evidence.looked_at(service).isoformat(),
        indexing.channels_key(service),
        json.dumps(needs.offered(service)),
        *indexing.halves(service),
    )
