"""The copy that a person may keep on her device for when there is no network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for

from sosdir import context, multilingual
from sosdir.areas import Place
from sosdir.errors import UnknownAreaError
from sosdir.evidence import months_after
from sosdir.forms.query import BadParametersError
from sosdir.listing import all_found
from sosdir.models import Focus
from sosdir.presentation import Result, usual_hours
from sosdir.search import WITHIN_THE_PREFECTURE, Query

blueprint = Blueprint("offline", __name__)

# Numbers and hours change; facts are looked at every half year, and a copy cannot be put right.
GOOD_FOR_MONTHS = 3
_FOCUS = tuple(Focus)


@blueprint.get("/offline")
def offline() -> str:
    """Explain what a copy is and let a prefecture be chosen; nothing is kept by this page.

    Raises:
        BadParametersError: the place is no prefecture.
    """
    code = request.args.get("area")
    return render_template(
        "offline.html",
        place=_chosen(code) if code else None,
        regions=_regions(),
        worker_url=multilingual.without_language(url_for("offline.worker")),
        months=GOOD_FOR_MONTHS,
    )


@blueprint.get("/offline/<code>")
def copy(code: str) -> Response:
    """Give what is kept: every line of a prefecture, with nothing that is true only now.

    Raises:
        UnknownAreaError: the code is no prefecture.
    """
    place = context.gazetteer().get(code)
    if not place.is_prefecture:
        raise UnknownAreaError(f"{code} is no prefecture.")
    today, speech = context.now().date(), multilingual.current()
    results = _results(place)
    page = render_template(
        "offline_copy.html",
        place=place,
        groups=_groups(place, [each for each in results if _has_contact(each)]),
        named=[each for each in results if not _has_contact(each)],
        day=speech.full_date(today),
        distrust=speech.full_date(months_after(today, GOOD_FOR_MONTHS)),
        usual=lambda channel: usual_hours(channel.answering_hours, today, speech),
    )
    return _cached(current_app.make_response(page), "no-store")


@blueprint.get("/sw.js")
def worker() -> Response:
    """Give the service worker, from the top so that it may stand in for every page."""
    return _cached(current_app.send_static_file("js/sw.js"), "no-cache")


@blueprint.get("/offline.webmanifest")
def manifest() -> Response:
    """Give a bookmark on the home screen a name and a picture that say nothing."""
    response: Response = jsonify(
        name=multilingual.current().gettext("メモ"),
        start_url=url_for("offline.offline"),
        # An address like any other: no browser offers to install it.
        display="browser",
        icons=[{"src": multilingual.static("img/neutral.svg"), "sizes": "any"}],
    )
    response.content_type = "application/manifest+json"
    return _cached(response, "no-store")


def _chosen(code: str) -> Place:
    for place in context.gazetteer().prefectures:
        if place.code == code:
            return place
    reason = multilingual.current().gettext("都道府県を選んでください。")
    raise BadParametersError({"area": reason})


def _regions() -> list[dict[str, Any]]:
    return [
        {
            "name": multilingual.current().gettext(region.name),
            "prefectures": [
                {
                    "name": each.named(multilingual.locale()),
                    "url": url_for("offline.offline", area=each.code),
                }
                for each in region.prefectures
            ],
        }
        for region in context.gazetteer().regions()
    ]


def _results(place: Place) -> list[Result]:
    """Return the lines that serve a prefecture, in an order that does not depend on the hour."""
    now = context.now()
    page = all_found(Query(now, now.date(), area=place.code))
    results = context.presenter().results(page.hits, page.place)
    return sorted(map(_timeless, results), key=_order)


def _timeless(result: Result) -> Result:
    """Take out of a line what is true only now, so that no template can keep it."""
    channels = tuple(
        replace(each, state="", state_text="", next_change=None) for each in result.channels
    )
    return replace(result, state="", state_text="", next_change=None, channels=channels)


def _groups(place: Place, results: list[Result]) -> list[dict[str, Any]]:
    speech = multilingual.current()
    titles = {
        1: speech.gettext("%(place)sの窓口", place=place.named(multilingual.locale())),
        2: speech.gettext("全国からつながる窓口"),
        WITHIN_THE_PREFECTURE: speech.gettext("市区町村の窓口(そこに住む人のため)"),
    }
    return [
        {"title": title, "kept": [each for each in results if each.nearness == nearness]}
        for nearness, title in titles.items()
    ]


def _has_contact(result: Result) -> bool:
    """Tell whether a line can be reached by what the copy holds, without a network."""
    return any(channel.value for channel in result.channels)


def _order(result: Result) -> tuple[int, str]:
    return _FOCUS.index(Focus(result.focus)), result.name


def _cached(response: Response, how: str) -> Response:
    response.headers["Cache-Control"] = how
    return response
