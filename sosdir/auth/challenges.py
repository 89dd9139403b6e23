"""Challenges for passkeys: given out in the session, answered once, and soon."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import request, session

from sosdir import context
from sosdir.accounts import tokens
from sosdir.accounts.passkeys import Place
from sosdir.db import Database
from sosdir.errors import PasskeyError
from sosdir.store import passkeys

LONGEST = timedelta(minutes=5)
_BYTES = 32


def place(site_name: str) -> Place:
    """Return where passkeys count: the site's set address, or the one that the request names.

    Args:
        site_name: as the browser shows it.
    """
    settings = context.settings()
    parts = urlsplit(settings.admins_site or request.host_url)
    return Place(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", site_name)


def give(purpose: str) -> bytes:
    """Return a new challenge, noted in the session.

    Args:
        purpose: it is for no other.
    """
    challenge = secrets.token_bytes(_BYTES)
    session[_name(purpose)] = {"hex": challenge.hex(), "since": context.now().isoformat()}
    return challenge


def take(database: Database, purpose: str) -> bytes:
    """Return the challenge of the session, and use it up.

    Args:
        database: to write, within a transaction.
        purpose: that it was given for.

    Raises:
        PasskeyError: there is none, it is too old, or it was answered before.
    """
    noted = session.pop(_name(purpose), None)
    if not isinstance(noted, dict):
        raise PasskeyError("Nothing was asked.")
    since, now = datetime.fromisoformat(noted["since"]), context.now()
    if not timedelta(0) <= now - since < LONGEST:
        raise PasskeyError("It was asked too long ago.")
    # The cookie could be sent again as it was; the database remembers.
    if not passkeys.use_challenge(database, tokens.hash_of(noted["hex"]), since + LONGEST, now):
        raise PasskeyError("It was answered before.")
    return bytes.fromhex(noted["hex"])


def _name(purpose: str) -> str:
    return f"challenge_{purpose}"
