"""Keep who is signed in, on which browser, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from sosdir.store.instants import text_of

# However busy: after a working day one signs in anew; and so after a long pause.
LONGEST = timedelta(hours=12)
LONGEST_PAUSE = timedelta(hours=2)
# How stale ``seen_at`` may be: not every request is to write.
REFRESH = timedelta(minutes=5)

_ALIVE = "session.began_at > :began AND session.seen_at > :seen"


@dataclass(frozen=True, slots=True)
class Session:
    """Hold one session.

    Args:
        token_hash: its key; the token itself is known to the browser only.
        account_id: who is signed in.
        began_at: with a zone.
        seen_at: last asked for something, give or take ``REFRESH``.
    """

    token_hash: str
    account_id: int
    began_at: datetime
    seen_at: datetime


def begin(db: Database, token_hash: str, account_id: int, agent_hash: str, now: datetime) -> None:
    """Begin a session; those that are over are swept out.

    Args:
        db: to write.
        token_hash: of its new token.
        account_id: who signed in.
        agent_hash: of the browser's own name, to which the session is bound.
        now: with a zone.
    """
    db.execute(f"DELETE FROM session WHERE NOT ({_ALIVE})", _bounds(now))
    db.execute(
        "INSERT INTO session (token_hash, account_id, agent_hash, began_at, seen_at)"
        " VALUES (?, ?, ?, ?, ?)",
        [token_hash, account_id, agent_hash, text_of(now), text_of(now)],
    )


def find(db: Database, token_hash: str, agent_hash: str, now: datetime) -> Session | None:
    """Return a session that is not over, from the browser it was begun on, of an active account.

    Args:
        db: to read.
        token_hash: of the token that the browser sent.
        agent_hash: of the browser's own name.
        now: with a zone.
    """
    sql = (
        "SELECT session.* FROM session JOIN account ON account.id = account_id"
        f" WHERE token_hash = :token AND agent_hash = :agent AND is_active AND {_ALIVE}"
    )
    values = {"token": token_hash, "agent": agent_hash, **_bounds(now)}
    return next((_session(row) for row in db.query(sql, values)), None)


def of_account(db: Database, account_id: int, now: datetime) -> list[Session]:
    """Return the sessions of an account that are not over, the latest first.

    Args:
        db: to read.
        account_id: whose.
        now: with a zone.
    """
    sql = f"SELECT * FROM session WHERE account_id = :account AND {_ALIVE} ORDER BY seen_at DESC"
    return [_session(row) for row in db.query(sql, {"account": account_id, **_bounds(now)})]


def touch(db: Database, token_hash: str, now: datetime) -> None:
    """Note that a session was used.

    Args:
        db: to write.
        token_hash: which; one that has ended stays ended.
        now: with a zone.
    """
    db.execute("UPDATE session SET seen_at = ? WHERE token_hash = ?", [text_of(now), token_hash])


def end(db: Database, token_hash: str) -> None:
    """End one session: its token opens nothing any more.

    Args:
        db: to write.
        token_hash: which; an unknown one is passed over.
    """
    db.execute("DELETE FROM session WHERE token_hash = ?", [token_hash])


def end_all(db: Database, account_id: int, but: str | None = None) -> None:
    """End every session of an account.

    Args:
        db: to write.
        account_id: whose.
        but: hash of the token of one that goes on, or None.
    """
    sql = "DELETE FROM session WHERE account_id = ? AND token_hash IS NOT ?"
    db.execute(sql, [account_id, but])


def _bounds(now: datetime) -> dict[str, str]:
    return {"began": text_of(now - LONGEST), "seen": text_of(now - LONGEST_PAUSE)}


def _session(row: dict[str, Any]) -> Session:
    return Session(
        token_hash=row["token_hash"],
        account_id=row["account_id"],
        began_at=datetime.fromisoformat(row["began_at"]),
        seen_at=datetime.fromisoformat(row["seen_at"]),
    )
