"""Sign in by passkey or password, prove it a second time, sign out."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import context, db
from sosdir.accounts import Account, normal_login, passkeys
from sosdir.auth import allowed, challenges, half_way, limits, proving, signing_in
from sosdir.errors import AccountError, PasskeyError
from sosdir.forms.signing_in import CodeForm, RecoveryForm, SignInForm
from sosdir.store import passkeys as known_passkeys
from sosdir.store import recovery_codes

blueprint = Blueprint("admin_sign_in", __name__, url_prefix="/admin")

START = "/admin/"
# A path of ours alone: nothing that a browser could read as another host.
_OWN = re.compile(r"/admin(?:/[A-Za-z0-9_.~%/-]*)?(?:\?[A-Za-z0-9_.~%&=+-]*)?", re.ASCII)
_LONGEST_PATH = 500

_WRONG = (
    "ログイン名かパスワードがちがいます。"
    "大文字と小文字、入力の切りかえを見て、もう一度入力してください。"
)
_WRONG_CODE = (
    "数字がちがうか、もう使われています。アプリに新しい数字が出たら、それを入力してください。"
)
_WRONG_RECOVERY = (
    "この復旧コードは使えません。書きまちがいがないか、使ったものでないか見てください。"
)
_WRONG_PASSKEY = "パスキーを確かめられませんでした。もう一度ためすか、パスワードを使ってください。"
_OVER = "時間がたったので、はじめからやり直してください。"
_NO_CODES = "復旧コードはもうありません。自分の設定で、新しく作ってください。"


def _typed_login() -> str:
    """Return the one form of the login, so that no other spelling of it has a count of its own."""
    try:
        return normal_login(request.form.get("login", ""))
    except AccountError:
        return ""


def _half_way_account() -> str:
    found = half_way.find()
    return str(found.account.id) if found else ""


@blueprint.get("/sign-in")
@allowed(None)
def sign_in() -> str | Response:
    """Show the ways in; who is in already goes on."""
    onward = own_path(request.args.get("next"))
    if signing_in.find_account() is not None and "again" not in request.args:
        return redirect(onward or START, 303)
    return _sign_in_page(SignInForm(next=onward or ""))


@blueprint.post("/sign-in")
@allowed(None)
@limits.against_guessing(_typed_login)
def sign_in_by_password() -> tuple[str, int] | Response:
    """Check login and password, and lead to the second factor."""
    form = SignInForm(request.form)
    if not form.validate():
        return _sign_in_page(form, _errors(form)), 422
    account = proving.by_password(form.login.data, form.password.data)
    if account is None:
        return _sign_in_page(form, [("login", "", _WRONG)]), 422
    onward = own_path(form.next.data)
    if account.is_guarded:
        half_way.begin(account, onward)
        return redirect(url_for(".code"), 303)
    with _changing() as database:
        signing_in.begin(database, account)
    return redirect(onward or START, 303)


@blueprint.get("/sign-in/code")
@allowed(None)
def code() -> str | Response:
    """Ask for the second factor."""
    found = half_way.find()
    if found is None:
        return _start_again()
    return _code_page(found.account, CodeForm())


@blueprint.post("/sign-in/code")
@allowed(None)
@limits.against_guessing(_half_way_account)
def check_code() -> tuple[str, int] | Response:
    """Check the code of an authenticator app."""
    found, form = half_way.find(), CodeForm(request.form)
    if found is None:
        return _start_again()
    if not form.validate():
        return _code_page(found.account, form), 422
    with _changing() as database:
        if proving.by_code(database, found.account, form.code.data):
            signing_in.begin(database, found.account)
            return redirect(found.onward or START, 303)
    form.code.errors = [_WRONG_CODE]
    return _code_page(found.account, form), 422


@blueprint.get("/sign-in/recovery")
@allowed(None)
def recovery() -> str | Response:
    """Ask for a recovery code."""
    if half_way.find() is None:
        return _start_again()
    return _recovery_page(RecoveryForm())


@blueprint.post("/sign-in/recovery")
@allowed(None)
@limits.against_guessing(_half_way_account)
def check_recovery() -> tuple[str, int] | Response:
    """Check a recovery code."""
    found, form = half_way.find(), RecoveryForm(request.form)
    if found is None:
        return _start_again()
    if not form.validate():
        return _recovery_page(form), 422
    with _changing() as database:
        if proving.by_recovery_code(database, found.account, form.code.data):
            signing_in.begin(database, found.account)
            _tell_left(recovery_codes.left(database, found.account.id))
            return redirect(found.onward or START, 303)
    form.code.errors = [_WRONG_RECOVERY]
    return _recovery_page(form), 422


@blueprint.post("/sign-in/passkey/options")
@allowed(None)
def passkey_options() -> dict[str, Any]:
    """Tell the browser what to prove; half way, only with a passkey of that account."""
    found = half_way.find()
    known = known_passkeys.of_account(db.current(), found.account.id) if found else []
    place, challenge = challenges.place(_site_name()), challenges.give(proving.SIGN_IN)
    return passkeys.ask_for_known(place, challenge, [each.id for each in known])


@blueprint.post("/sign-in/passkey")
@allowed(None)
@limits.against_guessing(lambda: f"passkeys of {limits.hidden_address()}")
def check_passkey() -> tuple[dict[str, Any], int]:
    """Check what the browser proved; a passkey is two factors by itself."""
    found = half_way.find()
    only = found.account if found else None
    sent = context.sent_object()
    answer, onward = sent.get("credential"), own_path(sent.get("next"))
    try:
        with _changing() as database:
            place = challenges.place(_site_name())
            account = proving.by_passkey(database, place, answer, only)
            signing_in.begin(database, account)
    except PasskeyError:
        return {"error": _WRONG_PASSKEY}, 422
    return {"next": onward or (found.onward if found else None) or START}, 200


@blueprint.post("/sign-out")
@allowed(None)
def sign_out() -> Response:
    """End the session here."""
    signing_in.end()
    flash("サインアウトしました。")
    return redirect(url_for(".sign_in"), 303)


def own_path(path: object) -> str | None:
    """Return a path if it leads to a page of the admins' side, else None.

    Args:
        path: as sent.
    """
    if not isinstance(path, str) or len(path) > _LONGEST_PATH or not _OWN.fullmatch(path):
        return None
    is_loop = "//" in path or path.startswith(("/admin/sign-", "/admin/invitations"))
    return None if is_loop else path


def _tell_left(count: int) -> None:
    if count:
        flash(f"復旧コードをひとつ使いました。残りは{count}個です。", "caution")
    else:
        flash(_NO_CODES, "caution")


def _start_again() -> Response:
    flash(_OVER, "caution")
    return redirect(url_for(".sign_in"), 303)


def _sign_in_page(form: SignInForm, errors: list[tuple[str, str, str]] | None = None) -> str:
    # What was typed as the password is not sent back.
    return render_template("admin/sign_in.html", form=form, errors=errors or [])


def _code_page(account: Account, form: CodeForm) -> str:
    return render_template(
        "admin/sign_in_code.html",
        form=form,
        errors=_errors(form),
        has_totp=account.has_totp,
        has_passkey=account.has_passkey,
    )


def _recovery_page(form: RecoveryForm) -> str:
    return render_template("admin/sign_in_recovery.html", form=form, errors=_errors(form))


def _errors(form: Any) -> list[tuple[str, str, str]]:
    return [(field.id, field.label.text, field.errors[0]) for field in form if field.errors]


def _changing() -> Any:
    settings = context.settings()
    return db.changing(settings.database)


def _site_name() -> str:
    return str(current_app.jinja_env.globals["site_name"])
