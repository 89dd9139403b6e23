"""Recovery codes: for the day when the phone is lost. Each opens once."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

HOW_MANY = 10
# Nothing that is read as another: no 0 and o, no 1 and l.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LETTERS_A_CODE = 24
_GROUP = 4


def new_codes() -> list[str]:
    """Return new codes of 120 random bits each, such as ``abcd-efgh-jkmn-pqrs-tuvw-xyz2``."""
    return [_new_code() for _ in range(HOW_MANY)]


def hash_of(code: str) -> str:
    """Return what is stored of a code; 120 random bits are out of reach of guessing.

    From 112 bits up a plain hash is enough (OWASP ASVS 5.0.0, 6.5.2).

    Args:
        code: as typed; case, white space and hyphens do not matter.
    """
    folded = unicodedata.normalize("NFKC", code).casefold()
    letters = "".join(each for each in folded if each.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_A_CODE))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LETTERS_A_CODE, _GROUP))
