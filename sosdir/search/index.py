"""Keep in memory what searches need of every listed service, as of one version of the services."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from threading import Lock

from cachetools import FIFOCache
from sqlite_utils import Database

from sosdir import evidence
from sosdir.evidence import Age, Published
from sosdir.models import NATIONWIDE, EvidenceLevel, Scope, ServiceStatus
from sosdir.search.coupling import Standing
from sosdir.search.moments import Moments
from sosdir.search.parts import GUARDED, OPEN, Part, Placed
from sosdir.store import services

# So many places are kept; where a hundred thousand lines are known, one takes about 50 KB.
_MOST_PARTS = 1024
# Of a search term so many; one holds a byte for each service.
_MOST_TERMS = 128
# Services read whole: 8 KB each.
_MOST_SERVICES = 4096
# Days that are asked about at once: now, and those for which people plan.
_MOST_DAYS = 4

_LEVELS = {str(level): level for level in EvidenceLevel}
_LEVEL_RANK = {level: rank for rank, level in enumerate(EvidenceLevel)}
_AGE_RANK = {age: rank for rank, age in enumerate(Age)}

# By how near the area is to the place asked.
_SCOPES = (Scope.MUNICIPALITY, Scope.PREFECTURE, Scope.COUNTRY, Scope.MUNICIPALITY)

_ROWS = """
    SELECT i.number, i.service_id, i.withheld_from, i.looked_at, i.channels, i.needs,
           s.focus, s.evidence, s.anonymous, s.offers, s.status
    FROM service_index AS i JOIN service AS s ON s.id = i.service_id
    ORDER BY i.name_key, i.service_id
"""
_AREAS = """
    SELECT i.number, a.area_code
    FROM service_area AS a JOIN service_index AS i ON i.service_id = a.service_id
"""
_FOUND = "SELECT rowid FROM service_text WHERE service_text MATCH ?"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what the index says of one service.

    Args:
        service_id: its id.
        withheld_from: the first day on which its contacts are withheld, ISO 8601.
        looked_at: the day its facts were last looked at, ISO 8601.
        channels: its channels as one key.
        status: whether it rests.
        level: how well it is known, as long as nothing is withheld.
        values: what each facet of services sees of it, but for how wide its area is.
        areas: codes of those it serves.
    """

    service_id: str
    withheld_from: str
    looked_at: str
    channels: str
    status: str
    level: EvidenceLevel
    values: Mapping[str, tuple[str, ...]]
    areas: tuple[str, ...]


class Index:
    """Hold the listed services of one version of the data.

    Rows are numbered by name, from 0. Everything that is worked out from them is kept here and
    goes with the version.

    Args:
        rows: of the listed services, by name and id.
        numbers: under which the texts of each row are indexed.
    """

    def __init__(self, rows: Sequence[Row], numbers: Sequence[int]) -> None:
        self.rows = rows
        self._places = {number: place for place, number in enumerate(numbers)}
        self._by_area: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for code in row.areas:
                self._by_area[code].append(place)
        self._lock, self._making = Lock(), Lock()
        self._published: FIFOCache[tuple[str, date], Published] = FIFOCache(_MOST_SERVICES)
        self._terms: FIFOCache[str, bytes] = FIFOCache(_MOST_TERMS)
        self.moments = Moments({row.channels for row in rows})
        # Each of these is a function of what it is given and of the rows.
        self._ranks_on = lru_cache(_MOST_DAYS)(self._work_out_ranks)
        self._part_of = lru_cache(_MOST_PARTS)(self._make_part)
        self._whole = lru_cache(_MOST_DAYS)(self._make_whole)

    def part(self, day: date, ranks: Mapping[str, int] | None) -> Part:
        """Return the services that serve some areas, as they stand on a day.

        Args:
            day: in Japan.
            ranks: area codes with their nearness; None for anywhere.
        """
        if ranks is None:
            # It takes a while, so that it is made once for all who wait for it.
            with self._making:
                return self._whole(day)
        # Most towns have no line of their own, and share what serves their prefecture.
        served = tuple((code, near) for code, near in ranks.items() if code in self._by_area)
        return self._part_of(day, served)

    def found(self, lend: Callable[[], Database], term: str) -> bytes:
        """Return for each row in what a search term is found: 0, ``GUARDED`` or ``OPEN``.

        Args:
            lend: gives the database of this version.
            term: in the language of FTS5.
        """
        known = self._terms.get(term)
        if known is None:
            known = self._find(lend(), term)
            with self._lock:
                self._terms[term] = known
        return known

    def published(
        self, lend: Callable[[], Database], service_ids: Sequence[str], day: date
    ) -> list[Published]:
        """Return what may be shown of services on a day, in the order asked.

        Args:
            lend: gives the database of this version.
            service_ids: of rows.
            day: in Japan.
        """
        kept = {each: self._published.get((each, day)) for each in service_ids}
        missing = [each for each, known in kept.items() if known is None]
        if missing:
            made = [evidence.publish(each, day) for each in services.find(lend(), missing)]
            kept |= {each.service.id: each for each in made}
            with self._lock:
                self._published.update({(each.service.id, day): each for each in made})
        return [each for each in kept.values() if each is not None]

    def _find(self, db: Database, term: str) -> bytes:
        found = bytearray(len(self.rows))
        for sought, where in ((term, GUARDED), (f"{{open}} : ({term})", OPEN)):
            for (number,) in db.conn.execute(_FOUND, [sought]):
                found[self._places[number]] = where
        return bytes(found)

    def _work_out_ranks(self, day: date) -> list[int]:
        """Return the place of each row among all by evidence, age, name and id."""
        today, size = day.isoformat(), len(self.rows)

        def standing(place: int) -> int:
            row = self.rows[place]
            withheld = today >= row.withheld_from
            level = EvidenceLevel.UNCONFIRMED if withheld else row.level
            age = _AGE_RANK[_age(row.looked_at, day)]
            return (_LEVEL_RANK[level] * len(_AGE_RANK) + age) * size + place

        ranks = [0] * size
        for rank, place in enumerate(sorted(range(size), key=standing)):
            ranks[place] = rank
        return ranks

    def _make_whole(self, day: date) -> Part:
        # Without a place, a line for the whole country is the nearest: it serves whoever asks.
        near = (int(NATIONWIDE not in row.areas) for row in self.rows)
        return self._placed(day, enumerate(near), lambda row, _: _widest(row.areas))

    def _make_part(self, day: date, ranks: tuple[tuple[str, int], ...]) -> Part:
        near: dict[int, int] = {}
        for code, nearness in ranks:
            for place in self._by_area.get(code, ()):
                near[place] = min(nearness, near.get(place, nearness))
        return self._placed(day, near.items(), lambda _, nearness: _SCOPES[nearness])

    def _placed(
        self,
        day: date,
        found: Iterable[tuple[int, int]],
        scope: Callable[[Row, int], Scope],
    ) -> Part:
        today, ranks = day.isoformat(), self._ranks_on(day)
        return Part(
            Placed(
                row=place,
                rank=ranks[place],
                service_id=row.service_id,
                channels=(row.channels, _standing(row.status, today >= row.withheld_from)),
                rests=row.status == ServiceStatus.TEMPORARILY_CLOSED,
                nearness=nearness,
                scope=scope(row, nearness),
                values=row.values,
                areas=row.areas,
            )
            for place, nearness in found
            for row in (self.rows[place],)
        )


def read_index(db: Database) -> Index:
    """Return the index of the services as they are.

    Args:
        db: to read.
    """
    areas: dict[int, list[str]] = defaultdict(list)
    for number, code in db.conn.execute(_AREAS):
        areas[number].append(code)
    found = db.conn.execute(_ROWS).fetchall()
    numbers = [each[0] for each in found]
    return Index([_row(tuple(areas[each[0]]), *each[1:]) for each in found], numbers)


def _row(
    areas: tuple[str, ...],
    service_id: str,
    withheld_from: str,
    looked_at: str,
    channels: str,
    needs: str,
    focus: str,
    level: str,
    anonymous: int | None,
    offers: str,
    status: str,
) -> Row:
    return Row(
        service_id,
        intern(withheld_from),
        intern(looked_at),
        intern(channels),
        intern(status),
        _LEVELS[level],
        _values(focus, bool(anonymous), offers, needs),
        areas,
    )


@lru_cache(maxsize=10_000)
def _values(focus: str, anonymous: bool, offers: str, needs: str) -> Mapping[str, tuple[str, ...]]:
    return {
        "focus": (focus,),
        "anonymous": ("true",) if anonymous else (),
        "offers": tuple(json.loads(offers)),
        "need": tuple(json.loads(needs)),
    }


@lru_cache(maxsize=10_000)
def _age(looked_at: str, day: date) -> Age:
    return evidence.age_since(date.fromisoformat(looked_at), day)


def _widest(areas: tuple[str, ...]) -> Scope:
    if NATIONWIDE in areas:
        return Scope.COUNTRY
    return Scope.PREFECTURE if any(len(code) == 2 for code in areas) else Scope.MUNICIPALITY


def _standing(status: str, withheld: bool) -> Standing:
    if withheld:
        return Standing.WITHHELD
    rests = status == ServiceStatus.TEMPORARILY_CLOSED
    return Standing.RESTING if rests else Standing.ANSWERING
