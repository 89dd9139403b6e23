"""Let a few requests work at once, some wait in the order they came, and tell the rest at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager


class CrowdedError(Exception):
    """There is no room for one more at this moment."""


class Turns:
    """Give turns, first come first served.

    Args:
        places: how many work at once.
        queue: how many may wait.
        patience: seconds after which one who waits is told that it takes too long.
    """

    def __init__(self, places: int, queue: int, patience: float) -> None:
        self._free = asyncio.Semaphore(places)
        self._queue = queue
        self.patience = patience
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it for the block.

        Raises:
            CrowdedError: too many wait already, or it took too long.
        """
        await self._wait()
        try:
            yield
        finally:
            self._free.release()

    async def _wait(self) -> None:
        if self._waiting >= self._queue:
            raise CrowdedError
        self._waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self._free.acquire()
        except TimeoutError:
            raise CrowdedError from None
        finally:
            self._waiting -= 1


class Room:
    """Bound the bytes that wait for slow networks: memory is what they could exhaust.

    Args:
        most: bytes that are held at once, save that one alone may be larger.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    @contextmanager
    def held(self) -> Iterator[Share]:
        """Give a share that grows, and give it back after the block."""
        share = Share(self)
        try:
            yield share
        finally:
            self.taken -= share.size


class Share:
    """Count what one request holds.

    Args:
        room: of all.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self.size = 0

    def add(self, size: int) -> None:
        """Count some bytes more.

        Args:
            size: in bytes.

        Raises:
            CrowdedError: that is too much beside what others hold.
        """
        others = self._room.taken - self.size
        if others and self._room.taken + size > self._room.most:
            raise CrowdedError
        self._room.taken += size
        self.size += size
