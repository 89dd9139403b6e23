"""Make the list of what was found into what the templates show, with every link of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from flask import url_for

from sosdir import text
from sosdir.areas import Gazetteer, Place
from sosdir.context import Address
from sosdir.db import Database
from sosdir.forms.query import BadParametersError
from sosdir.listing.records import (
    ActiveFilter,
    Choice,
    Facet,
    Group,
    Link,
    Listing,
    PlaceLink,
)
from sosdir.models import NATIONWIDE
from sosdir.presentation import Presenter, Result
from sosdir.search import WITHIN_THE_PREFECTURE, FacetValue, Page, Query, Sort, search

FACET_LABELS = {
    "state": "いまの状態",
    "channel": "連絡の方法",
    "focus": "窓口の種類",
    "anonymous": "相談のしかた",
    "lang": "ことば",
    "offers": "できること",
}
_SORT_LABELS = {Sort.NOW: "いま話せる順", Sort.NEAR: "近い地域の順"}
# Free text that one line alone offers helps nobody to choose.
_LEAST_COUNT = {"offers": 2}
_MOST_WAYS_OUT = 5


__all__ = ["FACET_LABELS", "Listing", "listing", "refuse_page_past_the_end", "with_ways_out"]


def listing(
    page: Page, query: Query, presenter: Presenter, address: Address, endpoint: str = "home.home"
) -> Listing:
    """Return a page of what was found as the templates show it.

    Args:
        page: as found.
        query: that was asked.
        presenter: as of the instant asked about.
        address: of the query.
        endpoint: of the page that shows the list.
    """
    results = presenter.results(page.hits, page.place)
    return Listing(
        total=page.total,
        page=page.page,
        pages=page.pages,
        prev_url=_page_url(address, page.page - 1) if page.page > 1 else None,
        next_url=_page_url(address, page.page + 1) if page.page < page.pages else None,
        place=_place_link(page.place) if page.place else None,
        candidates=tuple(
            _candidate_link(place, page, address, endpoint) for place in page.candidates
        ),
        results=results,
        groups=tuple(_groups(results, page.place)),
        facets=tuple(_facets(page, address, query)),
        active_filters=tuple(_active_filters(page, query, presenter, address, endpoint)),
        sort_links=_sort_links(query, address),
        none_found=(),
        asked=page.phrase,
        text=query.text,
        hidden=address.without("q").without("area").parameters,
        at_hidden=address.without("at").parameters,
        at_label=presenter.at_label(),
        at_value=presenter.now.strftime("%Y-%m-%dT%H:%M"),
        at_asked=not presenter.is_present,
        now_url=address.without("at").url(endpoint),
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


def _candidate_link(place: Place, page: Page, address: Address, endpoint: str) -> PlaceLink:
    """Return the same query for one of the places, the words that named it left out."""
    chosen = address.without("q").without("area").adding("area", place.code)
    if page.words:
        chosen = chosen.adding("q", " ".join(page.words))
    return PlaceLink(place.code, place.name, place.prefecture, chosen.url(endpoint))


def _groups(results: tuple[Result, ...], place: Place | None) -> Iterator[Group]:
    """Part what can be reached from what cannot, and a prefecture from its municipalities."""
    reachable = tuple(each for each in results if each.reachable)
    own = tuple(each for each in reachable if each.nearness != WITHIN_THE_PREFECTURE)
    within = tuple(each for each in reachable if each.nearness == WITHIN_THE_PREFECTURE)
    resting = tuple(each for each in results if each.resting)
    sought = tuple(each for each in results if not (each.reachable or each.resting))
    divided = place is not None and place.is_prefecture
    if own:
        yield Group(f"{place.name}のどこからでも" if place and divided else None, own)
    if within and place:
        yield Group(f"{place.name}の市区町村の窓口(そこに住む人のための窓口)", within)
    if sought:
        yield Group("連絡先を確認しているところの窓口", sought, folded=True)
    if resting:
        yield Group("いまは休止中の窓口", resting, folded=True)


def _facets(page: Page, address: Address, query: Query) -> Iterator[Facet]:
    for name, values in page.facets.items():
        chosen = _chosen(query, name)
        choices = tuple(
            _choice(name, value, address, value.value in chosen)
            for value in values
            if value.value in chosen or value.count >= _LEAST_COUNT.get(name, 0)
        )
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


def _active_filters(
    page: Page, query: Query, presenter: Presenter, address: Address, endpoint: str
) -> Iterator[ActiveFilter]:
    if not presenter.is_present:
        yield ActiveFilter(presenter.instant_label(), address.without("at").url(endpoint))
    for name, values in page.facets.items():
        chosen = _chosen(query, name)
        for value in values:
            if value.value in chosen:
                url = _dropping(address, name, value.value).url(endpoint)
                yield ActiveFilter(value.label, url)
    if page.words and not page.candidates:
        url = _without_words(page, address).url(endpoint)
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
    if page.place:
        total = search(db, gazetteer, _bare(query, page.place.code)).total
        url = url_for("home.home", area=page.place.code)
        yield Link(f"{page.place.name}の窓口をすべて見る({total}件)", url)
    for name, value in islice(_all_chosen(query), _MOST_WAYS_OUT):
        total = search(db, gazetteer, _without_choice(query, name, value)).total
        if total:
            label = next((each.label for each in page.facets[name] if each.value == value), value)
            url = _dropping(address, name, value).url("home.home")
            yield Link(f"「{label}」を外す({total}件)", url)
    if page.words:
        area = page.place.code if page.place else query.area
        total = search(db, gazetteer, replace(query, text="", area=area)).total
        if total:
            url = _without_words(page, address).url("home.home")
            yield Link(f"「{_as_typed(query, page.words)}」を外す({total}件)", url)
    yield Link("全国の窓口を見る", url_for("home.home", area=NATIONWIDE))


def _bare(query: Query, area: str) -> Query:
    return Query(at=query.at, today=query.today, area=area)


def _all_chosen(query: Query) -> Iterator[tuple[str, str]]:
    for name in FACET_LABELS:
        for value in sorted(_chosen(query, name)):
            yield name, value


def _without_choice(query: Query, name: str, value: str) -> Query:
    if name == "anonymous":
        return replace(query, anonymous=False)
    kept = tuple(each for each in getattr(query, name) if str(each) != value)
    return replace(query, **{name: kept})  # type: ignore[arg-type]


def refuse_page_past_the_end(query: Query, page: Page) -> None:
    """Refuse a page that a list does not have.

    Args:
        query: that was asked.
        page: that was found.

    Raises:
        BadParametersError: the list ends before the page asked for.
    """
    if query.page > page.pages:
        raise BadParametersError({"page": f"全部で{page.pages}ページです。"})
