"""Keep finished answers while they are true: until something is written, or the minute ends.

A public answer depends on the data, its address (the language is a part of it) and the minute:
pages name it, and within one no state changes. So whatever is kept goes as soon as the database is
written (``stamps``) or the minute is over, and no rule has to know what a page is made of.

It stands before the application, for an answer that is kept needs nothing of it. Those on the way
to the visitor are told the same: a shared cache may keep a page to the end of the minute, and show
it a little longer as long as no state changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from threading import Event, Lock
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache
from flask import Flask, Response, request
from werkzeug.http import parse_etags

from sosdir import compression, freshness, metrics
from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.stamps import Stamp, stamp
from sosdir.store.heartbeats import STALE_AFTER

MEGABYTE: Final = 1024 * 1024
# A larger one is a file to take away, which is asked for seldom and kept by who made it.
_LARGEST: Final = MEGABYTE
# What tells of this moment, or of a person.
_NEVER: Final = ("/admin", "/healthz", "/metrics")
_MINUTE: Final = timedelta(minutes=1)
# What is committed stands in the log before anybody reads it, as long as the disk takes over it;
# who looked in between read the old. So for a while after a writing nothing is kept for long.
_YOUNG: Final = 1.0
_MOMENT: Final = 0.1
# How long another cache may go on showing a page after its minute, while it asks for the next.
_MOST_STALE: Final = timedelta(minutes=1)
# Whoever waits for another's answer longer than this makes its own.
_PATIENCE: Final = 10.0
_UNTIL: Final = "sosdir.steady_until"
_IF_NONE_MATCH: Final = "HTTP_IF_NONE_MATCH"
_ACCEPT_ENCODING: Final = "HTTP_ACCEPT_ENCODING"
# A 304 says nothing of a body that it does not have.
_OF_BODY: Final = frozenset({"content-type", "content-length", "content-encoding"})
# Whoever stands before the site may ask for nothing but what is kept; this is said of what is not.
_ONLY_KEPT: Final = "sosdir.only_kept"
NOT_KEPT: Final = 0
# With these, only a part of an answer is asked for, or something that no stamp can tell.
_PASSING_BY: Final = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")

Key = tuple[str, ...]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a whole answer.

    Args:
        status: as WSGI says it.
        headers: without ``Cache-Control`` where that is ours to say.
        body: as sent, packed perhaps.
        tag: its ``ETag``, None where it has none.
        steady_until: until when no state changes; None where its own header says how it is kept.
    """

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str | None
    steady_until: datetime | None

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


@dataclass(frozen=True, slots=True)
class Generation:
    """Name what everything that is kept was made from.

    Args:
        stamp: of the database.
        minute: since 1970.
        moment: soon after a writing, the tenth of a second; None later.
    """

    stamp: Stamp
    minute: int
    moment: int | None = None


class Answers:
    """Keep the answers of one generation, those asked for last, within so many bytes."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Key, Answer] = LRUCache(max(1, most), lambda answer: answer.size)
        self._generation: Generation | None = None
        self._being_made: dict[Key, Event] = {}

    def find(self, generation: Generation, key: Key) -> Answer | None:
        """Return an answer that is kept; what was kept of another generation goes.

        Args:
            generation: of now.
            key: of the request.
        """
        with self._lock:
            if self._generation != generation:
                self._kept.clear()
                self._generation = generation
            return self._kept.get(key)

    def keep(self, generation: Generation, key: Key, answer: Answer) -> None:
        """Keep an answer, unless the generation is over.

        Args:
            generation: that it was asked for in.
            key: of the request.
            answer: to keep.
        """
        with self._lock:
            if self._generation == generation and answer.size <= self._kept.maxsize:
                self._kept[key] = answer

    def begin(self, key: Key) -> Event | None:
        """Tell that an answer is being made; return what to wait for where somebody else makes it.

        Args:
            key: of the request.
        """
        with self._lock:
            under_way = self._being_made.get(key)
            if under_way is None:
                self._being_made[key] = Event()
            return under_way

    def end(self, key: Key) -> None:
        """Tell those who wait that an answer was made, or could not be.

        Args:
            key: of the request.
        """
        with self._lock:
            self._being_made.pop(key).set()


class _Front:
    """Stand before an application, and answer from what is kept where that is true."""

    def __init__(
        self,
        app: WSGIApplication,
        config: Mapping[str, Any],
        count: Callable[[metrics.Outcome], None],
    ) -> None:
        settings: Settings = config["SETTINGS"]
        self._app = app
        self._database = settings.database
        self._config = config
        self._count = count
        self._answers = Answers(settings.cache_megabytes * MEGABYTE)
        self._keeps = settings.cache_megabytes > 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        only_kept = environ.get(_ONLY_KEPT, False)
        if not _may_be_kept(environ):
            return _not_kept(start) if only_kept else self._pass(environ, start)
        now: datetime = self._config["CLOCK"]()
        environ[_ACCEPT_ENCODING] = compression.chosen(environ.get(_ACCEPT_ENCODING, ""))
        key, generation = _key(environ), self._generation(now)
        answer = self._answers.find(generation, key) if generation else None
        if answer is not None:
            self._count("hit")
            return _send(answer, environ, start, now)
        if only_kept:
            return _not_kept(start)
        if generation is None:
            return self._make(environ, start, now)
        return self._make_once(environ, start, now, generation, key)

    def _pass(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Let a request pass by: what it asks for is never kept."""
        self._count("bypass")
        return self._app(environ, start)

    def _generation(self, now: datetime) -> Generation | None:
        """Return the generation of now; None where what is made now could not be kept."""
        found = stamp(self._database)
        if not (self._keeps and found.is_settled):
            return None
        moment = int(found.age / _MOMENT) if found.age < _YOUNG else None
        return Generation(found, int(now.timestamp()) // 60, moment)

    def _make_once(
        self,
        environ: WSGIEnvironment,
        start: StartResponse,
        now: datetime,
        generation: Generation,
        key: Key,
    ) -> Iterable[bytes]:
        """Make an answer and keep it, or wait for the one that somebody else makes."""
        under_way = self._answers.begin(key)
        if under_way is not None:
            under_way.wait(_PATIENCE)
            answer = self._answers.find(generation, key)
            if answer is not None:
                self._count("hit")
                return _send(answer, environ, start, now)
            return self._make(environ, start, now)
        try:
            return self._make(environ, start, now, generation, key)
        finally:
            self._answers.end(key)

    def _make(
        self,
        environ: WSGIEnvironment,
        start: StartResponse,
        now: datetime,
        generation: Generation | None = None,
        key: Key = (),
    ) -> Iterable[bytes]:
        self._count("miss")
        told: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            return _write

        # The whole is asked for, whoever asks: what he has, or that he wants no body, is for later.
        inner = {name: value for name, value in environ.items() if name != _IF_NONE_MATCH}
        inner["REQUEST_METHOD"] = "GET"
        body = self._app(inner, begin)
        status, headers = told[-1]
        if not _is_whole(status, headers):
            start(status, _with_default(headers, "no-cache"))
            return _none_of(body) if environ["REQUEST_METHOD"] == "HEAD" else body
        answer = _answer(status, headers, body, inner.get(_UNTIL))
        if generation is not None and _is_for_all(headers) and len(answer.body) <= _LARGEST:
            self._answers.keep(generation, key, answer)
        return _send(answer, environ, start, now)


def init_app(app: Flask) -> None:
    """Keep the public answers of an application, and tell those on the way how long they hold.

    Args:
        app: with its ``SETTINGS`` and ``CLOCK``; whatever changes the address of a request stands
            before this, and whatever an answer depends on within it.
    """
    app.wsgi_app = _Front(app.wsgi_app, app.config, partial(metrics.count_cache, app=app))  # type: ignore[assignment, method-assign]
    app.after_request(_tell_until)


def only_kept(application: WSGIApplication) -> WSGIApplication:
    """Return an application that answers nothing but what is kept, within microseconds.

    What is not kept is told by the status ``NOT_KEPT``.

    Args:
        application: of sosdir, whole.
    """

    def kept(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return application({**environ, _ONLY_KEPT: True}, start)

    return kept


def _tell_until(response: Response) -> Response:
    """Note until when a page shows the same states, and by what tag its content is known."""
    if response.status_code != HTTPStatus.OK or "Cache-Control" in response.headers:
        return response
    if not response.is_sequence:
        return response
    try:
        request.environ[_UNTIL] = freshness.steady_until()
    except DatabaseError:
        # The page needs no database, and how long it holds cannot be known without one.
        return response
    if "ETag" not in response.headers:
        response.set_etag(freshness.digest(response.get_data()), weak=True)
    return response


def _may_be_kept(environ: WSGIEnvironment) -> bool:
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("PATH_INFO", "").startswith(
        _NEVER
    ):
        return False
    if "HTTP_IF_MODIFIED_SINCE" in environ and _IF_NONE_MATCH not in environ:
        return False
    return not any(name in environ for name in _PASSING_BY)


def _not_kept(start: StartResponse) -> Iterable[bytes]:
    start(f"{NOT_KEPT} NOT KEPT", [])
    return []


def _key(environ: WSGIEnvironment) -> Key:
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ[_ACCEPT_ENCODING],
    )


def _is_whole(status: str, headers: Headers) -> bool:
    return status.startswith("200") and any(name.lower() == "content-length" for name, _ in headers)


def _is_for_all(headers: Headers) -> bool:
    """Tell whether an answer is the same for whoever asks."""
    for name, value in headers:
        match name.lower():
            case "set-cookie":
                return False
            case "cache-control" if "no-store" in value or "private" in value:
                return False
            case "vary" if value.lower() != "accept-encoding":
                return False
    return True


def _answer(
    status: str, headers: Headers, body: Iterable[bytes], steady_until: datetime | None
) -> Answer:
    content = b"".join(body)
    _none_of(body)
    tag = next((value for name, value in headers if name.lower() == "etag"), None)
    return Answer(status, tuple(headers), content, tag, steady_until)


def _none_of(body: Iterable[bytes]) -> Iterable[bytes]:
    """Return no body, and tell who made it that nobody reads on."""
    close = getattr(body, "close", None)
    if close is not None:
        close()
    return []


def _send(
    answer: Answer, environ: WSGIEnvironment, start: StartResponse, now: datetime
) -> Iterable[bytes]:
    kept = _how_long(answer.steady_until, now) if answer.steady_until else "no-cache"
    headers = _with_default(answer.headers, kept)
    if answer.tag and _is_known(answer.tag, environ.get(_IF_NONE_MATCH, "")):
        start("304 NOT MODIFIED", [each for each in headers if each[0].lower() not in _OF_BODY])
        return []
    start(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_known(tag: str, asked: str) -> bool:
    """Tell whether who asks has the answer already: RFC 9110, 13.1.2."""
    return bool(asked) and parse_etags(asked).contains_raw(tag)


def _with_default(headers: Iterable[tuple[str, str]], kept: str) -> Headers:
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


def _write(_content: bytes) -> object:
    raise NotImplementedError("an answer of ours is returned, never written")
