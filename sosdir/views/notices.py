"""The notices: all of them, and one by itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from sosdir import context, db, evidence, multilingual, noticeboard
from sosdir.errors import NotFoundError
from sosdir.listing.paging import paginate
from sosdir.models import NATIONWIDE
from sosdir.notices import Notice
from sosdir.store import notices as store
from sosdir.store import services

blueprint = Blueprint("notices", __name__)

PER_PAGE = 20


@blueprint.get("/notices")
def notices() -> str:
    """List the notices, the newest first."""
    found = noticeboard.everything()
    pages = paginate(len(found), PER_PAGE, request.args.get("page", 1, int), _url)
    shown = found[pages.start : pages.start + PER_PAGE]
    return render_template(
        "notices.html",
        notices=[noticeboard.item(each.notice) for each in shown],
        page=pages,
    )


@blueprint.get("/notices/<notice_id>")
def notice(notice_id: str) -> str | Response:
    """Show one notice; of one that was taken down, that it was.

    Raises:
        NotFoundError: none bears that id, or the public may not read it.
    """
    found = next((each for each in noticeboard.everything() if each.notice.id == notice_id), None)
    if found is not None:
        return render_template("notice.html", notice=found.notice, **_around(found.notice))
    if store.get(db.current(), notice_id).was_withdrawn:
        return Response(render_template("notice.html", notice=None), status=410)
    raise NotFoundError(f"There is no notice {notice_id!r}.")


def _around(notice: Notice) -> dict[str, Any]:
    """Return what stands around the words of a notice."""
    related = services.find(db.current(), list(notice.services))
    gazetteer, locale = context.gazetteer(), multilingual.locale()
    places = [gazetteer.get(code) for code in notice.areas if gazetteer.exists(code)]
    return {
        "item": noticeboard.item(notice),
        "services": [each for each in related if evidence.is_listed(each)],
        "places": [
            {"name": each.named(locale), "url": url_for("areas.area", code=each.code)}
            for each in places
            if each.code != NATIONWIDE
        ],
    }


def _url(page: int) -> str:
    return url_for("notices.notices", page=page)
