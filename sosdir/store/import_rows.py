"""Keep what the rows of an upload came to, and which of them are taken."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from sosdir.errors import Fault
from sosdir.models import Service
from sosdir.revising import Change
from sosdir.store.instants import instant_of, text_of
from sosdir.store.revisions import content_of, service_of


class Outcome(StrEnum):
    """Tell what a row comes to; ``STALE`` was changed by someone else since it was read."""

    REFUSED = "refused"
    STALE = "stale"
    CHANGED = "changed"
    CREATED = "created"
    UNCHANGED = "unchanged"


OUTCOME_LABELS = MappingProxyType(
    {
        Outcome.REFUSED: "取り込めない",
        Outcome.STALE: "あとから変わった",
        Outcome.CHANGED: "変わる",
        Outcome.CREATED: "新しい",
        Outcome.UNCHANGED: "変わらない",
    }
)
APPLICABLE = (Outcome.CHANGED, Outcome.CREATED)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """Hold what one row of a file comes to.

    Args:
        line: of the file on which it begins.
        outcome: what it comes to.
        service_id: whose, or None.
        service_name: for people to know it by, or None.
        opened: the revision it was compared with, None for a new service.
        service: as it is to be, None when refused, unchanged or closed.
        changes: field by field.
        notes: sentences on what was repaired or assumed.
        faults: what refuses it.
        is_chosen: whether the admin takes it.
        applied_at: when it was applied, or None.
    """

    line: int
    outcome: Outcome
    service_id: str | None
    service_name: str | None
    opened: int | None = None
    service: Service | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_chosen: bool = True
    applied_at: datetime | None = None


def put(db: Database, import_id: int, rows: Iterable[ImportRow], done: int, total: int) -> None:
    """Keep rows that were read and how far that is.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        rows: read since the last time.
        done: rows read so far.
        total: rows there are.
    """
    values = [(import_id, *_values(row)) for row in rows]
    db.conn.executemany(
        "INSERT INTO import_row (import_id, line, outcome, service_id, service_name, opened,"
        " content, changes, notes, faults) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    db.execute("UPDATE import_file SET done = ?, total = ? WHERE id = ?", [done, total, import_id])


def counts(db: Database, import_id: int) -> dict[Outcome, int]:
    """Return how many rows came to each outcome.

    Args:
        db: to read.
        import_id: of the upload.
    """
    sql = "SELECT outcome, count(*) AS counted FROM import_row WHERE import_id = ? GROUP BY 1"
    found = {row["outcome"]: row["counted"] for row in db.query(sql, [import_id])}
    return {outcome: found.get(outcome, 0) for outcome in Outcome}


def left(db: Database, import_id: int) -> tuple[int, int]:
    """Return how many rows may still be applied, and how many of them are chosen.

    Args:
        db: to read.
        import_id: of the upload.
    """
    sql = (
        "SELECT count(*), coalesce(sum(is_chosen), 0) FROM import_row"
        " WHERE import_id = ? AND outcome IN (?, ?) AND applied_at IS NULL"
    )
    applicable, chosen = db.execute(sql, [import_id, *APPLICABLE]).fetchone()
    return int(applicable), int(chosen)


def rows(
    db: Database, import_id: int, outcomes: Collection[Outcome], limit: int = -1, offset: int = 0
) -> list[ImportRow]:
    """Return rows by line.

    Args:
        db: to read.
        import_id: of the upload.
        outcomes: which to return.
        limit: how many at most, -1 for all.
        offset: how many to pass over.
    """
    sql = "WHERE import_id = ? AND outcome IN (SELECT value FROM json_each(?))"
    tail = f"{sql} ORDER BY line LIMIT ? OFFSET ?"
    return list(_rows(db, tail, [import_id, json.dumps(list(outcomes)), limit, offset]))


def to_apply(db: Database, import_id: int) -> Iterator[ImportRow]:
    """Give the chosen rows that were not applied yet, by line.

    Args:
        db: to read.
        import_id: of the upload.
    """
    # In steps, so that what is written meanwhile in this transaction disturbs no cursor.
    line = 0
    while True:
        tail = (
            "WHERE import_id = ? AND line > ? AND outcome IN (?, ?) AND is_chosen"
            " AND applied_at IS NULL ORDER BY line LIMIT 500"
        )
        found = list(_rows(db, tail, [import_id, line, *APPLICABLE]))
        if not found:
            return
        yield from found
        line = found[-1].line


def choose(db: Database, import_id: int, shown: Collection[int], ticked: Collection[int]) -> None:
    """Note which of the rows that were shown the admin takes.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        shown: lines that had a box.
        ticked: lines whose box was ticked.
    """
    sql = (
        "UPDATE import_row SET is_chosen = line IN (SELECT value FROM json_each(?))"
        " WHERE import_id = ? AND line IN (SELECT value FROM json_each(?))"
    )
    db.execute(sql, [json.dumps(list(ticked)), import_id, json.dumps(list(shown))])


def choose_all(db: Database, import_id: int, *, is_chosen: bool) -> None:
    """Take all rows, or none.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        is_chosen: whether to take them.
    """
    sql = "UPDATE import_row SET is_chosen = ? WHERE import_id = ?"
    db.execute(sql, [int(is_chosen), import_id])


def settle(db: Database, import_id: int, line: int, now: datetime) -> None:
    """Note that a row was applied.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        line: of the row.
        now: with a zone.
    """
    sql = "UPDATE import_row SET applied_at = ? WHERE import_id = ? AND line = ?"
    db.execute(sql, [text_of(now), import_id, line])


def refuse(
    db: Database, import_id: int, line: int, outcome: Outcome, faults: Iterable[Fault]
) -> None:
    """Note that a row could not be applied.

    Args:
        db: to write, within a transaction.
        import_id: of the upload.
        line: of the row.
        outcome: ``STALE`` or ``REFUSED``.
        faults: why.
    """
    sql = "UPDATE import_row SET outcome = ?, faults = ? WHERE import_id = ? AND line = ?"
    db.execute(sql, [outcome, _faults_text(faults), import_id, line])


def _faults_text(faults: Iterable[Fault]) -> str:
    told = [[each.line, each.column, each.reason] for each in faults]
    return json.dumps(told, ensure_ascii=False)


def _values(row: ImportRow) -> tuple[Any, ...]:
    return (
        row.line,
        str(row.outcome),
        row.service_id,
        row.service_name,
        row.opened,
        content_of(row.service) if row.service else None,
        json.dumps([asdict(each) for each in row.changes], ensure_ascii=False),
        json.dumps(list(row.notes), ensure_ascii=False),
        _faults_text(row.faults),
    )


def _rows(db: Database, tail: str, values: list[Any]) -> Iterator[ImportRow]:
    for row in db.query(f"SELECT * FROM import_row {tail}", values):
        yield ImportRow(
            line=row["line"],
            outcome=Outcome(row["outcome"]),
            service_id=row["service_id"],
            service_name=row["service_name"],
            opened=row["opened"],
            service=service_of(row["content"]) if row["content"] else None,
            changes=tuple(Change(**each) for each in json.loads(row["changes"])),
            notes=tuple(json.loads(row["notes"])),
            faults=tuple(Fault("", *each) for each in json.loads(row["faults"])),
            is_chosen=bool(row["is_chosen"]),
            applied_at=instant_of(row["applied_at"]),
        )
