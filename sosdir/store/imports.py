"""Keep uploaded files until they are closed; what their rows came to is in ``import_rows``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from sosdir.errors import NotFoundError
from sosdir.revising import Author
from sosdir.store.instants import instant_of, text_of


class Status(StrEnum):
    """Tell how far an upload is; from ``APPLIED`` on it is closed and its bytes are gone."""

    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    APPLIED = "applied"
    DISCARDED = "discarded"


STATUS_LABELS = MappingProxyType(
    {
        Status.READING: "読み取り中",
        Status.READY: "取り込む前",
        Status.FAILED: "読めなかった",
        Status.APPLIED: "取り込み済み",
        Status.DISCARDED: "閉じた",
    }
)
OPEN = (Status.READING, Status.READY, Status.FAILED)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Hold an upload without its bytes.

    Args:
        id: of the upload.
        name: of the file, as its sender calls it.
        layout: ``ours`` or ``municipal``, empty until it is known.
        author: who sent it.
        uploaded_at: when.
        status: how far it is.
        attempt: how often it was begun to be read; only the last reader may write.
        done: rows read.
        total: rows there are.
        warnings: sentences on the file as a whole.
        closed_at: when it was closed, or None.
    """

    id: int
    name: str
    layout: str
    author: Author
    uploaded_at: datetime
    status: Status
    attempt: int
    done: int
    total: int
    warnings: tuple[str, ...]
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it may still be read again and applied."""
        return self.status in OPEN


_FILE = (
    "id, name, layout, account_id, account_name, uploaded_at, status, attempt, done, total,"
    " warnings, closed_at"
)


def add(db: Database, name: str, content: bytes, author: Author, now: datetime) -> int:
    """Keep an upload and return its id.

    Args:
        db: to write, within a transaction.
        name: of the file.
        content: its bytes.
        author: who sent it.
        now: with a zone.
    """
    cursor = db.execute(
        "INSERT INTO import_file (name, layout, account_id, account_name, uploaded_at, status,"
        " content) VALUES (?, '', ?, ?, ?, ?, ?)",
        [name, author.account_id, author.name, text_of(now), Status.READING, content],
    )
    return int(cursor.lastrowid or 0)


def get(db: Database, import_id: int) -> ImportFile:
    """Return an upload.

    Args:
        db: to read.
        import_id: its id.

    Raises:
        NotFoundError: there is none.
    """
    for row in db.query(f"SELECT {_FILE} FROM import_file WHERE id = ?", [import_id]):
        return _file(row)
    raise NotFoundError("There is no such import.")


def newest(db: Database, limit: int = 50) -> list[ImportFile]:
    """Return the latest uploads, newest first.

    Args:
        db: to read.
        limit: how many at most.
    """
    rows = db.query(f"SELECT {_FILE} FROM import_file ORDER BY id DESC LIMIT ?", [limit])
    return [_file(row) for row in rows]


def waiting(db: Database) -> list[ImportFile]:
    """Return the uploads that are not closed, the one that waits longest first.

    Args:
        db: to read.
    """
    marks = ", ".join("?" for _ in OPEN)
    rows = db.query(f"SELECT {_FILE} FROM import_file WHERE status IN ({marks}) ORDER BY id", OPEN)
    return [_file(row) for row in rows]


def content(db: Database, import_id: int) -> bytes:
    """Return the bytes of an upload, none once it is closed.

    Args:
        db: to read.
        import_id: its id.
    """
    sql = "SELECT content FROM import_file WHERE id = ?"
    return next((bytes(row["content"]) for row in db.query(sql, [import_id])), b"")


def begin(db: Database, import_id: int) -> int:
    """Begin to read an upload anew and return the number of the attempt.

    Args:
        db: to write, within a transaction.
        import_id: its id; it must be open.

    Raises:
        NotFoundError: there is none, or it is closed.
    """
    if not get(db, import_id).is_open:
        raise NotFoundError("This import is closed.")
    db.execute("DELETE FROM import_row WHERE import_id = ?", [import_id])
    db.execute(
        "UPDATE import_file SET status = ?, attempt = attempt + 1, done = 0, total = 0,"
        " warnings = '[]' WHERE id = ?",
        [Status.READING, import_id],
    )
    return get(db, import_id).attempt


def is_current(db: Database, import_id: int, attempt: int) -> bool:
    """Tell whether an attempt is the last one and the upload is still being read.

    Args:
        db: to read, within the transaction that is to write.
        import_id: of the upload.
        attempt: as ``begin`` gave it.
    """
    sql = "SELECT 1 FROM import_file WHERE id = ? AND attempt = ? AND status = ?"
    return bool(db.execute(sql, [import_id, attempt, Status.READING]).fetchone())


def finish(
    db: Database, import_id: int, status: Status, layout: str, warnings: Iterable[str]
) -> None:
    """Note that an upload was read, or could not be.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        status: ``READY`` or ``FAILED``.
        layout: of its columns.
        warnings: sentences on the file as a whole.
    """
    told = json.dumps(list(warnings), ensure_ascii=False)
    sql = "UPDATE import_file SET status = ?, layout = ?, warnings = ? WHERE id = ?"
    db.execute(sql, [status, layout, told, import_id])


def close(db: Database, import_id: int, status: Status, now: datetime) -> None:
    """Close an upload: its bytes and the services it held are dropped, what it did is kept.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        status: ``APPLIED`` or ``DISCARDED``.
        now: with a zone.
    """
    db.execute(
        "UPDATE import_file SET status = ?, closed_at = ?, content = x'', attempt = attempt + 1"
        " WHERE id = ?",
        [status, text_of(now), import_id],
    )
    db.execute("UPDATE import_row SET content = NULL WHERE import_id = ?", [import_id])


def close_older(db: Database, than: datetime, now: datetime) -> None:
    """Discard the open uploads that came before an instant.

    Args:
        db: to write, within a transaction.
        than: with a zone.
        now: with a zone.
    """
    for each in waiting(db):
        if each.uploaded_at < than:
            close(db, each.id, Status.DISCARDED, now)


def _file(row: dict[str, Any]) -> ImportFile:
    uploaded_at = datetime.fromisoformat(row["uploaded_at"])
    return ImportFile(
        id=row["id"],
        name=row["name"],
        layout=row["layout"],
        author=Author(row["account_id"], row["account_name"]),
        uploaded_at=uploaded_at,
        status=Status(row["status"]),
        attempt=row["attempt"],
        done=row["done"],
        total=row["total"],
        warnings=tuple(json.loads(row["warnings"])),
        closed_at=instant_of(row["closed_at"]),
    )
