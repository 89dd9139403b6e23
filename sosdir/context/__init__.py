"""Give a view what it needs of its request: the clock, the places, the query, its addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, current_app, g, request, url_for
from werkzeug.datastructures import MultiDict

from sosdir import multilingual, snapshot
from sosdir.answers import ServiceTexts
from sosdir.areas import Gazetteer
from sosdir.config import Settings
from sosdir.context.addresses import COLLECTED, Address
from sosdir.forms.query import BadParametersError, read_query
from sosdir.kept import Kept
from sosdir.presentation import Presenter
from sosdir.schedules import TOKYO
from sosdir.search import Index, Query, Reading, read_index
from sosdir.store import geography

__all__ = [
    "COLLECTED",
    "Address",
    "Places",
    "address",
    "admins_url",
    "gazetteer",
    "init_app",
    "is_posted",
    "lasting_url",
    "now",
    "parameters",
    "places",
    "presenter",
    "public_url",
    "query",
    "reading",
    "sent_object",
    "service_texts",
    "settings",
    "whole",
]

# More fields than any query of ours has; who sends more is answered that they are too many.
MAX_FIELDS = 200

# An id that stands in an address as it is.
_PLAIN = re.compile(r"[a-z0-9-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Places:
    """Hold what is made from the tables of places.

    Args:
        version: of those tables.
        gazetteer: of all places.
        outlines: of the prefectures, as GeoJSON.
    """

    version: int
    gazetteer: Gazetteer
    outlines: dict[str, Any]


def settings() -> Settings:
    """Return the settings of this installation."""
    chosen: Settings = current_app.config["SETTINGS"]
    return chosen


def now() -> datetime:
    """Return the present instant by the application's clock, with a zone."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]().astimezone(TOKYO)
    at: datetime = g.now
    return at


def places() -> Places:
    """Return the places of the data as it is."""
    if "places" not in g:
        keeper: Kept[int, Places] = current_app.extensions["places"]
        version = snapshot.current().places
        g.places = keeper.get(version, lambda: _read_places(version))
    kept: Places = g.places
    return kept


def _read_places(version: int) -> Places:
    database = snapshot.lend()
    return Places(version, geography.gazetteer(database), geography.outlines(database))


def reading() -> Reading:
    """Return what searches read of the data as it is."""
    if "reading" not in g:
        keeper: Kept[int, Index] = current_app.extensions["index"]
        index = keeper.get(snapshot.current().services, lambda: read_index(snapshot.lend()))
        g.reading = Reading(index, snapshot.lend)
    kept: Reading = g.reading
    return kept


def gazetteer() -> Gazetteer:
    """Return the gazetteer of the data as it is."""
    return places().gazetteer


def parameters() -> MultiDict[str, str]:
    """Return the parameters of the query: those of the address, or those that were posted."""
    return _posted() if is_posted() else request.args


def _posted() -> MultiDict[str, str]:
    """Return what a form posted: its fields, or in ``query`` a whole query in one."""
    again = request.form.get("query")
    if again is None:
        return request.form
    try:
        pairs = parse_qsl(again, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise BadParametersError({"query": "条件が多すぎます。減らしてください。"}) from None
    return MultiDict(pairs)


def is_posted() -> bool:
    """Tell whether the query was posted, and must stand in no address."""
    return request.method == "POST"


def query() -> Query:
    """Return the query that the request asks.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    asked = read_query(parameters(), now())
    if asked.area is not None and not gazetteer().exists(asked.area):
        raise BadParametersError({"area": f"{asked.area} という地域はありません。"})
    return asked


def address() -> Address:
    """Return the address of the query that the request asks."""
    return Address.of(parameters())


def presenter(at: datetime | None = None) -> Presenter:
    """Return the presenter of services as of an instant.

    Args:
        at: with a zone; None for now.
    """
    at = at or now()
    return Presenter(
        gazetteer(),
        at,
        _service_urls(),
        is_present=at == now(),
        doubted=snapshot.current().doubted,
        speech=multilingual.current(),
    )


def service_texts() -> ServiceTexts:
    """Return the texts that are kept of the services as they may be shown."""
    keeper: Kept[Any, ServiceTexts] = current_app.extensions["service_texts"]
    known = snapshot.current()
    return keeper.get((known.services, now().date(), known.doubted), ServiceTexts)


def sent_object() -> dict[str, Any]:
    """Return the JSON object that the request sends, an empty one where it sends none."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        # It is nested deeper than any object of ours.
        return {}
    return sent if isinstance(sent, dict) else {}


def public_url(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page, for those who read it elsewhere.

    Args:
        endpoint: of the page.
        values: of its address.
    """
    return _at(settings().url, endpoint, values)


def admins_url(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page of the admins, for one who is sent its link.

    Args:
        endpoint: of the page.
        values: of its address.
    """
    return _at(settings().admins_site, endpoint, values)


def _at(base: str | None, endpoint: str, values: dict[str, Any]) -> str:
    if base is None:
        return url_for(endpoint, _external=True, **values)
    return base.rstrip("/") + url_for(endpoint, **values)


def lasting_url(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page that is the same in every language.

    Args:
        endpoint: of the page.
        values: of its address.
    """
    return whole(multilingual.without_language(url_for(endpoint, **values)))


def whole(path: str) -> str:
    """Return the whole address of a path of ours, for those who read it elsewhere.

    Args:
        path: with its query, as ``url_for`` makes it.
    """
    return (settings().url or request.host_url).rstrip("/") + path


def init_app(app: Flask) -> None:
    """Give an application its keepers of places and of the index of services.

    Args:
        app: to register with.
    """
    app.extensions["places"] = Kept[int, Places]()
    app.extensions["index"] = Kept[int, Index]()
    app.extensions["service_texts"] = Kept[Any, ServiceTexts]()


def _service_urls() -> Callable[[str], str]:
    """Return what gives the address of a service's page; of many, only the first costs."""
    before: list[str] = []

    def url(service_id: str) -> str:
        if not _PLAIN.fullmatch(service_id):
            return public_url("services.service", service_id=service_id)
        if not before:
            before.append(public_url("services.service", service_id="0").removesuffix("0"))
        return before[0] + service_id

    return url
