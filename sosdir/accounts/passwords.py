"""Passwords: what is too easy to guess, and hashes by argon2.

Length and what everyone tries first, no rules on kinds of characters: NIST SP 800-63B. zxcvbn holds
thirty thousand passwords and as many words and names, and counts the guesses that a mixture of them
takes; what people would try here, in Japanese and of this site, stands below.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
MOST = 256
# What must be left of a password when everything that anyone would guess is taken out of it.
_LEAST_OWN = 6
_LEAST_DISTINCT = 5
# Of zxcvbn's scale from 0 to 4: a hundred million guesses, which the limits on failures put out of
# reach and argon2 makes dear.
_LEAST_SCORE = 3
# It takes the longer the more is to be judged; who types more than this has not made it easier.
_JUDGED = 72

_SHORT = f"{LEAST}文字以上にしてください。いくつかの言葉をつなぐと、長くても覚えやすくなります。"
_LONG = f"{MOST}文字までにしてください。"
_EASY = "推測されやすい言葉や並びが、ほとんどを占めています。別の言葉をつないでください。"
_OBVIOUS = (
    "password",
    "passw0rd",
    "passwd",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx",
    "letmein",
    "welcome",
    "iloveyou",
    "admin",
    "administrator",
    "secret",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijkl",
    "abcdefgh",
    "abcd1234",
    "abc123",
    "1234567890",
    "0123456789",
    "12345678",
    "123456",
    "9876543210",
    "パスワード",
    "ぱすわーど",
    "にんしん",
    "にんしんsos",
    "妊娠",
    "ninshinsos",
    "ninshin",
    "pregnancy",
    "sosdir",
)
# The parameters of RFC 9106 for machines with less memory, the library's own choice.
_hasher = PasswordHasher()
# Verified where there is no hash, so that time does not tell; nobody knows what it is a hash of.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$eKLKx77ci9lDzuozZlkfKQ"
    "$KSfE8rEL1/6vJ1LxRDLoGomSke3ceoHYWcxNGLM+16o"
)


def fault_of(password: str, known: Iterable[str] = ()) -> str | None:
    """Return why a password will not do, as a sentence for the person; None where it will.

    Args:
        password: as typed.
        known: words that others know of her: login, name, the site's own.
    """
    folded = _normal(password)
    if len(folded) < LEAST:
        return _SHORT
    if len(folded) > MOST:
        return _LONG
    own = _own_part(folded.casefold(), known)
    if len(own) < _LEAST_OWN or len(set(own)) < _LEAST_DISTINCT:
        return _EASY
    return _EASY if _score(folded, known) < _LEAST_SCORE else None


def hash_of(password: str) -> str:
    """Return the hash that is stored, with its salt and parameters.

    Args:
        password: as typed.
    """
    return _hasher.hash(_normal(password))


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one that was hashed; as slow where there is no hash.

    Args:
        password: as typed.
        stored: the hash, or None where there is none.
    """
    try:
        right = _hasher.verify(stored or _NOBODY, _normal(password[: MOST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_weak(stored: str) -> bool:
    """Tell whether a hash was made with parameters of former days, so that it is to be renewed.

    Args:
        stored: the hash.
    """
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    """Return the one form of a password, whichever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


def _score(folded: str, known: Iterable[str]) -> int:
    """Return how hard a password is to guess, from 0 to 4."""
    # Its lists take ten megabytes, and few processes ever judge a password.
    from zxcvbn import zxcvbn

    found: int = zxcvbn(folded[:_JUDGED], user_inputs=list(known))["score"]
    return found


def _own_part(folded: str, known: Iterable[str]) -> str:
    """Return what is left when the words that anyone would try are taken out."""
    words = {_normal(word).casefold() for word in known}
    words |= {part for word in words for part in word.replace("@", " ").replace(".", " ").split()}
    for word in sorted({*_OBVIOUS, *words}, key=len, reverse=True):
        if len(word) > 1:
            folded = folded.replace(word, "")
    return "".join(each for each in folded if each.isalnum())
