"""The form of a notice: a new one, or one that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import announcing, context, db, notices
from sosdir.accounts import Role
from sosdir.auth import allowed, author, current_account, require
from sosdir.db import Database
from sosdir.errors import DatabaseError
from sosdir.forms.faults import FaultyFormError, mark, troubles
from sosdir.forms.notice import NoticeForm, Reading, entries_of
from sosdir.forms.saving import area_name
from sosdir.notices import Action, Kind, Merge, Notice, StaleNoticeError, Version
from sosdir.store import contacts, services
from sosdir.store import notices as store

blueprint = Blueprint("admin_edit_notice", __name__, url_prefix="/admin/notices")

_NO_DATABASE = (
    "いまは保存できませんでした。入力したことは、下にすべて残っています。"
    "少し待って、もう一度保存してください。続くときは、この案内を動かしている人に知らせてください。"
)


@dataclass(frozen=True, slots=True)
class Around:
    """Hold what the page of a form says beside the form.

    Args:
        reasons: what is wrong, by the id of the field.
        preview: the notice as the public would read it, or None.
        clash: what another saved meanwhile, or None.
        failed: why it could not be saved, in words, or empty.
    """

    reasons: Mapping[str, str] = field(default_factory=dict)
    preview: Notice | None = None
    clash: Merge | None = None
    failed: str = ""


@blueprint.get("/new")
@allowed(Role.EDITOR)
def new_notice() -> str:
    """Show the form of a new notice."""
    entries = {"kind": Kind.OTHER.value, "day": context.now().date().isoformat()}
    return _page(entries, None, Around())


@blueprint.post("/new")
@allowed(Role.EDITOR)
def change_new_notice() -> Response | tuple[str, int]:
    """Save the form of a new notice, or show what it would look like."""
    return _change(None)


@blueprint.get("/<notice_id>/edit")
@allowed(Role.EDITOR)
def edit_notice(notice_id: str) -> str:
    """Show the form of a notice: its draft if one waits.

    Raises:
        NotFoundError: there never was one of that id.
    """
    standing = store.get(db.current(), notice_id)
    entries = entries_of(standing.opened, _area_name)
    return _page({**entries, "opened": str(standing.newest.version)}, notice_id, Around())


@blueprint.post("/<notice_id>/edit")
@allowed(Role.EDITOR)
def change_notice(notice_id: str) -> Response | tuple[str, int]:
    """Save the form of a notice, or show what it would look like.

    Raises:
        NotFoundError: there never was one of that id.
    """
    store.get(db.current(), notice_id)
    return _change(notice_id)


def _change(notice_id: str | None) -> Response | tuple[str, int]:
    form, button = NoticeForm(request.form), request.form.get("do", "preview")
    if button == "publish":
        require(Role.PUBLISHER)
    try:
        if button not in ("publish", "save_draft"):
            preview = _read(db.current(), form, notice_id or "new")
            return _page(form.data, notice_id, Around(preview=preview)), 200
        action = Action.PUBLISHED if button == "publish" else Action.DRAFTED
        return _saved(_save(form, notice_id, action))
    except FaultyFormError as error:
        return _page(form.data, notice_id, Around(error.reasons)), 422
    except StaleNoticeError as error:
        # What another wrote meanwhile is to be seen.
        db.close_current()
        return _clash(form, error), 409
    except DatabaseError as error:
        current_app.logger.error("%s", error)
        return _page(form.data, notice_id, Around(failed=_NO_DATABASE)), 503


def _save(form: NoticeForm, notice_id: str | None, action: Action) -> Version:
    opened = _opened(form) if notice_id else None
    with db.changing(context.settings().database) as database:
        key = notice_id or store.new_id(database, context.now().date())
        notice = _read(database, form, key)
        why = form.why.data.strip() or None
        return announcing.keep(database, notice, opened, author(), context.now(), why, action)


def _read(database: Database, form: NoticeForm, notice_id: str) -> Notice:
    """Return the notice that a form tells.

    Raises:
        FaultyFormError: it breaks a rule; each reason is told with its field.
    """

    def known(ids: list[str]) -> list[str]:
        return [each.id for each in services.find(database, ids)]

    reading = Reading(form, context.gazetteer(), known)
    notice = reading.notice(notice_id)
    day = context.now().date()
    reading.place(notices.faults_of(notice, contacts.everything(database, day)))
    if reading.faults:
        raise FaultyFormError(reading.faults)
    return notice


def _clash(form: NoticeForm, error: StaleNoticeError) -> str:
    """Return the form with both changes, opened at what is now the newest version."""
    theirs, notice_id = error.standing.opened, error.base.id
    mine = _read(db.current(), form, notice_id)
    merged = notices.merge(error.base, mine, theirs, _area_name)
    entries = entries_of(merged.notice, _area_name)
    told = {"opened": str(error.standing.newest.version), "why": form.why.data}
    return _page({**entries, **told}, notice_id, Around(clash=merged))


def _saved(made: Version) -> Response:
    if made.action is Action.PUBLISHED:
        flash(f"「{made.notice.title}」を公開しました。")
    else:
        flash(
            f"「{made.notice.title}」の下書きを保存しました。"
            "公開担当の人が確かめるまで、公開のページは変わりません。"
        )
    return redirect(url_for("admin_notices.notice", notice_id=made.notice.id), 303)


def _page(entries: Mapping[str, Any], notice_id: str | None, around: Around) -> str:
    """Show the form with what was typed, and everything that helps to finish it."""
    form, day = NoticeForm(data=entries), context.now().date()
    if around.reasons:
        mark(form, around.reasons)
    preview = around.preview
    return render_template(
        "admin/edit_notice.html",
        form=form,
        notice_id=notice_id,
        standing=store.get(db.current(), notice_id) if notice_id else None,
        around=around,
        cautions=announcing.cautions(db.current(), preview, day) if preview else (),
        errors=[
            (each.field_id, each.label, each.reason) for each in troubles(form, around.reasons)
        ],
        may_publish=current_account().role.may(Role.PUBLISHER),
        now=context.now(),
    )


def _opened(form: NoticeForm) -> int:
    typed = form.opened.data
    return int(typed) if len(typed) < 10 and typed.isascii() and typed.isdigit() else 0


def _area_name(code: str) -> str:
    return area_name(context.gazetteer(), code)
