"""The map of the query: prefecture first, then the places one can visit."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import Blueprint, Response, render_template, url_for

from sosdir import context, multilingual
from sosdir.forms.query import BadParametersError
from sosdir.listing import Listing, in_parameters, listing
from sosdir.locales import mark
from sosdir.maps import (
    AreaCount,
    MapPoint,
    MapWords,
    RenderedMap,
    outline_script,
    prefecture_map,
)
from sosdir.models import ChannelKind, Precision
from sosdir.presentation import Result
from sosdir.search import Query, count_by_prefecture, read, search

blueprint = Blueprint("map", __name__)

ATTRIBUTION = mark("都道府県の輪郭:Natural Earth(パブリックドメイン)をもとに加工")
MAX_POINTS = 500
A_DAY = 86_400
_JAVASCRIPT = "text/javascript; charset=utf-8"

_PRECISION_NOTES = {
    Precision.MUNICIPALITY.value: mark("印は役所の位置です。くわしい場所は窓口にお聞きください。"),
    Precision.ADDRESS.value: mark("印は窓口の所在地です。"),
}


@blueprint.get("/map")
def map_page() -> str:
    """Show the map of the query with its list beside it.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    query, address = _query(), context.address().without("page")
    found = _found(query, address)
    counts = _counts(query, address)
    return render_template(
        "map.html",
        map=_draw(counts, found),
        script_url=address.url("map.map_script"),
        outlines_url=multilingual.without_language(
            url_for("map.outlines", v=context.places().version)
        ),
        regions=_regions(counts),
        page=found,
        list_url=address.url("home.home") if address.parameters else None,
    )


@blueprint.get("/map.js")
def map_script() -> Response:
    """Give the script of the map of the query.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    query, address = _query(), context.address().without("page")
    drawn = _draw(_counts(query, address), _found(query, address))
    return Response(drawn.script, content_type=_JAVASCRIPT)


@blueprint.get("/map/outlines.js")
def outlines() -> Response:
    """Give the outlines of the prefectures, the same for every map."""
    response = Response(outline_script(context.places().outlines), content_type=_JAVASCRIPT)
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def _query() -> Query:
    query = context.query()
    if query.page > 1:
        raise BadParametersError({"page": mark("地図にページはありません。")})
    return replace(query, per_page=MAX_POINTS)


def _found(query: Query, address: context.Address) -> Listing | None:
    """Return the list of the place asked, or the places to ask back; None for the country."""
    if not read(context.gazetteer(), query).places:
        return None
    page = search(context.reading(), context.gazetteer(), query)
    presenter = context.presenter(query.at)
    return listing(page, presenter, address, context.now(), "map.map_page")


def _counts(query: Query, address: context.Address) -> list[AreaCount]:
    counted = count_by_prefecture(context.reading(), context.gazetteer(), query)
    asked = read(context.gazetteer(), query)
    bare = in_parameters(address, asked).without("area").without("q")
    if asked.words:
        bare = bare.setting("q", " ".join(asked.words))
    return [
        AreaCount(
            code=place.code,
            name=place.named(multilingual.locale()),
            count=counted[place.code].total,
            open_count=counted[place.code].open,
            url=bare.setting("area", place.code).url("map.map_page"),
        )
        for place in context.gazetteer().prefectures
    ]


def _draw(counts: list[AreaCount], found: Listing | None) -> RenderedMap:
    place = found.place if found else None
    selected = place.code[:2] if place else None
    results = found.results if found else ()
    return prefecture_map(
        context.places().outlines,
        counts,
        [_point(each) for each in results if _can_be_visited(each, selected)],
        selected=selected,
        attribution=multilingual.current().gettext(ATTRIBUTION),
        words=_words(),
    )


def _words() -> MapWords:
    """Return the wording of the map in the reader's language."""
    said = {name: multilingual.current().gettext(text) for name, text in asdict(MapWords()).items()}
    return MapWords(**said)


def _can_be_visited(result: Result, prefecture_code: str | None) -> bool:
    """Tell whether a service has a place to go to within the prefecture that is shown."""
    if result.latitude is None or result.prefecture_code != prefecture_code:
        return False
    return any(each.kind == ChannelKind.IN_PERSON for each in result.channels)


def _point(result: Result) -> MapPoint:
    assert result.latitude is not None
    assert result.longitude is not None
    precision = result.position_precision or Precision.MUNICIPALITY.value
    return MapPoint(
        service_id=result.id,
        name=result.name,
        label=result.state_text,
        url=url_for("services.service", service_id=result.id),
        latitude=result.latitude,
        longitude=result.longitude,
        precision_note=multilingual.current().gettext(_PRECISION_NOTES[precision]),
    )


def _regions(counts: list[AreaCount]) -> list[dict[str, object]]:
    by_code = {each.code: each for each in counts}
    return [
        {
            "name": multilingual.current().gettext(region.name),
            "prefectures": [by_code[each.code] for each in region.prefectures],
        }
        for region in context.gazetteer().regions()
    ]
