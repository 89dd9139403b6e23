"""Count the changes to the data, so that what was computed from it can be kept until the next."""

import secrets

from sqlite_utils import Database

SERVICES = "services"
PLACES = "places"
_STALE = "index_is_stale"


def current(db: Database, what: str = SERVICES) -> int:
    """Return the number of the data's present version.

    Args:
        db: to read.
        what: ``SERVICES`` or ``PLACES``.
    """
    (version,) = db.execute("SELECT value FROM meta WHERE name = ?", [what]).fetchone()
    return int(version)


def renew(db: Database, what: str) -> None:
    """Give a version that no other database has, so that a file put in its place is noticed.

    Args:
        db: to write.
        what: ``SERVICES`` or ``PLACES``.
    """
    db.execute("UPDATE meta SET value = ? WHERE name = ?", [secrets.randbits(52) + 1, what])


def advance(db: Database, what: str = SERVICES) -> None:
    """Count one change; to be called within the transaction that makes it.

    Args:
        db: to write.
        what: ``SERVICES`` or ``PLACES``.
    """
    db.execute("UPDATE meta SET value = value + 1 WHERE name = ?", [what])


def index_is_stale(db: Database) -> bool:
    """Tell whether the search index was emptied by a change of the schema.

    Args:
        db: to read.
    """
    found = db.execute("SELECT value FROM meta WHERE name = ?", [_STALE]).fetchone()
    return bool(found and found[0])


def index_is_made(db: Database) -> None:
    """Note that the search index holds every service.

    Args:
        db: to write.
    """
    db.execute("UPDATE meta SET value = 0 WHERE name = ?", [_STALE])
