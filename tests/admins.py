"""Admins for tests: an account with a session, and a client that sends tokens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.accounts import Account, Role, passwords, recovery, tokens, totp
from sosdir.auth import cookies
from sosdir.config import Settings
from sosdir.store import accounts, recovery_codes, sessions

# What the test client calls itself; a session is bound to it.
AGENT = "sosdir-tests"
_RAW_TOKEN = "0" * 40
PASSWORD = "すずめ 縁側 ひなたぼっこ"
# Stands for a seed that nobody knows: an account needs more than a password before it may work.
_SOME_SEED = "seed"


@dataclass(frozen=True)
class AdminClient:
    """A client that sends a valid token with whatever it posts.

    Args:
        client: as Flask gives it; ask it directly to send no token.
    """

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        """Ask for a page."""
        return self.client.get(path, **self._with_agent(options))

    def post(self, path: str, data: Any = None, **options: Any) -> TestResponse:
        """Send a form, or JSON by ``json=``, with a token of the session at hand."""
        options = self._with_agent(options)
        if "json" in options:
            options["headers"]["X-CSRFToken"] = self.token()
            return self.client.post(path, **options)
        told = data.to_dict(flat=False) if isinstance(data, MultiDict) else dict(data or {})
        return self.client.post(path, data={"csrf_token": self.token(), **told}, **options)

    @property
    def database(self) -> Path:
        """Return the file of the site's database."""
        settings: Settings = self.client.application.config["SETTINGS"]
        return settings.database

    def token(self) -> str:
        """Return a valid token of the session at hand."""
        with self.client.session_transaction(path="/admin/") as session:
            session.setdefault("csrf_token", _RAW_TOKEN)
            raw = session["csrf_token"]
        return _signed_token(self.client.application, raw)

    def _with_agent(self, options: dict[str, Any]) -> dict[str, Any]:
        return {**options, "headers": {"User-Agent": AGENT, **options.get("headers", {})}}


def sign_in(
    app: Flask, role: Role = Role.EDITOR, login: str | None = None, *, secure: bool = False
) -> AdminClient:
    """Return a client signed in as a new account of a role, or as the one that bears the login.

    ``secure`` is for who asks over HTTPS.
    """
    client = app.test_client()
    value = cookie_for(app, an_account(app, role, login))
    name = cookies.SECURE_NAME if secure else cookies.NAME
    client.set_cookie(name, value, path=cookies.PREFIX)
    return AdminClient(client)


def an_account(app: Flask, role: Role = Role.EDITOR, login: str | None = None) -> Account:
    """Return a new account of a role, or the one that bears the login."""
    settings: Settings = app.config["SETTINGS"]
    login = login or f"{role}-1"
    with db.changing(settings.database) as database:
        found = accounts.find(database, login)
        if found is not None:
            return found
        made = accounts.add(database, login, f"{role.value}の花子", role, now(app))
        accounts.set_password(database, made.id, "no password fits this")
        accounts.set_totp(database, made.id, _SOME_SEED)
        return accounts.get(database, made.id)


@dataclass(frozen=True)
class Secrets:
    """What the owner of an account knows.

    Args:
        account: hers.
        password: that opens it.
        seed: of her authenticator app, in base32.
        codes: her recovery codes.
    """

    account: Account
    password: str
    seed: str
    codes: tuple[str, ...]

    def code(self, at: datetime, steps: int = 0) -> str:
        """Return what her app shows, some steps of thirty seconds later."""
        return pyotp.TOTP(self.seed).at(at + steps * timedelta(seconds=totp.STEP_SECONDS))


def an_owner(app: Flask, role: Role = Role.EDITOR, login: str = "hanako") -> Secrets:
    """Return a new account with a password, an authenticator app and recovery codes."""
    settings: Settings = app.config["SETTINGS"]
    cookies.make_key(app)
    seed, codes = totp.new_seed(), recovery.new_codes()[:2]
    with db.changing(settings.database) as database:
        made = accounts.add(database, login, "花子", role, now(app))
        accounts.set_password(database, made.id, _hash_of(PASSWORD))
        accounts.set_totp(database, made.id, totp.seal(app.config["SECRET_KEY"], seed))
        recovery_codes.replace(database, made.id, map(recovery.hash_of, codes))
        account = accounts.get(database, made.id)
    return Secrets(account, PASSWORD, seed, tuple(codes))


@cache
def _hash_of(password: str) -> str:
    """Return a hash, made once: making it is slow on purpose."""
    return passwords.hash_of(password)


def cookie_for(app: Flask, account: Account, agent: str = AGENT) -> str:
    """Begin a session of an account and return the value of its cookie."""
    settings: Settings = app.config["SETTINGS"]
    token = tokens.new_token()
    with db.changing(settings.database) as database:
        sessions.begin(database, tokens.hash_of(token), account.id, agent_hash(agent), now(app))
    cookies.make_key(app)
    signer = cookies.AdminCookie().get_signing_serializer(app)
    assert signer is not None
    return signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": _RAW_TOKEN})


def agent_hash(agent: str) -> str:
    """Return the name of a browser as a session keeps it."""
    return hashlib.sha256(agent.encode()).hexdigest()


def now(app: Flask) -> datetime:
    """Return the present instant by an application's clock."""
    at: datetime = app.config["CLOCK"]()
    return at


def _signed_token(app: Flask, raw: str) -> str:
    return str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw))
