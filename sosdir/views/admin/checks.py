"""Answer the form of a service while it is typed: whether a number, whether hours are right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from sosdir import channels, context, db
from sosdir.accounts import Role
from sosdir.auth import allowed
from sosdir.channels import DIALLED, dialled_digits
from sosdir.checking import dead_numbers
from sosdir.errors import ChannelError, HoursError
from sosdir.forms import saving
from sosdir.models import ChannelKind
from sosdir.presentation import coming_week
from sosdir.schedules import normalise as normalise_hours
from sosdir.store import retired_numbers

blueprint = Blueprint("admin_checks", __name__, url_prefix="/admin")

MAX_TEXT = 1_000
MAX_AREAS = 20


@blueprint.post("/checks/channel")
@allowed(Role.EDITOR)
def check_channel() -> Response:
    """Say of one channel as typed its normal form, its link, its coming week, and what is wrong."""
    told = context.sent_object()
    kind, value, hours, words = (str(told.get(each, ""))[:MAX_TEXT].strip() for each in _ASKED)
    return jsonify(value=_value(kind, value), hours=_hours(hours, words))


_ASKED = ("kind", "value", "hours", "words")


@blueprint.get("/organizations.json")
@allowed(Role.EDITOR)
def organizations() -> Response:
    """Suggest organizations by part of their names."""
    found = saving.bodies(db.current(), None).matching(request.args.get("q", "")[:MAX_TEXT])
    return jsonify([{"id": each.id, "name": each.name} for each in found])


@blueprint.get("/areas.json")
@allowed(Role.EDITOR)
def areas() -> Response:
    """Suggest areas by the beginning of their names, or by their whole names in any writing."""
    typed = request.args.get("q", "")[:MAX_TEXT].strip()
    gazetteer = context.gazetteer()
    found = {each.code: each for each in gazetteer.recognise(typed).places} if typed else {}
    everywhere = (*gazetteer.prefectures, *gazetteer.municipalities)
    starting = (each for each in everywhere if typed and each.name.startswith(typed))
    found |= {each.code: each for each in starting}
    places = list(found.values())[:MAX_AREAS]
    return jsonify([{"code": each.code, "name": each.full_name} for each in places])


def _value(kind: str, value: str) -> dict[str, Any]:
    if not value or kind not in set(map(str, ChannelKind)):
        return {"normal": value, "href": None, "error": None}
    means = ChannelKind(kind)
    try:
        normal = channels.normalise(means, value)
    except ChannelError as error:
        return {"normal": value, "href": None, "error": str(error)}
    return {
        "normal": normal,
        "href": channels.href(means, normal),
        "error": _retired(means, normal),
    }


def _retired(kind: ChannelKind, number: str) -> str | None:
    if kind not in DIALLED:
        return None
    found = dead_numbers(retired_numbers.everything(db.current())).get(dialled_digits(number))
    return f"使ってはならない番号です: {found.reason}" if found else None


def _hours(hours: str, words: str) -> dict[str, Any]:
    if not hours:
        return {"normal": "", "week": None, "error": None}
    try:
        normal = normalise_hours(hours)
        days = coming_week(normal, context.now().date())
    except HoursError as error:
        return {"normal": hours, "week": None, "error": str(error)}
    page = render_template("admin/coming_week.html", week=days, words=words)
    return {"normal": normal, "week": page, "error": None}
