"""One service as an admin sees it: everything, and what can be done with it."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from sosdir import channels, context, db, evidence, publishing
from sosdir.accounts import Role
from sosdir.auth import allowed
from sosdir.errors import NotFoundError
from sosdir.models import Service
from sosdir.publishing import Edition
from sosdir.revising import ACTION_LABELS, Action, Revision, outlook, tell
from sosdir.store import reports, revisions

blueprint = Blueprint("admin_service", __name__)

LAST = 5
# Beyond this SQLite holds no number.
_MOST = 2**62


@blueprint.get("/admin/services/<service_id>")
@allowed(Role.EDITOR)
def show(service_id: str) -> str:
    """Show everything that is stored of one service, public or not.

    Raises:
        NotFoundError: there is neither a service nor a draft of that id.
    """
    database, presenter = db.current(), context.presenter()
    edition = publishing.open_edition(database, service_id)
    service, today = edition.published or edition.service, presenter.now.date()
    told = _told(service_id)
    return render_template(
        "admin/service.html",
        service=service,
        edition=edition,
        sheet=tell(service, presenter.area_name),
        outlook=outlook(service, today) if edition.published else (),
        has_number=any(each.kind in channels.DIALLED and each.value for each in service.channels),
        has_page=_has_page(edition),
        age=evidence.age_on(service, today),
        website=channels.website_href(service.website) if service.website else None,
        reports=reports.waiting_for(database, service_id),
        last=revisions.of_service(database, service_id, LAST),
        labels=ACTION_LABELS,
        told=told,
        can_undo=told is not None and publishing.can_undo(database, told),
        now=presenter.now,
    )


def _has_page(edition: Edition) -> bool:
    """Tell whether the public finds a page at the address of the service."""
    published: Service | None = edition.published
    return published is not None and evidence.is_public(published)


def _told(service_id: str) -> Revision | None:
    """Return the check or the undoing of this service that the page is to tell of."""
    number = request.args.get("done", type=int)
    if number is None or not 0 < number < _MOST:
        return None
    try:
        revision = revisions.get(db.current(), number)
    except NotFoundError:
        return None
    told = revision.action in {*publishing.CHECKS, Action.UNDONE}
    return revision if told and revision.service_id == service_id else None
