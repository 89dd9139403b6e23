"""Say how new an answer is, so that whoever has it already is not sent it again.

``ETag`` is of the content. ``Last-Modified`` is never earlier than the last change, whatever
changed: the database, or the day on which evidence depends, or the minute that a state does.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from flask import Flask, Response, current_app, g, request

from sosdir import context
from sosdir.schedules import TOKYO
from sosdir.stamps import stamp

# A second is the finest that the header can say.
_FINEST = timedelta(seconds=1)
_STARTED = "started_at"


def facts_changed_at() -> datetime:
    """Return an instant since which the facts shown have not changed.

    It is the last writing to the database or, if later, the beginning of the day in Japan or of
    this programme, which may be another version than before.
    """
    day = datetime.combine(context.now().date(), time(tzinfo=TOKYO))
    written: datetime = g.database_written_at
    started: datetime = current_app.extensions[_STARTED]
    return max(written, day, started)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content, as ``sha256sum`` writes it.

    Args:
        content: whole.
    """
    return hashlib.sha256(content).hexdigest()


def fresh(
    response: Response,
    changed_at: datetime | None = None,
    *,
    tag: str | None = None,
    same_as: bytes | None = None,
) -> Response:
    """Return an answer that says how new it is, or 304 without a body to who has it already.

    Args:
        response: whole.
        changed_at: since when what it holds has not changed; None where it shows what is true
            at this minute: then only its tag can tell that it is the same.
        tag: of the content, where it was worked out before.
        same_as: what of the content has to be the same, where not all of it.
    """
    content = response.get_data() if same_as is None else same_as
    response.set_etag(tag or digest(content), weak=same_as is not None)
    response.headers["Cache-Control"] = "no-cache"
    now = context.now()
    if changed_at is None:
        response.last_modified = now
        return _conditional(response) if request.if_none_match else response
    # Within one second there may be another change, and both would bear the same instant.
    if now - changed_at >= _FINEST:
        response.last_modified = changed_at
    return _conditional(response)


def _conditional(response: Response) -> Response:
    # It returns the very response, and werkzeug's types do not know of Flask's.
    response.make_conditional(request)
    return response


def open_to_all(response: Response) -> Response:
    """Let the pages of other sites read the answer; there is no cookie that could ride along.

    Args:
        response: of data.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def steady_until() -> datetime:
    """Return until when no channel changes its state; at most to the end of the day in Japan."""
    now = context.now()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(tzinfo=TOKYO))
    return min(tomorrow, context.reading().index.moments.end_of(now))


def init_app(app: Flask) -> None:
    """Note at the beginning of each request when the database was last written.

    Before its first look, that is: what is written meanwhile must not make the answer look newer.

    Args:
        app: to register with.
    """
    app.extensions[_STARTED] = app.config["CLOCK"]()
    app.before_request(_look)


def _look() -> None:
    g.database_written_at = stamp(context.settings().database).written_at
