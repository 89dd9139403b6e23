"""What is frozen is what the live site answers, all of it, and nothing that it keeps to itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from sosdir import db, multilingual
from sosdir.config import Settings
from sosdir.errors import FreezeError, SettingError
from sosdir.freezing import freeze
from sosdir.freezing.addresses import is_live_only
from sosdir.freezing.asking import Asker
from sosdir.freezing.records import Job
from sosdir.locales import LOCALES
from sosdir.models import DataPackage
from sosdir.store import services
from tests.cast import NOON, a_service, the_cast
from tests.frozen import (
    ENDED,
    MERGED,
    SITE,
    a_home,
    files_in,
    frozen,
    manifest_of,
    silent,
)
from tests.test_withheld import EXAMPLES, closed_up, decoded, told


@dataclass(frozen=True)
class Frozen:
    """Hold a frozen site beside the live one."""

    home: Path
    folder: Path
    app: Flask
    manifest: dict[str, Any]
    files: dict[str, bytes]

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        return {each["address"]: each for each in self.manifest["answers"]}

    @cached_property
    def _told(self) -> dict[str, Any]:
        return {}

    def ask(self, address: str) -> Any:
        """Ask the live site, each address once."""
        if address not in self._told:
            self._told[address] = self.app.test_client().get(address, base_url=SITE)
        return self._told[address]


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, package: DataPackage, make_app: Callable[..., Flask]
) -> Frozen:
    """Give the small site frozen in all languages, and the live one at the same instant."""
    home = a_home(tmp_path_factory.mktemp("home"), package)
    folder = tmp_path_factory.mktemp("frozen")
    frozen(home, folder, *LOCALES)
    return Frozen(home, folder, make_app(home, url=SITE), manifest_of(folder), files_in(folder))


@pytest.fixture
def home(tmp_path: Path, package: DataPackage, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Drawing takes long; that pictures are the same is told by the whole site.
    monkeypatch.setattr("sosdir.views.coverage.pictures.drawn", lambda *_: b"drawn")
    (tmp_path / "home").mkdir()
    return a_home(tmp_path / "home", package)


def test_each_file_is_the_answer_of_the_live_site(whole: Frozen) -> None:
    assert len(whole.answers) > 600
    for address, each in whole.answers.items():
        answer = whole.ask(address)
        assert answer.status_code == each["status"], address
        if "file" in each:
            assert whole.files[each["file"]] == answer.get_data(), address
            assert len(answer.get_data()) == each["bytes"]
            assert hashlib.sha256(answer.get_data()).hexdigest() == each["sha256"]
            assert each["content_type"] == answer.content_type


def test_the_headers_of_the_live_site_stand_in_the_manifest(whole: Frozen) -> None:
    of_the_server = {
        "Accept-Ranges",
        "Content-Length",
        "Date",
        "ETag",
        "Last-Modified",
        "Expires",
        "Vary",
        "Location",
    }
    for address, each in whole.answers.items():
        noted = dict(whole.manifest["headers"][each["headers"]])
        live = whole.ask(address).headers
        wanted = {name: value for name, value in live.items() if name not in of_the_server}
        assert noted == wanted, address
        assert "default-src 'self'" in noted["Content-Security-Policy"]


def test_there_is_no_file_that_the_manifest_does_not_name(whole: Frozen) -> None:
    told = [*whole.manifest["answers"]]
    told += [*whole.manifest["not_found"].values(), *whole.manifest["lost"].values()]
    assert {each["file"] for each in told if "file" in each} == whole.files.keys()


def test_every_page_of_the_sitemap_is_frozen(whole: Frozen) -> None:
    listed = re.findall(f"<loc>{SITE}([^<]*)</loc>", whole.files["public/sitemap.xml"].decode())
    assert len(listed) > 250
    assert [each for each in listed if whole.answers[each]["status"] != 200] == []


def test_every_rule_is_frozen_or_said_to_be_for_the_live_site_alone(whole: Frozen) -> None:
    adapter = whole.app.url_map.bind("")
    reached = set()
    for address in whole.answers:
        path = unquote(multilingual.parted(address.partition("?")[0])[1])
        try:
            reached.add(adapter.match(path, return_rule=True)[0].rule)
        except HTTPException:
            assert whole.answers[address]["status"] == 308
    for rule in whole.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            is_frozen = rule.rule in reached
            assert is_frozen != (rule.rule in whole.manifest["live_only"]), rule.rule
            assert not is_frozen or rule.rule in EXAMPLES, f"{rule.rule} is searched for no secret"


def links_in(body: str, address: str) -> set[str]:
    """Return where a page leads on the same site, without a query, by other means than the code."""
    named = re.findall(r"""(?:href|src)=["']?([^"'\s>]+)""", body)
    named += re.findall(r"""(?:content|data-[a-z-]+)=["']?(/[^"'\s>]*)""", body)
    named += re.findall(rf'"({SITE}[^"]*)"', body)
    whole = (urlsplit(urljoin(SITE + address, unescape(each))) for each in named)
    return {each.path for each in whole if each.netloc == SITE[8:] and not each.query}


def test_every_link_leads_to_a_file_or_to_what_only_the_live_site_answers(whole: Frozen) -> None:
    seen = set()
    for address, each in whole.answers.items():
        if each["status"] == 200 and each["content_type"].startswith("text/html"):
            seen |= links_in(whole.files[each["file"]].decode(), address)
    assert len(seen) > 300
    for link in seen:
        answer = whole.answers.get(link)
        known = answer is not None and answer["status"] in {200, 301, 303, 308, 410}
        assert known or is_live_only(multilingual.parted(link)[1]), link


def test_what_a_page_needs_by_a_query_is_there_where_the_query_changes_nothing(
    whole: Frozen,
) -> None:
    named = {each: one for each, one in whole.answers.items() if "?" in each}
    assert any(each.startswith("/map/outlines.js?v=") for each in named)
    for each, one in named.items():
        assert one["file"] == whole.answers[each.partition("?")[0]]["file"]


def test_no_page_is_answered_by_a_query(whole: Frozen) -> None:
    pages = [each for each in whole.answers if "?" in each and ".js?" not in each]
    assert pages == []


def test_who_has_ended_is_said_to_be_gone_and_stands_apart(whole: Frozen) -> None:
    for prefix in ("", "/en", "/ne"):
        gone = whole.answers[f"{prefix}/services/{ENDED.id}"]
        assert gone["status"] == 410
        assert gone["file"].startswith("gone/")
    assert whole.answers["/notices/2026-11-25-2"]["status"] == 410
    assert not any(ENDED.id in each for each in whole.files if each.startswith("public/services"))


def test_who_has_a_successor_leads_on(whole: Frozen) -> None:
    moved = whole.answers[f"/en/services/{MERGED.id}"]
    assert (moved["status"], moved["location"]) == (301, "/en/services/minato-sos")
    assert "file" not in moved
    assert whole.answers["/search"]["location"] == "/"
    assert whole.answers["/api/hsds"]["location"] == "/api/hsds/"


def test_the_page_for_what_is_not_there_is_that_of_the_live_site(whole: Frozen) -> None:
    for code in ("", "en", "ja-easy"):
        prefix = f"/{code}" if code else ""
        file = whole.manifest["not_found"][code]["file"]
        assert whole.files[file] == whole.ask(f"{prefix}/nowhere/at-all").get_data()
    assert whole.manifest["not_found"][""]["file"] == "public/404.html"


def test_the_page_for_a_lost_site_says_so_and_leads_to_the_first_page(whole: Frozen) -> None:
    lost = whole.manifest["lost"]["en"]
    body = whole.files[lost["file"]].decode()
    assert (lost["status"], lost["file"]) == (503, "public/en/503.html")
    assert 'lang="en"' in body
    assert 'href="/en/"' in body


def test_a_page_says_of_which_moment_its_states_are(whole: Frozen) -> None:
    for page in ("index", "areas/14", "services/minato-sos"):
        assert "11月25日(水)12時00分の状態" in whole.files[f"public/{page}.html"].decode()


def test_no_contact_that_is_withheld_and_nothing_on_hold_is_frozen(whole: Frozen) -> None:
    secrets = ("0300000005", "0300000006", "81300000005", "kakushi-line")
    texts = ("mukashi@example.jp", "むかしは24時間", "ひみつの窓口", "管理者だけの覚え書き")
    for name, body in whole.files.items():
        text = told(body)
        numbers = closed_up(f"{text}\n{decoded(text)}")
        assert [each for each in secrets if each in numbers] == [], name
        assert [each for each in texts if each in decoded(text)] == [], name
        assert "kakushi" not in name
    assert b"03-0000-0001" in whole.files["public/services/minato-sos.html"]


def test_a_second_run_at_the_same_instant_changes_nothing(home: Path, tmp_path: Path) -> None:
    first = frozen(home, tmp_path / "out")
    before = (tmp_path / "out" / "site").resolve()
    second = frozen(home, tmp_path / "out")
    assert first.written > 200
    assert (second.answers, second.written, second.gone) == (first.answers, 0, 0)
    assert (tmp_path / "out" / "site").resolve() == before


def test_only_what_has_changed_is_written_anew(home: Path, tmp_path: Path) -> None:
    frozen(home, tmp_path / "out")
    site = tmp_path / "out" / "site" / "public"
    times = {each: (site / each).stat().st_mtime_ns for each in ("privacy.html", "sw.js")}
    changed = site / "services" / "minato-sos.html"
    inode = changed.stat().st_ino
    with db.writing(home / "sosdir.db") as database:
        services.save(database, a_service(name="あたらしい名前"))
        services.remove(database, "kawasaki-desk")
    outcome = frozen(home, tmp_path / "out")
    assert 0 < outcome.written < 100
    assert outcome.gone >= 3
    assert {each: (site / each).stat().st_mtime_ns for each in times} == times
    assert "あたらしい名前" in changed.read_text("utf-8")
    assert changed.stat().st_ino != inode
    assert not (site / "services" / "kawasaki-desk.html").exists()
    assert len(list((tmp_path / "out" / "versions").iterdir())) == 1


def test_a_later_run_tells_the_later_moment(home: Path, tmp_path: Path) -> None:
    frozen(home, tmp_path / "out")
    frozen(home, tmp_path / "out", now=NOON + timedelta(hours=12))
    page = (tmp_path / "out" / "site" / "public" / "index.html").read_text("utf-8")
    assert "11月26日(木)0時00分の状態" in page
    assert manifest_of(tmp_path / "out")["made_at"] == "2026-11-26T00:00:00+09:00"


def test_a_chosen_language_is_frozen_beside_japanese(home: Path, tmp_path: Path) -> None:
    english = next(each for each in LOCALES if each.code == "en")
    frozen(home, tmp_path / "out", english)
    site = tmp_path / "out" / "site" / "public"
    assert (site / "en" / "areas" / "14.html").is_file()
    assert (site / "areas" / "14.html").is_file()
    assert not (site / "ko").exists()
    assert manifest_of(tmp_path / "out")["languages"] == ["", "en"]


def test_several_processes_make_the_same_as_one(home: Path, tmp_path: Path, whole: Frozen) -> None:
    settings = Settings(home=home, url=SITE)
    freeze(settings, tmp_path / "out", NOON, silent, LOCALES[:1], workers=2)
    files = files_in(tmp_path / "out")
    assert len(files) > 200
    # The version of the data is in no file of a page; what differs is what a random number is in.
    assert {name for name in files if files[name] != whole.files[name]} <= {
        "public/coverage.html",
        "public/map.html",
    }


def test_the_data_is_of_one_moment_and_no_copy_is_left(home: Path, tmp_path: Path) -> None:
    frozen(home, tmp_path / "out")
    assert not (home / "freezing").exists()
    assert not (tmp_path / "out" / "versions" / ".unfinished").exists()


def test_a_change_while_it_runs_is_left_for_the_next_run(home: Path, tmp_path: Path) -> None:
    changes = iter([True])

    def meddling(length: int) -> Any:
        if next(changes, False):
            with db.writing(home / "sosdir.db") as database:
                services.save(database, a_service(name="あとからの名前"))
        return silent(length)

    freeze(Settings(home=home, url=SITE), tmp_path / "out", NOON, meddling, LOCALES[:1])
    assert not any(
        "あとからの名前".encode() in body for body in files_in(tmp_path / "out").values()
    )


def test_a_site_that_does_not_know_its_address_is_not_frozen(home: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="Set SOSDIR_URL"):
        frozen(home, tmp_path / "out", url=None)
    with pytest.raises(SettingError, match="no path"):
        frozen(home, tmp_path / "out", url="https://example.jp/sos")
    assert not (tmp_path / "out").exists()


def test_a_page_that_fails_stops_the_run_and_the_former_freeze_stays(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(home, tmp_path / "out")
    before = files_in(tmp_path / "out")
    monkeypatch.setattr("sosdir.views.pages.count_evidence", lambda *_: 1 / 0)
    with pytest.raises(FreezeError, match="answered 500"):
        frozen(home, tmp_path / "out", now=NOON + timedelta(hours=1))
    monkeypatch.undo()
    assert files_in(tmp_path / "out") == before


def test_an_answer_that_sets_a_cookie_is_never_frozen(home: Path, tmp_path: Path) -> None:
    asker = Asker(Job(Settings(home=home, url=SITE), NOON, tmp_path, None))
    with pytest.raises(FreezeError, match="sets a cookie"):
        asker.get("/admin/sign-in")


def test_the_shipped_pages_are_frozen_as_they_are(
    shipped_home: Path, make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    job = Job(Settings(home=shipped_home, url=SITE), NOON, tmp_path, None)
    sample = [
        "/areas/131130",
        "/ne/areas/27",
        "/ja-easy/services/ninshin-sos-tokyo",
        "/en/map",
        "/services.geojson",
        "/open-data/services.csv",
    ]
    batch = Asker(job).batch(sample)
    client = make_app(shipped_home, url=SITE).test_client()
    assert [each.address for each in batch.answers] == sample
    for each in batch.answers:
        body = (tmp_path / str(each.file)).read_bytes()
        assert len(body) == each.size > 20_000
        assert body == client.get(each.address, base_url=SITE).get_data(), each.address
    assert "/ne/areas/271004" in batch.links


def test_everyone_of_the_cast_who_is_public_has_a_page(whole: Frozen) -> None:
    for each in the_cast():
        assert (f"public/services/{each.id}.html" in whole.files) != bool(each.hold), each.id
        assert (f"public/en/services/{each.id}.ics" in whole.files) != bool(each.hold), each.id
