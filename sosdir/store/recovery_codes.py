"""Keep the hashes of the recovery codes; each opens once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from sosdir.store.instants import text_of


def replace(db: Database, account_id: int, code_hashes: Iterable[str]) -> None:
    """Give an account new codes in place of all it had.

    Args:
        db: to write, within a transaction.
        account_id: whose.
        code_hashes: as ``recovery.hash_of`` makes them; none to take all away.
    """
    db.execute("DELETE FROM recovery_code WHERE account_id = ?", [account_id])
    for each in code_hashes:
        sql = "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?)"
        db.execute(sql, [account_id, each])


def use(db: Database, account_id: int, code_hash: str, now: datetime) -> bool:
    """Use up a code; tell whether it was still to be had.

    Args:
        db: to write.
        account_id: whose.
        code_hash: of the code.
        now: with a zone.
    """
    sql = (
        "UPDATE recovery_code SET used_at = ?"
        " WHERE account_id = ? AND code_hash = ? AND used_at IS NULL"
    )
    at = text_of(now)
    return db.execute(sql, [at, account_id, code_hash]).rowcount == 1


def left(db: Database, account_id: int) -> int:
    """Return how many codes an account has left.

    Args:
        db: to read.
        account_id: whose.
    """
    sql = "SELECT count(*) FROM recovery_code WHERE account_id = ? AND used_at IS NULL"
    return int(db.execute(sql, [account_id]).fetchone()[0])
