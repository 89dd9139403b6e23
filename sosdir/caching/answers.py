"""Hold finished answers, those of one generation, within so many bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from cachetools import LRUCache

from sosdir.stamps import Stamp

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a whole answer.

    Args:
        status: as WSGI says it.
        headers: without ``Cache-Control`` where that is ours to say.
        body: as sent, packed perhaps.
        tag: its ``ETag``, None where it has none.
        steady_until: until when no state changes; None where its own header says how it is kept.
    """

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str | None
    steady_until: datetime | None

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


@dataclass(frozen=True, slots=True)
class Generation:
    """Name what everything that is kept was made from.

    Args:
        stamp: of the database.
        minute: since 1970.
        moment: soon after a writing, the tenth of a second; None later.
    """

    stamp: Stamp
    minute: int
    moment: int | None = None


class Answers:
    """Keep the answers of one generation, those asked for last, within so many bytes."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Key, Answer] = LRUCache(max(1, most), lambda answer: answer.size)
        self._generation: Generation | None = None

    def find(self, generation: Generation, key: Key) -> Answer | None:
        """Return an answer that is kept; what was kept of an earlier generation goes.

        Args:
            generation: of now.
            key: of the request.
        """
        with self._lock:
            if self._generation and generation.minute == self._generation.minute - 1:
                # Who looked at the clock before the minute ended, and comes only now.
                return None
            if self._generation != generation:
                self._kept.clear()
                self._generation = generation
            return self._kept.get(key)

    def keep(self, generation: Generation, key: Key, answer: Answer) -> None:
        """Keep an answer, unless the generation is over.

        Args:
            generation: that it was asked for in.
            key: of the request.
            answer: to keep.
        """
        with self._lock:
            if self._generation == generation and answer.size <= self._kept.maxsize:
                self._kept[key] = answer
