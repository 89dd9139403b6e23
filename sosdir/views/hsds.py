"""The HSDS API: lists and single objects, its documents, and the pages that describe it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import Gone

from sosdir import context, db, freshness, hsds, multilingual
from sosdir.db import Database
from sosdir.errors import NotFoundError
from sosdir.forms.hsds import read_asked
from sosdir.hsds import openapi, profile, taxonomy
from sosdir.hsds.asking import Asked, Format
from sosdir.hsds.endpoints import COMMON, ENDPOINTS, SCHEMAS, UNANSWERABLE, Endpoint
from sosdir.hsds.holdings import Library, Listing, call_the_roll, library
from sosdir.hsds.identifiers import NAMESPACE, identifier
from sosdir.hsds.paging import envelope
from sosdir.hsds.roll import Roll
from sosdir.hsds.shape import own_fields, plain
from sosdir.hsds.telling import Telling
from sosdir.kept import Kept
from sosdir.onward import successor
from sosdir.schedules import TOKYO
from sosdir.store import services, versions

blueprint = Blueprint("hsds", __name__)

API = "/api/hsds"
# So many objects of a stream are read at once.
_CHUNK = 100
_ENDPOINT = {each.name: each for each in ENDPOINTS}


# Until the data or the day is another.
_Rolls = Kept[tuple[int, date], Roll]


@blueprint.record_once
def _give_a_keeper(state: BlueprintSetupState) -> None:
    state.app.extensions["hsds_roll"] = _Rolls()


@blueprint.after_request
def _open_to_all(response: Response) -> Response:
    """Let the pages of other sites read the data; there is no cookie that could ride along."""
    if request.path.startswith(API):
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get(f"{API}/")
def root() -> Response:
    """Say which standard this is, in which profile, and who publishes it."""
    licence, licence_url = _licence()
    publisher = {
        "name": current_app.jinja_env.globals["site_name"],
        "url": context.public_url("home.home"),
        "licence": licence,
        "licence_url": licence_url,
    }
    return _json(
        {
            "version": hsds.VERSION,
            "profile": context.public_url(".profile_page"),
            "openapi_url": context.public_url(".openapi_document"),
            "publisher": publisher,
            "documentation": context.public_url(".documentation"),
        }
    )


@blueprint.get(f"{API}/openapi.json")
def openapi_document() -> Response:
    """Give the OpenAPI document."""
    return _json(openapi.document(context.public_url(".root").rstrip("/"), _licence()))


@blueprint.get(f"{API}/profile.json")
def profile_document() -> Response:
    """Give our profile, as a program reads it."""
    return _json(profile.document(context.public_url(".profile_page")))


@blueprint.get("/developers")
def documentation() -> str:
    """Describe the API to people who build with it."""
    return render_template(
        "hsds.html",
        api_url=context.lasting_url(".root"),
        openapi_url=_in_any_language(".openapi_document"),
        profile_url=url_for(".profile_page"),
        version=hsds.VERSION,
        standard=hsds.STANDARD,
        endpoints=ENDPOINTS,
        common=COMMON,
        schemas=SCHEMAS,
        unanswerable=UNANSWERABLE,
    )


@blueprint.get("/developers/profile")
def profile_page() -> str:
    """Describe what we add to HSDS."""
    return render_template(
        "hsds_profile.html",
        documentation_url=url_for(".documentation"),
        json_url=_in_any_language(".profile_document"),
        version=profile.PROFILE_VERSION,
        namespace=NAMESPACE,
        objects={name: own_fields(kind) for name, kind in profile.EXTENDED.items()},
        taxonomies=[
            (each, [term for term in taxonomy.closed_terms() if term.taxonomy_id == each.id])
            for each in taxonomy.taxonomies("")
        ],
    )


@blueprint.get(f"{API}/<any({', '.join(_ENDPOINT)}):name>")
def objects(name: str) -> Response:
    """Give a list: a page of it, or everything as lines.

    Raises:
        BadParametersError: a parameter is unknown or cannot be used.
        NotFoundError: there is no place of the code asked.
    """
    asked = _asked(_ENDPOINT[name].parameters)
    if asked.format is Format.NDJSON:
        lines = stream_with_context(_lines(name, asked))
        return Response(lines, content_type="application/x-ndjson; charset=utf-8")
    listing: Listing = getattr(_library(), name)(asked)
    return _json(envelope(listing, asked.page, asked.page_size or max(listing.total, 1)))


@blueprint.get(f"{API}/<any({', '.join(_ENDPOINT)}):name>/<made>")
def one(name: str, made: str) -> Response:
    """Give a single object; of a service that has ended, the way to what took its place.

    Raises:
        BadParametersError: a parameter is unknown or cannot be used.
        NotFoundError: nothing public bears that id.
    """
    endpoint = _ENDPOINT[name]
    asked = _asked(endpoint.parameters_of_one)
    found = _found(endpoint, made.lower(), asked)
    if found is not None:
        return _json(plain(found))
    if endpoint.one == "service":
        return _of_ended(made.lower())
    raise NotFoundError(f"There is no {endpoint.one} {made!r}.")


def _found(endpoint: Endpoint, made: str, asked: Asked) -> Any:
    if endpoint.one == "organization":
        return _library().organization(made, full_service=asked.full_service)
    return getattr(_library(), endpoint.one)(made)


def _of_ended(made: str) -> Response:
    """Lead on from a service that has ended, as its page does."""
    entry = _library().finding.roll.services.get(made)
    if entry is None:
        raise NotFoundError(f"There is no service {made!r}.")
    onward = successor(db.current(), services.get(db.current(), entry.key))
    if onward is None:
        raise Gone
    address = url_for(".one", name="services", made=identifier("service", onward.id))
    return current_app.make_response(redirect(address, 301))


def _asked(known: Any) -> Asked:
    asked = read_asked(request.args, known)
    if asked.area_code is not None and not context.gazetteer().exists(asked.area_code):
        raise NotFoundError(f"There is no place {asked.area_code!r}.")
    return asked


def _library(streamed: Database | None = None) -> Library:
    """Return what answers on the request's database, or on that of a stream, which has its own."""
    now, database = context.now(), db.current() if streamed is None else streamed
    keeper: _Rolls = current_app.extensions["hsds_roll"]
    day = now.astimezone(TOKYO).date()
    roll = keeper.get((versions.current(database), day), lambda: call_the_roll(database, day))
    telling = Telling(
        context.gazetteer(),
        lambda key: context.public_url("services.service", service_id=key),
        lambda code: context.public_url("areas.area", code=code),
        context.public_url(".profile_page"),
    )
    return library(database, roll, telling, now, context.reading() if streamed is None else None)


def _lines(name: str, asked: Asked) -> Iterator[str]:
    """Yield a list line by line; the connection of the request is closed before the last one."""
    with db.reading(context.settings().database) as database:
        listing: Listing = getattr(_library(database), name)(asked)
        for start in range(0, listing.total, _CHUNK):
            for each in listing.part(start, start + _CHUNK):
                yield json.dumps(plain(each), ensure_ascii=False, separators=(",", ":")) + "\n"


def _json(content: Any) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return freshness.fresh(Response(f"{text}\n", content_type="application/json"))


def _in_any_language(endpoint: str) -> str:
    """Return the address of what stands at one address for the readers of every language."""
    return multilingual.without_language(url_for(endpoint))


def _licence() -> tuple[str, str]:
    known = current_app.jinja_env.globals
    return str(known["data_licence"]), str(known["data_licence_url"])
