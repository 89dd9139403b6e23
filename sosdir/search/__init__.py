"""Find the services that answer a query: place, words, filters, order, counts and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from math import ceil

from sosdir.areas import Gazetteer
from sosdir.models import NATIONWIDE
from sosdir.needs import Recognised
from sosdir.search.counts import (
    Count,
    EvidenceCount,
    count_by_municipality,
    count_by_prefecture,
    count_evidence,
    public_ids,
)
from sosdir.search.facets import Choice, FacetValue, Filters, label_of
from sosdir.search.index import Index, read_index
from sosdir.search.order import order
from sosdir.search.parts import WITHIN_THE_PREFECTURE, Part
from sosdir.search.query import FACETS, PER_PAGE, TRUTHS, Asked, Query, Sort, chosen, read, without
from sosdir.search.readings import Reading, Source, reading
from sosdir.search.records import Hit, Leading, Page
from sosdir.search.scenes import Scene

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
    "Index",
    "Leading",
    "Page",
    "Query",
    "Reading",
    "Recognised",
    "Sort",
    "Source",
    "chosen",
    "count_by_municipality",
    "count_by_prefecture",
    "count_evidence",
    "found_ids",
    "label_of",
    "leading",
    "public_ids",
    "read",
    "read_index",
    "search",
    "without",
]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Hold what a page counts; the same for all who ask the same of the same minute."""

    facets: Mapping[str, tuple[FacetValue, ...]]
    left: Mapping[Choice, int]
    left_by_two: Mapping[tuple[Choice, Choice], int]


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold what a query finds, before anything of it is read whole.

    Args:
        asked: what the query's text was read as.
        filters: that are on.
        part: what serves the place.
        scene: what its channels come to.
        rows: of it, those that match the words.
        kept: of these, those whom the filters admit.
        has_place: whether areas are asked for.
    """

    asked: Asked
    filters: Filters
    part: Part
    scene: Scene
    rows: int
    kept: int
    has_place: bool

    def ids(self, who: int, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the ids of some of what is found in the order asked, as a slice."""
        anywhere = not self.has_place and bool(self.asked.recognised)
        outlooks = self.scene.outlooks(self.filters.channels)
        by = order(self.part, outlooks, self.asked.query.sort, anywhere=anywhere)
        return self.part.in_order(who, by, start, stop)

    def counts(self) -> _Counts:
        """Count what each choice would leave, and each that is dropped."""
        given = (self.part, self.scene, self.rows)
        left = self.filters.count_without(*given)
        stuck = not self.kept and not any(left.values())
        return _Counts(
            self.filters.count(*given),
            left,
            self.filters.count_without_two(*given) if stuck else {},
        )


def search(source: Source, gazetteer: Gazetteer, query: Query) -> Page:
    """Return one page of the public services that answer a query.

    Args:
        source: to read.
        gazetteer: of the same data.
        query: what is asked.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    read_from = reading(source)
    found = _find(read_from, gazetteer, query)
    asked, filters, total = found.asked, found.filters, found.kept.bit_count()
    counts = found.scene.kept((filters.key, found.rows), found.counts)
    pages = max(1, ceil(total / query.per_page))
    page = min(query.page, pages)
    shown = found.ids(found.kept, (page - 1) * query.per_page, page * query.per_page)
    return Page(
        place=asked.place,
        candidates=asked.places if len(asked.places) > 1 else (),
        words=asked.words,
        phrase=asked.phrase,
        total=total,
        page=page,
        pages=pages,
        facets=counts.facets,
        ids=tuple(shown),
        wish=filters.channels.wish,
        recognised=asked.recognised,
        query=asked.query,
        left=counts.left,
        left_by_two=counts.left_by_two,
        read_hits=cache(partial(_hits, read_from, found, shown, query.today)),
    )


def found_ids(source: Source, gazetteer: Gazetteer, query: Query) -> list[str]:
    """Return the ids of all public services that answer a query, in the order of its pages.

    Args:
        source: to read.
        gazetteer: of the same data.
        query: what is asked; its page does not count.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    found = _find(reading(source), gazetteer, query)
    return found.ids(found.kept)


def leading(source: Source, gazetteer: Gazetteer, query: Query) -> Leading:
    """Return the first services that answer a query and can be reached.

    However many there are, only those that are returned are read whole.

    Args:
        source: to read.
        gazetteer: of the same data.
        query: what is asked; so many of each nearness as it has on a page.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    read_from = reading(source)
    found = _find(read_from, gazetteer, query)
    reachable = found.kept & found.scene.reachable
    first = 0
    for near in found.part.nearness if found.asked.place else [found.part.everything]:
        ids = found.ids(reachable & near, stop=query.per_page)
        first |= found.part.bearing(ids)
    return Leading(
        found.asked,
        _hits(read_from, found, found.ids(first), query.today),
        total=found.kept.bit_count(),
        sought=(found.kept & ~found.scene.reachable & ~found.part.resting).bit_count(),
    )


def _find(read_from: Reading, gazetteer: Gazetteer, query: Query) -> _Found:
    asked = read(gazetteer, query)
    ranks = _ranks(gazetteer, query, asked)
    filters = Filters.of(asked.query)
    part = read_from.part(query, ranks)
    scene = read_from.scene(part, query)
    rows = read_from.matching(part, asked.words)
    kept = rows & filters.admitted(part, scene)
    return _Found(asked, filters, part, scene, rows, kept, has_place=ranks is not None)


def _ranks(gazetteer: Gazetteer, query: Query, asked: Asked) -> dict[str, int] | None:
    """Return the area codes that serve the places, each with its nearness; None for anywhere."""
    if query.area == NATIONWIDE or len(asked.places) > 1:
        # Which of several is meant is asked back; only what serves everyone is offered meanwhile.
        return {NATIONWIDE: 2}
    if asked.place is None:
        return None
    codes = (*gazetteer.areas_serving(asked.place), *gazetteer.areas_within(asked.place))
    return {code: gazetteer.nearness(code, asked.place) for code in codes}


def _hits(
    read_from: Reading, found: _Found, service_ids: Sequence[str], day: date
) -> tuple[Hit, ...]:
    wish, nearness = found.filters.channels.wish, found.part.nearness_of
    return tuple(
        Hit(published, nearness[service_id], wish)
        for service_id, published in zip(
            service_ids, read_from.published(service_ids, day), strict=True
        )
    )
