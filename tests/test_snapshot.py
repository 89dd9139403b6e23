"""A search opens no database for what is kept, and never answers from what was before a commit."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sosdir import db, snapshot
from sosdir.reports import Message, Subject
from sosdir.stamps import stamp
from sosdir.store import reports, services, versions
from tests.cast import NOON, a_service

KANAGAWA, OSAKA = "/services.json?area=14", "/services.json?area=27"
CAST = (a_service(), a_service("naniwa-sos", service_areas=("27",)))


class Site:
    """Hold a site whose database is opened before our eyes."""

    def __init__(self, home: Path, client: FlaskClient, opened: list[Path]) -> None:
        self.path = home / "sosdir.db"
        self.client = client
        self.opened = opened

    def ask(self, address: str = KANAGAWA) -> Any:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.json

    def names(self, address: str = KANAGAWA) -> list[str]:
        return [each["name"] for each in self.ask(address)["services"]]

    def rename(self, number: int, name: str) -> None:
        with db.writing(self.path) as database:
            services.save(database, replace(CAST[number], name=name))

    def settle(self) -> None:
        """Wait until the next writing must give the files another time, and look once."""
        time.sleep(0.1)
        self.ask()
        self.opened.clear()


@pytest.fixture
def site(cast_home: Callable[..., Path], make_app: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    home, opened = cast_home(*CAST), []
    really = db.open_for_reading

    def watched(path: Path) -> db.Database:
        opened.append(path)
        return really(path)

    monkeypatch.setattr(db, "open_for_reading", watched)
    site = Site(home, make_app(home, cache_megabytes=0).test_client(), opened)
    site.settle()
    return site


def test_what_is_kept_is_told_without_opening_the_database(site: Site) -> None:
    site.names()
    assert not site.opened


def test_an_edit_is_told_at_once(site: Site) -> None:
    for number in range(5):
        site.rename(0, f"みなと{number}")
        assert site.names() == [f"みなと{number}"]


def test_a_report_labels_a_number_at_once(site: Site) -> None:
    channel = CAST[0].channels[0]
    message = Message(CAST[0].id, channel.id, Subject.NUMBER, "つながりません", None)
    with db.changing(site.path) as database:
        reports.add(database, message, NOON)
    (service,) = site.ask()["services"]
    assert service["channels"][0]["doubted"]


def test_a_file_put_in_place_of_the_database_is_told_at_once(site: Site) -> None:
    other = site.path.with_name("other.db")
    with db.reading(site.path) as database:
        database.conn.rollback()
        database.execute("VACUUM INTO ?", [str(other)])
    with db.writing(other) as database:
        services.save(database, replace(CAST[0], name="もどした名前"))
        versions.renew(database, versions.SERVICES)
    site.settle()
    other.replace(site.path)
    assert site.names() == ["もどした名前"]


def test_however_the_files_look_the_database_is_looked_into_after_a_second(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A commit may be seen only after its writing: then the files bear no trace of it.
    found, now = stamp(site.path), [time.monotonic() + 10]
    monkeypatch.setattr(snapshot, "stamp", lambda _: found)
    monkeypatch.setattr(snapshot, "monotonic", lambda: now[0])
    site.names(), site.names()
    site.rename(0, "新しい名前")
    now[0] += 1.0
    assert site.names() == ["新しい名前"]


def test_a_request_that_meets_newer_data_begins_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = stamp(site.path)
    monkeypatch.setattr(snapshot, "stamp", lambda _: found)
    site.rename(1, "新しい名前")
    # It goes by what was known, until it has to read a line that nobody has asked for yet.
    assert site.names(OSAKA) == ["新しい名前"]
    # And where it ends in a fault, the fault is told as ever.
    site.rename(1, "また新しい名前")
    assert site.client.get(f"{OSAKA}&page=9").status_code == 400


def test_a_database_that_is_gone_is_told(site: Site) -> None:
    site.path.unlink()
    assert site.client.get(KANAGAWA).status_code == 503
