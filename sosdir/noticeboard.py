"""Give every page the notices that may be read today, worked out once for many requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, current_app, g

from sosdir import announcing, context, db, multilingual, notices
from sosdir.kept import Kept
from sosdir.notices import KIND_LABELS, Notice
from sosdir.schedules import TOKYO
from sosdir.store import notices as store
from sosdir.store import services, versions
from sosdir.store.notices import Published

# On the first page, and beside the lines of a place or a line.
MOST = 3


# Until a notice, a fact or the day changes.
_Shown = Kept[tuple[int, int, date], tuple[Published, ...]]


def everything() -> tuple[Published, ...]:
    """Return the notices that may be read now, the newest first."""
    if "notices" not in g:
        keeper: _Shown = current_app.extensions["notices"]
        database, day = db.current(), _today()
        key = (store.newest_number(database), versions.current(database), day)
        g.notices = keeper.get(key, lambda: announcing.shown(database, day))
    kept: tuple[Published, ...] = g.notices
    return kept


def newest() -> list[dict[str, Any]]:
    """Return the few that stand on the first page, as shown: those of one place stand there."""
    found = (each.notice for each in everything() if notices.on_front_page(each.notice, _today()))
    return [item(each) for each in found][:MOST]


def of_place(code: str) -> list[dict[str, Any]]:
    """Return the few newest that concern a place, as shown.

    Args:
        code: of a prefecture or municipality.
    """
    if not everything():
        return []
    codes = codes_of(code)
    lines = services.ids_serving(db.current(), codes)
    return _current(lambda notice: notices.concerns(notice, codes, lines))


def codes_of(code: str) -> frozenset[str]:
    """Return the codes of the areas that serve a place, and of those within it.

    Args:
        code: of a prefecture or municipality.
    """
    gazetteer = context.gazetteer()
    place = gazetteer.get(code)
    return frozenset({*gazetteer.areas_serving(place), *gazetteer.areas_within(place)})


def of_service(service_id: str) -> list[dict[str, Any]]:
    """Return the few newest that are about a service, as shown.

    Args:
        service_id: of the service.
    """
    return _current(lambda notice: service_id in notice.services)


def item(notice: Notice) -> dict[str, Any]:
    """Return a notice as a list shows it.

    Args:
        notice: that is public.
    """
    speech = multilingual.current()
    return {
        "id": notice.id,
        "title": notice.title,
        "kind_label": speech.gettext(KIND_LABELS[notice.kind]),
        "day": notice.day,
        "day_label": speech.full_date(notice.day),
    }


def init_app(app: Flask) -> None:
    """Give an application its notices.

    Args:
        app: to register with.
    """
    app.extensions["notices"] = _Shown()
    app.jinja_env.globals.update(
        newest_notices=newest, notices_of_place=of_place, notices_of_service=of_service
    )


def _current(is_wanted: Callable[[Notice], bool]) -> list[dict[str, Any]]:
    found = (each.notice for each in everything() if is_wanted(each.notice))
    return [item(each) for each in found if notices.on_front_page(each, _today())][:MOST]


def _today() -> date:
    return context.now().astimezone(TOKYO).date()
