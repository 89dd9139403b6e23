"""Read an answer whole, and send it: with how long it holds, or as 304 to who has it already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.http import parse_etags

from sosdir.caching.answers import Answer
from sosdir.caching.asking import IF_NONE_MATCH
from sosdir.store.heartbeats import STALE_AFTER

Headers = list[tuple[str, str]]

_MINUTE: Final = timedelta(minutes=1)
# How long another cache may go on showing a page after its minute, while it asks for the next.
_MOST_STALE: Final = timedelta(minutes=1)
# A 304 says nothing of a body that it does not have.
_OF_BODY: Final = frozenset({"content-type", "content-length", "content-encoding"})


def is_whole(status: str, headers: Headers) -> bool:
    """Tell whether an answer is what was asked for, and known to its end.

    Args:
        status: as WSGI says it.
        headers: of the answer.
    """
    return status.startswith("200") and any(name.lower() == "content-length" for name, _ in headers)


def is_for_all(headers: Headers) -> bool:
    """Tell whether an answer is the same for whoever asks.

    Args:
        headers: of the answer.
    """
    for name, value in headers:
        match name.lower():
            case "set-cookie":
                return False
            case "cache-control" if "no-store" in value or "private" in value:
                return False
            case "vary" if value.lower() != "accept-encoding":
                return False
    return True


def whole_answer(
    status: str, headers: Headers, body: Iterable[bytes], steady_until: datetime | None
) -> Answer:
    """Return an answer that is read to its end.

    Args:
        status: as WSGI says it.
        headers: of the answer.
        body: in pieces.
        steady_until: until when no state changes, None where it says itself how it is kept.
    """
    try:
        content = b"".join(body)
    finally:
        none_of(body)
    tag = next((value for name, value in headers if name.lower() == "etag"), None)
    return Answer(status, tuple(headers), content, tag, steady_until)


def none_of(body: Iterable[bytes]) -> Iterable[bytes]:
    """Return no body, and tell who made it that nobody reads on.

    Args:
        body: as the application gave it.
    """
    close = getattr(body, "close", None)
    if close is not None:
        close()
    return []


def send(
    answer: Answer, environ: WSGIEnvironment, start: StartResponse, now: datetime
) -> Iterable[bytes]:
    """Send an answer to one who asks, or 304 where she has it already.

    Args:
        answer: whole.
        environ: of the request.
        start: as WSGI lays it down.
        now: with a zone.
    """
    kept = _how_long(answer.steady_until, now) if answer.steady_until else "no-cache"
    headers = with_default(answer.headers, kept)
    if answer.tag and _is_known(answer.tag, environ.get(IF_NONE_MATCH, "")):
        start("304 NOT MODIFIED", [each for each in headers if each[0].lower() not in _OF_BODY])
        return []
    start(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_known(tag: str, asked: str) -> bool:
    """Tell whether who asks has the answer already: RFC 9110, 13.1.2."""
    return bool(asked) and parse_etags(asked).contains_raw(tag)


def with_default(headers: Iterable[tuple[str, str]], kept: str) -> Headers:
    """Return the headers of an answer, with how it is kept where they say nothing of it.

    Args:
        headers: of the answer.
        kept: as ``Cache-Control`` says it.
    """
    headers = list(headers)
    if not any(name.lower() == "cache-control" for name, _ in headers):
        headers.append(("Cache-Control", kept))
    return headers


def _how_long(steady_until: datetime, now: datetime) -> str:
    """Say how long a page may be kept on the way: RFC 9111 and RFC 5861.

    A browser asks each time, so that whoever has just changed something sees it.
    """
    over = now.replace(second=0, microsecond=0) + _MINUTE
    left = int((over - now).total_seconds())
    beyond = max(0, int(min(steady_until - over, _MOST_STALE).total_seconds()))
    broken = int(STALE_AFTER.total_seconds())
    return (
        f"public, max-age=0, s-maxage={left}, stale-while-revalidate={beyond},"
        f" stale-if-error={broken}"
    )
