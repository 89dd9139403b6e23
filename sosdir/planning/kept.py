"""Keep what was counted and drawn until the data or the day changes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import Flask, current_app, g

from sosdir import context, db, evidence
from sosdir.charts import LOCK
from sosdir.coverage import Coverage, Event, cover, openings
from sosdir.db import Database
from sosdir.kept import Kept
from sosdir.store import services, versions

_Key = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Hold what was counted of one version of the data on one day, and what was drawn of it.

    There is a fixed number of pictures, four for each prefecture and ten of the country, so they
    need no other bound.
    """

    coverage: Coverage
    openings: tuple[Event, ...]
    pictures: dict[str, bytes] = field(default_factory=dict)


def coverage() -> Coverage:
    """Return who serves which place today."""
    return _kept().coverage


def opened() -> tuple[Event, ...]:
    """Return when which line opened, as far as sources tell."""
    return _kept().openings


def picture(name: str, draw: Callable[[], bytes]) -> bytes:
    """Return a picture, drawn where it has not been drawn of this data today.

    One is drawn at a time: matplotlib is not safe between threads, and drawing costs.

    Args:
        name: one of a closed list; each is kept.
        draw: returns the file.
    """
    pictures = _kept().pictures
    if name not in pictures:
        with LOCK:
            if name not in pictures:
                pictures[name] = zlib.compress(draw())
    return zlib.decompress(pictures[name])


def init_app(app: Flask) -> None:
    """Give an application its keeper of counts.

    Args:
        app: to register with.
    """
    app.extensions["coverage"] = Kept[_Key, _Counted]()


def _kept() -> _Counted:
    if "coverage" not in g:
        keeper: Kept[_Key, _Counted] = current_app.extensions["coverage"]
        database, day = db.current(), context.now().date()
        key = (versions.current(database), versions.current(database, versions.PLACES), day)
        g.coverage = keeper.get(key, lambda: _count(database, day))
    kept: _Counted = g.coverage
    return kept


def _count(database: Database, day: date) -> _Counted:
    listed = list(filter(evidence.is_listed, services.everything(database)))
    counted = cover((evidence.publish(each, day) for each in listed), day)
    return _Counted(counted, openings(listed))
