"""What a search returns: services found, a page of them, and the first that can be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sosdir.areas import Place
from sosdir.evidence import Published
from sosdir.needs import NO_WISH, Recognised, Wish
from sosdir.search.facets import Choice, FacetValue
from sosdir.search.query import Asked, Query


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
        ids: of the services of this page, in order.
        wish: what one channel of each has to meet.
        recognised: the filters that the text named.
        query: with those filters among what is chosen.
        left: how many services dropping each chosen value would leave, by facet and value.
        left_by_two: the same of each two of them, where nothing was found and no one of them helps.
        read_hits: reads the services of this page.
    """

    place: Place | None
    candidates: tuple[Place, ...]
    words: tuple[str, ...]
    phrase: str | None
    total: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    ids: tuple[str, ...]
    wish: Wish
    recognised: tuple[Recognised, ...]
    query: Query
    left: Mapping[Choice, int]
    left_by_two: Mapping[tuple[Choice, Choice], int]
    read_hits: Callable[[], tuple[Hit, ...]] = field(compare=False, repr=False)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return the services of this page, read whole when they are first asked for."""
        return self.read_hits()


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
