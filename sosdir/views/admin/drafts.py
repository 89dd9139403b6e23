"""The drafts that wait: what each would change, and the decision on it."""

from __future__ import annotations

from dataclasses import dataclass

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
from sosdir.errors import Fault, NotFoundError, RefusedError
from sosdir.forms.review import DecisionForm
from sosdir.listing.paging import paginate
from sosdir.publishing import Edition
from sosdir.revising import Change, Reason, StaleError, compare, fault_place, merge, outlook, tell
from sosdir.store import drafts as store

blueprint = Blueprint("admin_drafts", __name__)

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Blame:
    """Hold why a decision could not be taken: what refuses it, and what changed meanwhile."""

    faults: tuple[Fault, ...] = ()
    changed: tuple[Change, ...] | None = None


@blueprint.get("/admin/drafts")
@allowed(Role.EDITOR)
def drafts() -> str:
    """List the drafts that wait, the oldest first."""
    database, count = db.current(), store.count(db.current())
    pages = paginate(count, PER_PAGE, request.args.get("page", 1, int), _url)
    return render_template(
        "admin/drafts.html",
        drafts=store.everything(database, PER_PAGE, pages.start),
        count=count,
        pagination=pages,
        now=context.now(),
    )


@blueprint.get("/admin/drafts/<service_id>")
@allowed(Role.EDITOR)
def draft(service_id: str) -> str:
    """Show what a draft would change, fact by fact, and what the public would then see.

    Raises:
        NotFoundError: no draft waits.
    """
    return _page(service_id, DecisionForm())


@blueprint.post("/admin/drafts/<service_id>/publish")
@allowed(Role.PUBLISHER)
def publish(service_id: str) -> BaseResponse:
    """Make a draft public.

    Raises:
        NotFoundError: no draft waits.
    """
    form = DecisionForm(request.form)
    if not form.validate_publishing():
        return _answer(service_id, form, 422)
    try:
        with db.changing(context.settings().database) as database:
            revision = publishing.publish_draft(
                database,
                service_id,
                form.revision,
                author(),
                Reason(form.words, None),
                context.now(),
            )
    except RefusedError as refused:
        return _answer(service_id, form, 422, Blame(refused.faults))
    except StaleError as stale:
        return _answer(service_id, form, 409, Blame(changed=_changed(stale, form)))
    flash(f"「{revision.service.name}」を公開しました。")
    return redirect(url_for("admin_service.show", service_id=service_id), 303)


@blueprint.post("/admin/drafts/<service_id>/reject")
@allowed(Role.PUBLISHER)
def reject(service_id: str) -> BaseResponse:
    """Put a draft aside, with a reason for its author.

    Raises:
        NotFoundError: no draft waits.
    """
    form = DecisionForm(request.form)
    if not form.validate_rejecting():
        return _answer(service_id, form, 422)
    try:
        with db.changing(context.settings().database) as database:
            revision = publishing.reject_draft(
                database,
                service_id,
                form.revision,
                author(),
                Reason(form.words, None),
                context.now(),
            )
    except StaleError as stale:
        return _answer(service_id, form, 409, Blame(changed=_changed(stale, form)))
    flash(f"「{revision.service.name}」の下書きを差し戻しました。下書きは履歴に残っています。")
    return redirect(url_for("admin_drafts.drafts"), 303)


def _answer(
    service_id: str, form: DecisionForm, status: int, blame: Blame | None = None
) -> BaseResponse:
    # What another wrote meanwhile is to be seen, so the data is read anew.
    db.close_current()
    return Response(_page(service_id, form, blame), status=status)


def _page(service_id: str, form: DecisionForm, blame: Blame | None = None) -> str:
    edition = publishing.open_edition(db.current(), service_id)
    if edition.draft is None:
        raise NotFoundError(f"No draft of {service_id!r} waits.")
    presenter, service = context.presenter(), edition.service
    faults = publishing.faults_of(db.current(), service)
    return render_template(
        "admin/draft.html",
        draft=edition.draft.revision,
        edition=edition,
        sheet=tell(service, presenter.area_name),
        changes=compare(edition.published, service, presenter.area_name),
        conflicts=_conflicts(edition),
        outlook=outlook(service, presenter.now.date()),
        faults=[(fault_place(each), each.reason) for each in faults],
        refused=[(fault_place(each), each.reason) for each in blame.faults] if blame else [],
        changed=blame.changed if blame else None,
        form=form,
        errors=form.faults(),
        may_decide=current_account().role.may(Role.PUBLISHER),
        is_own=edition.draft.revision.author.account_id == current_account().id,
        now=presenter.now,
    )


def _conflicts(edition: Edition) -> tuple[object, ...]:
    """Return where the draft and the public state disagree, with areas by their names."""
    draft, published = edition.draft, edition.published
    if not edition.conflicts or draft is None or draft.base is None or published is None:
        return ()
    name = context.presenter().area_name
    return merge(draft.base.service, draft.revision.service, published, name).conflicts


def _changed(stale: StaleError, form: DecisionForm) -> tuple[Change, ...]:
    """Return what came since the page was opened; a conflict is told by itself."""
    if stale.latest.number == form.revision:
        return ()
    return compare(stale.base, stale.theirs, context.presenter().area_name)


def _url(page: int) -> str:
    return url_for("admin_drafts.drafts", page=page)
