"""The files of open data as visitors get them: whole, checked, at once changed by an edit."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import db, open_files
from sosdir.evidence import Published
from sosdir.models import EvidenceLevel
from sosdir.reports import Message, Subject
from sosdir.schedules import TOKYO
from sosdir.store import reports, services
from tests.cast import NOON, a_service
from tests.reading import read

NAMES = tuple(open_files.KINDS)
ALL = (*(f"/open-data/{name}" for name in NAMES), "/open-data/sha256sums.txt")
WHOLE_TYPES = {
    "services.csv": "text/csv; charset=utf-8",
    "columns.csv": "text/csv; charset=utf-8",
    "datapackage.zip": "application/zip",
    "areas.geojson": "application/geo+json",
    "services.vcf": "text/vcard; charset=utf-8",
    "sosdir.db": "application/vnd.sqlite3",
    "metadata.json": "application/json",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_its_type_its_name_and_is_open_to_all(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/open-data/{name}")
    assert answer.status_code == 200
    assert answer.content_type == WHOLE_TYPES[name]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"].endswith(f'; filename="{name}"')
    assert answer.headers["Content-Language"] == "ja"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_checksums_are_those_of_the_files(client: FlaskClient) -> None:
    answer = client.get("/open-data/sha256sums.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    told = dict(line.split("  ")[::-1] for line in answer.get_data(as_text=True).splitlines())
    assert told == {
        name: hashlib.sha256(client.get(f"/open-data/{name}").get_data()).hexdigest()
        for name in NAMES
    }


def test_the_page_leads_to_every_file_and_tells_its_checksum(client: FlaskClient) -> None:
    page = read(client.get("/open-data"))
    sums = client.get("/open-data/sha256sums.txt").get_data(as_text=True)
    for address in ALL:
        assert address in page.links
    for line in sums.splitlines():
        digest, name = line.split("  ")
        assert f"{name} {digest}" in page.text


def test_the_page_tells_what_each_column_holds(client: FlaskClient) -> None:
    text = read(client.get("/open-data")).text
    for told in ("利用可能日時特記事項", "手段ごとの受付時間", "datasette sosdir.db", "CC BY 4.0"):
        assert told in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_file_is_one_for_all_languages(client: FlaskClient, prefix: str) -> None:
    answer = client.get(f"{prefix}/open-data/services.csv")
    assert answer.get_data() == client.get("/open-data/services.csv").get_data()
    page = read(client.get(f"{prefix}/open-data"))
    assert "/open-data/services.csv" in page.links


def test_addresses_in_a_file_are_those_of_the_site(make_app: Any, shipped_home: Path) -> None:
    client = make_app(shipped_home, url="https://sosdir.example").test_client()
    text = client.get("/en/open-data/services.csv").get_data(as_text=True)
    assert "https://sosdir.example/services/ninshin-sos-yokohama" in text
    assert "localhost" not in text
    cards = client.get("/open-data/services.vcf").get_data().replace(b"\r\n ", b"").decode()
    assert "SOURCE:https://sosdir.example/services/ninshin-sos-yokohama.vcf" in cards
    told = client.get("/open-data/metadata.json").get_json()
    assert told["source_url"] == "https://sosdir.example/open-data"


def test_a_site_that_does_not_know_its_address_writes_none_into_its_files(
    shipped_home: Path, make_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for name, kind in open_files.KINDS.items():
        monkeypatch.setitem(open_files.KINDS, name, counted(kind, made))
    client = make_app(shipped_home).test_client()
    for host in ("https://a.example", "https://b.example"):
        for name in NAMES:
            content = client.get(f"/open-data/{name}", base_url=host).get_data()
            assert host.encode() not in content
            assert b"/services/across-japan" not in content
    assert sorted(made) == sorted(NAMES)


def counted(kind: open_files.Kind, made: list[str]) -> open_files.Kind:
    """Return a kind of file that notes when it is made."""

    def make(chosen: Sequence[Published]) -> bytes:
        made.append(kind.name)
        return kind.make(chosen)

    return replace(kind, make=make)


def test_a_file_that_is_being_made_holds_up_no_other(
    shipped_home: Path, make_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, other_is_there = Event(), Event()

    def slowly(_chosen: Sequence[Published]) -> bytes:
        begun.set()
        return b"free" if other_is_there.wait(timeout=20) else b"held up"

    slow = replace(open_files.KINDS["columns.csv"], make=slowly)
    monkeypatch.setitem(open_files.KINDS, slow.name, slow)
    app = make_app(shipped_home)
    with ThreadPoolExecutor(1) as elsewhere:
        answer = elsewhere.submit(app.test_client().get, f"/open-data/{slow.name}")
        assert begun.wait(timeout=20)
        assert app.test_client().get("/open-data/metadata.json").status_code == 200
        other_is_there.set()
    assert answer.result().get_data() == b"free"


@pytest.mark.parametrize("name", ["nothing.csv", "services.txt", "..", "services.csv/"])
def test_what_is_no_file_is_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/open-data/{name}").status_code == 404


@pytest.mark.parametrize("name", ["services.csv", "areas.geojson"])
def test_a_bad_query_is_a_problem_document(client: FlaskClient, name: str) -> None:
    for query in ("at=yesterday", "page=999"):
        answer = client.get(f"/open-data/{name}?{query}")
        assert answer.status_code == 400
        assert answer.content_type == "application/problem+json"


def test_cards_of_a_query_are_those_that_can_be_reached(cast_client: FlaskClient) -> None:
    text = cast_client.get("/open-data/services.vcf").get_data(as_text=True)
    assert text.count("BEGIN:VCARD") == 4
    for without in ("むかし", "るす", "ひみつ"):
        assert without not in text
    some = cast_client.get("/open-data/services.vcf?area=141305").get_data(as_text=True)
    assert some.count("BEGIN:VCARD") == 3


@pytest.mark.parametrize("address", ALL)
def test_who_has_a_file_is_not_sent_it_again(client: FlaskClient, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag


Changing = Callable[..., None]


@pytest.fixture
def change(cast_home: Callable[..., Path]) -> tuple[Path, Changing]:
    home = cast_home()

    def change(**changes: Any) -> None:
        with db.changing(home / "sosdir.db") as database:
            services.save(database, replace(a_service(), **changes))

    return home, change


def test_an_edit_changes_every_file_that_holds_it_at_once(
    change: tuple[Path, Changing], make_app: Any
) -> None:
    home, edit = change
    client = make_app(home).test_client()
    before = {address: client.get(address) for address in ALL}
    edit(name="みなとの新しい窓口", address="横浜市見本町1-1")
    after = {address: client.get(address) for address in ALL}
    changed = {each for each in ALL if before[each].data != after[each].data}
    assert changed == {
        "/open-data/services.csv",
        "/open-data/datapackage.zip",
        "/open-data/areas.geojson",
        "/open-data/services.vcf",
        "/open-data/sosdir.db",
        "/open-data/sha256sums.txt",
    }
    for address in ALL:
        told = client.get(address, headers={"If-None-Match": before[address].headers["ETag"]})
        assert told.status_code == (200 if address in changed else 304)


def test_a_report_labels_the_number_in_the_files_at_once(
    change: tuple[Path, Changing], make_app: Any
) -> None:
    home, _edit = change
    client = make_app(home).test_client()
    addresses = ("/open-data/services.csv", "/open-data/sosdir.db", "/open-data/services.vcf")
    before = [client.get(address).data for address in addresses]
    with db.changing(home / "sosdir.db") as database:
        reports.add(
            database, Message("minato-sos", "minato-sos-1", Subject.NUMBER, None, None), NOON
        )
    after = [client.get(address).data for address in addresses]
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert "番号の確認中" in after[2].replace(b"\r\n ", b"").decode()


def test_what_ages_at_new_year_leaves_the_files(cast_home: Any, make_app: Any) -> None:
    aging = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    clock = [datetime(2026, 12, 31, 23, 59, tzinfo=TOKYO)]
    client = ticking(make_app(cast_home(aging)), clock)
    secrets = (b"03-0000-0001", b"tel:0300000001")
    assert any(secret in client.get("/open-data/sosdir.db").data for secret in secrets)
    clock[0] += timedelta(minutes=2)
    for address in ALL:
        assert not any(secret in client.get(address).data for secret in secrets)


def ticking(app: Flask, clock: list[datetime]) -> FlaskClient:
    """Return a client of a site whose clock can be moved."""
    app.config["CLOCK"] = lambda: clock[0]
    return app.test_client()
