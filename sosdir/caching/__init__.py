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
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from sosdir import compression, freshness, metrics
from sosdir.caching.answers import Answer, Answers, Generation, Key
from sosdir.caching.asking import ACCEPT_ENCODING, IF_NONE_MATCH, key_of, may_be_kept
from sosdir.caching.sending import (
    Headers,
    is_for_all,
    is_whole,
    none_of,
    send,
    whole_answer,
    with_default,
)
from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.stamps import stamp

__all__ = ["NEVER_KEPT", "NOT_KEPT", "Answer", "Answers", "Generation", "init_app", "only_kept"]

MEGABYTE: Final = 1024 * 1024
# A larger one is a file to take away, which is asked for seldom and kept by who made it.
_LARGEST: Final = MEGABYTE
# What is committed stands in the log before anybody reads it, as long as the disk takes over it;
# who looked in between read the old. So for a while after a writing nothing is kept for long.
_YOUNG: Final = 1.0
_MOMENT: Final = 0.1
_UNTIL: Final = "sosdir.steady_until"
# Whoever stands before the site may ask for nothing but what is kept. This is said of what is not:
# that it may be once somebody has made it, or that it never is.
_ONLY_KEPT: Final = "sosdir.only_kept"
NOT_KEPT: Final = 0
NEVER_KEPT: Final = 1


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
        if not may_be_kept(environ):
            return _nothing(start, NEVER_KEPT) if only_kept else self._pass(environ, start)
        now: datetime = self._config["CLOCK"]()
        environ[ACCEPT_ENCODING] = compression.chosen(environ.get(ACCEPT_ENCODING, ""))
        key, generation = key_of(environ), self._generation(now)
        answer = self._answers.find(generation, key) if generation else None
        if answer is not None:
            self._count("hit")
            return send(answer, environ, start, now)
        if only_kept:
            return _nothing(start, NOT_KEPT if generation else NEVER_KEPT)
        return self._make(environ, start, now, generation, key)

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

    def _make(
        self,
        environ: WSGIEnvironment,
        start: StartResponse,
        now: datetime,
        generation: Generation | None,
        key: Key,
    ) -> Iterable[bytes]:
        self._count("miss")
        told: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            return _write

        # The whole is asked for, whoever asks: what he has, or that he wants no body, is for later.
        inner = {name: value for name, value in environ.items() if name != IF_NONE_MATCH}
        inner["REQUEST_METHOD"] = "GET"
        body = self._app(inner, begin)
        status, headers = told[-1]
        if not is_whole(status, headers):
            start(status, with_default(headers, "no-cache"))
            return none_of(body) if environ["REQUEST_METHOD"] == "HEAD" else body
        answer = whole_answer(status, headers, body, inner.get(_UNTIL))
        if generation is not None and is_for_all(headers) and len(answer.body) <= _LARGEST:
            self._answers.keep(generation, key, answer)
        return send(answer, environ, start, now)


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

    What is not kept is told by the status ``NOT_KEPT``, or ``NEVER_KEPT`` where it never will be.

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


def _nothing(start: StartResponse, status: int) -> Iterable[bytes]:
    start(f"{status} NOT KEPT", [])
    return []


def _write(_content: bytes) -> object:
    raise NotImplementedError("an answer of ours is returned, never written")
