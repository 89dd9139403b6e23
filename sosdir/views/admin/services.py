"""The list of the services that admins keep."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from sosdir import context, db, evidence
from sosdir.accounts import Role
from sosdir.auth import allowed
from sosdir.forms.catalogue import read_wanted
from sosdir.forms.saving import area_name
from sosdir.locales import SPEECH
from sosdir.store import catalogue
from sosdir.store.catalogue import PER_PAGE
from sosdir.vocabulary import EVIDENCE_LABELS, SERVICE_STATUS_LABELS

blueprint = Blueprint("admin_services", __name__)

_FILTERS = ("q", "area", "status", "evidence")


@blueprint.get("/admin/services")
@allowed(Role.EDITOR)
def services() -> str:
    """List the services, those on hold and new drafts too."""
    wanted, page = read_wanted(request.args)
    found = catalogue.find(db.current(), wanted)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(page, pages)
    kept = {name: request.args[name] for name in _FILTERS if request.args.get(name)}

    def address(number: int) -> str | None:
        told: dict[str, Any] = {**kept, "page": number}
        return url_for("admin_services.services", **told) if 1 <= number <= pages else None

    return render_template(
        "admin/services.html",
        items=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        wanted=wanted,
        total=len(found),
        page={
            "page": page,
            "pages": pages,
            "prev_url": address(page - 1),
            "next_url": address(page + 1),
        },
        prefectures=context.gazetteer().prefectures,
        area_name=partial(area_name, context.gazetteer()),
        status_labels=SERVICE_STATUS_LABELS,
        evidence_labels=EVIDENCE_LABELS,
        japanese_date=SPEECH.full_date,
        level_label=evidence.level_label,
    )
