"""Ask the application as WSGI lays it down (PEP 3333), and take its answer whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sosdir.reception.bodies import Body
from sosdir.reception.server import Headers, Scope

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_ALWAYS = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "sosdir",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    # The body is here, whole.
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


@dataclass(frozen=True)
class Answer:
    """Hold an answer."""

    status: int
    headers: Headers
    body: bytes


def environ(scope: Scope, body: Body) -> dict[str, Any]:
    """Return a request as the application knows it.

    Args:
        scope: of the request.
        body: of the request.
    """
    host, _, port = scope.server.rpartition(":")
    address, _, client_port = scope.client.rpartition(":")
    asked = {
        "REQUEST_METHOD": scope.method,
        # WSGI wants the bytes of the path, each as one letter.
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address.strip("[]"),
        "REMOTE_PORT": client_port,
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body.content),
    }
    return _ALWAYS | asked | _headers(scope, body)


def ask(application: Application, environment: dict[str, Any]) -> Answer:
    """Return what the application answers.

    Args:
        application: of WSGI.
        environment: of the request.
    """
    begun: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, _error: object = None) -> None:
        begun[:] = [(status, headers)]

    pieces = application(environment, start)
    try:
        # Of one piece no copy is made.
        body = b"".join(list(pieces))
    finally:
        # A view may have left something to be done after its answer.
        getattr(pieces, "close", _nothing)()
    ((status, headers),) = begun
    return Answer(int(status.split(" ", 1)[0]), headers, body)


def _nothing() -> None:
    """Stand for what is not there to be closed."""


def _headers(scope: Scope, body: Body) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope.headers.items():
        # One with an underscore could pass for another name: CGI has one for both.
        if "_" in name:
            continue
        key = f"HTTP_{name.upper().replace('-', '_')}"
        divider = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{divider}{value}" if key in found else value
    if scope.authority is not None:
        found.setdefault("HTTP_HOST", scope.authority)
    found.pop("HTTP_CONTENT_LENGTH", None)
    found.pop("HTTP_TRANSFER_ENCODING", None)
    if "HTTP_CONTENT_TYPE" in found:
        found["CONTENT_TYPE"] = found.pop("HTTP_CONTENT_TYPE")
    if body.size is not None:
        found["CONTENT_LENGTH"] = str(body.size)
    return found
