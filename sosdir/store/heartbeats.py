"""Note that the writer lives, so that a copy of its database can tell how old it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

# The writer tells that it lives every minute; a few lost ones are no reason to say anything.
STALE_AFTER = timedelta(minutes=15)
_NAME = "heartbeat"


def beat(db: Database, now: datetime) -> None:
    """Note that the writer lives.

    Args:
        db: to write.
        now: with a zone.
    """
    with db.atomic():
        seconds = int(now.timestamp())
        db.execute("DELETE FROM meta WHERE name = ?", [_NAME])
        db.execute("INSERT INTO meta (name, value) VALUES (?, ?)", [_NAME, seconds])


def last(db: Database) -> datetime | None:
    """Return when the writer last lived, as far as this database knows; None if it never told.

    Args:
        db: to read.
    """
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_NAME]).fetchone()
    return datetime.fromtimestamp(found[0], UTC) if found else None
