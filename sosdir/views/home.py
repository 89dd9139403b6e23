"""The first page: the question where, and the list that answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from sosdir import context, linked_data, multilingual
from sosdir.listing import listing, refuse_page_past_the_end, with_ways_out
from sosdir.locales import LOCALES
from sosdir.models import NATIONWIDE, State
from sosdir.search import Query, search

blueprint = Blueprint("home", __name__)

OPEN_NOW_SHOWN = 3


@blueprint.get("/")
def home() -> str:
    """Ask where, or list who serves that place.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    query = context.query()
    address = context.address()
    if not any(name not in {"at", context.COLLECTED} for name, _ in address.parameters):
        return _start(query, asked_nothing="q" in context.parameters())
    return _results(query, address)


@blueprint.post("/search")
def posted() -> Response:
    """Do as the first page, for a query that stands in no address and is kept in no history.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    return make_response(home())


@blueprint.get("/search")
def search_again() -> BaseResponse:
    """Lead to the first page whoever comes back to an address that holds no query."""
    return redirect(url_for("home.home"), 303)


def _start(query: Query, asked_nothing: bool) -> str:
    presenter = context.presenter(query.at)
    nationwide = replace(query, area=NATIONWIDE, state=(State.OPEN,), per_page=OPEN_NOW_SHOWN)
    page = search(context.reading(), context.gazetteer(), nationwide)
    told = multilingual.current().gettext("市区町村か都道府県の名前を入れてください。")
    errors = [{"text": told, "href": "#q"}]
    address, is_posted = context.address(), context.is_posted()
    # What was posted stands in no address, be it only a time.
    linked = context.Address(()) if is_posted else address
    return render_template(
        "home.html",
        regions=_regions(linked),
        open_now=presenter.results(page.hits, None),
        open_now_total=page.total,
        open_now_url=linked.adding("area", NATIONWIDE).url("home.home"),
        at_label=presenter.at_label(),
        at_hidden=address.parameters,
        posted=is_posted,
        q="",
        errors=errors if asked_nothing else [],
        linked=linked_data.script(_site()),
    )


def _site() -> dict[str, Any]:
    name = str(current_app.jinja_env.globals["site_name"])
    url, tags = context.lasting_url(".home"), (each.tag for each in LOCALES)
    return linked_data.web_site(name, url, tags)


def _results(query: Query, address: context.Address) -> str:
    gazetteer = context.gazetteer()
    page = search(context.reading(), gazetteer, query)
    refuse_page_past_the_end(query, page)
    presenter, now = context.presenter(query.at), context.now()
    found = listing(page, presenter, address, now, posted=context.is_posted())
    found = with_ways_out(found, context.reading(), gazetteer, page, address, presenter)
    asked = address.without("at").without(context.COLLECTED)
    # What was typed stands in no further address, and what was posted in none.
    named = query.area is not None and not query.text and not context.is_posted()
    return render_template(
        "results.html",
        page=found,
        oembed_url=context.whole(asked.url(".home")) if named else None,
    )


def _regions(address: context.Address) -> list[dict[str, object]]:
    return [
        {
            "name": multilingual.current().gettext(region.name),
            "prefectures": [
                {
                    "code": each.code,
                    "name": each.named(multilingual.locale()),
                    "url": address.url("areas.area", code=each.code),
                }
                for each in region.prefectures
            ],
        }
        for region in context.gazetteer().regions()
    ]
