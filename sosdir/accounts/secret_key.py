"""The secret of an installation: given by its settings, or made once and kept in its home."""

import contextlib
import os
import secrets
from pathlib import Path

from sosdir.config import LEAST_SECRET
from sosdir.errors import SecretKeyError

FILE = "secret_key"
_KEY_BYTES = 48


def keep(home: Path) -> str:
    """Return the secret key kept in a home, made at its first use.

    Args:
        home: folder of the database; it is made if need be.

    Raises:
        SecretKeyError: it can neither be read nor made, or is too short.
    """
    path = home / FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = f"{path} cannot be read or made ({type(error).__name__})."
        raise SecretKeyError(
            f"{reason} Set SOSDIR_SECRET_KEY, or let the home be written."
        ) from error
    if len(key) < LEAST_SECRET:
        raise SecretKeyError(f"{path} holds fewer than {LEAST_SECRET} characters. Remove it.")
    return key


def _make(path: Path) -> None:
    """Make the file whole or not at all; where two begin at once, one of them wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    # Readable by its owner only, from its first moment.
    number = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(begun, path)
    finally:
        begun.unlink()
