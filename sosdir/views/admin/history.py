"""The history of a service: its versions, what differs between any two, and the way back."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from sosdir import context, db, publishing
from sosdir.accounts import Role
from sosdir.auth import allowed, author, current_account
from sosdir.errors import NotFoundError, RefusedError
from sosdir.forms.query import BadParametersError
from sosdir.forms.review import RestoringForm
from sosdir.listing.paging import paginate
from sosdir.models import Service
from sosdir.revising import (
    ACTION_LABELS,
    Reason,
    Revision,
    StaleError,
    compare,
    fault_place,
    outlook,
    tell,
)
from sosdir.store import drafts, revisions, services

blueprint = Blueprint("admin_history", __name__)

PER_PAGE = 20
_HISTORY = "/admin/services/<service_id>/history"
_VERSION = f"{_HISTORY}/<int(min=1, max=999999999):version>"


@blueprint.get(_HISTORY)
@allowed(Role.EDITOR)
def history(service_id: str) -> str:
    """List the versions of a service, the newest first.

    Raises:
        NotFoundError: no service of that id was ever in the directory.
    """
    return _history(service_id)


@blueprint.get(f"{_HISTORY}/compare")
@allowed(Role.EDITOR)
def differences(service_id: str) -> str:
    """Show in which facts two versions of a service differ.

    Raises:
        NotFoundError: there is no history of that id.
        BadParametersError: a version asked for is not in it.
    """
    database, count = db.current(), revisions.count(db.current(), service_id)
    if not count:
        raise NotFoundError(f"There is no history of {service_id!r}.")
    numbers = [request.args.get(name, type=int) for name in ("from", "to")]
    known = [each for each in numbers if each is not None and 1 <= each <= count]
    if len(known) < 2:
        reason = f"くらべる版は、1から{count}までの番号にしてください。"
        raise BadParametersError({"from": reason})
    before, after = (revisions.version(database, service_id, each) for each in known)
    return render_template(
        "admin/compare.html",
        before=before,
        after=after,
        changes=compare(before.service, after.service, context.presenter().area_name),
        labels=ACTION_LABELS,
        now=context.now(),
    )


@blueprint.get(_VERSION)
@allowed(Role.EDITOR)
def version(service_id: str, version: int) -> str:
    """Show one version whole, with what it changed.

    Raises:
        NotFoundError: there is no such version.
    """
    database, area_name = db.current(), context.presenter().area_name
    revision = revisions.version(database, service_id, version)
    former = revisions.version(database, service_id, version - 1) if version > 1 else None
    return render_template(
        "admin/version.html",
        revision=revision,
        sheet=tell(revision.service, area_name),
        former=former,
        changes=compare(former.service, revision.service, area_name) if former else (),
        newest=revisions.count(database, service_id),
        labels=ACTION_LABELS,
        can_undo=publishing.can_undo(database, revision),
        now=context.now(),
    )


@blueprint.get(f"{_VERSION}/restore")
@allowed(Role.EDITOR)
def confirm(service_id: str, version: int) -> str:
    """Show what bringing an old version back would change, and ask.

    Raises:
        NotFoundError: there is no such version.
    """
    return _restoring(service_id, version, RestoringForm())


@blueprint.post(f"{_VERSION}/restore")
@allowed(Role.EDITOR)
def restore(service_id: str, version: int) -> BaseResponse:
    """Bring an old version back as a new one: published by a publisher, by an editor as a draft.

    Raises:
        NotFoundError: there is no such version.
    """
    form, as_draft = RestoringForm(request.form), not _may_publish()
    if not form.validate():
        return Response(_restoring(service_id, version, form), status=422)
    reason, opened, now = Reason(form.words, form.source), form.revision, context.now()
    try:
        with db.changing(context.settings().database) as database:
            publishing.restore(
                database, service_id, version, opened, author(), reason, now, as_draft=as_draft
            )
    except RefusedError as refused:
        faults = [(fault_place(each), each.reason) for each in refused.faults]
        return Response(_restoring(service_id, version, form, faults), status=422)
    except StaleError:
        # What another wrote meanwhile is to be seen, so the data is read anew.
        db.close_current()
        return Response(_restoring(service_id, version, form, stale=True), status=409)
    done = "を下書きにしました。公開担当の人が確かめます" if as_draft else "に戻しました"
    flash(f"第{version}版の内容{done}。")
    return redirect(url_for("admin_service.show", service_id=service_id), 303)


@blueprint.post("/admin/revisions/<int(min=1, max=999999999):number>/undo")
@allowed(Role.EDITOR)
def undo(number: int) -> BaseResponse:
    """Take a check back, and lead to where that was tapped.

    Raises:
        NotFoundError: there is no such check.
    """
    checked = revisions.get(db.current(), number)
    try:
        with db.changing(context.settings().database) as database:
            undone = publishing.undo(database, number, author(), context.now())
    except StaleError:
        db.close_current()
        return Response(_history(checked.service_id, stale=True), status=409)
    return redirect(_back(undone), 303)


def _back(undone: Revision) -> str:
    service_id = undone.service_id
    if request.form.get("back") == "desk":
        asked = urlencode({"done": undone.number, "next": service_id})
        return f"{url_for('admin_desk.show')}?{asked}#check-{service_id}"
    return url_for("admin_service.show", service_id=service_id, done=undone.number)


def _history(service_id: str, *, stale: bool = False) -> str:
    def url(page: int) -> str:
        return url_for("admin_history.history", service_id=service_id, page=page)

    database = db.current()
    count, stored = revisions.count(database, service_id), services.find(database, [service_id])
    if not count and not stored:
        raise NotFoundError(f"There is no history of {service_id!r}.")
    pages = paginate(count, PER_PAGE, request.args.get("page", 1, int), url)
    shown = revisions.of_service(database, service_id, PER_PAGE, pages.start)
    latest = revisions.latest_public(database, service_id)
    return render_template(
        "admin/history.html",
        service_id=service_id,
        name=stored[0].name if stored else shown[0].service.name,
        is_stored=bool(stored),
        is_drafted=service_id in drafts.ids(database),
        versions=shown,
        count=count,
        current=latest.version if latest and stored else None,
        undoable=latest.number if latest and publishing.can_undo(database, latest) else None,
        pagination=pages,
        labels=ACTION_LABELS,
        stale=stale,
        now=context.now(),
    )


def _restoring(
    service_id: str,
    version: int,
    form: RestoringForm,
    faults: list[tuple[str, str]] | None = None,
    *,
    stale: bool = False,
) -> str:
    database, presenter = db.current(), context.presenter()
    old = revisions.version(database, service_id, version)
    service = publishing.with_present_names(database, old.service)
    present: Service | None = next(iter(services.find(database, [service_id])), None)
    latest = revisions.latest(database, service_id)
    return render_template(
        "admin/restore.html",
        old=old,
        present=present,
        opened=latest.number if latest else 0,
        changes=compare(present, service, presenter.area_name),
        outlook=outlook(service, presenter.now.date()),
        draft=drafts.find(database, service_id),
        as_draft=not _may_publish(),
        form=form,
        errors=form.faults() + [("", where, reason) for where, reason in faults or []],
        stale=stale,
        now=presenter.now,
    )


def _may_publish() -> bool:
    return current_account().role.may(Role.PUBLISHER)
