"""Each place by itself: who serves it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, url_for

from sosdir import context, db, linked_data, multilingual
from sosdir.areas import Place
from sosdir.listing import Listing, listing, refuse_page_past_the_end
from sosdir.search import WITHIN_THE_PREFECTURE, Page, count_by_municipality, search

blueprint = Blueprint("areas", __name__)


# A place has seldom more lines than this, and its page is to show them all.
PER_PAGE = 100


@blueprint.get("/areas/<code>")
def area(code: str) -> str:
    """Show who serves a prefecture or municipality, also one without a line of its own.

    Raises:
        UnknownAreaError: the code is no place.
        BadParametersError: a parameter cannot be used.
    """
    place = context.gazetteer().get(code)
    query = replace(context.query(), area=code, text="", per_page=PER_PAGE)
    page = search(context.reading(), context.gazetteer(), query)
    refuse_page_past_the_end(query, page)
    address = context.address().without("q").setting("area", code)
    found = listing(page, context.presenter(query.at), address, context.now())
    linked = linked_data.script(_linked(place, found))
    return render_template(
        "area.html",
        page=found,
        area=_area(place, page, found),
        linked=linked,
        oembed_url=context.public_url(".area", code=code),
    )


def _linked(place: Place, found: Listing) -> dict[str, Any]:
    name = multilingual.current().gettext(
        "%(place)sの妊娠の相談窓口", place=place.named(multilingual.locale())
    )
    addresses = (
        context.lasting_url("services.service", service_id=each.id) for each in found.results
    )
    return linked_data.item_list(name, context.lasting_url(".area", code=place.code), addresses)


def _area(place: Place, page: Page, found: Listing) -> dict[str, object]:
    towns, locale = _municipalities(place), multilingual.locale()
    prefecture = context.gazetteer().get(place.prefecture_code)
    return {
        "name": place.named(locale),
        "name_ja": None if locale.is_japanese else place.full_name,
        "prefecture": None if place.is_prefecture else prefecture.named(locale),
        "parent_url": url_for("areas.area", code=place.prefecture_code),
        "notice": _notice(place, page),
        "towns": [town for town in towns if town["count"]],
        "other_towns": [town for town in towns if not town["count"]],
        "search_url": found.list_url,
        "map_url": found.map_url,
    }


def _notice(place: Place, page: Page) -> str | None:
    """Say that no line of its own is known to us, which is not that there is none."""
    own = 1 if place.is_prefecture else 0
    if any(hit.nearness in {own, WITHIN_THE_PREFECTURE} for hit in page.hits):
        return None
    locale, gettext = multilingual.locale(), multilingual.current().gettext
    name = place.named(locale)
    if place.is_prefecture:
        return gettext(
            "%(place)sだけの窓口は、まだ見つかっていません。全国の窓口を出しています。", place=name
        )
    return gettext(
        "%(place)sだけの窓口は、まだ見つかっていません。%(prefecture)sと全国の窓口を出しています。",
        place=name,
        prefecture=context.gazetteer().get(place.prefecture_code).named(locale),
    )


def _municipalities(place: Place) -> list[dict[str, object]]:
    if not place.is_prefecture:
        return []
    counts = count_by_municipality(db.current(), place.code)
    return [
        {
            "name": each.named(multilingual.locale()),
            "url": url_for("areas.area", code=each.code),
            "count": counts.get(each.code, 0),
        }
        for each in context.gazetteer().municipalities_of(place.code)
    ]
