"""Keep what is made from something until that something changes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """Keep one thing, made anew when its key is another; many threads may ask at once.

    Whoever finds it made waits for nobody; who does not makes it alone, and the others wait.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[Key, Made] | None = None

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """Return what belongs to a key.

        Args:
            key: of all that it is made from.
            make: makes it.
        """
        kept = self._kept
        if kept is not None and kept[0] == key:
            return kept[1]
        with self._lock:
            kept = self._kept
            if kept is None or kept[0] != key:
                kept = self._kept = (key, make())
            return kept[1]
