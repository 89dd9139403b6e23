"""Filters of a query, and how many services each further choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sosdir import languages
from sosdir.search.candidates import Candidate
from sosdir.search.query import Query
from sosdir.vocabulary import CHANNEL_LABELS, FOCUS_LABELS, STATE_LABELS

# Facets of free text hold many values; only the commonest are offered.
MAX_VALUES = 30

_LABELS: Mapping[str, Mapping[str, str]] = {
    "state": {str(state): label for state, label in STATE_LABELS.items()},
    "channel": {str(kind): label for kind, label in CHANNEL_LABELS.items()},
    "focus": {str(focus): label for focus, label in FOCUS_LABELS.items()},
    "anonymous": {"true": "匿名で相談できる"},
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Hold one choice of a facet and how many services it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold the values chosen by facet; of one facet any may hold, of two both must."""

    chosen: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, query: Query) -> Filters:
        """Return the filters that a query sets.

        Args:
            query: what is asked.
        """
        chosen: dict[str, Iterable[str]] = {
            "state": query.state,
            "channel": query.channel,
            "focus": query.focus,
            "anonymous": ("true",) if query.anonymous else (),
            "lang": query.lang,
            "offers": query.offers,
        }
        return cls({name: frozenset(map(str, values)) for name, values in chosen.items()})

    def failed_by(self, row: Candidate) -> list[str]:
        """Return the facets whose choice a service does not meet.

        Args:
            row: the service.
        """
        return [
            name
            for name, chosen in self.chosen.items()
            if chosen and chosen.isdisjoint(row.values[name])
        ]

    def count(self, rows: Iterable[Candidate]) -> dict[str, tuple[FacetValue, ...]]:
        """Count, for each choice, the services left if it were made beside the other facets.

        Args:
            rows: what serves the place and matches the words.
        """
        counts: dict[str, Counter[str]] = {name: Counter() for name in self.chosen}
        for row in rows:
            failed = self.failed_by(row)
            if len(failed) > 1:
                continue
            for name in failed or self.chosen:
                counts[name].update(row.values[name])
        return {name: _values(name, counts[name], self.chosen[name]) for name in self.chosen}


def _values(name: str, counts: Counter[str], chosen: frozenset[str]) -> tuple[FacetValue, ...]:
    labels = _LABELS.get(name)
    name_of = languages.name if name == "lang" else str
    if labels is not None:
        known = [value for value in labels if counts[value] or value in chosen]
        return tuple(FacetValue(value, labels[value], counts[value]) for value in known)
    common = sorted(counts, key=lambda value: (-counts[value], value))[:MAX_VALUES]
    offered = common + sorted(chosen.difference(common))
    return tuple(FacetValue(value, name_of(value), counts[value]) for value in offered)
