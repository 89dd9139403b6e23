"""The notices as admins see them: all of them, one with its history, and the decisions on it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from sosdir import announcing, context, db
from sosdir.accounts import Role
from sosdir.auth import allowed, author, current_account
from sosdir.errors import RefusedError
from sosdir.forms.review import DecisionForm
from sosdir.forms.saving import area_name
from sosdir.listing.paging import paginate
from sosdir.notices import ACTION_LABELS, KIND_LABELS, Action, StaleNoticeError, Version, compare
from sosdir.store import notices as store
from sosdir.store import services

blueprint = Blueprint("admin_notices", __name__, url_prefix="/admin/notices")

PER_PAGE = 50
_VERSION = "/<notice_id>/history/<int(min=1, max=999999999):version>"
_DONE = {
    Action.PUBLISHED: "「%s」を公開しました。",
    Action.REJECTED: "「%s」の下書きを差し戻しました。下書きは履歴に残っています。",
    Action.WITHDRAWN: "「%s」を取り下げました。公開のページとフィードから消えました。",
}


@blueprint.get("")
@allowed(Role.EDITOR)
def notices() -> str:
    """List the notices, the one changed last first."""
    database, count = db.current(), store.count(db.current())
    pages = paginate(count, PER_PAGE, request.args.get("page", 1, int), _url)
    return render_template(
        "admin/notices.html",
        standings=store.everything(database, PER_PAGE, pages.start),
        count=count,
        pagination=pages,
        kinds=KIND_LABELS,
        now=context.now(),
    )


@blueprint.get("/<notice_id>")
@allowed(Role.EDITOR)
def notice(notice_id: str) -> str:
    """Show one notice: how it stands, what waits, what was.

    Raises:
        NotFoundError: there never was one of that id.
    """
    return _page(notice_id, DecisionForm())


@blueprint.post("/<notice_id>/publish")
@allowed(Role.PUBLISHER)
def publish(notice_id: str) -> BaseResponse:
    """Make the draft of a notice public.

    Raises:
        NotFoundError: no draft waits.
    """
    return _decide(notice_id, Action.PUBLISHED)


@blueprint.post("/<notice_id>/reject")
@allowed(Role.PUBLISHER)
def reject(notice_id: str) -> BaseResponse:
    """Put the draft of a notice aside, with a reason for its author.

    Raises:
        NotFoundError: no draft waits.
    """
    return _decide(notice_id, Action.REJECTED)


@blueprint.post("/<notice_id>/withdraw")
@allowed(Role.PUBLISHER)
def withdraw(notice_id: str) -> BaseResponse:
    """Take a notice down; it stays in history.

    Raises:
        NotFoundError: it is not public.
    """
    return _decide(notice_id, Action.WITHDRAWN)


@blueprint.get(_VERSION)
@allowed(Role.EDITOR)
def version(notice_id: str, version: int) -> str:
    """Show one version whole, with what it changed, and the way back to it.

    Raises:
        NotFoundError: there is no such version.
    """
    return _version_page(notice_id, version, DecisionForm())


@blueprint.post(f"{_VERSION}/restore")
@allowed(Role.EDITOR)
def restore(notice_id: str, version: int) -> BaseResponse:
    """Bring an old version back as a new one: published by a publisher, by an editor as a draft.

    Raises:
        NotFoundError: there is no such version.
    """
    form, as_draft = DecisionForm(request.form), not _may_publish()
    old = store.version(db.current(), notice_id, version)
    if not form.validate():
        return Response(_version_page(notice_id, version, form), status=422)
    action = Action.DRAFTED if as_draft else Action.RESTORED
    try:
        with db.changing(context.settings().database) as database:
            announcing.keep(
                database, old.notice, form.revision, author(), context.now(), form.words, action
            )
    except RefusedError as refused:
        told = [fault.reason for fault in refused.faults]
        return Response(_version_page(notice_id, version, form, told), status=422)
    except StaleNoticeError:
        db.close_current()
        return Response(_version_page(notice_id, version, form, stale=True), status=409)
    done = "を下書きにしました。公開担当の人が確かめます" if as_draft else "に戻しました"
    flash(f"第{version}版の内容{done}。")
    return redirect(url_for("admin_notices.notice", notice_id=notice_id), 303)


def _decide(notice_id: str, action: Action) -> BaseResponse:
    form = DecisionForm(request.form)
    is_valid = form.validate_rejecting() if action is Action.REJECTED else form.validate()
    if not is_valid:
        return Response(_page(notice_id, form), status=422)
    try:
        with db.changing(context.settings().database) as database:
            made = announcing.decide(
                database, notice_id, action, form.revision, author(), context.now(), form.words
            )
    except RefusedError as refused:
        told = [fault.reason for fault in refused.faults]
        return Response(_page(notice_id, form, told), status=422)
    except StaleNoticeError:
        # What another wrote meanwhile is to be seen, so the data is read anew.
        db.close_current()
        return Response(_page(notice_id, form, stale=True), status=409)
    flash(_DONE[action] % made.notice.title)
    return redirect(url_for("admin_notices.notice", notice_id=notice_id), 303)


def _page(
    notice_id: str, form: DecisionForm, refused: list[str] | None = None, *, stale: bool = False
) -> str:
    database, name = db.current(), partial(area_name, context.gazetteer())
    standing = store.get(database, notice_id)
    before = standing.public.notice if standing.public else None
    shown = standing.opened
    return render_template(
        "admin/notice.html",
        standing=standing,
        notice=shown,
        history=store.history(database, notice_id),
        changes=compare(before, standing.draft.notice, name) if standing.draft else (),
        kept_back=announcing.kept_back(database, standing, context.now().date()),
        cautions=announcing.cautions(database, shown, context.now().date()),
        names={each.id: each.name for each in services.find(database, list(shown.services))},
        area_name=name,
        kinds=KIND_LABELS,
        labels=ACTION_LABELS,
        form=form,
        errors=form.faults() + [("", "", reason) for reason in refused or []],
        stale=stale,
        may_decide=_may_publish(),
        now=context.now(),
    )


def _version_page(
    notice_id: str,
    number: int,
    form: DecisionForm,
    refused: list[str] | None = None,
    *,
    stale: bool = False,
) -> str:
    database, name = db.current(), partial(area_name, context.gazetteer())
    found, standing = store.version(database, notice_id, number), store.get(database, notice_id)
    former: Version | None = None
    if number > 1:
        former = store.version(database, notice_id, number - 1)
    return render_template(
        "admin/notice_version.html",
        version=found,
        standing=standing,
        changes=compare(former.notice, found.notice, name) if former else (),
        labels=ACTION_LABELS,
        form=form,
        errors=form.faults() + [("", "", reason) for reason in refused or []],
        stale=stale,
        as_draft=not _may_publish(),
        now=context.now(),
    )


def _may_publish() -> bool:
    return current_account().role.may(Role.PUBLISHER)


def _url(page: int) -> str:
    return url_for("admin_notices.notices", page=page)
