"""Write the rows that were chosen, all in the transaction of the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sosdir import publishing
from sosdir.db import Database
from sosdir.errors import Fault, RefusedError
from sosdir.publishing import Rules
from sosdir.revising import Action, Author, Reason, StaleError
from sosdir.spreadsheets.proposals import Proposal
from sosdir.store import import_rows, imports
from sosdir.store.import_rows import APPLICABLE, ImportRow, Outcome
from sosdir.store.imports import Status

Progress = Callable[[int], None]
_STALE = (
    "読み取りのあとで、ほかの人がこの窓口を変えました。もう一度読んで、違いを確かめてください。"
)


@dataclass(frozen=True, slots=True)
class Applied:
    """Count what came of applying.

    Args:
        applied: rows that were written.
        stale: rows whose service was changed meanwhile, not written.
        refused: rows that break a rule by now, not written.
    """

    applied: int
    stale: int
    refused: int


def apply_rows(
    db: Database,
    rows: Iterable[ImportRow],
    file_name: str,
    author: Author,
    now: datetime,
    *,
    as_draft: bool,
) -> Iterator[ImportRow]:
    """Write rows and give each as it became: applied, stale or refused.

    Args:
        db: to write, within ``db.changing``.
        rows: changed or created, as the preview gave them.
        file_name: that history names as the reason.
        author: who applies them.
        now: with a zone.
        as_draft: whether they wait for a publisher.
    """
    rules = publishing.rules(db)
    for row in rows:
        reason = Reason(f"取り込み: {file_name} {row.line}行目")
        try:
            _write(db, row, author, reason, now, rules, as_draft)
        except StaleError:
            yield replace(row, outcome=Outcome.STALE, faults=(Fault("", row.line, "", _STALE),))
        except RefusedError as error:
            place = Proposal(row.line).place
            faults = tuple(place(fault) for fault in error.faults)
            yield replace(row, outcome=Outcome.REFUSED, faults=faults)
        else:
            yield replace(row, applied_at=now)


def apply_import(
    db: Database, import_id: int, author: Author, now: datetime, *, as_draft: bool
) -> Applied:
    """Write the chosen rows of an upload; it is closed once nothing of it is left.

    Args:
        db: to write, within ``db.changing``.
        import_id: of an upload that was read.
        author: who applies it.
        now: with a zone.
        as_draft: whether the rows wait for a publisher.
    """
    name = imports.get(db, import_id).name
    chosen = import_rows.to_apply(db, import_id)
    counted = dict.fromkeys((*APPLICABLE, Outcome.STALE, Outcome.REFUSED), 0)
    for row in apply_rows(db, chosen, name, author, now, as_draft=as_draft):
        counted[row.outcome] += 1
        if row.applied_at:
            import_rows.settle(db, import_id, row.line, now)
        else:
            import_rows.refuse(db, import_id, row.line, row.outcome, row.faults)
    applied = Applied(
        sum(counted[each] for each in APPLICABLE), counted[Outcome.STALE], counted[Outcome.REFUSED]
    )
    left, _chosen = import_rows.left(db, import_id)
    if applied.applied and not left and not (applied.stale or applied.refused):
        imports.close(db, import_id, Status.APPLIED, now)
    return applied


def _write(
    db: Database,
    row: ImportRow,
    author: Author,
    reason: Reason,
    now: datetime,
    rules: Rules,
    as_draft: bool,
) -> None:
    if row.service is None:
        return
    if as_draft:
        publishing.save_draft(db, row.service, row.opened, author, reason, now, rules)
        return
    publishing.publish(
        db, row.service, row.opened, author, reason, now, rules, action=Action.IMPORTED
    )
