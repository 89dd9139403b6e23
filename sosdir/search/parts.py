"""The services that serve a place, or all of them, laid out so that masks tell who is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from sosdir.models import NATIONWIDE, Focus, Scope
from sosdir.search.coupling import Key, Moment, Standing
from sosdir.search.masks import chosen, flags_of, mask
from sosdir.search.scenes import Scene

# How near the area of a service is to the place asked: smaller is nearer.
WITHIN_THE_PREFECTURE = 3
# In what a search term is found: what evidence may withhold, or what is always shown.
GUARDED, OPEN = 1, 2

_MOST_SCENES = 2
_MOST_OFFERS = 32
_MOST_TERMS = 64
# Of so many services one is enough to be met soon.
_MANY = 64
_NEARNESS = range(WITHIN_THE_PREFECTURE + 1)


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold what filters and order need of one service.

    Args:
        row: its number in the index.
        rank: its place among all by evidence, age, name and id.
        service_id: its id.
        channels: what is indexed of them, and how it stands.
        rests: whether it is closed for a time.
        nearness: of its area to the place asked.
        scope: how wide the area is by which it serves the place, or its widest anywhere.
        values: what the other facets of services see of it.
        areas: codes of those it serves.
    """

    row: int
    rank: int
    service_id: str
    channels: Key
    rests: bool
    nearness: int
    scope: Scope
    values: Mapping[str, tuple[str, ...]]
    areas: tuple[str, ...]


class Part:
    """Hold services in an order in which those whose channels are alike stand together.

    Args:
        placed: the services, in any order.
    """

    def __init__(self, placed: Iterable[Placed]) -> None:
        alike: dict[Key, list[Placed]] = {}
        for each in placed:
            alike.setdefault(each.channels, []).append(each)
        held = [each for together in alike.values() for each in together]
        self.size = len(held)
        self.everything = (1 << self.size) - 1
        self.runs = tuple((key, len(together)) for key, together in alike.items())
        self.resting = mask(each.rests for each in held)
        self.withheld = mask(each.channels[1] is Standing.WITHHELD for each in held)
        self.nearness = [mask(each.nearness == near for each in held) for near in _NEARNESS]
        self._rows = [each.row for each in held]
        self._ids = [each.service_id for each in held]
        self._ranks = [each.rank for each in held]
        self._areas = [each.areas for each in held]
        self._offers = [each.values["offers"] for each in held]
        self._values = {
            name: _masks([each.values[name] for each in held])
            for name in ("focus", "anonymous", "need")
        }
        self._values["scope"] = _masks([(each.scope,) for each in held])
        self.focuses = [self._values["focus"].get(focus, 0) for focus in Focus]
        self.at: Callable[[Moment], Scene] = lru_cache(_MOST_SCENES)(self._at)
        self._offering = lru_cache(_MOST_OFFERS)(self._find_offering)
        self._terms: Callable[[bytes], tuple[int, int]] = lru_cache(_MOST_TERMS)(self._find)

    def having(self, name: str, value: str) -> int:
        """Return who has a value of a facet of services.

        Args:
            name: of the facet.
            value: of it.
        """
        return self._offering(value) if name == "offers" else self._values[name].get(value, 0)

    def counts(self, name: str, among: int) -> Counter[str]:
        """Count the values of a facet of services.

        Args:
            name: of the facet.
            among: these services.
        """
        if name == "offers":
            return self._count_offers(among)
        return counted(self._values[name], among)

    def matching(self, found: Iterable[bytes]) -> int:
        """Return where all terms of a search are found in what may be told.

        Args:
            found: of each term, in what it is found of each row of the index.
        """
        anything = shown = self.everything
        for each in found:
            in_any, in_open = self._terms(each)
            anything, shown = anything & in_any, shown & in_open
        # A search for what is withheld finds nothing, or it would tell it.
        return (anything & ~self.withheld) | shown

    def in_order(
        self, who: int, by: Sequence[Sequence[int]], start: int = 0, stop: int | None = None
    ) -> list[str]:
        """Return the ids of services in order.

        Args:
            who: of them.
            by: what counts for the order, most important first: of each, who comes first, second
                and so on; evidence, age, name and id decide the rest.
            start: how many to pass over.
            stop: with which to end, as in a slice.
        """
        found: list[str] = []
        stop = self.size if stop is None else stop
        for alike in _alike(who, by):
            if stop <= 0:
                break
            count = alike.bit_count()
            if start < count:
                found += islice(self._by_rank(alike, count), start, stop)
            start, stop = max(0, start - count), stop - count
        return found

    def _by_rank(self, who: int, count: int) -> Iterator[str]:
        if count * _MANY < self.size:
            pairs = zip(chosen(self._ranks, who), chosen(self._ids, who), strict=True)
            return (service_id for _, service_id in sorted(pairs))
        # To sort many takes long; of a page's twenty, the first in rank are soon met.
        flags = flags_of(who, self.size)
        return (self._ids[row] for row in self._in_rank if flags[row])

    @cached_property
    def _in_rank(self) -> list[int]:
        return sorted(range(self.size), key=self._ranks.__getitem__)

    def bearing(self, service_ids: Iterable[str]) -> int:
        """Return who bears some ids.

        Args:
            service_ids: of services in this part.
        """
        wanted = frozenset(service_ids)
        return mask(each in wanted for each in self._ids)

    @cached_property
    def nearness_of(self) -> Mapping[str, int]:
        """Return how near the area of each service is, by its id."""
        found: dict[str, int] = {}
        for near, who in enumerate(self.nearness):
            found |= dict.fromkeys(chosen(self._ids, who), near)
        return found

    @cached_property
    def by_prefecture(self) -> Mapping[str, int]:
        """Return who serves each prefecture or a municipality of it, but not the whole country."""
        served = [{code[:2] for code in codes if code != NATIONWIDE} for codes in self._areas]
        return _masks(served)

    def _at(self, moment: Moment) -> Scene:
        return Scene(self.runs, self.size, moment)

    def _count_offers(self, among: int) -> Counter[str]:
        # In words of their own: there may be more of them than services.
        counts: Counter[str] = Counter()
        for offers, number in Counter(chosen(self._offers, among)).items():
            counts.update(dict.fromkeys(offers, number))
        return counts

    def _find_offering(self, value: str) -> int:
        return mask(value in each for each in self._offers)

    def _find(self, found: bytes) -> tuple[int, int]:
        here = bytes(map(found.__getitem__, self._rows))
        return mask(map(bool, here)), mask(each == OPEN for each in here)


def counted(masks: Mapping[str, int], among: int) -> Counter[str]:
    """Count, for each value, those who have it.

    Args:
        masks: who has each value.
        among: these services; a value that none of them has is left out.
    """
    counts = ((value, (who & among).bit_count()) for value, who in masks.items())
    return Counter({value: count for value, count in counts if count})


def _alike(who: int, by: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield those whom what counts does not tell apart, in order."""
    if not by:
        yield who
        return
    for ranking in by[0]:
        if among := who & ranking:
            yield from _alike(among, by[1:])


def _masks(held: Sequence[Iterable[str]]) -> dict[str, int]:
    values = sorted({value for each in held for value in each})
    return {value: mask(value in each for each in held) for value in values}
