"""A list of what was found as the templates show it."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir.presentation import Result


@dataclass(frozen=True, slots=True)
class Group:
    """Hold results under a title, None for the one list that needs none.

    Args:
        title: what they have in common.
        results: in order.
        folded: whether they are one tap away: nobody can be reached with what we show of them.
    """

    title: str | None
    results: tuple[Result, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold one choice of a facet with the link that takes it and the one that drops it."""

    value: str
    label: str
    count: int
    url: str
    active: bool
    remove_url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """Hold a facet with its choices."""

    name: str
    label: str
    values: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link; ``active`` tells that it leads to where one is."""

    label: str
    url: str
    active: bool = False


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """Hold a filter that is on and the link that takes it off.

    Args:
        label: of the filter.
        remove_url: leads to the same query without it.
        left: how many services that would leave, None where it is not counted.
        is_source_words: whether the label is a source's own, in Japanese.
    """

    label: str
    remove_url: str
    left: int | None = None
    is_source_words: bool = False


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Hold a place with the link to its lines."""

    code: str
    name: str
    prefecture: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold one page of a list as the templates show it.

    Args:
        asked: the words that named the place or the candidates.
        text: as typed.
        hidden: what another place keeps of the query.
        at_hidden: what another time keeps of it.
        at_asked: whether another time than now is asked about.
        now_url: the same query for now.
        when: the same query for other times.
        posted: whether no query may stand in an address: links become buttons of a form.
    """

    total: int
    page: int
    pages: int
    prev_url: str | None
    next_url: str | None
    place: PlaceLink | None
    candidates: tuple[PlaceLink, ...]
    results: tuple[Result, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    active_filters: tuple[ActiveFilter, ...]
    sort_links: tuple[Link, ...]
    none_found: tuple[Link, ...]
    asked: str | None
    text: str
    hidden: tuple[tuple[str, str], ...]
    at_hidden: tuple[tuple[str, str], ...]
    at_label: str
    at_value: str
    at_asked: bool
    now_url: str
    when: tuple[Link, ...]
    posted: bool
    list_url: str
    map_url: str
    json_url: str
    csv_url: str
    geojson_url: str
