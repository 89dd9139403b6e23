"""Keep who was invited: a link of its own for each, that sets a password once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from sosdir.store.instants import text_of

LIFETIME = timedelta(hours=72)


def add(db: Database, token_hash: str, account_id: int, made_by: str, now: datetime) -> None:
    """Invite the owner of an account; an earlier invitation of hers ends.

    Args:
        db: to write, within a transaction.
        token_hash: of the token in her link.
        account_id: whose.
        made_by: name of who invites.
        now: with a zone.
    """
    db.execute("DELETE FROM invitation WHERE account_id = ? AND used_at IS NULL", [account_id])
    db.execute(
        "INSERT INTO invitation (token_hash, account_id, made_by, expires_at) VALUES (?, ?, ?, ?)",
        [token_hash, account_id, made_by, text_of(now + LIFETIME)],
    )


def find_account(db: Database, token_hash: str, now: datetime) -> int | None:
    """Return the id of the account that an open invitation is for, or None.

    Args:
        db: to read.
        token_hash: of the token in the link.
        now: with a zone.
    """
    row = db.execute(
        "SELECT account_id FROM invitation JOIN account ON account.id = account_id"
        " WHERE token_hash = ? AND used_at IS NULL AND expires_at > ? AND is_active",
        [token_hash, text_of(now)],
    ).fetchone()
    return None if row is None else int(row[0])


def use(db: Database, token_hash: str, now: datetime) -> bool:
    """Use up an invitation; tell whether it was still open.

    Args:
        db: to write.
        token_hash: of the token in the link.
        now: with a zone.
    """
    sql = (
        "UPDATE invitation SET used_at = ?"
        " WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?"
    )
    return db.execute(sql, [text_of(now), token_hash, text_of(now)]).rowcount == 1


def is_waiting(db: Database, account_id: int, now: datetime) -> bool:
    """Tell whether an invitation of an account is still open.

    Args:
        db: to read.
        account_id: whose.
        now: with a zone.
    """
    sql = "SELECT 1 FROM invitation WHERE account_id = ? AND used_at IS NULL AND expires_at > ?"
    return db.execute(sql, [account_id, text_of(now)]).fetchone() is not None
