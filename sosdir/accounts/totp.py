"""Codes of an authenticator app (RFC 6238): six digits, new every thirty seconds."""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_SECONDS = 30
# A clock may be a step off, and a person slow.
_NEIGHBOURS = (0, -1, 1)
_CODE = re.compile(r"\d{6}", re.ASCII)
_PURPOSE = b"sosdir seed of the second factor"


def new_seed() -> str:
    """Return a new seed: 160 random bits in base32."""
    return pyotp.random_base32()


def matching_step(seed: str, code: str, now: datetime) -> int | None:
    """Return the step whose code this is, counted in thirty seconds since 1970; None for none.

    Args:
        seed: in base32.
        code: as typed; white space and full-width digits are fine.
        now: with a zone.
    """
    digits = "".join(unicodedata.normalize("NFKC", code).split())
    if not _CODE.fullmatch(digits):
        return None
    generator, present = pyotp.TOTP(seed), step_at(now)
    found = None
    for offset in _NEIGHBOURS:
        if hmac.compare_digest(generator.generate_otp(present + offset), digits):
            found = present + offset
    return found


def step_at(now: datetime) -> int:
    """Return the step of an instant.

    Args:
        now: with a zone.
    """
    return int(now.timestamp()) // STEP_SECONDS


def address(seed: str, login: str, site: str) -> str:
    """Return the ``otpauth:`` address by which an app takes the seed.

    Args:
        seed: in base32.
        login: whose.
        site: name of the site.
    """
    return pyotp.TOTP(seed).provisioning_uri(name=login, issuer_name=site)


def seal(secret_key: str, seed: str) -> str:
    """Return a seed encrypted, as it is stored.

    Args:
        secret_key: of the installation.
        seed: in base32.
    """
    return _box(secret_key).encrypt(seed.encode("ascii")).decode("ascii")


def unseal(secret_key: str, sealed: str) -> str | None:
    """Return a seed that was sealed, None where the secret key is another one by now.

    Args:
        secret_key: of the installation.
        sealed: as stored.
    """
    try:
        return _box(secret_key).decrypt(sealed.encode("utf-8")).decode("ascii")
    except (InvalidToken, ValueError):
        return None


def _box(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode("utf-8"))))
