"""Examine an installation: is the database whole, is what it says allowed, is there room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sosdir import db
from sosdir.checking import check_service
from sosdir.doctor import premises, publication
from sosdir.doctor.findings import Finding, Verdict, judge, worst
from sosdir.errors import DatabaseError
from sosdir.models import Service
from sosdir.publishing import Rules, rules
from sosdir.schedules import TOKYO
from sosdir.store import geography, heartbeats, services, soundness, structure

__all__ = ["Finding", "Patient", "Verdict", "examine", "worst"]

PREFECTURES = 47


@dataclass(frozen=True, slots=True)
class Patient:
    """Hold what is examined.

    Args:
        database: its file.
        now: with a zone.
        free_bytes: on the disk of the database; asked of the system when not given.
        is_copy: whether it follows a writer elsewhere.
        backups: the folder that backups go to, None where it is not told.
    """

    database: Path
    now: datetime
    free_bytes: int | None = None
    is_copy: bool = False
    backups: Path | None = None


def examine(patient: Patient) -> tuple[Finding, ...]:
    """Return what each check finds; nothing is changed.

    What rests on what was found broken is not examined, and no finding tells of it.

    Args:
        patient: what is examined.
    """
    return (*_of_database(patient), *_of_premises(patient))


def _of_database(patient: Patient) -> tuple[Finding, ...]:
    try:
        with db.reading(patient.database) as found:
            return tuple(_of_data(found, patient))
    except DatabaseError as error:
        return (Finding("database", Verdict.FAULT, str(error)),)


def _of_data(found: db.Database, patient: Patient) -> Iterator[Finding]:
    damages, dangling = soundness.damages(found), soundness.dangling(found)
    yield judge("integrity", damages, "Put a backup back: sosdir restore FILE.")
    yield judge("references", dangling, "Put a backup back: sosdir restore FILE.")
    if damages or dangling:
        return
    yield _schema(found)
    everything, known = services.everything(found), rules(found)
    yield judge("index", soundness.misindexed(found, everything), "Make it anew: sosdir reindex.")
    yield _gazetteer(found)
    yield judge("facts", _against_the_rules(everything, known), "Mend them under /admin.")
    today = patient.now.astimezone(TOKYO).date()
    leaks = publication.leaks(found, everything, today)
    yield judge("published", leaks, "Take the number out of the text under /admin.")
    ahead = [each.id for each in everything if _is_ahead(each, today)]
    yield judge("clock", ahead, "Dates lie ahead of today: is the clock of this machine right?")
    if patient.is_copy:
        yield premises.of_copy(heartbeats.last(found), patient.now)


def _schema(found: db.Database) -> Finding:
    """Return whether the tables are those that this version makes; triggers keep history whole."""
    newer = structure.newer_steps(found)
    if newer:
        remedy = "A newer version has changed the database: upgrade this one."
        return judge("schema", newer, remedy, Verdict.WARNING)
    lacking = structure.lacking(found)
    if lacking:
        return judge("schema", lacking, "It is not as it was made: put a backup back.")
    unexpected = structure.unexpected(found)
    return judge("schema", unexpected, "Nothing of sosdir made that: who did?", Verdict.WARNING)


def _gazetteer(found: db.Database) -> Finding:
    count = len(geography.prefectures(found))
    if count == PREFECTURES and geography.municipalities(found):
        return Finding("gazetteer", Verdict.OK, "All prefectures and their municipalities.")
    detail = f"{count} of {PREFECTURES} prefectures. Load a data package: sosdir load."
    return Finding("gazetteer", Verdict.FAULT, detail)


def _against_the_rules(everything: list[Service], known: Rules) -> list[str]:
    """Return what no service may hold, such as a retired number or a channel without a source."""
    return [
        f"{service.id} ({fault.column}: {fault.reason})"
        for service in everything
        for fault in check_service(
            service, known.codes, known.dead, needs_sources=service.hold is None
        )
    ]


def _is_ahead(service: Service, today: date) -> bool:
    return service.collected_on > today or (service.checked_on or today) > today


def _of_premises(patient: Patient) -> Iterator[Finding]:
    if patient.database.parent.is_dir():
        yield from premises.of_disk(patient.database, patient.free_bytes)
        yield premises.of_modes(patient.database)
    if patient.backups is not None:
        yield premises.of_backups(patient.backups, patient.now)
