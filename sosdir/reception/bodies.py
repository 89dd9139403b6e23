"""Read the body of a request, as far as we take it and as long as we wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from sosdir.reception.server import Protocol, Scope
from sosdir.reception.turns import Share

# As much as any page takes; each page has a bound of its own. Admins send sheets.
MOST = 64 * 1024
MOST_OF_ADMINS = 24 * 1024**2
# A report or a sign-in is there in a second on a bad network; larger ones have a second more for
# each two kilobytes, which is what the slowest networks of today carry (GPRS).
FIRST_SECONDS = 10.0
BYTES_A_SECOND = 2 * 1024

_ADMIN = "/admin"
_WITHOUT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class BodyError(Exception):
    """There is no body that could be worked on.

    Args:
        status: to answer.
    """

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Body:
    """Hold what was sent; of one that is too large its size alone, for the page that says so.

    Args:
        content: the bytes.
        size: in bytes, None where the request has no body.
    """

    content: bytes = b""
    size: int | None = None


async def read(scope: Scope, protocol: Protocol, share: Share) -> Body:
    """Return the body of a request.

    Args:
        scope: of the request.
        protocol: that gives it piece by piece.
        share: of the memory for bodies.

    Raises:
        BodyError: it did not come in time, broke off, or tells no size.
        CrowdedError: there is no room for it.
    """
    if scope.method in _WITHOUT:
        return Body()
    most, told = _most(scope.path), _told(scope)
    if told is None:
        # Nobody could tell one that broke off from one that came whole. Browsers tell the size.
        raise BodyError(HTTPStatus.LENGTH_REQUIRED)
    if told > most:
        return Body(size=told)
    try:
        async with asyncio.timeout(FIRST_SECONDS + told / BYTES_A_SECOND):
            content = await _whole(protocol, share)
    except TimeoutError:
        raise BodyError(HTTPStatus.REQUEST_TIMEOUT) from None
    if len(content) != told:
        # The other side has gone, and half a form is no form.
        raise BodyError(HTTPStatus.REQUEST_TIMEOUT)
    return Body(content, told)


async def _whole(protocol: Protocol, share: Share) -> bytes:
    pieces = []
    async for piece in protocol:
        share.add(len(piece))
        pieces.append(piece)
    return b"".join(pieces)


def _most(path: str) -> int:
    within = path == _ADMIN or path.startswith(f"{_ADMIN}/")
    return MOST_OF_ADMINS if within else MOST


def _told(scope: Scope) -> int | None:
    """Return the size that the headers tell, None where they leave it open."""
    told = scope.headers.get("content-length")
    if told is None:
        return None if scope.headers.get("transfer-encoding") else 0
    return int(told) if told.isdecimal() else None
