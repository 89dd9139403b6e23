"""Read the body of a request, as far as we take it and as long as we wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

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


class SlowError(Exception):
    """The body did not come in time."""


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
        SlowError: it did not come in time.
        CrowdedError: there is no room for it.
    """
    if scope.method in _WITHOUT:
        return Body()
    most, told = _most(scope.path), _told(scope)
    if told is not None and told > most:
        return Body(size=told)
    try:
        async with asyncio.timeout(FIRST_SECONDS + (told or most) / BYTES_A_SECOND):
            return await _whole(protocol, most, share)
    except TimeoutError:
        raise SlowError from None


async def _whole(protocol: Protocol, most: int, share: Share) -> Body:
    pieces = []
    async for piece in protocol:
        share.add(len(piece))
        if share.size > most:
            return Body(size=share.size)
        pieces.append(piece)
    return Body(b"".join(pieces), share.size)


def _most(path: str) -> int:
    within = path == _ADMIN or path.startswith(f"{_ADMIN}/")
    return MOST_OF_ADMINS if within else MOST


def _told(scope: Scope) -> int | None:
    """Return the size that the headers tell."""
    told = scope.headers.get("content-length")
    return int(told) if told is not None and told.isdecimal() else None
