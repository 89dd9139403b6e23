"""One's own account: what signing in rests on, and where one is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import context, db
from sosdir.accounts import Role, passwords
from sosdir.auth import allowed, current_account, limits, proving, signing_in
from sosdir.forms.account import PasswordForm
from sosdir.store import accounts, passkeys, recovery_codes, sessions

blueprint = Blueprint("admin_account", __name__, url_prefix="/admin/account")

_WRONG_OLD = "今のパスワードがちがいます。もう一度入力してください。"


def _own_id() -> str:
    return str(current_account().id)


@blueprint.get("")
@allowed(Role.EDITOR, before_guarded=True)
def account() -> str:
    """Show one's own account."""
    me, database = current_account(), db.current()
    return render_template(
        "admin/account.html",
        passkeys=passkeys.of_account(database, me.id),
        codes_left=recovery_codes.left(database, me.id),
        sessions=sessions.of_account(database, me.id, context.now()),
        current=signing_in.current_session(),
        now=context.now(),
    )


@blueprint.get("/password")
@allowed(Role.EDITOR, before_guarded=True)
def password() -> str:
    """Show the form for a new password."""
    return _password_page(PasswordForm())


@blueprint.post("/password")
@allowed(Role.EDITOR, before_guarded=True)
@limits.against_guessing(_own_id)
def change_password() -> tuple[str, int] | Response:
    """Change the password; every session ends, and this one begins anew."""
    me = current_account()
    form = PasswordForm(request.form, known=(me.login, me.name))
    if not form.validate():
        return _password_page(form), 422
    if not proving.is_password_of(me, form.old.data):
        form.old.errors = [_WRONG_OLD]
        return _password_page(form), 422
    with _changing() as database:
        accounts.set_password(database, me.id, passwords.hash_of(form.new.data))
        signing_in.begin(database, me)
    flash("パスワードを変えました。ほかの端末では、サインインし直してください。")
    return redirect(url_for(".account"), 303)


@blueprint.post("/sessions/end-others")
@allowed(Role.EDITOR, before_guarded=True)
def end_other_sessions() -> Response:
    """Sign out everywhere else."""
    with _changing() as database:
        sessions.end_all(database, current_account().id, but=signing_in.current_session())
    flash("ほかの端末から、すべてサインアウトしました。")
    return redirect(url_for(".account"), 303)


def _password_page(form: PasswordForm) -> str:
    fields = (form.old, form.new)
    errors = [(each.id, each.label.text, each.errors[0]) for each in fields if each.errors]
    return render_template("admin/account_password.html", form=form, errors=errors)


def _changing() -> Any:
    settings = context.settings()
    return db.changing(settings.database)
