"""Read and write accounts; what weakens or moves an account ends its sessions at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sosdir.accounts import Account, Role
from sosdir.errors import AccountError, NotFoundError
from sosdir.store import passkeys, recovery_codes, sessions
from sosdir.store.instants import text_of

_SELECT = (
    "SELECT id, login, name, role, is_active, created_at, signed_in_at,"
    " password_hash IS NOT NULL AS has_password, totp_seed IS NOT NULL AS has_totp,"
    " EXISTS (SELECT 1 FROM passkey WHERE account_id = account.id) AS has_passkey FROM account"
)


def get(db: Database, account_id: int) -> Account:
    """Return one account.

    Args:
        db: to read.
        account_id: its id.

    Raises:
        NotFoundError: none bears that id.
    """
    found = _first(db, "WHERE id = ?", account_id)
    if found is None:
        raise NotFoundError(f"There is no account {account_id}.")
    return found


def find(db: Database, login: str) -> Account | None:
    """Return the account that bears a login, or None.

    Args:
        db: to read.
        login: in the form that ``accounts.normal_login`` gives.
    """
    return _first(db, "WHERE login = ?", login)


def everyone(db: Database) -> list[Account]:
    """Return all accounts, those that may sign in first, by login.

    Args:
        db: to read.
    """
    return [_account(row) for row in db.query(f"{_SELECT} ORDER BY is_active DESC, login")]


def add(db: Database, login: str, name: str, role: Role, now: datetime) -> Account:
    """Make an account that has no password yet, and return it.

    Args:
        db: to write.
        login: in the form that ``accounts.normal_login`` gives.
        name: as colleagues see it.
        role: what it may do.
        now: with a zone.

    Raises:
        AccountError: the login is taken.
    """
    if find(db, login) is not None:
        raise AccountError(f"「{login}」というログイン名は、もう使われています。")
    made_at = text_of(now)
    cursor = db.execute(
        "INSERT INTO account (login, name, role, created_at) VALUES (?, ?, ?, ?)",
        [login, name, str(role), made_at],
    )
    return get(db, int(cursor.lastrowid or 0))


def change_role(db: Database, account_id: int, role: Role) -> None:
    """Give an account another role and end its sessions.

    Args:
        db: to write, within a transaction.
        account_id: whose.
        role: the new one.

    Raises:
        NotFoundError: none bears that id.
        AccountError: nobody would be left who manages the accounts.
    """
    account = get(db, account_id)
    if role is not Role.ADMIN:
        _keep_an_admin(db, account)
    db.execute("UPDATE account SET role = ? WHERE id = ?", [str(role), account_id])
    sessions.end_all(db, account_id)


def deactivate(db: Database, account_id: int) -> None:
    """Let an account sign in no more, and end its sessions and invitations.

    Args:
        db: to write, within a transaction.
        account_id: whose.

    Raises:
        NotFoundError: none bears that id.
        AccountError: nobody would be left who manages the accounts.
    """
    _keep_an_admin(db, get(db, account_id))
    db.execute("UPDATE account SET is_active = 0 WHERE id = ?", [account_id])
    db.execute("DELETE FROM invitation WHERE account_id = ?", [account_id])
    sessions.end_all(db, account_id)


def activate(db: Database, account_id: int) -> None:
    """Let an account sign in again.

    Args:
        db: to write.
        account_id: whose.

    Raises:
        NotFoundError: none bears that id.
    """
    get(db, account_id)
    db.execute("UPDATE account SET is_active = 1 WHERE id = ?", [account_id])


def note_sign_in(db: Database, account_id: int, now: datetime) -> None:
    """Note when an account signed in.

    Args:
        db: to write.
        account_id: whose.
        now: with a zone.
    """
    at = text_of(now)
    db.execute("UPDATE account SET signed_in_at = ? WHERE id = ?", [at, account_id])


def password_hash(db: Database, account_id: int) -> str | None:
    """Return the hash of an account's password, or None while there is none.

    Args:
        db: to read.
        account_id: whose.
    """
    return _secret(db, "password_hash", account_id)


def set_password(db: Database, account_id: int, password_hash: str, but: str | None = None) -> None:
    """Set a new password and end the account's sessions and open invitations.

    Args:
        db: to write, within a transaction.
        account_id: whose.
        password_hash: as ``passwords.hash_of`` makes it.
        but: hash of the token of the session that goes on, or None.
    """
    rehash(db, account_id, password_hash)
    db.execute("DELETE FROM invitation WHERE account_id = ? AND used_at IS NULL", [account_id])
    sessions.end_all(db, account_id, but)


def rehash(db: Database, account_id: int, password_hash: str) -> None:
    """Keep the same password under a stronger hash.

    Args:
        db: to write.
        account_id: whose.
        password_hash: the stronger one.
    """
    db.execute("UPDATE account SET password_hash = ? WHERE id = ?", [password_hash, account_id])


def totp_seed(db: Database, account_id: int) -> str | None:
    """Return the encrypted seed of an account's codes, or None where there is none.

    Args:
        db: to read.
        account_id: whose.
    """
    return _secret(db, "totp_seed", account_id)


def set_totp(db: Database, account_id: int, seed: str | None, step: int = 0) -> None:
    """Set or take away the seed of an account's codes.

    Args:
        db: to write.
        account_id: whose.
        seed: encrypted, or None to take it away.
        step: the last step whose code was used.
    """
    sql = "UPDATE account SET totp_seed = ?, totp_step = ? WHERE id = ?"
    db.execute(sql, [seed, step, account_id])


def use_totp_step(db: Database, account_id: int, step: int) -> bool:
    """Use up the code of a step; tell whether it was still to be had.

    Args:
        db: to write.
        account_id: whose.
        step: of thirty seconds, since 1970; none before the last one used is taken.
    """
    sql = "UPDATE account SET totp_step = :step WHERE id = :id AND totp_step < :step"
    return db.execute(sql, {"step": step, "id": account_id}).rowcount == 1


def forget_second_factor(db: Database, account_id: int) -> None:
    """Take away all that signing in rests on, the password too: only an invitation helps then.

    Otherwise the password alone would open the account until its owner comes back.

    Args:
        db: to write, within a transaction.
        account_id: whose.
    """
    set_totp(db, account_id, None)
    passkeys.remove_all(db, account_id)
    recovery_codes.replace(db, account_id, ())
    db.execute("UPDATE account SET password_hash = NULL WHERE id = ?", [account_id])
    sessions.end_all(db, account_id)


def _keep_an_admin(db: Database, account: Account) -> None:
    """Refuse to take away the last one who can manage the accounts."""
    if account.role is not Role.ADMIN or not account.is_active:
        return
    # One who was invited and never came cannot manage anything.
    sql = (
        "SELECT 1 FROM account"
        " WHERE role = ? AND is_active AND password_hash IS NOT NULL AND id <> ?"
    )
    if db.execute(sql, [str(Role.ADMIN), account.id]).fetchone() is None:
        raise AccountError(
            f"{account.name}さんは、ただ一人の管理者です。先に、ほかの人を管理者にしてください。"
        )


def _secret(db: Database, column: str, account_id: int) -> str | None:
    row = db.execute(f"SELECT {column} FROM account WHERE id = ?", [account_id]).fetchone()
    return None if row is None else row[0]


def _first(db: Database, tail: str, value: object) -> Account | None:
    return next((_account(row) for row in db.query(f"{_SELECT} {tail}", [value])), None)


def _account(row: dict[str, Any]) -> Account:
    seen = row["signed_in_at"]
    return Account(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        role=Role(row["role"]),
        is_active=bool(row["is_active"]),
        has_password=bool(row["has_password"]),
        has_totp=bool(row["has_totp"]),
        has_passkey=bool(row["has_passkey"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        signed_in_at=datetime.fromisoformat(seen) if seen else None,
    )
