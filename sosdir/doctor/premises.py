"""Look at what surrounds a database: its disk, who else can read it, its copies."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sosdir.accounts import secret_key
from sosdir.doctor.findings import Finding, Verdict, graded, judge
from sosdir.store import backups, heartbeats

# Below this nothing can be saved before long; below four times as much it is time to look.
LEAST_FREE_BYTES = 256 * 1024 * 1024
# A log that is never taken into the database: a reader holds it, or the disk is slow.
MOST_WAL_BYTES = 256 * 1024 * 1024
# A copy whose pages say that they are stale; and one that has been so for hours.
LAGGING, LOST = heartbeats.STALE_AFTER, timedelta(hours=2)
# A backup is made every night: one was missed; a week of them was.
MISSED_ONE, MISSED_A_WEEK = timedelta(hours=36), timedelta(days=7)

# Whoever else may read or write.
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def of_disk(database: Path, free_bytes: int | None) -> Iterator[Finding]:
    """Give whether there is room.

    Args:
        database: its file.
        free_bytes: on its disk; asked of the system when not given.
    """
    free = shutil.disk_usage(database.parent).free if free_bytes is None else free_bytes
    verdict = Verdict.OK
    if free < 4 * LEAST_FREE_BYTES:
        verdict = Verdict.FAULT if free < LEAST_FREE_BYTES else Verdict.WARNING
    yield Finding("disk", verdict, f"{free // 1024**2} MB are free on the disk of the database.")
    wal = database.with_name(f"{database.name}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    verdict = Verdict.WARNING if size > MOST_WAL_BYTES else Verdict.OK
    yield Finding("log", verdict, f"{size // 1024**2} MB wait in the write-ahead log.")


def of_modes(database: Path) -> Finding:
    """Return whether anyone but its owner can read what is secret.

    Args:
        database: its file.
    """
    key = database.with_name(secret_key.FILE)
    if _is_open(key):
        remedy = "Others can read the secret key: chmod 600 it, and make a new one if they did."
        return judge("modes", [key.name], remedy)
    beside = (database.with_name(f"{database.name}{ending}") for ending in ("", "-wal", "-shm"))
    found = [each.name for each in beside if _is_open(each)]
    remedy = "Others can read password hashes and reports: chmod 600 them."
    return judge("modes", found, remedy, Verdict.WARNING)


def of_copy(beat: datetime | None, now: datetime) -> Finding:
    """Return whether a reader's copy follows its writer.

    Args:
        beat: when the writer last lived, as the copy knows it.
        now: with a zone.
    """
    if beat is None:
        words = "The writer has never told that it lives: is it of this version, and does it run?"
        return Finding("replica", Verdict.WARNING, words)
    lag = now - beat
    words = f"The copy is {_told(lag)} old."
    return graded("replica", lag / LAGGING, 1, LOST / LAGGING, words)


def of_backups(folder: Path, now: datetime) -> Finding:
    """Return whether there is a backup, and a new one.

    Args:
        folder: that backups go to.
        now: with a zone.
    """
    newest = backups.newest(folder)
    if newest is None:
        return Finding(
            "backup", Verdict.FAULT, f"There is none in {folder}. Make one: sosdir backup."
        )
    age = now - newest
    words = f"The newest is {_told(age)} old."
    return graded("backup", age / MISSED_ONE, 1, MISSED_A_WEEK / MISSED_ONE, words)


def _is_open(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & _OTHERS)


def _told(age: timedelta) -> str:
    seconds = max(0, int(age.total_seconds()))
    if seconds < 2 * 3600:
        return f"{seconds // 60} minutes"
    return f"{seconds // 3600} hours"
