"""What the server gives, in the words of RSGI.

Granian's own interface is the one in which a body can be read piece by piece and given up.
https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Protocol as Shape

Headers = list[tuple[str, str]]


class HeadersAsked(Shape):
    """The headers of a request, their names in small letters."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """Return the first of a name."""
        raise NotImplementedError

    def items(self) -> Iterable[tuple[str, str]]:
        """Return all."""
        raise NotImplementedError


class Scope(Shape):
    """One request without its body."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> HeadersAsked:
        """Return its headers."""
        raise NotImplementedError


class Transport(Shape):
    """The way of an answer that is sent piece by piece."""

    async def send_bytes(self, data: bytes) -> None:
        """Send a piece, once there is room for it."""
        raise NotImplementedError


class Protocol(Shape):
    """The body of a request, and the ways to answer."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the body piece by piece."""
        raise NotImplementedError

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""
        raise NotImplementedError

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer whole."""
        raise NotImplementedError

    def response_stream(self, status: int, headers: Headers) -> Transport:
        """Answer piece by piece."""
        raise NotImplementedError
