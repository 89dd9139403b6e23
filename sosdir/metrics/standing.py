"""How an installation stands: its data, its copy, what waits for a person, its disk."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from threading import Lock
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from sosdir import db, evidence
from sosdir.config import Settings
from sosdir.db import Database
from sosdir.errors import DatabaseError
from sosdir.evidence import Age
from sosdir.models import EvidenceLevel
from sosdir.schedules import TOKYO
from sosdir.store import backups, drafts, heartbeats, links, reports, standings, versions
from sosdir.version import __version__

Family = GaugeMetricFamily


class Standing(Collector):
    """Tell how an installation stands at the moment it is asked.

    Args:
        settings: of the installation.
        clock: gives the present instant with a zone.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._clock = clock
        self._kept = _Kept()

    def describe(self) -> Iterable[Family]:
        """Return nothing: registering must not read the database."""
        return ()

    def collect(self) -> Iterator[Family]:
        """Give every metric; those of a database that cannot be read are missing."""
        built = Family("sosdir_build_info", "The version that runs.", labels=("version",))
        built.add_metric((__version__,), 1)
        yield built
        now = self._clock().astimezone(UTC)
        readable, found = self._of_database(now)
        yield _one(
            "sosdir_database_readable", "1 where the database can be read, else 0.", readable
        )
        yield from found
        yield from self._of_disk()
        yield from self._of_backups()

    def _of_database(self, now: datetime) -> tuple[int, list[Family]]:
        try:
            with db.reading(self._settings.database) as database:
                return 1, [*self._of_copy(database, now), *self._of_facts(database, now)]
        except DatabaseError:
            return 0, []

    def _of_copy(self, database: Database, now: datetime) -> Iterator[Family]:
        beat = heartbeats.last(database)
        if beat is None:
            return
        words = "When the writer last noted that it lives, as this database knows it."
        yield _one("sosdir_heartbeat_timestamp_seconds", words, beat.timestamp())
        if self._settings.read_only:
            words = "How old the copy is that this reader serves."
            yield _one("sosdir_replica_lag_seconds", words, (now - beat).total_seconds())

    def _of_facts(self, database: Database, now: datetime) -> Iterator[Family]:
        words = "The version of the services' data; every change makes it another."
        yield _one("sosdir_database_version", words, versions.current(database))
        services = Family(
            "sosdir_services",
            "Listed services, by how well they are known today and how old the last look is.",
            labels=("level", "age"),
        )
        counted = self._kept.services(database, now.astimezone(TOKYO).date())
        for level, age in product(EvidenceLevel, Age):
            services.add_metric((level, age), counted[level, age])
        yield services
        words = "Reports of the public that nobody has answered."
        yield _one("sosdir_reports_waiting", words, reports.count_waiting(database))
        yield _one("sosdir_drafts_waiting", "Drafts that wait.", drafts.count(database))
        words = "Addresses of the web that are gone, or failed several runs in a row."
        yield _one("sosdir_links_dead", words, self._kept.links_dead(database))
        checked = links.last_checked(database)
        if checked is not None:
            words = "When an address of the web was last asked."
            yield _one("sosdir_links_checked_timestamp_seconds", words, checked.timestamp())

    def _of_disk(self) -> Iterator[Family]:
        database = self._settings.database
        size = _size(database)
        yield _one("sosdir_database_bytes", "Size of the file of the database.", size)
        wal = _size(database.with_name(f"{database.name}-wal"))
        yield _one("sosdir_wal_bytes", "Size of the write-ahead log beside it.", wal)
        try:
            usage = shutil.disk_usage(database.parent)
        except OSError:
            return
        yield _one("sosdir_disk_free_bytes", "Free on the disk of the database.", usage.free)
        yield _one("sosdir_disk_bytes", "Size of the disk of the database.", usage.total)

    def _of_backups(self) -> Iterator[Family]:
        folder = self._settings.backups
        if folder is None:
            return
        newest = backups.newest(folder)
        words = "When the newest backup in SOSDIR_BACKUPS was made, 0 where there is none."
        at = newest.timestamp() if newest else 0.0
        yield _one("sosdir_backup_timestamp_seconds", words, at)


class _Kept:
    """Keep what takes a look at every service or link, until one of them or the day changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, tuple[Any, Any]] = {}

    def services(self, database: Database, day: date) -> Counter[tuple[EvidenceLevel, Age]]:
        """Return how many listed services are known so well, and were looked at so long ago."""

        def count() -> Counter[tuple[EvidenceLevel, Age]]:
            return Counter(
                (
                    EvidenceLevel.UNCONFIRMED if day >= withheld_from else level,
                    evidence.age_since(looked_at, day),
                )
                for level, withheld_from, looked_at in standings.looks(database)
            )

        found: Counter[tuple[EvidenceLevel, Age]]
        found = self._get("services", (versions.current(database), day), count)
        return found

    def links_dead(self, database: Database) -> int:
        """Return how many addresses of the web are dead."""
        key = (versions.current(database), links.last_checked(database))
        found: int = self._get("links", key, lambda: len(links.dead(database)))
        return found

    def _get(self, name: str, key: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            if name not in self._found or self._found[name][0] != key:
                self._found[name] = key, make()
            return self._found[name][1]


def _one(name: str, words: str, value: float) -> Family:
    return Family(name, words, value=value)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
