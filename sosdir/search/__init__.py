"""Find the services that answer a query: place, words, filters, order, counts and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlite_utils import Database

from sosdir import evidence
from sosdir.areas import Gazetteer, Place
from sosdir.evidence import Published
from sosdir.models import NATIONWIDE
from sosdir.needs import NO_WISH, Recognised, Wish
from sosdir.search.candidates import WITHIN_THE_PREFECTURE, Candidate, candidates, order
from sosdir.search.counts import (
    Count,
    EvidenceCount,
    count_by_municipality,
    count_by_prefecture,
    count_evidence,
    public_ids,
)
from sosdir.search.coupling import is_reachable
from sosdir.search.facets import Choice, FacetValue, Filters, label_of
from sosdir.search.query import FACETS, PER_PAGE, TRUTHS, Asked, Query, Sort, chosen, read, without
from sosdir.store import services

__all__ = [
    "FACETS",
    "PER_PAGE",
    "TRUTHS",
    "WITHIN_THE_PREFECTURE",
    "Asked",
    "Choice",
    "Count",
    "EvidenceCount",
    "FacetValue",
    "Hit",
    "Leading",
    "Page",
    "Query",
    "Recognised",
    "Sort",
    "chosen",
    "count_by_municipality",
    "count_by_prefecture",
    "count_evidence",
    "found_ids",
    "label_of",
    "leading",
    "public_ids",
    "read",
    "search",
    "without",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one service found.

    Args:
        published: what may be shown of it.
        nearness: 0 its municipality, 1 prefecture, 2 country, 3 a municipality within.
        wish: what one channel has to meet; the state is that of those which do.
    """

    published: Published
    nearness: int
    wish: Wish = NO_WISH


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of what was found.

    Args:
        place: the place asked, None when none or several were named.
        candidates: the places that the text may name, to be asked back.
        words: the words that had to match.
        phrase: the words that named the place or the candidates, None when none did.
        total: services found on all pages.
        page: 1-based, at most ``pages``.
        pages: at least 1.
        facets: choices by facet, in the order to show.
        hits: the services of this page, in order.
        recognised: the filters that the text named.
        query: with those filters among what is chosen.
        left: how many services dropping each chosen value would leave, by facet and value.
        left_by_two: the same of each two of them, where nothing was found and no one of them helps.
    """

    place: Place | None
    candidates: tuple[Place, ...]
    words: tuple[str, ...]
    phrase: str | None
    total: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    hits: tuple[Hit, ...]
    recognised: tuple[Recognised, ...]
    query: Query
    left: Mapping[Choice, int]
    left_by_two: Mapping[tuple[Choice, Choice], int]


@dataclass(frozen=True, slots=True)
class Leading:
    """Hold the first services that can be reached of each nearness, and how many there are.

    Args:
        asked: what the query's text was read as.
        hits: the first of each nearness where a place was asked, else of all; in order.
        total: services found, those that are not among the hits too.
        sought: how many of them have no contact to show, and do not rest.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    total: int
    sought: int


def search(db: Database, gazetteer: Gazetteer, query: Query) -> Page:
    """Return one page of the public services that answer a query.

    Args:
        db: to read.
        gazetteer: of the same data.
        query: what is asked.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    rows = candidates(db, query, ranks, asked.words)
    filters = Filters.of(asked.query)
    kept = _in_order(rows, query, asked, filters, ranks)
    left = filters.count_without(rows)
    stuck = not kept and not any(left.values())
    pages = max(1, ceil(len(kept) / query.per_page))
    page = min(query.page, pages)
    shown = kept[(page - 1) * query.per_page : page * query.per_page]
    return Page(
        place=asked.place,
        candidates=asked.places if len(asked.places) > 1 else (),
        words=asked.words,
        phrase=asked.phrase,
        total=len(kept),
        page=page,
        pages=pages,
        facets=filters.count(rows),
        hits=_hits(db, shown, query.today, filters.channels.wish),
        recognised=asked.recognised,
        query=asked.query,
        left=left,
        left_by_two=filters.count_without_two(rows) if stuck else {},
    )


def found_ids(db: Database, gazetteer: Gazetteer, query: Query) -> list[str]:
    """Return the ids of all public services that answer a query, in the order of its pages.

    Args:
        db: to read.
        gazetteer: of the same data.
        query: what is asked; its page does not count.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    filters = Filters.of(asked.query)
    found = candidates(db, query, ranks, asked.words)
    return [row.service_id for row in _in_order(found, query, asked, filters, ranks)]


def leading(db: Database, gazetteer: Gazetteer, query: Query) -> Leading:
    """Return the first services that answer a query and can be reached.

    However many there are, only those that are returned are read whole.

    Args:
        db: to read.
        gazetteer: of the same data.
        query: what is asked; so many of each nearness as it has on a page.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    filters = Filters.of(asked.query)
    found = candidates(db, query, ranks, asked.words)
    rows = _in_order(found, query, asked, filters, ranks)
    reachable = [row for row in rows if is_reachable(row.channels)]
    first = list(_first(reachable, query.per_page, by_nearness=asked.place is not None))
    return Leading(
        asked,
        _hits(db, first, query.today, filters.channels.wish),
        total=len(rows),
        sought=sum(not (is_reachable(row.channels) or row.resting) for row in rows),
    )


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


def _hits(db: Database, rows: list[Candidate], day: date, wish: Wish) -> tuple[Hit, ...]:
    found = services.find(db, [row.service_id for row in rows])
    return tuple(
        Hit(evidence.publish(service, day), row.nearness, wish)
        for service, row in zip(found, rows, strict=True)
    )
