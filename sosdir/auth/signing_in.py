"""Who is signed in: a random token in the cookie, its hash in the database."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import datetime, timedelta

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from sosdir import context, db
from sosdir.accounts import Account, Role, tokens
from sosdir.auth import refusals
from sosdir.config import Settings
from sosdir.db import Database
from sosdir.errors import DatabaseError
from sosdir.revising import Author
from sosdir.store import accounts, sessions

# How long after signing in one may change what signing in rests on.
FRESH = timedelta(minutes=30)

# Seconds: who only looks at a page must not wait long for whoever writes.
PATIENCE = 1.0


class SignedIn(UserMixin):  # type: ignore[misc]
    """Be what Flask-Login knows: an account through one of its sessions.

    Args:
        token: of the session; it is the id, so that what ends the session ends the sign-in.
        account: as stored now.
        began_at: when the session began, with a zone.
    """

    def __init__(self, token: str, account: Account, began_at: datetime) -> None:
        self.token = token
        self.account = account
        self.began_at = began_at

    def get_id(self) -> str:
        """Return the session's token."""
        return self.token

    @property
    def token_hash(self) -> str:
        """Return the key of the session."""
        return tokens.hash_of(self.token)


def init_app(app: Flask) -> None:
    """Give an application its sign-in.

    Args:
        app: with its ``SETTINGS``.
    """
    manager = LoginManager()
    # Ours is bound to the browser, and ends in the database; an address may change on the way.
    manager.session_protection = None
    settings: Settings = app.config["SETTINGS"]

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        return _load(settings, token)

    manager.init_app(app, add_context_processor=False)


def find_account() -> Account | None:
    """Return the account of the request at hand, or None."""
    user = current_user
    return user.account if user.is_authenticated else None


def current_account() -> Account:
    """Return the account of the request at hand, in a view that asks for a role."""
    account = find_account()
    assert account is not None, "the gate lets nobody else in"
    return account


def current_session() -> str:
    """Return the key of the session of the request at hand, in a view that asks for a role."""
    key: str = current_user.token_hash
    return key


def is_fresh() -> bool:
    """Tell whether the request at hand is of one who signed in a short while ago."""
    age: timedelta = context.now() - current_user.began_at
    return age < FRESH


def author() -> Author:
    """Return the account of the request at hand as the author of a change."""
    account = current_account()
    return Author(account.id, account.name)


def require(role: Role) -> None:
    """Refuse who may not, within a view whose route is open to a lower role.

    Args:
        role: the lowest that may.

    Raises:
        RefusalError: the account's role is lower.
    """
    if not current_account().role.may(role):
        raise refusals.role_needed(role)


def begin(database: Database, account: Account) -> None:
    """Sign an account in: a new session, and nothing of the old one.

    Args:
        database: to write, within a transaction.
        account: who has proved to be its owner.
    """
    old = session.get("_user_id")
    if isinstance(old, str):
        sessions.end(database, tokens.hash_of(old))
    token = tokens.new_token()
    now = context.now()
    sessions.begin(database, tokens.hash_of(token), account.id, agent_hash(), now)
    accounts.note_sign_in(database, account.id, now)
    session.clear()
    g.pop("csrf_token", None)
    login_user(SignedIn(token, account, now))
    # Flask-Login's own binding holds the address, which we keep nowhere.
    session.pop("_id", None)


def end() -> None:
    """Sign out: the session ends in the database, so that a copy of its cookie opens nothing."""
    token = session.get("_user_id")
    if isinstance(token, str):
        settings = context.settings()
        with db.changing(settings.database) as database:
            sessions.end(database, tokens.hash_of(token))
    logout_user()
    session.clear()
    g.pop("csrf_token", None)


def agent_hash() -> str:
    """Return what a session is bound to: the browser's own name, hashed."""
    agent = request.headers.get("User-Agent", "")
    return hashlib.sha256(agent.encode("utf-8", "surrogatepass")).hexdigest()


def _touch(settings: Settings, key: str, now: datetime) -> None:
    """Note the use of a session, unless a long import keeps the database: the next one will."""
    changing = db.changing(settings.database, PATIENCE)
    with contextlib.suppress(DatabaseError), changing as database:
        sessions.touch(database, key, now)


def _load(settings: Settings, token: object) -> SignedIn | None:
    """Return who is behind a token, if its session lives and comes from the same browser."""
    if not isinstance(token, str):
        return None
    key, now = tokens.hash_of(token), context.now()
    found = sessions.find(db.current(), key, agent_hash(), now)
    if found is None:
        return None
    if now - found.seen_at >= sessions.REFRESH:
        _touch(settings, key, now)
    return SignedIn(token, accounts.get(db.current(), found.account_id), found.began_at)
