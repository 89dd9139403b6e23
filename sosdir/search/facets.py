"""Filters of a query, and how many services each further choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from sosdir import languages
from sosdir.locales import mark
from sosdir.needs import CHANNEL_NEEDS
from sosdir.search.coupling import Coupling, wish_of
from sosdir.search.parts import Part, counted
from sosdir.search.query import FACETS, UNOFFERED, Query, chosen, without
from sosdir.search.scenes import Scene
from sosdir.vocabulary import (
    CHANNEL_LABELS,
    FOCUS_LABELS,
    NEED_LABELS,
    SCOPE_LABELS,
    STATE_LABELS,
)

Choice = tuple[str, str]
# Of so many choices two are dropped together; nobody reads through more pairs.
_MOST_PAIRED = 8
# Facets of free text hold many values; only the commonest are offered.
MAX_VALUES = 30

_LABELS: Mapping[str, Mapping[str, str]] = {
    "state": {str(state): label for state, label in STATE_LABELS.items()},
    "channel": {str(kind): label for kind, label in CHANNEL_LABELS.items()},
    "need": {str(need): label for need, label in NEED_LABELS.items()},
    "focus": {str(focus): label for focus, label in FOCUS_LABELS.items()},
    "anonymous": {"true": mark("匿名で相談できる")},
    "scope": {str(scope): label for scope, label in SCOPE_LABELS.items()},
    "reachable": {"true": mark("連絡先がわかる窓口")},
}
# Any of what is chosen of these is enough, and the service as a whole meets it.
_OF_SERVICES = ("focus", "anonymous", "offers", "scope")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Hold one choice of a facet and how many services it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold what is chosen. Of one facet any may hold, but of needs all; of two facets both must.

    Args:
        query: what is asked.
        chosen: values by facet.
        needed: of the needs, those that a service as a whole meets.
        channels: judges what one channel has to meet.
    """

    query: Query
    chosen: Mapping[str, frozenset[str]]
    needed: frozenset[str]
    channels: Coupling

    @classmethod
    def of(cls, query: Query) -> Filters:
        """Return the filters that a query sets.

        Args:
            query: what is asked.
        """
        wish = wish_of(query.channel, query.lang, query.need, query.reachable)
        return cls(
            query,
            {name: chosen(query, name) for name in (*FACETS, *UNOFFERED)},
            frozenset(map(str, set(query.need) - CHANNEL_NEEDS)),
            Coupling(wish, frozenset(query.state)),
        )

    @property
    def key(self) -> Hashable:
        """Return what tells these filters from others."""
        return tuple(self.chosen.items())

    def admitted(self, part: Part, scene: Scene) -> int:
        """Return who meets all that is chosen.

        Args:
            part: of the services.
            scene: what their channels come to.
        """
        together = scene.passing(self.channels)
        for who in self._meeting(part).values():
            together &= who
        return together

    def count(self, part: Part, scene: Scene, rows: int) -> dict[str, tuple[FacetValue, ...]]:
        """Count, for each choice, the services left if it were made beside the other facets.

        Args:
            part: what serves the place.
            scene: what its channels come to.
            rows: of it, those that match the words.
        """
        outlooks, meeting = scene.outlooks(self.channels), self._meeting(part)
        counts = {}
        for name in (*_OF_SERVICES, "need"):
            among = rows & outlooks.passing
            for other, who in meeting.items():
                # A need is asked for besides those that are chosen, and not instead of them.
                among &= who if other != name or name == "need" else part.everything
            counts[name] = part.counts(name, among)
        among = rows
        for who in meeting.values():
            among &= who
        counts["state"] = counted(outlooks.states, among)
        counts["channel"] = counted(outlooks.kinds, among)
        counts["lang"] = counted(outlooks.languages, among)
        counts["need"] += counted(outlooks.needs, among)
        return {name: _values(name, counts[name], self.chosen[name]) for name in FACETS}

    def count_without(self, part: Part, scene: Scene, rows: int) -> dict[Choice, int]:
        """Count, for each chosen value, the services that dropping it would leave.

        Args:
            part: what serves the place.
            scene: what its channels come to.
            rows: of it, those that match the words.
        """
        return {choice: self._left(part, scene, rows, choice) for choice in self._choices()}

    def count_without_two(
        self, part: Part, scene: Scene, rows: int
    ) -> dict[tuple[Choice, Choice], int]:
        """Count, for each two of the chosen values, the services that dropping both would leave.

        Args:
            part: what serves the place.
            scene: what its channels come to.
            rows: of it, those that match the words.
        """
        pairs = combinations(islice(self._choices(), _MOST_PAIRED), 2)
        return {pair: self._left(part, scene, rows, *pair) for pair in pairs}

    def _choices(self) -> Iterator[Choice]:
        return ((name, value) for name in self.chosen for value in sorted(self.chosen[name]))

    def _left(self, part: Part, scene: Scene, rows: int, *dropped: Choice) -> int:
        query = self.query
        for name, value in dropped:
            query = without(query, name, value)
        return (rows & Filters.of(query).admitted(part, scene)).bit_count()

    def _meeting(self, part: Part) -> dict[str, int]:
        """Return, for each facet of services of which something is chosen, who meets it."""
        meeting = {
            name: _any(part.having(name, value) for value in self.chosen[name])
            for name in _OF_SERVICES
            if self.chosen[name]
        }
        if self.needed:
            meeting["need"] = part.everything
            for need in self.needed:
                meeting["need"] &= part.having("need", need)
        return meeting


def _any(masks: Iterable[int]) -> int:
    together = 0
    for each in masks:
        together |= each
    return together


def label_of(name: str, value: str) -> str:
    """Return what a value of a facet is called.

    Args:
        name: of the facet.
        value: of it.
    """
    if name == "lang":
        return languages.name(value)
    return _LABELS.get(name, {}).get(value, value)


def _values(name: str, counts: Counter[str], taken: frozenset[str]) -> tuple[FacetValue, ...]:
    labels = _LABELS.get(name)
    if labels is not None:
        offered = [value for value in labels if counts[value] or value in taken]
    else:
        common = sorted(counts, key=lambda value: (-counts[value], value))[:MAX_VALUES]
        offered = common + sorted(taken.difference(common))
    return tuple(FacetValue(value, label_of(name, value), counts[value]) for value in offered)
