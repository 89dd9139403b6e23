"""One's own second factor: authenticator app, recovery codes, passkeys."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from sosdir import context, db, qr
from sosdir.accounts import Account, Role, recovery, totp
from sosdir.accounts import passkeys as webauthn
from sosdir.auth import RefusalError, allowed, challenges, current_account, proving, signing_in
from sosdir.db import Database
from sosdir.errors import PasskeyError
from sosdir.forms.account import KeyNameForm
from sosdir.forms.signing_in import CodeForm
from sosdir.store import accounts, passkeys, recovery_codes, sessions

blueprint = Blueprint("admin_second_factor", __name__, url_prefix="/admin/account")

_SEED = "seed"
_ADD = "add_passkey"

_WRONG_CODE = (
    "数字がちがいます。アプリに新しい数字が出たら、それを入力してください。"
    "端末の時計も見てください。"
)
_NOT_ADDED = "パスキーを登録できませんでした。もう一度ためしてください。"
_LAST = "これを消すと、パスワードだけで入れるようになります。先に、ほかの方法を登録してください。"


@blueprint.get("/totp")
@allowed(Role.EDITOR, before_guarded=True, fresh=True)
def new_totp() -> str:
    """Show a new seed, as a picture and as text."""
    if _pending_seed() is None:
        session[_SEED] = totp.seal(proving.secret_key(), totp.new_seed())
    return _totp_page(CodeForm())


@blueprint.post("/totp")
@allowed(Role.EDITOR, before_guarded=True, fresh=True)
def set_totp() -> tuple[str, int] | str | Response:
    """Take the seed once the app has shown that it has it."""
    form, seed, me = CodeForm(request.form), _pending_seed(), current_account()
    if seed is None:
        return redirect(url_for(".new_totp"), 303)
    if not form.validate():
        return _totp_page(form), 422
    step = totp.matching_step(seed, form.code.data, context.now())
    if step is None:
        form.code.errors = [_WRONG_CODE]
        return _totp_page(form), 422
    with _changing() as database:
        accounts.set_totp(database, me.id, totp.seal(proving.secret_key(), seed), step)
        _end_elsewhere(database, me)
        codes = _first_codes(database, me)
    session.pop(_SEED, None)
    flash("認証アプリを登録しました。")
    return _codes_page(codes) if codes else redirect(url_for("admin_account.account"), 303)


@blueprint.post("/totp/remove")
@allowed(Role.EDITOR, fresh=True)
def remove_totp() -> Response:
    """Forget the seed, where a passkey still guards the account."""
    me = current_account()
    if not me.has_passkey:
        raise RefusalError(409, _LAST)
    with _changing() as database:
        accounts.set_totp(database, me.id, None)
        _end_elsewhere(database, me)
    flash("認証アプリの登録を消しました。")
    return redirect(url_for("admin_account.account"), 303)


@blueprint.post("/recovery-codes")
@allowed(Role.EDITOR, fresh=True)
def new_recovery_codes() -> str:
    """Make new recovery codes, and show them this once."""
    with _changing() as database:
        codes = _new_codes(database, current_account())
    return _codes_page(codes)


@blueprint.get("/passkeys/new")
@allowed(Role.EDITOR, before_guarded=True, fresh=True)
def new_passkey() -> str:
    """Show where a passkey is named and made."""
    return render_template("admin/account_passkey.html", form=KeyNameForm())


@blueprint.post("/passkeys/options")
@allowed(Role.EDITOR, before_guarded=True, fresh=True)
def passkey_options() -> dict[str, Any]:
    """Tell the browser what passkey to make."""
    me = current_account()
    known = [each.id for each in passkeys.of_account(db.current(), me.id)]
    place, challenge = challenges.place(_site_name()), challenges.give(_ADD)
    return webauthn.ask_for_new(place, me, challenge, known)


@blueprint.post("/passkeys")
@allowed(Role.EDITOR, before_guarded=True, fresh=True)
def add_passkey() -> tuple[dict[str, str], int]:
    """Keep the passkey that the browser made."""
    sent = context.sent_object()
    form, me = KeyNameForm(MultiDict({"name": str(sent.get("name", ""))})), current_account()
    if not form.validate():
        return {"error": form.name.errors[0]}, 422
    try:
        with _changing() as database:
            challenge = challenges.take(database, _ADD)
            key = webauthn.read_new(
                challenges.place(_site_name()), challenge, sent.get("credential")
            )
            if not passkeys.add(database, key, me.id, form.name.data, context.now()):
                raise PasskeyError("It is known already.")
            _end_elsewhere(database, me)
    except PasskeyError:
        return {"error": _NOT_ADDED}, 422
    flash(f"パスキー「{form.name.data}」を登録しました。")
    return {"next": url_for("admin_account.account")}, 200


@blueprint.post("/passkeys/<credential_id>/rename")
@allowed(Role.EDITOR)
def rename_passkey(credential_id: str) -> Response:
    """Call a passkey by another name."""
    form = KeyNameForm(request.form)
    if not form.validate():
        flash(form.name.errors[0], "caution")
        return redirect(url_for("admin_account.account"), 303)
    with _changing() as database:
        passkeys.rename(database, current_account().id, credential_id, form.name.data)
    flash(f"名前を「{form.name.data}」に変えました。")
    return redirect(url_for("admin_account.account"), 303)


@blueprint.post("/passkeys/<credential_id>/remove")
@allowed(Role.EDITOR, fresh=True)
def remove_passkey(credential_id: str) -> Response:
    """Forget a passkey, where something else still guards the account."""
    me = current_account()
    with _changing() as database:
        passkeys.remove(database, me.id, credential_id)
        if not accounts.get(database, me.id).is_guarded:
            raise RefusalError(409, _LAST)
        _end_elsewhere(database, me)
    flash("パスキーの登録を消しました。")
    return redirect(url_for("admin_account.account"), 303)


def _pending_seed() -> str | None:
    """Return the seed that was shown and is not proved yet; the cookie holds it encrypted."""
    sealed = session.get(_SEED)
    return totp.unseal(proving.secret_key(), sealed) if isinstance(sealed, str) else None


def _end_elsewhere(database: Database, account: Account) -> None:
    sessions.end_all(database, account.id, but=signing_in.current_session())


def _first_codes(database: Database, account: Account) -> list[str]:
    return [] if recovery_codes.left(database, account.id) else _new_codes(database, account)


def _new_codes(database: Database, account: Account) -> list[str]:
    codes = recovery.new_codes()
    recovery_codes.replace(database, account.id, map(recovery.hash_of, codes))
    return codes


def _codes_page(codes: list[str]) -> str:
    return render_template("admin/account_codes.html", codes=codes)


def _totp_page(form: CodeForm) -> str:
    seed = _pending_seed() or ""
    errors = [(form.code.id, form.code.label.text, form.code.errors[0])] if form.code.errors else []
    picture = qr.picture(totp.address(seed, current_account().login, _site_name()))
    groups = [seed[at : at + 4] for at in range(0, len(seed), 4)]
    return render_template(
        "admin/account_totp.html", form=form, errors=errors, picture=picture, groups=groups
    )


def _changing() -> Any:
    settings = context.settings()
    return db.changing(settings.database)


def _site_name() -> str:
    return str(current_app.jinja_env.globals["site_name"])
