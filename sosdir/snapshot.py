"""Know which data there is without opening the database, as long as its files were not written.

To open a database and to ask it costs as much as a whole search. So what was seen of it last is
believed while its files stay as they were, and a request opens it only for what is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from flask import Flask, current_app, g

from sosdir import db
from sosdir.config import Settings
from sosdir.db import Database
from sosdir.errors import SosdirError
from sosdir.stamps import Stamp, stamp
from sosdir.store import reports, versions

# A commit is seen by readers only after its writing has reached the disk, which may take a while;
# who looked in between saw the old data in files that no longer change. So however long they have
# stayed as they are, they are believed for a second, and then looked into again.
_BELIEVED_SECONDS = 1.0
_KEPT = "snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold which data there is.

    Args:
        services: version of the services.
        places: version of the tables of places.
        doubted: ids of the channels whose number, as it is, a waiting report calls wrong.
    """

    services: int
    places: int
    doubted: frozenset[str]


class MovedError(SosdirError):
    """Say that the database was written while a request went by what was known of it before."""


@dataclass(frozen=True, slots=True)
class _Look:
    stamp: Stamp
    until: float
    seen: Snapshot


class _Keeper:
    """Keep the last look into the database."""

    def __init__(self) -> None:
        self._last: _Look | None = None

    def known(self, path: Path) -> Snapshot | None:
        """Return what was seen of a database whose files are as they were, None where it is not."""
        last = self._last
        if last is None or monotonic() >= last.until or stamp(path) != last.stamp:
            return None
        return last.seen

    def look(self, path: Path) -> Snapshot:
        """Look into the database of the request."""
        # Before the look: what is written during it must give another stamp than this one.
        before, until = stamp(path), monotonic() + _BELIEVED_SECONDS
        seen = _of(db.current())
        if before.is_settled:
            self._last = _Look(before, until, seen)
        return seen


def current() -> Snapshot:
    """Return which data the request is answered from."""
    if "snapshot" not in g:
        settings: Settings = current_app.config["SETTINGS"]
        keeper: _Keeper = current_app.extensions[_KEPT]
        # Once a database is open, its transaction is what the request sees.
        known = None if db.is_open() else keeper.known(settings.database)
        g.snapshot_was_known = known is not None
        g.snapshot = known or keeper.look(settings.database)
    found: Snapshot = g.snapshot
    return found


def lend() -> Database:
    """Return the database of the request, of the version that its snapshot tells.

    Raises:
        MovedError: it was written since.
    """
    database = db.current()
    if g.get("snapshot_was_known"):
        if _of(database) != g.snapshot:
            raise MovedError("The database was written since.")
        g.snapshot_was_known = False
    return database


def init_app(app: Flask) -> None:
    """Give an application its memory of the last look, and let it begin again if that was wrong.

    Args:
        app: to register with.
    """
    app.extensions[_KEPT] = _Keeper()
    app.register_error_handler(MovedError, _begin_again)


def _begin_again(_error: MovedError) -> Any:
    """Answer the request once more, from the database as it is, which is open now."""
    for name in ("snapshot", "snapshot_was_known", "places", "notices", "reading"):
        g.pop(name, None)
    try:
        return current_app.dispatch_request()
    except Exception as error:
        return current_app.handle_user_exception(error)


def _of(database: Database) -> Snapshot:
    services, places = (
        versions.current(database, each) for each in (versions.SERVICES, versions.PLACES)
    )
    return Snapshot(services, places, reports.doubted_channels(database))
