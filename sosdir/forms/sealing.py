"""Seal a public form without a cookie: when it was given out, and for what, signed by us."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer

# Nobody reads and fills in a form faster than this.
LEAST_AGE = timedelta(seconds=2)
MOST_AGE = timedelta(hours=24)
_SALT = "sosdir public form"


class SealFault(StrEnum):
    """Tell why a seal is not accepted."""

    BROKEN = "broken"
    EARLY = "early"
    LATE = "late"


def seal(secret_key: str, purpose: str, now: datetime) -> str:
    """Return the seal of a form that is given out.

    Args:
        secret_key: of the installation.
        purpose: what the form is for, such as ``report/minato-sos``.
        now: with a zone.
    """
    text: str = _signer(secret_key).dumps([purpose, now.timestamp()])
    return text


def fault_of_seal(secret_key: str, purpose: str, text: str, now: datetime) -> SealFault | None:
    """Return why a seal that comes back is not accepted, None if it is.

    Args:
        secret_key: of the installation.
        purpose: what the form is for.
        text: as sent.
        now: with a zone.
    """
    try:
        sealed_for, given_at = _signer(secret_key).loads(text)
    except (BadData, ValueError, TypeError):
        return SealFault.BROKEN
    if sealed_for != purpose:
        return SealFault.BROKEN
    age = timedelta(seconds=now.timestamp() - given_at)
    if age > MOST_AGE:
        return SealFault.LATE
    return SealFault.EARLY if age < LEAST_AGE else None


def _signer(secret_key: str) -> URLSafeSerializer:
    # The library's own choice is SHA-1.
    signed_by = {"digest_method": hashlib.sha256}
    return URLSafeSerializer(secret_key, salt=_SALT, signer_kwargs=signed_by)
