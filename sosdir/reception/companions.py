"""Let one request do the work that many ask for at once; the others wait beside, in no queue."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from sosdir.reception.turns import CrowdedError


class Companions:
    """Know what is being made, and let those who ask for the same wait for it."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Event] = {}

    async def wait(self, key: Hashable, patience: float) -> bool:
        """Wait for what somebody else makes; tell whether anybody did.

        Args:
            key: of what is asked.
            patience: seconds after which one who waits is told that it takes too long.

        Raises:
            CrowdedError: it took too long.
        """
        done = self._under_way.get(key)
        if done is None:
            return False
        try:
            async with asyncio.timeout(patience):
                await done.wait()
        except TimeoutError:
            raise CrowdedError from None
        return True

    @contextmanager
    def making(self, key: Hashable) -> Iterator[None]:
        """Make something in the block; whoever asks for it meanwhile may wait.

        Args:
            key: of what is made; nobody else makes it, as ``wait`` told just now.
        """
        done = self._under_way[key] = asyncio.Event()
        try:
            yield
        finally:
            # It was made, or could not be: both end the waiting.
            del self._under_way[key]
            done.set()
