"""The desk: what needs doing, and the check that is made in one tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from sosdir import context, db, desk, publishing
from sosdir.accounts import Role
from sosdir.auth import allowed, author
from sosdir.desk import Contact, Task
from sosdir.errors import NotFoundError, RefusedError
from sosdir.listing.paging import paginate
from sosdir.revising import Action, Revision, fault_place
from sosdir.store import drafts, imports, links, notices, reports, revisions, services, standings

blueprint = Blueprint("admin_desk", __name__)

PER_PAGE = 20
FIRST = 5
_HOW = {"phone": Action.CHECKED_BY_PHONE, "site": Action.CHECKED_ON_SITE}


@dataclass(frozen=True, slots=True)
class Item:
    """Hold a check as the page shows it, with all that is needed to make it."""

    task: Task
    contacts: tuple[Contact, ...]
    next_id: str


@blueprint.get("/admin/")
@allowed(Role.EDITOR)
def show() -> str:
    """Show what needs doing, the greatest risk first."""
    database, presenter = db.current(), context.presenter()
    tasks = desk.due(standings.everything(database), presenter.now.date(), presenter.area_name)
    # Whoever checks the last of the last page goes on with the page before it.
    pages = paginate(len(tasks), PER_PAGE, request.args.get("page", 1, int), _url)
    waiting, told = reports.waiting(database), _told()
    return render_template(
        "admin/desk.html",
        total=len(tasks),
        items=_items(tasks, pages.start),
        pagination=pages,
        keys=_keys(),
        keys_url=_url(1, keys=not _keys()),
        told=told,
        can_undo=told is not None and publishing.can_undo(database, told),
        next_id=request.args.get("next", ""),
        first=FIRST,
        drafts=drafts.everything(database, FIRST),
        draft_count=drafts.count(database),
        notices=notices.waiting(database, FIRST),
        notice_count=notices.count_waiting(database),
        reports=waiting,
        names=_names({each.message.service_id for each in waiting[:FIRST]}),
        imports=imports.waiting(database),
        links=links.dead(database),
        now=presenter.now,
    )


@blueprint.post("/admin/services/<service_id>/check")
@allowed(Role.EDITOR)
def check(service_id: str) -> BaseResponse:
    """Note that a service was looked at and nothing had changed; lead back to where it was tapped.

    Raises:
        NotFoundError: no such service is stored, or no such way to look is known.
    """
    how = _HOW.get(request.form.get("how", ""))
    if how is None:
        raise NotFoundError("There is no such check.")
    try:
        with db.changing(context.settings().database) as database:
            revision = publishing.check(database, service_id, how, author(), context.now())
    except RefusedError as refused:
        page = render_template(
            "admin/refused.html",
            service=services.get(db.current(), service_id),
            faults=[(fault_place(each), each.reason) for each in refused.faults],
        )
        return Response(page, status=422)
    return redirect(_back(service_id, {"done": revision.number}), 303)


def _back(service_id: str, told: dict[str, Any]) -> str:
    """Return where the tap came from; on the desk, the next task gets the focus."""
    if request.form.get("back") == "service":
        return url_for("admin_service.show", service_id=service_id, **told)
    next_id = request.form.get("next", "")
    kept = {name: request.form[name] for name in ("page", "keys") if request.form.get(name)}
    asked = urlencode({**kept, **told, **({"next": next_id} if next_id else {})})
    anchor = f"check-{quote(next_id, safe='')}" if next_id else "checks"
    return f"{url_for('admin_desk.show')}?{asked}#{anchor}"


def _told() -> Revision | None:
    """Return the check or the undoing that the page is to tell of."""
    number = request.args.get("done", type=int)
    if number is None or not 0 < number < 2**62:
        return None
    try:
        revision = revisions.get(db.current(), number)
    except NotFoundError:
        return None
    return revision if revision.action in {*publishing.CHECKS, Action.UNDONE} else None


def _items(tasks: tuple[Task, ...], start: int) -> list[Item]:
    shown = tasks[start : start + PER_PAGE]
    found = services.find(db.current(), [each.service_id for each in shown])
    by_id = {each.id: each for each in found}
    # Once a task is done, the next one takes its place, though it stood on the page after.
    following = [*(each.service_id for each in tasks[start + 1 : start + 1 + len(shown)]), ""]
    return [
        Item(task, desk.contacts(by_id[task.service_id]), next_id)
        for task, next_id in zip(shown, following, strict=False)
    ]


def _keys() -> bool:
    """Tell whether single keys are to work; the choice stands in the address and nowhere else."""
    return request.args.get("keys") == "on"


def _url(page: int, *, keys: bool | None = None) -> str:
    told: dict[str, Any] = {}
    if page > 1:
        told["page"] = page
    if _keys() if keys is None else keys:
        told["keys"] = "on"
    return url_for("admin_desk.show", **told)


def _names(service_ids: set[str]) -> dict[str, str]:
    return {each.id: each.name for each in services.find(db.current(), sorted(service_ids))}
