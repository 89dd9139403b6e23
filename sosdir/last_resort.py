"""Answer where even the page of a fault fails: else the server would log the words of the error."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response

from sosdir import security

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# Nothing is asked, looked up or rendered for it.
_WORDS = (
    "ごめんなさい。こちらの不具合です。少し待って、もう一度ひらいてください。\n"
    "命の危険があるときは119、身の危険があるときは110に電話してください。\n"
)


class _LastResort:
    """Stand around an application and let no error out of it."""

    def __init__(self, app: Flask) -> None:
        self._flask, self._app = app, app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        try:
            return self._app(environ, start)
        except Exception:
            if self._flask.testing:
                raise
            log: logging.Logger = self._flask.logger
            log.exception("A fault that no page could tell of")
            return _answer()(environ, start)


def _answer() -> Response:
    response = Response(_WORDS, status=500, content_type="text/plain; charset=utf-8")
    response.headers.extend(security.HEADERS)
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Stand around all that an application does; to be called after whatever else does so.

    Args:
        app: whose ``testing`` lets an error out, for a test to see.
    """
    app.wsgi_app = _LastResort(app)  # type: ignore[assignment, method-assign]
