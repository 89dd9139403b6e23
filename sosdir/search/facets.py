"""Filters of a query, and how many services each further choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from sosdir import languages
from sosdir.locales import mark
from sosdir.models import State
from sosdir.needs import CHANNEL_NEEDS
from sosdir.search.candidates import Candidate
from sosdir.search.coupling import Coupling, Outlook, wish_of
from sosdir.search.query import FACETS, UNOFFERED, Query, chosen, without
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
            Coupling(wish, frozenset(query.state), query.at),
        )

    def admit(self, row: Candidate) -> bool:
        """Tell whether a service meets all that is chosen.

        Args:
            row: the service.
        """
        return self.channels.passes(row.channels) and not self._failed_by(row)

    def state(self, row: Candidate) -> State:
        """Return the state of those channels of a service that meet what is chosen.

        Args:
            row: the service.
        """
        return self.outlook(row).state or State.UNKNOWN

    def outlook(self, row: Candidate) -> Outlook:
        """Return what the channels of a service come to.

        Args:
            row: the service.
        """
        return self.channels.of(row.channels)

    def count(self, rows: Iterable[Candidate]) -> dict[str, tuple[FacetValue, ...]]:
        """Count, for each choice, the services left if it were made beside the other facets.

        Args:
            rows: what serves the place and matches the words.
        """
        outlooks: Counter[Outlook] = Counter()
        told = {name: Counter[tuple[str, ...]]() for name in (*_OF_SERVICES, "need")}
        for row in rows:
            failed, outlook = self._failed_by(row), self.outlook(row)
            if not failed:
                outlooks[outlook] += 1
            if outlook.passes and len(failed) < 2 and failed != ["need"]:
                for name in failed or told:
                    told[name][row.values[name]] += 1
        counts = {name: _each(told[name]) for name in told}
        counts |= {name: Counter[str]() for name in ("state", "channel", "lang")}
        for outlook, number in outlooks.items():
            for name, values in _of_channels(outlook):
                counts[name].update(dict.fromkeys(values, number))
        return {name: _values(name, counts[name], self.chosen[name]) for name in FACETS}

    def count_without(self, rows: list[Candidate]) -> dict[Choice, int]:
        """Count, for each chosen value, the services that dropping it would leave.

        Args:
            rows: what serves the place and matches the words.
        """
        return {choice: self._left(rows, choice) for choice in self._choices()}

    def count_without_two(self, rows: list[Candidate]) -> dict[tuple[Choice, Choice], int]:
        """Count, for each two of the chosen values, the services that dropping both would leave.

        Args:
            rows: what serves the place and matches the words.
        """
        pairs = combinations(islice(self._choices(), _MOST_PAIRED), 2)
        return {pair: self._left(rows, *pair) for pair in pairs}

    def _choices(self) -> Iterator[Choice]:
        return ((name, value) for name in self.chosen for value in sorted(self.chosen[name]))

    def _left(self, rows: list[Candidate], *dropped: Choice) -> int:
        query = self.query
        for name, value in dropped:
            query = without(query, name, value)
        return sum(map(Filters.of(query).admit, rows))

    def _failed_by(self, row: Candidate) -> list[str]:
        failed = [
            name
            for name in _OF_SERVICES
            if self.chosen[name] and self.chosen[name].isdisjoint(row.values[name])
        ]
        return failed if self.needed.issubset(row.values["need"]) else [*failed, "need"]


def _of_channels(outlook: Outlook) -> Iterator[tuple[str, Iterable[str]]]:
    yield "channel", outlook.kinds
    yield "lang", outlook.languages
    yield "need", outlook.needs
    yield "state", () if outlook.state is None else (outlook.state,)


def _each(told: Counter[tuple[str, ...]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for values, number in told.items():
        counts.update(dict.fromkeys(values, number))
    return counts


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
