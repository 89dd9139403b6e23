"""Examine an installation: is the database whole, is what it says allowed, is there room."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path

from sosdir import db
from sosdir.checking import check_service
from sosdir.errors import DatabaseError
from sosdir.models import Service
from sosdir.publishing import rules
from sosdir.store import geography, services, soundness

PREFECTURES = 47
# Below this nothing can be saved before long; below four times as much it is time to look.
LEAST_FREE_BYTES = 256 * 1024 * 1024
# A log that is never taken into the database: a reader holds it, or the disk is slow.
MOST_WAL_BYTES = 256 * 1024 * 1024
_MOST_NAMED = 5


class Verdict(IntEnum):
    """Say how bad it is; the numbers are the exit statuses that monitors know."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what one check found.

    Args:
        check: its name.
        verdict: how bad it is.
        detail: a sentence; what to do, where it is not well.
    """

    check: str
    verdict: Verdict
    detail: str


def examine(database: Path, today: date, free_bytes: int | None = None) -> tuple[Finding, ...]:
    """Return what each check finds; nothing is changed.

    Args:
        database: of the installation.
        today: in Japan.
        free_bytes: on the disk of the database; asked of the system when not given.
    """
    try:
        with db.reading(database) as found:
            return tuple(_of_data(found, today)) + tuple(_of_disk(database, free_bytes))
    except DatabaseError as error:
        return (Finding("database", Verdict.FAULT, str(error)),)


def worst(findings: Iterable[Finding]) -> Verdict:
    """Return the worst verdict of all.

    Args:
        findings: of one examination.
    """
    return max((each.verdict for each in findings), default=Verdict.OK)


def _of_data(found: db.Database, today: date) -> Iterator[Finding]:
    damages, dangling = soundness.damages(found), soundness.dangling(found)
    yield _judge("integrity", damages, "Put a backup back: sosdir restore FILE.")
    yield _judge("references", dangling, "Put a backup back: sosdir restore FILE.")
    if damages or dangling:
        return
    everything = services.everything(found)
    yield _judge("index", soundness.misindexed(found, everything), "Make it anew: sosdir reindex.")
    yield _gazetteer(found)
    yield _judge("facts", _against_the_rules(found, everything), "Mend them under /admin.")
    ahead = [each.id for each in everything if _is_ahead(each, today)]
    yield _judge("clock", ahead, "Dates lie ahead of today: is the clock of this machine right?")


def _judge(check: str, faults: list[str], remedy: str) -> Finding:
    if not faults:
        return Finding(check, Verdict.OK, "Nothing found.")
    named = ", ".join(faults[:_MOST_NAMED])
    more = f" and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
    return Finding(check, Verdict.FAULT, f"{named}{more}. {remedy}")


def _gazetteer(found: db.Database) -> Finding:
    count = len(geography.prefectures(found))
    if count == PREFECTURES and geography.municipalities(found):
        return Finding("gazetteer", Verdict.OK, "All prefectures and their municipalities.")
    detail = f"{count} of {PREFECTURES} prefectures. Load a data package: sosdir load."
    return Finding("gazetteer", Verdict.FAULT, detail)


def _against_the_rules(found: db.Database, everything: list[Service]) -> list[str]:
    """Return what no service may hold, such as a retired number or a channel without a source."""
    known = rules(found)
    return [
        f"{service.id} ({fault.column}: {fault.reason})"
        for service in everything
        for fault in check_service(
            service, known.codes, known.dead, needs_sources=service.hold is None
        )
    ]


def _is_ahead(service: Service, today: date) -> bool:
    return service.collected_on > today or (service.checked_on or today) > today


def _of_disk(database: Path, free_bytes: int | None) -> Iterator[Finding]:
    free = shutil.disk_usage(database.parent).free if free_bytes is None else free_bytes
    verdict = Verdict.OK
    if free < 4 * LEAST_FREE_BYTES:
        verdict = Verdict.FAULT if free < LEAST_FREE_BYTES else Verdict.WARNING
    yield Finding("disk", verdict, f"{free // 1024**2} MB are free on the disk of the database.")
    wal = database.with_name(f"{database.name}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    verdict = Verdict.WARNING if size > MOST_WAL_BYTES else Verdict.OK
    yield Finding("log", verdict, f"{size // 1024**2} MB wait in the write-ahead log.")
