"""The way between the password and the second factor: it opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import session

from sosdir import context, db
from sosdir.accounts import Account, tokens
from sosdir.auth import signing_in
from sosdir.auth.signing_in import agent_hash
from sosdir.errors import NotFoundError
from sosdir.store import accounts

LONGEST = timedelta(minutes=10)
_NAME = "half_way"


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Hold one whose password was right.

    Args:
        account: as stored now.
        onward: the page asked for at first, or None.
    """

    account: Account
    onward: str | None


def begin(account: Account, onward: str | None) -> None:
    """Note that the password was right; a session of before ends.

    Args:
        account: whose.
        onward: the page asked for at first, or None.
    """
    signing_in.end()
    session[_NAME] = {
        "account": account.id,
        "since": context.now().isoformat(),
        "agent": agent_hash(),
        "mark": _mark(account.id),
        "onward": onward,
    }


def find() -> HalfWay | None:
    """Return who is half way, None where that is nobody, or too long ago, or overtaken."""
    noted = session.get(_NAME)
    if not isinstance(noted, dict):
        return None
    age = context.now() - datetime.fromisoformat(noted["since"])
    if not timedelta(0) <= age < LONGEST or noted["agent"] != agent_hash():
        return None
    try:
        account = accounts.get(db.current(), noted["account"])
    except NotFoundError:
        return None
    if not account.is_active or noted["mark"] != _mark(account.id):
        return None
    return HalfWay(account, noted["onward"])


def _mark(account_id: int) -> str:
    """Return what changes with the password, so that a new one ends the way of the old."""
    return tokens.hash_of(accounts.password_hash(db.current(), account_id) or "")
