"""Answer oEmbed: a page of ours, named by its address, as a frame for the page of someone else.

Nothing is ever fetched, and no address but our own is answered (https://oembed.com/).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from sosdir import context, db, embedding, evidence, formats, freshness
from sosdir.context import COLLECTED, MAX_FIELDS, Address
from sosdir.errors import NotFoundError
from sosdir.forms.collection import read_collection
from sosdir.forms.embedding import read_limit
from sosdir.forms.query import BadParametersError, read_query
from sosdir.locales import JAPANESE, Locale, find, speech
from sosdir.search import read
from sosdir.store import services

blueprint = Blueprint("oembed", __name__)

_FORMS = ("json", "xml")
_NOT_IN_FRAMES = ("at", "page", COLLECTED)
_NO_SUCH_PAGE = "no page of this site that may stand in a frame"


@blueprint.get("/oembed")
def oembed() -> Response:
    """Give the frame for the page that ``url`` names, as JSON or as XML."""
    form, url = request.args.get("format") or "json", request.args.get("url")
    if form not in _FORMS:
        return _refuse(501, {"format": "json or xml"})
    if not url:
        return _refuse(400, {"url": "the address of a page of this site is needed"})
    try:
        most = tuple(embedding.size(request.args.get(name)) for name in ("maxwidth", "maxheight"))
    except ValueError:
        return _refuse(400, {"maxwidth, maxheight": "a number of pixels"})
    try:
        frame, title = _frame(url)
    except (NotFoundError, BadParametersError, HTTPException, ValueError):
        return _refuse(404, {"url": _NO_SUCH_PAGE})
    site = current_app.jinja_env.globals["site_name"]
    home = context.lasting_url("home.home")
    return _sent(embedding.oembed(frame, title, str(site), home, (most[0], most[1])), form)


def _frame(url: str) -> tuple[str, str]:
    """Return the address of the frame for a page, and its title.

    Raises:
        NotFoundError: it is no page of ours, or none that stands in frames.
        BadParametersError: a parameter of it cannot be used.
    """
    path, parameters = _ours(url)
    locale, path = _language(path)
    endpoint, named = current_app.url_map.bind("").match(path, method="GET")
    if endpoint not in {"services.service", "areas.area", "home.home", "embed.embed"}:
        raise NotFoundError(f"{endpoint} stands in no frame.")
    if endpoint != "embed.embed":
        # Elsewhere it is what someone has collected.
        parameters.poplist(COLLECTED)
    if endpoint == "services.service":
        parameters = MultiDict({COLLECTED: named["service_id"]})
    if endpoint == "areas.area":
        parameters.poplist("q")
        parameters.setlist("area", [context.gazetteer().get(named["code"]).code])
    title, values = _asked(parameters, locale)
    return _address(locale, values), title


def _ours(url: str) -> tuple[str, MultiDict[str, str]]:
    """Return path and parameters of an address of ours; nobody else's is looked at."""
    parts = urlsplit(url)
    own = urlsplit(context.settings().url or request.host_url)
    path, root = unquote(parts.path) or "/", request.script_root
    is_ours = parts.scheme in {"http", "https"} and parts.netloc.lower() == own.netloc.lower()
    if not is_ours or not path.startswith(root) or not context.settings().embed_ancestors:
        raise NotFoundError("It is no page of ours, or nobody may frame one.")
    pairs = parse_qsl(parts.query, max_num_fields=MAX_FIELDS)
    return path.removeprefix(root), MultiDict(pairs)


def _language(path: str) -> tuple[Locale, str]:
    code, _, rest = path.removeprefix("/").partition("/")
    locale = find(code) if code else None
    return (locale, f"/{rest}") if locale else (JAPANESE, path)


def _asked(parameters: MultiDict[str, str], locale: Locale) -> tuple[str, dict[str, Any]]:
    """Return the title of what is asked, and the parameters of its frame."""
    gettext = speech(locale).gettext
    if parameters.get(COLLECTED):
        ids = read_collection(parameters).ids
        return _name_of_one(ids) or gettext("妊娠の相談窓口"), {COLLECTED: ",".join(ids)}
    read_limit(parameters)
    query, gazetteer = read_query(parameters, context.now()), context.gazetteer()
    if query.area is not None and not gazetteer.exists(query.area):
        raise NotFoundError(f"{query.area} is no place.")
    place = read(gazetteer, query).place
    if place is None and query.area is None:
        raise NotFoundError("It names no place.")
    if place is None:
        return gettext("妊娠の相談窓口"), _kept(parameters)
    title = gettext("%(place)sの妊娠の相談窓口", place=place.named(locale))
    return title, _kept(parameters)


def _kept(parameters: MultiDict[str, str]) -> dict[str, Any]:
    """Return the parameters that a frame takes, in the one order that addresses have."""
    kept: dict[str, list[str]] = {}
    limit = ("limit", parameters.get("limit", ""))
    for name, value in (*Address.of(parameters).parameters, limit):
        if value and name not in _NOT_IN_FRAMES:
            kept.setdefault(name, []).append(value)
    return kept


def _name_of_one(ids: tuple[str, ...]) -> str | None:
    """Return the name of the one service that is named, None for several.

    Raises:
        NotFoundError: none of them is listed.
    """
    found = services.find(db.current(), ids)
    listed = [each.name for each in found if evidence.is_listed(each)]
    if not listed:
        raise NotFoundError("None of these services is listed.")
    return listed[0] if len(listed) == 1 else None


def _address(locale: Locale, values: dict[str, Any]) -> str:
    root = request.script_root
    path = url_for("embed.embed", **values).removeprefix(root)
    return context.whole(f"{root}{locale.prefix}{path}")


def _sent(answer: dict[str, Any], form: str) -> Response:
    if form == "xml":
        return _given(Response(embedding.xml(answer), content_type="text/xml; charset=utf-8"))
    text = json.dumps(answer, ensure_ascii=False)
    return _given(Response(text, content_type="application/json"))


def _refuse(status: int, reasons: dict[str, str]) -> Response:
    document = formats.problem(status, next(iter(reasons.values())), reasons)
    text = json.dumps(document, ensure_ascii=False)
    refused = Response(text, status=status, content_type=formats.PROBLEM_TYPE)
    return freshness.open_to_all(refused)


def _given(response: Response) -> Response:
    return freshness.open_to_all(freshness.fresh(response))
