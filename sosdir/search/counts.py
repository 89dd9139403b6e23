"""Count services by place and by evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from sosdir.areas import Gazetteer
from sosdir.models import State
from sosdir.search.facets import Filters
from sosdir.search.query import Query, read
from sosdir.search.readings import Source, reading


@dataclass(frozen=True, slots=True)
class Count:
    """Count services, and those of them where someone answers at the instant asked about."""

    total: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """Count what is known, and how well.

    Args:
        collected: all services, those on hold too.
        public: those that are not on hold.
        withheld: of the public ones, those whose contact values are withheld.
        checked: of the public ones, those that an admin has checked.
        collected_on: the latest day of collection, None for an empty directory.
    """

    collected: int
    public: int
    withheld: int
    checked: int
    collected_on: date | None


def count_by_prefecture(source: Source, gazetteer: Gazetteer, query: Query) -> dict[str, Count]:
    """Return, for each prefecture, the lines that serve it or a municipality of it.

    Lines for the whole country are not counted: they would be the same number everywhere.

    Args:
        source: to read.
        gazetteer: of the same data.
        query: its words and filters count, its place does not.
    """
    asked = read(gazetteer, query)
    filters = Filters.of(asked.query)
    read_from = reading(source)
    part = read_from.part(query, None)
    scene = read_from.scene(part, query)
    kept = read_from.matching(part, asked.words) & filters.admitted(part, scene)
    answering = kept & scene.outlooks(filters.channels).states.get(State.OPEN, 0)
    served = (
        (place.code, part.by_prefecture.get(place.code, 0)) for place in gazetteer.prefectures
    )
    return {
        code: Count((kept & who).bit_count(), (answering & who).bit_count()) for code, who in served
    }


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
    collected, latest = db.execute("SELECT count(*), max(collected_on) FROM service").fetchone()
    public, withheld, checked = db.execute(
        "SELECT count(*), coalesce(sum(withheld_from <= ?), 0), count(s.checked_on)"
        " FROM service_index JOIN service AS s ON s.id = service_id",
        [day.isoformat()],
    ).fetchone()
    collected_on = date.fromisoformat(latest) if latest else None
    return EvidenceCount(collected, public, withheld, checked, collected_on)


def public_ids(db: Database) -> list[str]:
    """Return the ids of all public services, in order.

    Args:
        db: to read.
    """
    rows = db.execute("SELECT service_id FROM service_index ORDER BY service_id")
    return [service_id for (service_id,) in rows.fetchall()]
