"""Random tokens for sessions and invitations; only their hashes are ever stored."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Return a new token of 256 random bits, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is stored of a token: 64 hexadecimal digits of SHA-256.

    A token is random and long, so that a plain hash is enough: there is nothing to guess.

    Args:
        token: as it was given out.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
