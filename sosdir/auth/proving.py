"""Whether someone is who she says: by password, code, recovery code or passkey."""

from __future__ import annotations

from typing import Any

from flask import current_app

from sosdir import context, db
from sosdir.accounts import Account, normal_login, passkeys, passwords, recovery, totp
from sosdir.accounts.passkeys import Place
from sosdir.auth import challenges
from sosdir.db import Database
from sosdir.errors import AccountError, PasskeyError
from sosdir.store import accounts, recovery_codes
from sosdir.store import passkeys as known_passkeys

SIGN_IN = "sign_in"


def by_password(login: str, password: str) -> Account | None:
    """Return the account whose login and password these are, or None.

    It takes as long whether there is no such login, it may not sign in, or the password is wrong.

    Args:
        login: as typed.
        password: as typed.
    """
    account = _find(login)
    stored = None
    if account is not None and account.is_active:
        stored = accounts.password_hash(db.current(), account.id)
    if not passwords.is_right(password, stored) or account is None or stored is None:
        return None
    if passwords.is_weak(stored):
        with db.changing(context.settings().database) as database:
            accounts.rehash(database, account.id, passwords.hash_of(password))
    return account


def is_password_of(account: Account, password: str) -> bool:
    """Tell whether a password is an account's.

    Args:
        account: whose it should be.
        password: as typed.
    """
    return passwords.is_right(password, accounts.password_hash(db.current(), account.id))


def by_code(database: Database, account: Account, code: str) -> bool:
    """Tell whether a code is an account's, and use it up: no code is taken twice.

    Args:
        database: to write, within a transaction.
        account: whose it should be.
        code: as typed.
    """
    sealed = accounts.totp_seed(database, account.id)
    seed = totp.unseal(secret_key(), sealed) if sealed else None
    if sealed and seed is None:
        current_app.logger.error("A seed cannot be read: was the secret key changed?")
    step = totp.matching_step(seed, code, context.now()) if seed else None
    return step is not None and accounts.use_totp_step(database, account.id, step)


def by_recovery_code(database: Database, account: Account, code: str) -> bool:
    """Tell whether a recovery code is an account's, and use it up.

    Args:
        database: to write, within a transaction.
        account: whose it should be.
        code: as typed.
    """
    return recovery_codes.use(database, account.id, recovery.hash_of(code), context.now())


def by_passkey(
    database: Database, place: Place, answer: Any, only: Account | None = None
) -> Account:
    """Return the account whose passkey answered the challenge of this session.

    Args:
        database: to write, within a transaction.
        place: where passkeys count.
        answer: of the browser, as parsed from JSON.
        only: the account it must be of, None for any.

    Raises:
        PasskeyError: it proves nothing.
    """
    challenge = challenges.take(database, SIGN_IN)
    known = known_passkeys.find(database, passkeys.credential_id(answer))
    if known is None or (only is not None and known.account_id != only.id):
        raise PasskeyError("There is no such passkey.")
    count = passkeys.prove(place, challenge, answer, known.key)
    account = accounts.get(database, known.account_id)
    if not account.is_active:
        raise PasskeyError("The account may not sign in.")
    known_passkeys.note_use(database, known.id, count, context.now())
    return account


def secret_key() -> str:
    """Return the secret key, which the gate has made sure of."""
    key: str = current_app.config["SECRET_KEY"]
    return key


def _find(login: str) -> Account | None:
    try:
        return accounts.find(db.current(), normal_login(login))
    except AccountError:
        return None
