"""The services that serve a place and match the words, as slim rows, and their order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from sosdir import evidence
from sosdir.evidence import Age
from sosdir.models import EvidenceLevel, Focus, Scope, ServiceStatus, State
from sosdir.search.coupling import Key, Outlook, Standing
from sosdir.search.query import Query, Sort
from sosdir.text import bigrams, runs

# How near the area of a service is to the place asked: smaller is nearer.
WITHIN_THE_PREFECTURE = 3

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
