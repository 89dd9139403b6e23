"""The accounts, for admins: invite, change a role, close, open again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import context, db
from sosdir.accounts import Role, tokens
from sosdir.auth import RefusalError, allowed, current_account
from sosdir.db import Database
from sosdir.errors import AccountError
from sosdir.forms.users import AgainForm, InvitationForm, RoleForm
from sosdir.store import accounts, invitations

blueprint = Blueprint("admin_users", __name__, url_prefix="/admin/users")


@blueprint.get("")
@allowed(Role.ADMIN)
def users() -> str:
    """Show all accounts."""
    return render_template("admin/users.html", accounts=accounts.everyone(db.current()))


@blueprint.get("/new")
@allowed(Role.ADMIN, fresh=True)
def new_user() -> str:
    """Show the form of an invitation."""
    return _new_page(InvitationForm(role=str(Role.EDITOR)))


@blueprint.post("/new")
@allowed(Role.ADMIN, fresh=True)
def add_user() -> tuple[str, int] | str:
    """Make an account and show its link, this once."""
    form = InvitationForm(request.form)
    if not form.validate():
        return _new_page(form), 422
    try:
        with _changing() as database:
            account = accounts.add(
                database, form.login.data, form.name.data, Role(form.role.data), context.now()
            )
            link = _invite(database, account.id)
    except AccountError as error:
        form.login.errors = [str(error)]
        return _new_page(form), 422
    return render_template("admin/users_link.html", account=account, link=link)


@blueprint.get("/<int(max=2147483647):account_id>")
@allowed(Role.ADMIN)
def user(account_id: int) -> str:
    """Show one account and what may be changed of it."""
    account = accounts.get(db.current(), account_id)
    return render_template(
        "admin/user.html",
        account=account,
        is_invited=invitations.is_waiting(db.current(), account_id, context.now()),
        role_form=RoleForm(role=str(account.role)),
        again_form=AgainForm(),
    )


@blueprint.post("/<int(max=2147483647):account_id>/role")
@allowed(Role.ADMIN, fresh=True)
def change_role(account_id: int) -> Response:
    """Give an account another role; its sessions end."""
    form = RoleForm(request.form)
    if not form.validate():
        raise RefusalError(400, "役割をひとつえらんでください。")
    _change(accounts.change_role, account_id, Role(form.role.data))
    flash("役割を変えました。その人は、サインインし直します。")
    return redirect(url_for(".user", account_id=account_id), 303)


@blueprint.post("/<int(max=2147483647):account_id>/deactivate")
@allowed(Role.ADMIN, fresh=True)
def deactivate(account_id: int) -> Response:
    """Let an account sign in no more; its sessions end."""
    _change(accounts.deactivate, account_id)
    flash("この人は、サインインできなくなりました。")
    return redirect(url_for(".user", account_id=account_id), 303)


@blueprint.post("/<int(max=2147483647):account_id>/activate")
@allowed(Role.ADMIN, fresh=True)
def activate(account_id: int) -> Response:
    """Let an account sign in again."""
    _change(accounts.activate, account_id)
    flash("この人は、またサインインできます。")
    return redirect(url_for(".user", account_id=account_id), 303)


@blueprint.post("/<int(max=2147483647):account_id>/invite")
@allowed(Role.ADMIN, fresh=True)
def invite_again(account_id: int) -> str:
    """Show a new link for one who has lost her password, and perhaps her second factor."""
    form = AgainForm(request.form)
    account = accounts.get(db.current(), account_id)
    if not account.is_active:
        raise RefusalError(409, "サインインできない人には、招待リンクを作れません。")
    with _changing() as database:
        if form.reset.data:
            accounts.forget_second_factor(database, account_id)
        link = _invite(database, account_id)
    return render_template("admin/users_link.html", account=account, link=link)


def _invite(database: Database, account_id: int) -> str:
    token = tokens.new_token()
    made_by = current_account().name
    invitations.add(database, tokens.hash_of(token), account_id, made_by, context.now())
    return context.admins_url("admin_invitations.invitation", token=token)


def _change(how: Any, account_id: int, *values: object) -> None:
    try:
        with _changing() as database:
            how(database, account_id, *values)
    except AccountError as error:
        raise RefusalError(409, str(error)) from error


def _new_page(form: InvitationForm) -> str:
    errors = [
        (f"{each.id}-0" if each is form.role else each.id, each.label.text, each.errors[0])
        for each in (form.login, form.name, form.role)
        if each.errors
    ]
    return render_template("admin/users_new.html", form=form, errors=errors)


def _changing() -> Any:
    settings = context.settings()
    return db.changing(settings.database)
