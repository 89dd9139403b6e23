"""Notices for tests, kept as the pages keep them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sosdir import announcing, db
from sosdir.notices import Action, Kind, Link, Notice, Standing, Version
from sosdir.store import notices as store
from sosdir.store.notices import Entry
from tests.cast import NOON, YOKOHAMA
from tests.reviewing import HANAKO


def a_notice(key: str = "2026-11-25-1", **changes: Any) -> Notice:
    """Return a notice on the first of the cast, changed as told."""
    notice = Notice(
        id=key,
        title="みなとSOSの受付時間が変わります",
        body="12月から、土曜日も話せます。\nLINEはいままでどおりです。\n\nくわしくはページを見てください。",
        kind=Kind.CHANGED,
        day=date(2026, 11, 25),
        links=(Link("横浜市のページ", "https://example.jp/news"),),
        services=("minato-sos",),
        areas=(YOKOHAMA,),
    )
    return replace(notice, **changes)


def keep(
    path: Path,
    notice: Notice,
    action: Action = Action.PUBLISHED,
    now: datetime = NOON,
    opened: int | None = None,
) -> Version:
    """Publish a notice, or only draft it."""
    with db.changing(path) as database:
        return announcing.keep(database, notice, opened, HANAKO, now, action=action)


def force(path: Path, notice: Notice, now: datetime = NOON) -> None:
    """Write a published notice past every rule, as facts that moved on would leave it."""
    with db.changing(path) as database:
        store.add(database, Entry(notice, Action.PUBLISHED, HANAKO, now))


def standing(path: Path, key: str = "2026-11-25-1") -> Standing:
    """Return how a notice stands."""
    with db.reading(path) as database:
        return store.get(database, key)
