"""Tell the catalogue of the open data what it says of this site: its addresses, and what it has."""

from __future__ import annotations

from datetime import date

from flask import current_app
from werkzeug.exceptions import HTTPException

from sosdir import context, db, multilingual
from sosdir.linked_data import Site
from sosdir.schedules import TOKYO
from sosdir.search import count_evidence
from sosdir.store import changes


def site() -> Site:
    """Return the site as its catalogue names it, the same in every language."""
    shared = current_app.jinja_env.globals
    return Site(
        name=str(shared["site_name"]),
        home=context.lasting_url("home.home"),
        page=context.lasting_url("pages.open_data"),
        catalogue=context.lasting_url("catalogue.catalogue"),
        licence=str(shared["data_licence_url"]),
        changed_on=_changed_on(),
        url=lambda path: context.whole(multilingual.without_language(path)),
        has=_has,
    )


def _changed_on() -> date | None:
    """Return the day of the last change that the public saw, or of the last collection."""
    database = db.current()
    collected = count_evidence(database, context.now().date()).collected_on
    changed = (at.astimezone(TOKYO).date() for at in changes.last_shown(database).values())
    return max(filter(None, (collected, *changed)), default=None)


def _has(path: str) -> bool:
    """Tell whether the site answers at a path."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True
