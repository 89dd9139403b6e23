"""Know, on a machine that serves a copy, how old the copy is; and say so when it is stale."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from sosdir import context, db, multilingual
from sosdir.errors import DatabaseError
from sosdir.schedules import TOKYO
from sosdir.store import heartbeats


def copied_at() -> datetime | None:
    """Return the moment whose data a copy holds; None on the writer, or if it never told."""
    return heartbeats.last(db.current()) if context.settings().read_only else None


def is_stale() -> bool:
    """Tell whether what is served is a copy that has not been renewed for long."""
    at = copied_at()
    return at is not None and context.now() - at > heartbeats.STALE_AFTER


def init_app(app: Flask) -> None:
    """Let every page of a stale copy say its date.

    Args:
        app: with its ``SETTINGS``.
    """
    app.context_processor(_tell)


def _tell() -> dict[str, str | None]:
    try:
        at = copied_at() if is_stale() else None
    except DatabaseError:
        # The page that says that there is none must still be made.
        at = None
    label = multilingual.current().instant(at.astimezone(TOKYO)) if at else None
    return {"stale_since": label}
