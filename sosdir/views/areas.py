"""Each place by itself: who serves it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, url_for

from sosdir import context, db
from sosdir.areas import Place
from sosdir.forms.query import BadParametersError
from sosdir.listing import listing
from sosdir.search import count_by_municipality, search

blueprint = Blueprint("areas", __name__)


@blueprint.get("/areas/<code>")
def area(code: str) -> str:
    """Show who serves a prefecture or municipality, also one without a line of its own.

    Raises:
        UnknownAreaError: the code is no place.
        BadParametersError: a parameter cannot be used.
    """
    place = context.gazetteer().get(code)
    query = replace(context.query(), area=code, text="")
    page = search(db.current(), context.gazetteer(), query)
    if query.page > page.pages:
        raise BadParametersError({"page": f"全部で{page.pages}ページです。"})
    address = context.address().without("q").setting("area", code)
    found = listing(page, query, context.presenter(query.at), address)
    return render_template("area.html", page=found, area=_area(place, found.list_url))


def _area(place: Place, search_url: str) -> dict[str, object]:
    prefecture_code = place.prefecture_code
    return {
        "name": place.name,
        "prefecture": None if place.is_prefecture else place.prefecture,
        "parent_url": url_for("areas.area", code=prefecture_code),
        "municipalities": _municipalities(place),
        "search_url": search_url,
        "map_url": url_for("map.map_page", area=place.code),
    }


def _municipalities(place: Place) -> list[dict[str, object]]:
    if not place.is_prefecture:
        return []
    counts = count_by_municipality(db.current(), place.code)
    return [
        {
            "name": each.name,
            "url": url_for("areas.area", code=each.code),
            "count": counts.get(each.code, 0),
        }
        for each in context.gazetteer().municipalities_of(place.code)
    ]
