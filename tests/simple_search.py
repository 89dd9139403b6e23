"""Search slowly and simply: each service by itself, as the search is meant.

This is how the search worked before it kept anything in memory; the tests hold the quick one
against it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import combinations, islice
from typing import Any

from sqlite_utils import Database

from sosdir import evidence
from sosdir.areas import Gazetteer
from sosdir.evidence import Age
from sosdir.models import (
    NATIONWIDE,
    ChannelKind,
    EvidenceLevel,
    Focus,
    Need,
    Scope,
    ServiceStatus,
    State,
)
from sosdir.needs import CHANNEL_NEEDS, ChannelFacts, Wish
from sosdir.schedules import service_state
from sosdir.search import (
    FACETS,
    WITHIN_THE_PREFECTURE,
    Asked,
    Choice,
    FacetValue,
    Query,
    Sort,
    chosen,
    label_of,
    read,
    without,
)
from sosdir.search.coupling import Key, Outlook, Standing
from sosdir.search.facets import _LABELS, _MOST_PAIRED, _OF_SERVICES, MAX_VALUES
from sosdir.search.query import UNOFFERED
from sosdir.text import bigrams, runs


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a search tells of the services that it finds."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    left: Mapping[Choice, int]
    left_by_two: Mapping[tuple[Choice, Choice], int]


def search(db: Database, gazetteer: Gazetteer, query: Query) -> Told:
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    rows = candidates(db, query, ranks, asked.words)
    filters = Filters.of(asked.query)
    kept = _in_order(rows, query, asked, filters, ranks)
    left = filters.count_without(rows)
    stuck = not kept and not any(left.values())
    start = (query.page - 1) * query.per_page
    return Told(
        len(kept),
        tuple(row.service_id for row in kept[start : start + query.per_page]),
        filters.count(rows),
        left,
        filters.count_without_two(rows) if stuck else {},
    )


def leading(db: Database, gazetteer: Gazetteer, query: Query) -> tuple[list[str], int, int]:
    """Return who leads, how many there are, and of how many no contact is shown."""
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    filters = Filters.of(asked.query)
    rows = _in_order(candidates(db, query, ranks, asked.words), query, asked, filters, ranks)
    reachable = [row for row in rows if is_reachable(row.channels)]
    first = _first(reachable, query.per_page, by_nearness=asked.place is not None)
    sought = sum(not (is_reachable(row.channels) or row.resting) for row in rows)
    return [row.service_id for row in first], len(rows), sought


def _first(rows: list[Candidate], most: int, *, by_nearness: bool) -> Iterator[Candidate]:
    taken: Counter[int] = Counter()
    for row in rows:
        kind = row.nearness if by_nearness else 0
        taken[kind] += 1
        if taken[kind] <= most:
            yield row


def _in_order(
    rows: list[Candidate],
    query: Query,
    asked: Asked,
    filters: Filters,
    ranks: dict[str, int] | None,
) -> list[Candidate]:
    """Return those whom the filters admit, in the order asked."""
    rank = order(query.sort, anywhere=ranks is None and bool(asked.recognised))
    kept = [row for row in rows if filters.admit(row)]
    kept.sort(key=lambda row: rank(row, filters.outlook(row)))
    return kept


def _ranks(gazetteer: Gazetteer, query: Query, asked: Asked) -> dict[str, int] | None:
    """Return the area codes that serve the places, each with its nearness; None for anywhere."""
    if query.area == NATIONWIDE or len(asked.places) > 1:
        # Which of several is meant is asked back; only what serves everyone is offered meanwhile.
        return {NATIONWIDE: 2}
    if asked.place is None:
        return None
    codes = (*gazetteer.areas_serving(asked.place), *gazetteer.areas_within(asked.place))
    return {code: gazetteer.nearness(code, asked.place) for code in codes}


_STATE_RANK = {state: rank for rank, state in enumerate(State)}
_FOCUS_RANK = {focus: rank for rank, focus in enumerate(Focus)}
_LEVEL_RANK = {level: rank for rank, level in enumerate(EvidenceLevel)}
_AGE_RANK = {age: rank for rank, age in enumerate(Age)}

_SELECT = """
    SELECT i.service_id, i.withheld_from, i.looked_at, i.channels, i.needs, i.name_key,
           s.focus, s.evidence, s.anonymous, s.offers, s.status, {nearness} AS nearness,
           {municipal} AS municipal
    FROM service_index AS i JOIN service AS s ON s.id = i.service_id
"""
# Without a place, a line for the whole country is the nearest: it serves whoever asks.
_ANYWHERE = """
    NOT EXISTS (
        SELECT 1 FROM service_area AS a WHERE a.service_id = i.service_id AND a.area_code = '00'
    )
"""
# Whether no area of it is a prefecture or the country.
_MUNICIPAL = """
    NOT EXISTS (
        SELECT 1 FROM service_area AS a
        WHERE a.service_id = i.service_id AND length(a.area_code) = 2
    )
"""
_SERVING = """
    JOIN (
        SELECT a.service_id, min(r.value) AS nearness
        FROM json_each(:ranks) AS r JOIN service_area AS a ON a.area_code = r.key
        GROUP BY a.service_id
    ) AS near ON near.service_id = i.service_id
"""
_MATCHING = """
    (i.withheld_from > :today AND i.number IN
        (SELECT rowid FROM service_text WHERE service_text MATCH :anything))
    OR i.number IN (SELECT rowid FROM service_text WHERE service_text MATCH :open)
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold what filters and order need of one service.

    Args:
        service_id: its id.
        focus: what it is for.
        level: how well it is known today.
        age: how long ago it was looked at.
        channels: what is indexed of them, and how it stands.
        resting: whether it is closed for a time.
        nearness: of its area to the place asked.
        name_key: its folded name.
        values: what each facet of services sees of it.
    """

    service_id: str
    focus: Focus
    level: EvidenceLevel
    age: Age
    channels: Key
    resting: bool
    nearness: int
    name_key: str
    values: Mapping[str, tuple[str, ...]]


def candidates(
    db: Database, query: Query, ranks: Mapping[str, int] | None, words: Iterable[str]
) -> list[Candidate]:
    """Return the public services that serve an area and match all words, in no order.

    Args:
        db: to read.
        query: for the instant and the day.
        ranks: area codes with their nearness; None for anywhere.
        words: folded.
    """
    values: dict[str, Any] = {"today": query.today.isoformat()}
    anywhere = ranks is None
    sql = _SELECT.format(
        nearness=_ANYWHERE if anywhere else "near.nearness",
        municipal=_MUNICIPAL if anywhere else "near.nearness IN (0, 3)",
    )
    if ranks is not None:
        sql += _SERVING
        values["ranks"] = json.dumps(ranks)
    typed = tuple(words)
    phrases = [_phrase(run) for word in typed for run in runs(word)]
    if typed and not phrases:
        # Words without a letter, such as an asterisk alone, stand in no text.
        return []
    if phrases:
        match = " AND ".join(phrases)
        sql += f" WHERE {_MATCHING}"
        values |= {"anything": match, "open": f"{{open}} : ({match})"}
    rows = db.conn.execute(sql, values)
    rows.row_factory = sqlite3.Row
    return list(_candidates(rows, query, nationwide=0 if anywhere else 2))


def order(sort: Sort, *, anywhere: bool) -> Callable[[Candidate, Outlook], tuple[Any, ...]]:
    """Return the key by which services are put in order, from each and what its channels come to.

    Args:
        sort: what comes first.
        anywhere: whether needs alone are asked: who serves the whole country then comes first.
    """
    if sort is Sort.NEAR:
        return _nearer_first
    return _for_everyone_first if anywhere else _answering_first


def _answering_first(row: Candidate, outlook: Outlook) -> tuple[Any, ...]:
    first = (*_answering(outlook), _FOCUS_RANK[row.focus], row.nearness)
    return (_is_within(row), *first, *_last(row))


def _nearer_first(row: Candidate, outlook: Outlook) -> tuple[Any, ...]:
    first = (row.nearness, *_answering(outlook), _FOCUS_RANK[row.focus])
    return (_is_within(row), *first, *_last(row))


def _for_everyone_first(row: Candidate, outlook: Outlook) -> tuple[Any, ...]:
    distance, state = _answering(outlook)
    return (distance, row.nearness, state, _FOCUS_RANK[row.focus], *_last(row))


def _answering(outlook: Outlook) -> tuple[int, int]:
    """Rank first who can be reached in the way that is asked for, then by state."""
    return outlook.distance, _STATE_RANK[outlook.state or State.UNKNOWN]


def _is_within(row: Candidate) -> bool:
    return row.nearness == WITHIN_THE_PREFECTURE


def _last(row: Candidate) -> tuple[Any, ...]:
    return (_LEVEL_RANK[row.level], _AGE_RANK[row.age], row.name_key, row.service_id)


def _phrase(run: str) -> str:
    if len(run) < 2:
        return f'"{run}"*' if run else ""
    return f'"{" ".join(bigrams(run))}"'


def _candidates(found: Iterable[Any], query: Query, nationwide: int) -> Iterator[Candidate]:
    today = query.today.isoformat()
    for row in found:
        withheld = today >= row["withheld_from"]
        yield Candidate(
            service_id=row["service_id"],
            focus=Focus(row["focus"]),
            level=EvidenceLevel.UNCONFIRMED if withheld else EvidenceLevel(row["evidence"]),
            age=_age(row["looked_at"], query.today),
            channels=(row["channels"], _standing(row["status"], withheld)),
            resting=row["status"] == ServiceStatus.TEMPORARILY_CLOSED,
            nearness=row["nearness"],
            name_key=row["name_key"],
            values={
                "focus": (row["focus"],),
                "anonymous": ("true",) if row["anonymous"] else (),
                "offers": _list(row["offers"]),
                "need": _list(row["needs"]),
                "scope": (_scope(row, nationwide),),
            },
        )


def _scope(row: Any, nationwide: int) -> Scope:
    """Return how wide the area is by which a service serves the place, or its widest anywhere."""
    if row["nearness"] == nationwide:
        return Scope.COUNTRY
    return Scope.MUNICIPALITY if row["municipal"] else Scope.PREFECTURE


def _standing(status: str, withheld: bool) -> Standing:
    if withheld:
        return Standing.WITHHELD
    rests = status == ServiceStatus.TEMPORARILY_CLOSED
    return Standing.RESTING if rests else Standing.ANSWERING


@lru_cache(maxsize=10_000)
def _list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=10_000)
def _age(looked_at: str, today: date) -> Age:
    return evidence.age_since(date.fromisoformat(looked_at), today)


class Coupling:
    """Judge channels by a wish and an instant.

    Args:
        wish: what one channel has to meet.
        states: any of which those channels must be in; empty for all.
        at: the instant.
    """

    def __init__(self, wish: Wish, states: frozenset[State], at: datetime) -> None:
        self.wish = wish
        self._states = states
        self._at = at
        self._outlooks: dict[Key, Outlook] = {}
        self._passing: dict[Key, bool] = {}
        self._known: dict[tuple[tuple[ChannelKind, str | None], ...], State] = {}

    def of(self, key: Key) -> Outlook:
        """Return what a service's channels come to.

        Args:
            key: as indexed.
        """
        if key not in self._outlooks:
            self._outlooks[key] = self._judge(_facts(*key), key[1])
        return self._outlooks[key]

    def passes(self, key: Key) -> bool:
        """Tell whether a service's channels meet what is chosen, without more than that.

        Args:
            key: as indexed.
        """
        if key not in self._passing:
            self._passing[key] = self._passes(_facts(*key), key[1], self.wish)
        return self._passing[key]

    def _passes(self, facts: tuple[ChannelFacts, ...], standing: Standing, wish: Wish) -> bool:
        state = self._state(facts, standing, wish)
        return state is not None and (not self._states or state in self._states)

    def _judge(self, facts: tuple[ChannelFacts, ...], standing: Standing) -> Outlook:
        def passing(wish: Wish) -> bool:
            return self._passes(facts, standing, wish)

        kinds = {each.kind for each in facts if each.kind}
        spoken = {code for each in facts for code in each.languages}
        needs = {need for each in facts for need in each.needs}
        wish = self.wish
        return Outlook(
            state=self._state(facts, standing, wish),
            passes=passing(wish),
            distance=self._distance(facts),
            kinds=frozenset(k for k in kinds if passing(replace(wish, kinds=frozenset({k})))),
            languages=frozenset(
                code for code in spoken if passing(replace(wish, languages=frozenset({code})))
            ),
            needs=frozenset(n for n in needs if passing(replace(wish, needs=wish.needs | {n}))),
        )

    def _distance(self, facts: tuple[ChannelFacts, ...]) -> int:
        reachable = [each for each in facts if each.reachable]
        if not self.wish or any(map(self.wish.met_by, reachable)):
            return 0
        return 1 if reachable else 2

    def _state(self, facts: Iterable[ChannelFacts], standing: Standing, wish: Wish) -> State | None:
        meeting = [each for each in facts if wish.met_by(each)]
        if not meeting:
            return None
        if standing is Standing.RESTING:
            return State.CLOSED
        pairs = tuple((each.kind, each.hours) for each in meeting if each.kind and each.reachable)
        if pairs not in self._known:
            self._known[pairs] = service_state(pairs, self._at)
        return self._known[pairs]


def is_reachable(key: Key) -> bool:
    """Tell whether a person can reach a service with what is shown, in whatever way.

    Args:
        key: of its channels, as indexed.
    """
    return any(each.reachable for each in _facts(*key))


def wish_of(
    kinds: Iterable[ChannelKind],
    languages: Iterable[str],
    needs: Iterable[Need],
    reachable: bool = False,
) -> Wish:
    """Return what of a query one channel has to meet.

    Args:
        kinds: chosen.
        languages: chosen.
        needs: chosen, those of services too.
        reachable: whether it must be one that a person can reach with what is shown.
    """
    return Wish(frozenset(kinds), frozenset(languages), CHANNEL_NEEDS & frozenset(needs), reachable)


@lru_cache(maxsize=10_000)
def _facts(text: str, standing: Standing) -> tuple[ChannelFacts, ...]:
    found = (
        ChannelFacts(
            ChannelKind(kind) if kind else None,
            hours,
            tuple(languages),
            reachable,
            frozenset(map(Need, needs)),
        )
        for kind, hours, languages, reachable, needs in json.loads(text)
    )
    if standing is Standing.WITHHELD:
        return tuple(each.withheld() for each in found)
    return tuple(found)


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


def _values(name: str, counts: Counter[str], taken: frozenset[str]) -> tuple[FacetValue, ...]:
    labels = _LABELS.get(name)
    if labels is not None:
        offered = [value for value in labels if counts[value] or value in taken]
    else:
        common = sorted(counts, key=lambda value: (-counts[value], value))[:MAX_VALUES]
        offered = common + sorted(taken.difference(common))
    return tuple(FacetValue(value, label_of(name, value), counts[value]) for value in offered)
