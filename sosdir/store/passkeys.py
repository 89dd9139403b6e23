"""Keep the passkeys of the accounts, and the challenges they have answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sosdir.accounts.passkeys import Key
from sosdir.errors import NotFoundError
from sosdir.store.instants import text_of


@dataclass(frozen=True, slots=True)
class Passkey:
    """Hold one passkey of an account.

    Args:
        key: what proves it.
        account_id: whose.
        name: as its owner calls it.
        created_at: with a zone.
        used_at: the last time, with a zone, or None.
    """

    key: Key
    account_id: int
    name: str
    created_at: datetime
    used_at: datetime | None

    @property
    def id(self) -> str:
        """Return the id of the credential."""
        return self.key.credential_id


def find(db: Database, credential_id: str) -> Passkey | None:
    """Return the passkey that bears an id, or None.

    Args:
        db: to read.
        credential_id: base64url.
    """
    rows = db.query("SELECT * FROM passkey WHERE credential_id = ?", [credential_id])
    return next((_passkey(row) for row in rows), None)


def of_account(db: Database, account_id: int) -> list[Passkey]:
    """Return the passkeys of an account, the oldest first.

    Args:
        db: to read.
        account_id: whose.
    """
    sql = "SELECT * FROM passkey WHERE account_id = ? ORDER BY created_at, credential_id"
    return [_passkey(row) for row in db.query(sql, [account_id])]


def add(db: Database, key: Key, account_id: int, name: str, now: datetime) -> bool:
    """Keep a new passkey; tell whether it was new.

    Args:
        db: to write.
        key: what proves it.
        account_id: whose.
        name: as its owner calls it.
        now: with a zone.
    """
    cursor = db.execute(
        "INSERT INTO passkey"
        " (credential_id, account_id, public_key, sign_count, name, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [key.credential_id, account_id, key.public_key, key.sign_count, name, text_of(now)],
    )
    return cursor.rowcount == 1


def note_use(db: Database, credential_id: str, sign_count: int, now: datetime) -> None:
    """Note that a passkey was used.

    Args:
        db: to write.
        credential_id: which.
        sign_count: that it gave.
        now: with a zone.
    """
    sql = "UPDATE passkey SET sign_count = ?, used_at = ? WHERE credential_id = ?"
    db.execute(sql, [sign_count, text_of(now), credential_id])


def rename(db: Database, account_id: int, credential_id: str, name: str) -> None:
    """Call a passkey by another name.

    Args:
        db: to write.
        account_id: whose it must be.
        credential_id: which.
        name: the new one.

    Raises:
        NotFoundError: the account has no such passkey.
    """
    sql = "UPDATE passkey SET name = ? WHERE account_id = ? AND credential_id = ?"
    if db.execute(sql, [name, account_id, credential_id]).rowcount == 0:
        raise NotFoundError("The account has no such passkey.")


def remove(db: Database, account_id: int, credential_id: str) -> None:
    """Forget a passkey: it opens nothing any more.

    Args:
        db: to write.
        account_id: whose it must be.
        credential_id: which.

    Raises:
        NotFoundError: the account has no such passkey.
    """
    sql = "DELETE FROM passkey WHERE account_id = ? AND credential_id = ?"
    if db.execute(sql, [account_id, credential_id]).rowcount == 0:
        raise NotFoundError("The account has no such passkey.")


def remove_all(db: Database, account_id: int) -> None:
    """Forget every passkey of an account.

    Args:
        db: to write.
        account_id: whose.
    """
    db.execute("DELETE FROM passkey WHERE account_id = ?", [account_id])


def use_challenge(db: Database, challenge_hash: str, expires_at: datetime, now: datetime) -> bool:
    """Use up a challenge; tell whether it was still to be had.

    Args:
        db: to write.
        challenge_hash: of the challenge.
        expires_at: when it would be refused for its age, with a zone.
        now: with a zone.
    """
    db.execute("DELETE FROM used_challenge WHERE expires_at <= ?", [text_of(now)])
    cursor = db.execute(
        "INSERT INTO used_challenge (challenge_hash, expires_at) VALUES (?, ?)"
        " ON CONFLICT DO NOTHING",
        [challenge_hash, text_of(expires_at)],
    )
    return cursor.rowcount == 1


def _passkey(row: dict[str, Any]) -> Passkey:
    used = row["used_at"]
    return Passkey(
        key=Key(row["credential_id"], row["public_key"], row["sign_count"]),
        account_id=row["account_id"],
        name=row["name"],
        created_at=datetime.fromisoformat(row["created_at"]),
        used_at=datetime.fromisoformat(used) if used else None,
    )
