"""Keep which revision of a service waits for a publisher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from sosdir.revising import Revision
from sosdir.store import revisions


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a draft that waits.

    Args:
        revision: what it says.
        base: the public state it was made from, None where the service is new.
    """

    revision: Revision
    base: Revision | None


def find(db: Database, service_id: str) -> Draft | None:
    """Return the draft of a service, or None.

    Args:
        db: to read.
        service_id: whose.
    """
    return next(_drafts(db, "WHERE service_id = ?", [service_id]), None)


def everything(db: Database, limit: int = -1, offset: int = 0) -> list[Draft]:
    """Return drafts, the one that waits longest first; an import may bring thousands.

    Args:
        db: to read.
        limit: how many at most, -1 for all.
        offset: how many to pass over.
    """
    return list(_drafts(db, "ORDER BY revision LIMIT ? OFFSET ?", [limit, offset]))


def ids(db: Database) -> frozenset[str]:
    """Return the ids of the services that have a draft.

    Args:
        db: to read.
    """
    return frozenset(row["service_id"] for row in db.query("SELECT service_id FROM draft"))


def count(db: Database) -> int:
    """Return how many drafts wait.

    Args:
        db: to read.
    """
    (counted,) = db.execute("SELECT count(*) FROM draft").fetchone()
    return int(counted)


def put(db: Database, revision: Revision, base: int | None) -> None:
    """Let a revision wait in place of the draft before it.

    Args:
        db: to write, within a transaction.
        revision: what it says.
        base: number of the public revision it was made from, None where the service is new.
    """
    db.execute(
        "INSERT INTO draft (service_id, revision, base) VALUES (?, ?, ?)"
        " ON CONFLICT (service_id) DO UPDATE"
        " SET revision = excluded.revision, base = excluded.base",
        [revision.service_id, revision.number, base],
    )


def remove(db: Database, service_id: str) -> None:
    """Take away the draft of a service; its revisions stay.

    Args:
        db: to write, within a transaction.
        service_id: whose.
    """
    db.execute("DELETE FROM draft WHERE service_id = ?", [service_id])


def _drafts(db: Database, tail: str, values: list[Any]) -> Iterator[Draft]:
    for row in list(db.query(f"SELECT revision, base FROM draft {tail}", values)):
        base = revisions.get(db, row["base"]) if row["base"] is not None else None
        yield Draft(revisions.get(db, row["revision"]), base)
