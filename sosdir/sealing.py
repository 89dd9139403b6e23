"""Encrypt a file for the holder of a key, in the age format (https://age-encryption.org/v1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyrage

from sosdir.errors import SealError


def seal(plain: Path, sealed: Path, recipients: Sequence[str]) -> None:
    """Encrypt a file for those who hold the key of any of the recipients.

    Args:
        plain: to read.
        sealed: to write; replaced where it is there.
        recipients: public keys, such as ``age1…``; at least one.

    Raises:
        SealError: a recipient is no public key of age, or the file cannot be encrypted.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(each.strip()) for each in recipients]
        pyrage.encrypt_file(str(plain), str(sealed), keys)
    except pyrage.RecipientError as error:
        raise SealError(f"A recipient has to be a public key of age (age1…): {error}.") from error
    except (pyrage.EncryptError, OSError) as error:
        raise SealError(f"{sealed} cannot be encrypted: {error}.") from error


def unseal(sealed: Path, plain: Path, identities: Path) -> None:
    """Decrypt a file.

    Args:
        sealed: to read.
        plain: to write; replaced where it is there.
        identities: a file of secret keys, a line each, as ``age-keygen`` writes it.

    Raises:
        SealError: the file of keys holds none, none of them opens it, or it was damaged.
    """
    try:
        lines = identities.read_text(encoding="utf-8").split("\n")
        keys = [
            pyrage.x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        # What stands in the file is secret: no message repeats it.
        raise SealError(f"{identities} is no file of secret keys of age.") from error
    try:
        pyrage.decrypt_file(str(sealed), str(plain), keys)
    except (pyrage.DecryptError, OSError) as error:
        raise SealError(f"{sealed} cannot be opened with these keys: {error}.") from error


def is_sealed(path: Path) -> bool:
    """Tell whether a file is encrypted in the age format.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(22) == b"age-encryption.org/v1\n"
