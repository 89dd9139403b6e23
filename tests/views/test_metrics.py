"""The page that Prometheus reads: who may, and whether what it says is so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from sosdir import db, metrics
from sosdir.links import Outcome, Verdict
from sosdir.reports import Message, Subject
from sosdir.store import heartbeats, links, reports, services, standings
from sosdir.version import __version__
from tests.cast import NOON, a_service, the_cast
from tests.running import PROC

TOKEN = "t" * 32
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True)
class Watched:
    """Hold a site that is watched."""

    app: Flask
    home: Path

    def scrape(self, **more: str) -> str:
        answer = self.app.test_client().get("/metrics", headers=BEARER | more)
        assert answer.status_code == 200
        return answer.text

    def value(self, name: str, **labels: str) -> float | None:
        for family in text_string_to_metric_families(self.scrape()):
            for each in family.samples:
                if each.name == name and each.labels == labels:
                    return each.value
        return None


@pytest.fixture
def watch(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Callable[..., Watched]:
    """Give a maker of watched sites over one home with the cast."""
    home = cast_home()

    def make(at: datetime = NOON, **settings: object) -> Watched:
        return Watched(make_app(home, at, metrics_token=TOKEN, **settings), home)

    return make


def test_without_a_token_among_the_settings_there_is_no_such_page(client: FlaskClient) -> None:
    assert client.get("/metrics", headers=BEARER).status_code == 404
    assert client.get("/metrics").data == client.get("/nowhere").data


@pytest.mark.parametrize(
    "sent",
    [None, "", TOKEN, f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[1:]}", "窓"],
)
def test_only_who_bears_the_token_is_told(watch: Callable[..., Watched], sent: str | None) -> None:
    headers = {} if sent is None else {"Authorization": sent.encode().decode("latin-1")}
    answer = watch().app.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "sosdir_" not in answer.text


def test_it_is_kept_nowhere_and_read_by_prometheus(watch: Callable[..., Watched]) -> None:
    answer = watch().app.test_client().get("/metrics", headers=BEARER)
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"
    families = list(text_string_to_metric_families(answer.text))
    names = [each.name for each in families]
    assert len(names) == len(set(names))
    assert all(each.documentation for each in families)


def test_what_is_counted_rises(watch: Callable[..., Watched]) -> None:
    watched = watch()
    labels = {"endpoint": "home.home", "method": "GET", "status": "2xx"}
    assert watched.value("sosdir_requests_total", **labels) is None
    for expected in (1, 2):
        # What was kept is not made again.
        watched.app.test_client().get(f"/?q=LINE{expected}")
        assert watched.value("sosdir_requests_total", **labels) == expected


def test_the_cache_of_pages_is_counted_by_outcome(watch: Callable[..., Watched]) -> None:
    watched = watch()
    assert watched.value("sosdir_page_cache_total", outcome="hit") == 0
    # The scrape itself is never kept.
    passed_by = watched.value("sosdir_page_cache_total", outcome="bypass")
    assert watched.value("sosdir_page_cache_total", outcome="bypass") == (passed_by or 0) + 1
    with watched.app.app_context():
        metrics.count_cache("hit")
    metrics.count_cache("miss", watched.app)
    metrics.count_cache("hit", watched.app)
    assert watched.value("sosdir_page_cache_total", outcome="hit") == 2
    assert watched.value("sosdir_page_cache_total", outcome="miss") == 1


def test_services_are_counted_by_level_and_age(watch: Callable[..., Watched]) -> None:
    def counted(watched: Watched) -> dict[tuple[str, str], int]:
        return {
            (each.labels["level"], each.labels["age"]): int(each.value)
            for family in text_string_to_metric_families(watched.scrape())
            if family.name == "sosdir_services"
            for each in family.samples
        }

    soon, late = counted(watch()), counted(watch(NOON + timedelta(days=800)))
    assert len(soon) == len(late) == 9
    with db.reading(watch().home / "sosdir.db") as database:
        listed = len(standings.everything(database))
    assert 0 < listed <= len(the_cast())
    assert sum(soon.values()) == sum(late.values()) == listed
    assert sum(count for (_, age), count in late.items() if age == "overdue") == listed
    assert sum(count for (_, age), count in soon.items() if age == "fresh") > 0


def test_what_waits_for_a_person_is_counted(watch: Callable[..., Watched]) -> None:
    watched = watch()
    assert watched.value("sosdir_reports_waiting") == 0
    assert watched.value("sosdir_links_dead") == 0
    url = "https://example.jp/minato-sos-s1"
    with db.changing(watched.home / "sosdir.db") as database:
        reports.add(database, Message("minato-sos", None, Subject.OTHER, "ちがう", None), NOON)
        links.save(database, [Verdict(url, Outcome.GONE, 404, None, None)], NOON)
    assert watched.value("sosdir_reports_waiting") == 1
    assert watched.value("sosdir_links_dead") == 1
    assert watched.value("sosdir_links_checked_timestamp_seconds") == NOON.timestamp()


def test_a_reader_tells_how_old_its_copy_is(watch: Callable[..., Watched]) -> None:
    reader = watch(NOON + timedelta(minutes=20), read_only=True)
    assert reader.value("sosdir_replica_lag_seconds") is None
    with db.writing(reader.home / "sosdir.db") as database:
        heartbeats.beat(database, NOON)
    assert reader.value("sosdir_replica_lag_seconds") == 20 * 60
    assert reader.value("sosdir_heartbeat_timestamp_seconds") == NOON.timestamp()
    assert watch().value("sosdir_replica_lag_seconds") is None


def test_the_age_of_the_newest_backup_is_told_where_the_folder_is_known(
    watch: Callable[..., Watched], tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    assert watch().value("sosdir_backup_timestamp_seconds") is None
    # A disk that is not there is told as no backup at all.
    assert watch(backups=copies).value("sosdir_backup_timestamp_seconds") == 0
    copies.mkdir()
    for name, hours in (("old.db", 30), ("new.db.age", 3), ("notes.txt", 1)):
        (copies / name).write_bytes(b"")
        at = (NOON - timedelta(hours=hours)).timestamp()
        os.utime(copies / name, (at, at))
    told = watch(backups=copies).value("sosdir_backup_timestamp_seconds")
    assert told == (NOON - timedelta(hours=3)).timestamp()


def test_the_disk_the_log_the_process_and_the_version_are_told(
    watch: Callable[..., Watched],
) -> None:
    watched = watch()
    usage = shutil.disk_usage(watched.home)
    assert watched.value("sosdir_disk_bytes") == usage.total
    assert 0 < (watched.value("sosdir_disk_free_bytes") or 0) <= usage.total
    size = (watched.home / "sosdir.db").stat().st_size
    assert watched.value("sosdir_database_bytes") == size
    assert watched.value("sosdir_wal_bytes") is not None
    if PROC.is_dir():
        assert (watched.value("process_resident_memory_bytes") or 0) > 1_000_000
        assert (watched.value("process_cpu_seconds_total") or 0) > 0
    assert watched.value("sosdir_build_info", version=__version__) == 1


def test_a_database_that_cannot_be_read_is_told_and_all_else_still_is(
    watch: Callable[..., Watched],
) -> None:
    watched = watch()
    assert watched.value("sosdir_database_readable") == 1
    (watched.home / "sosdir.db").write_bytes(b"no database any more" * 400)
    assert watched.value("sosdir_database_readable") == 0
    assert watched.value("sosdir_services", level="confirmed", age="fresh") is None
    assert watched.value("sosdir_disk_bytes") is not None


def test_services_are_looked_at_only_where_something_has_changed(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    real = standings.looks
    monkeypatch.setattr(standings, "looks", lambda found: looks.append(1) or real(found))
    watched = watch()
    version = watched.value("sosdir_database_version")
    watched.scrape()
    assert len(looks) == 1
    with db.writing(watched.home / "sosdir.db") as database:
        services.save(database, a_service("new"))
    assert watched.value("sosdir_database_version") != version
    assert len(looks) == 2
