"""Make the list of what was found into what the templates show, with every link of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from sosdir import context, multilingual
from sosdir.areas import Place
from sosdir.context import Address
from sosdir.forms.query import BadParametersError
from sosdir.listing.addresses import as_typed, dropping, in_parameters, with_value
from sosdir.listing.labels import FACET_LABELS, SORT_LABELS, said, said_label
from sosdir.listing.records import (
    ActiveFilter,
    Choice,
    Facet,
    Group,
    Link,
    Listing,
    PlaceLink,
)
from sosdir.listing.ways_out import with_ways_out
from sosdir.listing.whole import whole_list
from sosdir.locales import Told, mark
from sosdir.presentation import Presenter, Result
from sosdir.schedules import Moment, moments
from sosdir.search import WITHIN_THE_PREFECTURE, FacetValue, Page, Query, chosen

_PAGES = mark("全部で%(num)sページです。")
# Free text that one line alone offers helps nobody to choose.
_LEAST_COUNT = {"offers": 2}
__all__ = [
    "FACET_LABELS",
    "Listing",
    "all_found",
    "in_parameters",
    "listing",
    "refuse_page_past_the_end",
    "with_ways_out",
]


def listing(
    page: Page,
    presenter: Presenter,
    address: Address,
    now: datetime,
    endpoint: str = "home.home",
    *,
    posted: bool = False,
) -> Listing:
    """Return a page of what was found as the templates show it.

    Args:
        page: as found.
        presenter: as of the instant asked about.
        address: of the query.
        now: the present, to offer other times from.
        endpoint: of the page that shows the list.
        posted: whether no query may stand in an address.
    """
    query = page.query
    written = in_parameters(address, page) if page.recognised else address
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
        facets=tuple(_facets(page, written, presenter.is_present)),
        active_filters=tuple(_active_filters(page, presenter, address, endpoint)),
        sort_links=_sort_links(query, address, presenter.is_present),
        none_found=(),
        asked=page.phrase,
        text=query.text,
        hidden=address.without("q").without("area").parameters,
        at_hidden=address.without("at").parameters,
        at_label=presenter.at_label(),
        at_value=presenter.now.strftime("%Y-%m-%dT%H:%M"),
        at_asked=not presenter.is_present,
        now_url=address.without("at").url(endpoint),
        when=tuple(_when(presenter, address, now)),
        posted=posted,
        list_url=address.url("home.home"),
        map_url=address.without("page").url("map.map_page"),
        json_url=address.url("services.services_json"),
        csv_url=address.without("page").url("services.services_csv"),
        geojson_url=address.without("page").url("services.services_geojson"),
    )


def _page_url(address: Address, page: int) -> str:
    if page == 1:
        return address.without("page").url("home.home")
    return address.setting("page", str(page)).url("home.home")


def _place_link(place: Place) -> PlaceLink:
    return _named(place, url_for("areas.area", code=place.code))


def _candidate_link(place: Place, page: Page, address: Address, endpoint: str) -> PlaceLink:
    """Return the same query for one of the places, the words that named it left out."""
    written = in_parameters(address, page).without("q").setting("area", place.code)
    if page.words:
        written = written.adding("q", " ".join(page.words))
    return _named(place, written.url(endpoint))


def _named(place: Place, url: str) -> PlaceLink:
    locale = multilingual.locale()
    prefecture = context.gazetteer().get(place.prefecture_code)
    return PlaceLink(place.code, place.named(locale), prefecture.named(locale), url)


def _groups(results: tuple[Result, ...], place: Place | None) -> Iterator[Group]:
    """Part what can be reached from what cannot, and a prefecture from its municipalities."""
    reachable = tuple(each for each in results if each.reachable)
    own = tuple(each for each in reachable if each.nearness != WITHIN_THE_PREFECTURE)
    within = tuple(each for each in reachable if each.nearness == WITHIN_THE_PREFECTURE)
    resting = tuple(each for each in results if each.resting)
    sought = tuple(each for each in results if not (each.reachable or each.resting))
    divided = place is not None and place.is_prefecture
    gettext = multilingual.current().gettext
    name = place.named(multilingual.locale()) if place else ""
    if own:
        yield Group(gettext("%(place)sのどこからでも", place=name) if divided else None, own)
    if within:
        title = gettext("%(place)sの市区町村の窓口(そこに住む人のための窓口)", place=name)
        yield Group(title, within)
    if sought:
        yield Group(gettext("連絡先を確認しているところの窓口"), sought, folded=True)
    if resting:
        yield Group(gettext("いまは休止中の窓口"), resting, folded=True)


def _facets(page: Page, address: Address, present: bool) -> Iterator[Facet]:
    for name, values in page.facets.items():
        taken = chosen(page.query, name)
        choices = tuple(
            _choice(name, value, address, value.value in taken, present)
            for value in values
            if value.value in taken or value.count >= _LEAST_COUNT.get(name, 0)
        )
        if choices:
            yield Facet(name, said(FACET_LABELS[name], present=present), choices)


def _choice(name: str, value: FacetValue, address: Address, active: bool, present: bool) -> Choice:
    return Choice(
        value=value.value,
        label=said_label(name, value.value, present=present),
        count=value.count,
        url=with_value(address, name, value.value).url("home.home"),
        active=active,
        remove_url=dropping(address, name, value.value).url("home.home"),
    )


def _active_filters(
    page: Page, presenter: Presenter, address: Address, endpoint: str
) -> Iterator[ActiveFilter]:
    if not presenter.is_present:
        yield ActiveFilter(presenter.instant_label(), address.without("at").url(endpoint))
    written = in_parameters(address, page) if page.recognised else address
    for (name, value), left in page.left.items():
        url = dropping(written, name, value).url(endpoint)
        label = said_label(name, value, present=presenter.is_present)
        yield ActiveFilter(label, url, left, name == "offers")
    if page.words and not page.candidates:
        typed = " ".join(as_typed(page.query, page.words))
        url = in_parameters(address, page).without("q").url(endpoint)
        yield ActiveFilter(f"「{typed}」", url)


def _when(presenter: Presenter, address: Address, now: datetime) -> Iterator[Link]:
    """Yield the times for which people plan; the one that is asked about is marked."""
    here = address.without("at").url("home.home")
    yield Link(multilingual.current().gettext("いま"), here, presenter.is_present)
    for moment in moments(now):
        url = address.setting("at", moment.at.strftime("%Y-%m-%dT%H:%M")).url("home.home")
        yield Link(_moment_label(moment), url, moment.at == presenter.at)


def _moment_label(moment: Moment) -> str:
    speech = multilingual.current()
    hour = speech.hour(moment.at.hour)
    if not moment.days:
        return speech.gettext("今夜%(hour)s", hour=hour)
    if moment.days == 1:
        return speech.gettext("あす%(hour)s", hour=hour)
    return speech.gettext(
        "%(weekday)s%(hour)s", weekday=speech.weekday(moment.at.weekday(), whole=True), hour=hour
    )


def _sort_links(query: Query, address: Address, present: bool) -> tuple[Link, ...]:
    return tuple(
        Link(
            said(label, present=present),
            address.setting("sort", sort).url("home.home"),
            sort is query.sort,
        )
        for sort, label in SORT_LABELS.items()
    )


def refuse_page_past_the_end(query: Query, page: Page) -> None:
    """Refuse a page that a list does not have.

    Args:
        query: that was asked.
        page: that was found.

    Raises:
        BadParametersError: the list ends before the page asked for.
    """
    if query.page > page.pages:
        raise BadParametersError({"page": Told(_PAGES, num=page.pages)})


def all_found(query: Query) -> Page:
    """Return all that was found as one page, for the forms that have no pages.

    Args:
        query: that was asked.

    Raises:
        BadParametersError: the list ends before the page asked for.
    """
    page, counted = whole_list(query)
    refuse_page_past_the_end(query, counted)
    return page
