"""What a person may put into her device's own places: a card, a calendar of the coming hours."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from sosdir import context, db, evidence, freshness, multilingual, open_files, pocket
from sosdir.errors import NotFoundError
from sosdir.evidence import Published
from sosdir.forms.query import BadParametersError
from sosdir.locales import mark
from sosdir.store import services

blueprint = Blueprint("pocket", __name__)

_NEUTRAL = {"1": True, "0": False}


@blueprint.get("/services/<service_id>.vcf")
def card(service_id: str) -> Response:
    """Give a service as a card for an address book.

    Raises:
        NotFoundError: none bears that id, or it is on hold.
    """
    found, neutral = _published(service_id), _is_neutral()
    told = [(context.presenter().result(found), open_files.last_changes()(found))]
    content = pocket.cards(told, multilingual.current(), neutral=neutral)
    return _given(content, "text/vcard", "memo.vcf" if neutral else f"{service_id}.vcf")


@blueprint.get("/services/<service_id>.ics")
def calendar(service_id: str) -> Response:
    """Give the coming hours of a service as a calendar.

    Raises:
        NotFoundError: none bears that id, or it is on hold.
    """
    found, neutral = _published(service_id), _is_neutral()
    content = pocket.calendar(
        context.presenter().result(found),
        open_files.last_changes()(found),
        context.now().date(),
        multilingual.current(),
        neutral=neutral,
    )
    return _given(content, "text/calendar", "memo.ics" if neutral else f"{service_id}.ics")


def _published(service_id: str) -> Published:
    found = services.get(db.current(), service_id)
    if not evidence.is_public(found):
        raise NotFoundError(f"There is no service {service_id!r}.")
    if not evidence.is_listed(found):
        # A calendar that asks again is told to stop.
        abort(410)
    return evidence.publish(found, context.now().date())


def _is_neutral() -> bool:
    """Tell whether the file may say what it is of: as asked, else as the site's titles do."""
    asked = request.args.get("neutral")
    if asked is None:
        return context.settings().neutral_title
    if asked not in _NEUTRAL:
        raise BadParametersError({"neutral": mark("1 か 0 にしてください。")})
    return _NEUTRAL[asked]


def _given(content: bytes, media_type: str, name: str) -> Response:
    response = current_app.response_class(content, content_type=f"{media_type}; charset=utf-8")
    # Opened, not saved: a phone then asks before anything is put away.
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return freshness.open_to_all(freshness.fresh(response, freshness.facts_changed_at()))
