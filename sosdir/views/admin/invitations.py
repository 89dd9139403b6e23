"""The link of an invitation: it sets a password, once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import context, db
from sosdir.accounts import Account, passwords, tokens
from sosdir.auth import RefusalError, allowed, signing_in
from sosdir.forms.account import NewPasswordForm
from sosdir.store import accounts, invitations

blueprint = Blueprint("admin_invitations", __name__, url_prefix="/admin/invitations")

_CLOSED = (
    "この招待リンクは使えません。一度使ったか、3日がたったか、新しいリンクが作られています。"
    "管理者に、新しいリンクを頼んでください。"
)


@blueprint.get("/<token>")
@allowed(None)
def invitation(token: str) -> str:
    """Show the form for a first or a new password; looking at it uses nothing up."""
    return _page(NewPasswordForm(), _invited(token))


@blueprint.post("/<token>")
@allowed(None)
def accept(token: str) -> tuple[str, int] | Response:
    """Set the password; every session of the account ends."""
    account = _invited(token)
    form = NewPasswordForm(request.form, known=(account.login, account.name))
    if not form.validate():
        return _page(form, account), 422
    password_hash = passwords.hash_of(form.new.data)
    settings = context.settings()
    with db.changing(settings.database) as database:
        if not invitations.use(database, tokens.hash_of(token), context.now()):
            raise RefusalError(410, _CLOSED)
        accounts.set_password(database, account.id, password_hash)
    signing_in.end()
    flash("パスワードを決めました。サインインしてください。")
    return redirect(url_for("admin_sign_in.sign_in"), 303)


def _invited(token: str) -> Account:
    account_id = invitations.find_account(db.current(), tokens.hash_of(token), context.now())
    if account_id is None:
        raise RefusalError(410, _CLOSED)
    return accounts.get(db.current(), account_id)


def _page(form: NewPasswordForm, account: Account) -> str:
    errors = [(form.new.id, form.new.label.text, form.new.errors[0])] if form.new.errors else []
    return render_template("admin/invitation.html", form=form, errors=errors, account=account)
