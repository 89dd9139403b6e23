"""The lines of a place for a frame on someone else's page, such as a city's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, render_template, request

from sosdir import context, db, evidence, multilingual, security, styles
from sosdir.areas import Place
from sosdir.context import COLLECTED, Address
from sosdir.errors import DatabaseError, NotFoundError
from sosdir.forms.collection import read_collection
from sosdir.forms.embedding import read_limit
from sosdir.forms.query import BadParametersError
from sosdir.listing import in_parameters
from sosdir.presentation import Result
from sosdir.search import WITHIN_THE_PREFECTURE, Asked, Leading, leading
from sosdir.store import services

blueprint = Blueprint("embed", __name__)

# A state is a promise about now, and a city's page is opened by many at once.
KEPT_SECONDS = 60
# A frame is of the present, and has one page.
_NOT_TAKEN = ("at", "page", COLLECTED)


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the lines of one area, the first ones in the order of the list.

    Args:
        title: whose lines they are, None where no place was asked for.
        results: as shown.
    """

    title: str | None
    results: tuple[Result, ...]


@blueprint.get("/embed")
def embed() -> str:
    """Show the lines that serve a place, or the services named; ask where, if nothing is asked.

    Raises:
        BadParametersError: a parameter cannot be used.
        NotFoundError: none of the services named is listed.
    """
    limit = read_limit(request.args)
    if request.args.get(COLLECTED):
        return _named()
    address = _address()
    if not address.without("sort").parameters:
        return _page("embed_search.html", text="")
    # Whatever moment is in the address: in a frame that stays for years it would soon be long ago.
    query = replace(context.query(), at=context.now(), per_page=limit)
    found = leading(context.reading(), context.gazetteer(), query)
    if len(found.asked.places) > 1:
        candidates = list(_candidates(found.asked))
        return _page("embed_search.html", text=query.text, candidates=candidates)
    return _page("embed.html", **_list(found))


def _named() -> str:
    """Show the services that the address names, in that order."""
    today, presenter = context.now().date(), context.presenter()
    found = services.find(db.current(), read_collection(request.args).ids)
    listed = [each for each in found if evidence.is_listed(each)]
    if not listed:
        raise NotFoundError("None of these services is listed.")
    results = tuple(presenter.result(evidence.publish(each, today)) for each in listed)
    return _page("embed.html", groups=[Group(None, results)], at_label=presenter.at_label())


def _list(found: Leading) -> dict[str, Any]:
    place, presenter = found.asked.place, context.presenter()
    return {
        "place": place.named(multilingual.locale()) if place else None,
        "groups": list(_groups(presenter.results(found.hits, place), place)),
        "sought": found.sought,
        "total": found.total,
        "oembed_url": context.whole(_address().url(".embed", **_limit())) if place else None,
        "full_url": in_parameters(_address(), found.asked).url("home.home"),
        "at_label": presenter.at_label(),
    }


def _groups(results: tuple[Result, ...], place: Place | None) -> Iterator[Group]:
    """Part the lines by whose they are: first the area of the first line, so who answers now."""
    if place is None:
        yield from [Group(None, results)] if results else []
        return
    titles = _titles(place)
    in_order = dict.fromkeys(each.nearness for each in results)
    for nearness in sorted(in_order, key=lambda each: each == WITHIN_THE_PREFECTURE):
        yield Group(titles[nearness], tuple(each for each in results if each.nearness == nearness))


def _titles(place: Place) -> dict[int, str]:
    gettext, locale = multilingual.current().gettext, multilingual.locale()
    prefecture = context.gazetteer().get(place.prefecture_code)
    return {
        0: gettext("%(place)sの窓口", place=place.named(locale)),
        1: gettext("%(place)sの窓口", place=prefecture.named(locale)),
        2: gettext("全国からつながる窓口"),
        WITHIN_THE_PREFECTURE: gettext("市区町村の窓口(そこに住む人のため)"),
    }


def _candidates(asked: Asked) -> Iterator[dict[str, str]]:
    locale = multilingual.locale()
    for place in asked.places:
        address = in_parameters(_address(), asked).without("q").setting("area", place.code)
        prefecture = context.gazetteer().get(place.prefecture_code)
        yield {
            "name": place.named(locale),
            "prefecture": prefecture.named(locale),
            "url": address.url("embed.embed", **_limit()),
        }


def _address() -> Address:
    """Return the address of what is asked, without what a frame does not take."""
    address = context.address()
    for name in _NOT_TAKEN:
        address = address.without(name)
    return address


def _limit() -> dict[str, str]:
    return {"limit": request.args["limit"]} if request.args.get("limit") else {}


def _page(template: str, **values: Any) -> str:
    hidden = [*_address().without("q").without("area").parameters, *_limit().items()]
    return render_template(template, framed_style=styles.framed(), hidden=hidden, **values)


@blueprint.errorhandler(BadParametersError)
def _bad_parameters(error: BadParametersError) -> tuple[str, int]:
    say = multilingual.current().say
    return _problem(400, {name: say(reason) for name, reason in error.reasons.items()})


@blueprint.errorhandler(NotFoundError)
def _not_found(_error: NotFoundError) -> tuple[str, int]:
    return _problem(404, {})


@blueprint.errorhandler(DatabaseError)
def _no_database(_error: DatabaseError) -> tuple[str, int]:
    return _problem(503, {})


def _problem(status: int, faults: dict[str, str]) -> tuple[str, int]:
    page = render_template(
        "embed_problem.html", framed_style=styles.framed(), code=status, faults=faults
    )
    return page, status


@blueprint.after_request
def _let_in_frames(response: Response) -> Response:
    """Let the pages frame it that may, and keep it no longer than its states hold."""
    ancestors = context.settings().embed_ancestors
    response.headers["Content-Security-Policy"] = security.framed_policy(ancestors)
    # A page that is isolated from others asks this of what it frames.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    kept = f"public, max-age={KEPT_SECONDS}" if response.status_code == 200 else "no-store"
    response.headers["Cache-Control"] = kept
    return response
