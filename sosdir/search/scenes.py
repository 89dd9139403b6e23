"""What the channels of many services come to at one moment, as masks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, TypeVar

from cachetools import FIFOCache

from sosdir.models import State
from sosdir.search.coupling import Coupling, Key, Moment, Outlook
from sosdir.search.masks import mask_of_runs

Made = TypeVar("Made")

# Wishes of one moment: one for each filter that is on, and for each that could be dropped.
_MOST_WISHES = 32
# Whether who is found can be reached as asked, only otherwise, or not at all.
_DISTANCES = range(3)


@dataclass(frozen=True, slots=True)
class Outlooks:
    """Hold what the channels of services come to under a wish, as masks.

    Args:
        passing: where a channel meets what is chosen.
        states: of those channels that meet the wish.
        distances: how near who can be reached is to what is asked for, the nearest first.
        kinds: by which one would pass, each chosen instead.
        languages: likewise.
        needs: of channels, by which one would pass, each chosen besides.
    """

    passing: int
    states: Mapping[str, int]
    distances: Sequence[int]
    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    needs: Mapping[str, int]

    @property
    def by_state(self) -> tuple[int, ...]:
        """Return who is in each state, the best state first."""
        return tuple(self.states.get(state, 0) for state in State)


class Scene:
    """Know what channels come to at one moment.

    Args:
        runs: what is indexed of the channels of services that stand together, and how many do.
        size: how many services there are.
        moment: in which no state changes.
    """

    def __init__(self, runs: Iterable[tuple[Key, int]], size: int, moment: Moment) -> None:
        of_shape: dict[int, list[tuple[int, int]]] = defaultdict(list)
        start = 0
        for key, length in runs:
            of_shape[moment.number(key)].append((start, length))
            start += length
        self._moment = moment
        self._shapes = [(number, mask_of_runs(pairs, size)) for number, pairs in of_shape.items()]
        self.outlooks: Callable[[Coupling], Outlooks] = lru_cache(_MOST_WISHES)(self._judge)
        self._counted: FIFOCache[Hashable, Any] = FIFOCache(_MOST_WISHES)
        self._lock = Lock()
        self.passing: Callable[[Coupling], int] = lru_cache(_MOST_WISHES)(self._pass)

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what follows from a question, worked out once at this moment.

        Args:
            key: of the question.
            make: works it out.
        """
        known: Made | None = self._counted.get(key)
        if known is None:
            known = make()
            with self._lock:
                self._counted[key] = known
        return known

    @cached_property
    def reachable(self) -> int:
        """Return whom a person can reach with what is shown, in whatever way."""
        shapes = self._moment.shapes
        return _united(who for number, who in self._shapes if shapes[number].is_reachable)

    def _pass(self, coupling: Coupling) -> int:
        shapes = self._moment.shapes
        return _united(who for number, who in self._shapes if coupling.passes(shapes[number]))

    def _judge(self, coupling: Coupling) -> Outlooks:
        passing, distances = 0, [0] * len(_DISTANCES)
        told: dict[str, dict[str, int]] = {name: defaultdict(int) for name in _TOLD}
        for number, who in self._shapes:
            outlook = self._moment.outlook(coupling, number)
            passing |= who if outlook.passes else 0
            distances[outlook.distance] |= who
            for name, values in zip(_TOLD, _values(outlook), strict=True):
                for value in values:
                    told[name][value] |= who
        return Outlooks(passing, distances=distances, **told)


_TOLD = ("states", "kinds", "languages", "needs")


def _values(outlook: Outlook) -> tuple[Iterable[str], ...]:
    states = () if outlook.state is None else (outlook.state,)
    return states, outlook.kinds, outlook.languages, outlook.needs


def _united(masks: Iterable[int]) -> int:
    together = 0
    for each in masks:
        together |= each
    return together
