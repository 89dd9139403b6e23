"""Take an address as it came, before anything reads it: a host that is a name, a query of letters.

The server in front may refuse such a request itself; which one it is must make no difference.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from urllib.parse import quote_from_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_host

from sosdir.security import HEADERS

_NO_HOST = "400 Bad Request: the Host header names no host.\n"


class _SoundAddress:
    """Refuse a request for no host; escape the bytes of a query that are no letters."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not _is_name(get_host(environ)):
            # No page can be made: each holds addresses of this host.
            return Response(_NO_HOST, 400, HEADERS)(environ, start)
        environ["QUERY_STRING"] = _of_letters(environ.get("QUERY_STRING", ""))
        return self._app(environ, start)


def init_app(app: Flask) -> None:
    """Let an application see sound addresses only.

    Args:
        app: to register with.
    """
    app.wsgi_app = _SoundAddress(app.wsgi_app)  # type: ignore[assignment, method-assign]


def _is_name(host: str) -> bool:
    """Tell whether a host can be one; routing asks the same and has no answer where it cannot."""
    try:
        host.partition(":")[0].encode("idna")
    except UnicodeError:
        return False
    return True


def _of_letters(query: str) -> str:
    """Return a query as it is, its bytes beyond ASCII escaped where they are no UTF-8.

    Args:
        query: as WSGI has it, a letter for each byte (PEP 3333).
    """
    sent = query.encode("latin-1")
    try:
        sent.decode()
    except UnicodeDecodeError:
        return quote_from_bytes(sent, safe=string.punctuation)
    return query
