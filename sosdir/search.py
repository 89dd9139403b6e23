"""Find the services that answer a query: place, words, filters, order, counts and pages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from math import ceil
from typing import Any

from sqlite_utils import Database

from sosdir import evidence
from sosdir.areas import Gazetteer, Place
from sosdir.evidence import Age, Published
from sosdir.models import NATIONWIDE, ChannelKind, EvidenceLevel, Focus, State
from sosdir.schedules import TOKYO, service_availability
from sosdir.store import services
from sosdir.text import bigrams, runs, words
from sosdir.vocabulary import CHANNEL_LABELS, FOCUS_LABELS, STATE_LABELS

PER_PAGE = 20
MAX_OFFERS = 30

_STATES = list(State)
_FOCUSES = list(Focus)
_LEVELS = list(EvidenceLevel)
_AGES = list(Age)

# How near the area of a service is to the place asked: smaller is nearer.
WITHIN_THE_PREFECTURE = 3


class Sort(StrEnum):
    """Tell what comes first: who answers now, or who is nearer."""

    NOW = "now"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Query:
    """Hold what is asked.

    Args:
        at: the instant asked about, with a zone.
        text: as typed; the words that name a place become the place.
        area: code of a place, which text then no longer names.
        channel: kinds, any of which the service must have.
        focus: any of which the service must be.
        state: any of which the service must be in.
        anonymous: whether only services that need no name are wanted.
        lang: languages, any of which the service must state.
        offers: any of which the service must state.
        sort: the order.
        page: 1-based.
        per_page: how many on a page.
    """

    at: datetime
    text: str = ""
    area: str | None = None
    channel: tuple[ChannelKind, ...] = ()
    focus: tuple[Focus, ...] = ()
    state: tuple[State, ...] = ()
    anonymous: bool = False
    lang: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    sort: Sort = Sort.NOW
    page: int = 1
    per_page: int = PER_PAGE

    @property
    def day(self) -> date:
        """Return the day in Japan of the instant asked about."""
        return self.at.astimezone(TOKYO).date()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Hold one choice of a facet and how many services it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one service found.

    Args:
        published: what may be shown of it.
        nearness: 0 its municipality, 1 prefecture, 2 country, 3 a municipality within.
    """

    published: Published
    nearness: int


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of what was found.

    Args:
        place: the place asked, None when none or several were named.
        candidates: the places that the text may name, to be asked back.
        words: the words that had to match.
        total: services found on all pages.
        page: 1-based, at most ``pages``.
        pages: at least 1.
        facets: choices by facet, in the order to show.
        hits: the services of this page, in order.
    """

    place: Place | None
    candidates: tuple[Place, ...]
    words: tuple[str, ...]
    total: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class _Row:
    """Hold what filters and order need of one candidate."""

    service_id: str
    focus: Focus
    level: EvidenceLevel
    age: Age
    state: State
    nearness: int
    name_key: str
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)


def search(db: Database, gazetteer: Gazetteer, query: Query) -> Page:
    """Return one page of the public services that answer a query.

    Args:
        db: to read.
        gazetteer: of the same data.
        query: what is asked.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    places, rest = read_places(gazetteer, query)
    place = places[0] if len(places) == 1 else None
    ranks = _ranks(gazetteer, places)
    rows = _candidates(db, query, ranks, rest)
    wanted = _wanted(query)
    kept = [row for row in rows if not _failing(row, wanted)]
    kept.sort(key=_order(query.sort))
    pages = max(1, ceil(len(kept) / query.per_page))
    page = min(query.page, pages)
    shown = kept[(page - 1) * query.per_page : page * query.per_page]
    return Page(
        place=place,
        candidates=places if len(places) > 1 else (),
        words=rest,
        total=len(kept),
        page=page,
        pages=pages,
        facets=_facets(rows, wanted),
        hits=_hits(db, shown, query.day),
    )


def read_places(gazetteer: Gazetteer, query: Query) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Return the places that a query asks about, and the words that are left to match.

    Args:
        gazetteer: to read the text with.
        query: an area named by code counts before its text.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    if query.area == NATIONWIDE:
        return (), words(query.text)
    if query.area is not None:
        return (gazetteer.get(query.area),), words(query.text)
    found = gazetteer.recognise(query.text)
    return found.places, found.rest


def _ranks(gazetteer: Gazetteer, places: tuple[Place, ...]) -> dict[str, int] | None:
    """Return the area codes that serve the places, each with its nearness; None for anywhere."""
    if not places:
        return None
    if len(places) > 1:
        # Which one is meant is asked back; only what serves everyone may be offered meanwhile.
        return {NATIONWIDE: 2}
    place = places[0]
    codes = (*gazetteer.areas_serving(place), *gazetteer.areas_within(place))
    return {code: gazetteer.nearness(code, place) for code in codes}


_SELECT = """
    SELECT i.service_id, i.withheld_from, i.looked_at, i.availability, i.channels, i.name_key,
           s.focus, s.evidence, s.anonymous, s.languages, s.offers, {nearness} AS nearness
    FROM service_index AS i JOIN service AS s ON s.id = i.service_id
"""
# Without a place, a line for the whole country is the nearest: it serves whoever asks.
_ANYWHERE = """
    NOT EXISTS (
        SELECT 1 FROM service_area AS a WHERE a.service_id = i.service_id AND a.area_code = '00'
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
    (i.withheld_from > :day AND i.number IN
        (SELECT rowid FROM service_text WHERE service_text MATCH :anything))
    OR i.number IN (SELECT rowid FROM service_text WHERE service_text MATCH :open)
"""


def _candidates(
    db: Database, query: Query, ranks: dict[str, int] | None, rest: tuple[str, ...]
) -> list[_Row]:
    values: dict[str, Any] = {"day": query.day.isoformat()}
    nationwide_only = query.area == NATIONWIDE
    if nationwide_only:
        ranks = {NATIONWIDE: 2}
    sql = _SELECT.format(nearness=_ANYWHERE if ranks is None else "near.nearness")
    if ranks is not None:
        sql += _SERVING
        values["ranks"] = json.dumps(ranks)
    match = _match(rest)
    if rest and match is None:
        return []
    if match is not None:
        sql += f" WHERE {_MATCHING}"
        values |= {"anything": match, "open": f"{{open}} : ({match})"}
    rows = db.conn.execute(sql, values)
    rows.row_factory = sqlite3.Row
    return list(_rows(rows, query))


def _match(rest: Iterable[str]) -> str | None:
    """Return the full-text expression that every word must match, None if no letter is left."""
    phrases = [_phrase(run) for word in rest for run in runs(word)]
    return " AND ".join(phrases) or None


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return f'"{" ".join(bigrams(run))}"'


def _rows(found: Iterable[Any], query: Query) -> Iterator[_Row]:
    states: dict[str, State] = {}
    for row in found:
        level = EvidenceLevel(row["evidence"])
        withheld = query.day >= date.fromisoformat(row["withheld_from"])
        if withheld:
            level = EvidenceLevel.UNCONFIRMED
        state = State.UNKNOWN if withheld else _state(row["availability"], query.at, states)
        yield _Row(
            service_id=row["service_id"],
            focus=Focus(row["focus"]),
            level=level,
            age=evidence.age_since(date.fromisoformat(row["looked_at"]), query.day),
            state=state,
            nearness=row["nearness"],
            name_key=row["name_key"],
            values={
                "state": (state,),
                "channel": _list(row["channels"]),
                "focus": (row["focus"],),
                "anonymous": ("true",) if row["anonymous"] else (),
                "lang": _list(row["languages"]),
                "offers": _list(row["offers"]),
            },
        )


@lru_cache(maxsize=10_000)
def _list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _state(key: str, at: datetime, known: dict[str, State]) -> State:
    if key not in known:
        pairs = [(ChannelKind(kind), hours) for kind, hours in json.loads(key)]
        known[key] = service_availability(pairs, at).state
    return known[key]


def _wanted(query: Query) -> dict[str, frozenset[str]]:
    chosen: dict[str, Iterable[str]] = {
        "state": query.state,
        "channel": query.channel,
        "focus": query.focus,
        "anonymous": ("true",) if query.anonymous else (),
        "lang": query.lang,
        "offers": query.offers,
    }
    return {name: frozenset(map(str, values)) for name, values in chosen.items()}


def _failing(row: _Row, wanted: dict[str, frozenset[str]]) -> list[str]:
    """Return the facets whose choice the row does not meet."""
    return [
        name for name, chosen in wanted.items() if chosen and chosen.isdisjoint(row.values[name])
    ]


def _order(sort: Sort) -> Callable[[_Row], tuple[Any, ...]]:
    def now(row: _Row) -> tuple[Any, ...]:
        return (_group(row), _state_rank(row), _focus_rank(row), row.nearness, *_last(row))

    def near(row: _Row) -> tuple[Any, ...]:
        return (_group(row), row.nearness, _state_rank(row), _focus_rank(row), *_last(row))

    return near if sort is Sort.NEAR else now


def _group(row: _Row) -> bool:
    return row.nearness == WITHIN_THE_PREFECTURE


def _state_rank(row: _Row) -> int:
    return _STATES.index(row.state)


def _focus_rank(row: _Row) -> int:
    return _FOCUSES.index(row.focus)


def _last(row: _Row) -> tuple[Any, ...]:
    return (_LEVELS.index(row.level), _AGES.index(row.age), row.name_key, row.service_id)


def _facets(
    rows: list[_Row], wanted: dict[str, frozenset[str]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Count, for each choice, the services left if it were chosen beside the other facets."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    for row in rows:
        failing = _failing(row, wanted)
        if len(failing) > 1:
            continue
        for name in failing or wanted:
            counts[name].update(row.values[name])
    return {name: _facet(name, counts[name], wanted[name]) for name in wanted}


def _facet(name: str, counts: Counter[str], chosen: frozenset[str]) -> tuple[FacetValue, ...]:
    labels = _LABELS.get(name)
    if labels is not None:
        values = [value for value in labels if counts[value] or value in chosen]
        return tuple(FacetValue(value, labels[value], counts[value]) for value in values)
    common = [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    values = common[:MAX_OFFERS] + sorted(chosen - set(common[:MAX_OFFERS]))
    return tuple(FacetValue(value, value, counts[value]) for value in values)


_LABELS: dict[str, dict[str, str]] = {
    "state": {str(state): label for state, label in STATE_LABELS.items()},
    "channel": {str(kind): label for kind, label in CHANNEL_LABELS.items()},
    "focus": {str(focus): label for focus, label in FOCUS_LABELS.items()},
    "anonymous": {"true": "匿名で相談できる"},
}


def _hits(db: Database, rows: list[_Row], day: date) -> tuple[Hit, ...]:
    found = services.find(db, [row.service_id for row in rows])
    return tuple(
        Hit(evidence.publish(service, day), row.nearness)
        for service, row in zip(found, rows, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Count:
    """Count services, and those of them where someone answers at the instant asked about."""

    total: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """Count all services collected, those that are public, and of these the withheld ones."""

    collected: int
    public: int
    withheld: int


def count_by_prefecture(db: Database, gazetteer: Gazetteer, query: Query) -> dict[str, Count]:
    """Return, for each prefecture, the lines that serve it or a municipality of it.

    Lines for the whole country are not counted: they would be the same number everywhere.

    Args:
        db: to read.
        gazetteer: of the same data.
        query: its words and filters count, its place does not.
    """
    _, rest = read_places(gazetteer, query)
    wanted = _wanted(query)
    rows = _candidates(db, replace(query, area=None), None, rest)
    states = {row.service_id: row.state for row in rows if not _failing(row, wanted)}
    counts = {place.code: Count() for place in gazetteer.prefectures}
    for service_id, code in _prefectures_served(db):
        if service_id in states:
            before = counts[code]
            answers = states[service_id] is State.OPEN
            counts[code] = Count(before.total + 1, before.open + answers)
    return counts


def count_by_municipality(db: Database, prefecture_code: str) -> dict[str, int]:
    """Return how many public services each municipality of a prefecture has of its own.

    Args:
        db: to read.
        prefecture_code: two digits.
    """
    rows = db.execute(
        "SELECT area_code, count(*) FROM service_area JOIN service_index USING (service_id)"
        " WHERE area_code > ? AND area_code < ? || ':' GROUP BY area_code",
        [prefecture_code, prefecture_code],
    )
    return dict(rows.fetchall())


def count_evidence(db: Database, day: date) -> EvidenceCount:
    """Count what was collected, what is public and what is withheld on a day.

    Args:
        db: to read.
        day: in Japan.
    """
    (collected,) = db.execute("SELECT count(*) FROM service").fetchone()
    public, withheld = db.execute(
        "SELECT count(*), coalesce(sum(withheld_from <= ?), 0) FROM service_index",
        [day.isoformat()],
    ).fetchone()
    return EvidenceCount(collected, public, withheld)


def public_ids(db: Database) -> list[str]:
    """Return the ids of all public services, in order.

    Args:
        db: to read.
    """
    rows = db.execute("SELECT service_id FROM service_index ORDER BY service_id")
    return [service_id for (service_id,) in rows.fetchall()]


def _prefectures_served(db: Database) -> list[tuple[str, str]]:
    rows = db.execute(
        "SELECT DISTINCT service_id, substr(area_code, 1, 2) FROM service_area"
        " WHERE area_code <> ?",
        [NATIONWIDE],
    )
    return list(rows.fetchall())
