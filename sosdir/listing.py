"""Make the list of what was found into what the templates show, with every link of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from sosdir import text
from sosdir.areas import Gazetteer, Place
from sosdir.context import Address
from sosdir.db import Database
from sosdir.presentation import Presenter, Result
from sosdir.search import WITHIN_THE_PREFECTURE, FacetValue, Page, Query, Sort, search

FACET_LABELS = {
    "state": "いまの状態",
    "channel": "連絡の方法",
    "focus": "窓口の種類",
    "anonymous": "名前",
    "lang": "ことば",
    "offers": "できること",
}
_SORT_LABELS = {Sort.NOW: "いま話せる順", Sort.NEAR: "近い地域の順"}


@dataclass(frozen=True, slots=True)
class Group:
    """Hold results under a title, None for the one list that needs none."""

    title: str | None
    results: tuple[Result, ...]


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
    """Hold a filter that is on and the link that takes it off."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Hold a place with the link to its lines."""

    code: str
    name: str
    prefecture: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold one page of a list as the templates show it."""

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
    text: str
    hidden: tuple[tuple[str, str], ...]
    at_label: str
    at_value: str
    list_url: str
    map_url: str
    json_url: str
    csv_url: str
    geojson_url: str


def listing(page: Page, query: Query, presenter: Presenter, address: Address) -> Listing:
    """Return a page of what was found as the templates show it.

    Args:
        page: as found.
        query: that was asked.
        presenter: as of the instant asked about.
        address: of the query.
    """
    results = presenter.results(page.hits, page.place)
    return Listing(
        total=page.total,
        page=page.page,
        pages=page.pages,
        prev_url=_page_url(address, page.page - 1) if page.page > 1 else None,
        next_url=_page_url(address, page.page + 1) if page.page < page.pages else None,
        place=_place_link(page.place) if page.place else None,
        candidates=tuple(_candidate_link(place, page, address) for place in page.candidates),
        results=results,
        groups=_groups(results, page.place),
        facets=tuple(_facets(page, address, query)),
        active_filters=tuple(_active_filters(page, query, address)),
        sort_links=_sort_links(query, address),
        none_found=(),
        text=query.text,
        hidden=tuple(pair for pair in address.parameters if pair[0] not in {"q", "area", "page"}),
        at_label=presenter.at_label(),
        at_value=presenter.now.strftime("%Y-%m-%dT%H:%M"),
        list_url=address.url("home.home"),
        map_url=address.without("page").url("map.map_page"),
        json_url=address.url("services.services_json"),
        csv_url=address.without("page").url("services.services_csv"),
        geojson_url=address.without("page").url("services.services_geojson"),
    )


def with_ways_out(
    found: Listing, db: Database, gazetteer: Gazetteer, query: Query, address: Address
) -> Listing:
    """Return a list that is empty with what to drop, and how many each would leave.

    Args:
        found: the list; one that is not empty is returned as it is.
        db: to read.
        gazetteer: of the same data.
        query: that was asked.
        address: of the query.
    """
    if found.total:
        return found
    links = tuple(_ways_out(db, gazetteer, query, address))
    return replace(found, none_found=links)


def _page_url(address: Address, page: int) -> str:
    if page == 1:
        return address.without("page").url("home.home")
    return address.setting("page", str(page)).url("home.home")


def _place_link(place: Place) -> PlaceLink:
    return PlaceLink(
        place.code, place.name, place.prefecture, url_for("areas.area", code=place.code)
    )


def _candidate_link(place: Place, page: Page, address: Address) -> PlaceLink:
    """Return the same query for one of the places, the words that named it left out."""
    chosen = address.without("q").without("area").adding("area", place.code)
    if page.words:
        chosen = chosen.adding("q", " ".join(page.words))
    return PlaceLink(place.code, place.name, place.prefecture, chosen.url("home.home"))


def _groups(results: tuple[Result, ...], place: Place | None) -> tuple[Group, ...]:
    if place is None or not place.is_prefecture:
        return ()
    own = tuple(each for each in results if each.nearness != WITHIN_THE_PREFECTURE)
    within = tuple(each for each in results if each.nearness == WITHIN_THE_PREFECTURE)
    return (
        Group(f"{place.name}のどこからでも", own),
        Group(f"{place.name}の市区町村の窓口(そこに住む人のための窓口)", within),
    )


def _facets(page: Page, address: Address, query: Query) -> Iterator[Facet]:
    for name, values in page.facets.items():
        chosen = _chosen(query, name)
        choices = tuple(_choice(name, value, address, value.value in chosen) for value in values)
        if choices:
            yield Facet(name, FACET_LABELS[name], choices)


def _choice(name: str, value: FacetValue, address: Address, active: bool) -> Choice:
    return Choice(
        value=value.value,
        label=value.label,
        count=value.count,
        url=address.adding(name, value.value).url("home.home"),
        active=active,
        remove_url=_dropping(address, name, value.value).url("home.home"),
    )


def _dropping(address: Address, name: str, value: str) -> Address:
    return address.without(name) if name == "anonymous" else address.without(name, value)


def _chosen(query: Query, name: str) -> frozenset[str]:
    if name == "anonymous":
        return frozenset({"true"} if query.anonymous else ())
    values: Sequence[str] = getattr(query, name)
    return frozenset(map(str, values))


def _active_filters(page: Page, query: Query, address: Address) -> Iterator[ActiveFilter]:
    for name, values in page.facets.items():
        chosen = _chosen(query, name)
        for value in values:
            if value.value in chosen:
                url = _dropping(address, name, value.value).url("home.home")
                yield ActiveFilter(value.label, url)
    if page.words and not page.candidates:
        url = _without_words(page, address).url("home.home")
        yield ActiveFilter(f"「{_as_typed(query, page.words)}」", url)


def _as_typed(query: Query, folded: Sequence[str]) -> str:
    """Return the words that had to match in the letters in which they were typed."""
    typed = {each: word for word in query.text.split() for each in text.words(word)}
    return " ".join(typed.get(each, each) for each in folded)


def _without_words(page: Page, address: Address) -> Address:
    rest = address.without("q")
    if page.place is None:
        return rest
    return rest.setting("area", page.place.code)


def _sort_links(query: Query, address: Address) -> tuple[Link, ...]:
    return tuple(
        Link(label, address.setting("sort", sort).url("home.home"), sort is query.sort)
        for sort, label in _SORT_LABELS.items()
    )


def _ways_out(db: Database, gazetteer: Gazetteer, query: Query, address: Address) -> Iterator[Link]:
    page = search(db, gazetteer, query)
    for name in FACET_LABELS:
        for value in sorted(_chosen(query, name)):
            label = next((each.label for each in page.facets[name] if each.value == value), value)
            looser = _without_choice(query, name, value)
            total = search(db, gazetteer, looser).total
            if total:
                url = _dropping(address, name, value).url("home.home")
                yield Link(f"「{label}」を外す({total}件)", url)
    if page.words:
        area = page.place.code if page.place else query.area
        total = search(db, gazetteer, replace(query, text="", area=area)).total
        if total:
            url = _without_words(page, address).url("home.home")
            yield Link(f"「{_as_typed(query, page.words)}」を外す({total}件)", url)
    yield Link("全国の窓口を見る", url_for("home.home", area="00"))


def _without_choice(query: Query, name: str, value: str) -> Query:
    if name == "anonymous":
        return replace(query, anonymous=False)
    kept = tuple(each for each in getattr(query, name) if str(each) != value)
    return replace(query, **{name: kept})  # type: ignore[arg-type]
