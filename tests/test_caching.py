"""What is kept is true: it goes with every edit and every minute, and is nobody's alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask, request_started
from flask.testing import FlaskClient

from sosdir import create_app, db
from sosdir.caching import NEVER_KEPT, NOT_KEPT, Answer, Answers, Generation, only_kept
from sosdir.config import Settings
from sosdir.schedules import TOKYO
from sosdir.stamps import Stamp, stamp
from sosdir.store import services
from tests.cast import a_channel, a_service

# A Wednesday: みなと answers from 10:00 to 16:00, and nobody else begins or ends in between.
NOON = datetime(2026, 11, 25, 12, 0, 15, tzinfo=TOKYO)


class Site:
    """Hold a site whose clock is moved by hand, and count what its application is asked."""

    def __init__(self, home: Path, **settings: Any) -> None:
        self.now = NOON
        self.path = home / "sosdir.db"
        self.app: Flask = create_app(Settings(home=home, **settings), clock=lambda: self.now)
        self.client: FlaskClient = self.app.test_client()
        self.asked: list[str] = []
        request_started.connect(self._count, self.app)
        self.settle()

    def _count(self, _app: Flask, **_more: Any) -> None:
        from flask import request

        self.asked.append(request.full_path)

    def settle(self) -> None:
        """Wait until what was written last cannot be mistaken for what comes next."""
        while not stamp(self.path).is_settled:
            time.sleep(0.01)

    def edit(self, **changes: Any) -> None:
        """Save the first service of the cast anew."""
        with db.changing(self.path) as database:
            services.save(database, replace(a_service(), **changes))


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Take what is settled for old: nobody wants to wait a second in each test."""
    if "soon after" not in request.node.name.replace("_", " "):
        monkeypatch.setattr("sosdir.caching._YOUNG", 0.0)


@pytest.fixture
def site(cast_home: Callable[..., Path]) -> Site:
    return Site(cast_home())


PUBLIC = (
    "/",
    "/?q=港",
    "/services/minato-sos",
    "/areas/14",
    "/map",
    "/coverage",
    "/about",
    "/en/areas/14",
    "/services.json",
    "/services.csv",
    "/feed.xml",
    "/open-data/services.csv",
    "/api/hsds/services",
    "/embed?area=14",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_who_asks_again_within_the_minute_gets_the_same_without_work(
    site: Site, address: str
) -> None:
    first = site.client.get(address)
    again = site.client.get(address)
    assert first.status_code == 200
    assert len(site.asked) == 1
    assert again.data == first.data
    assert list(again.headers) == list(first.headers)


def test_every_edit_is_seen_by_whoever_asks_next(site: Site) -> None:
    for number in range(40):
        site.edit(name=f"みなと相談 {number}")
        if number % 4 == 0:
            site.settle()
        for _ in range(2):
            assert f"みなと相談 {number}" in site.client.get("/services/minato-sos").text


def test_an_edit_within_one_tick_of_the_clock_is_seen(site: Site) -> None:
    seen = []
    for number in range(60):
        site.edit(name=f"みなと相談 {number}")
        seen.append(f"みなと相談 {number}" in site.client.get("/services/minato-sos").text)
    assert all(seen)


def test_soon_after_a_writing_nothing_is_kept_for_long(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who looked while the disk took over a commit may have read the old.
    counted = []
    for age in (0.52, 0.58, 0.72, 0.93, 1.2, 30.0):
        monkeypatch.setattr(Stamp, "age", age)
        site.client.get("/areas/14")
        counted.append(len(site.asked))
    assert counted == [1, 1, 2, 3, 4, 4]


def test_a_database_put_in_its_place_is_seen(
    site: Site, cast_home: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert site.client.get("/services/minato-sos").status_code == 200
    other = tmp_path_factory.mktemp("other") / "sosdir.db"
    with db.reading(site.path) as found:
        found.execute("COMMIT")
        found.execute("VACUUM INTO ?", [str(other)])
    with db.changing(other) as database:
        services.save(database, replace(a_service(), name="べつの名前"))
    other.replace(site.path)
    for suffix in ("-wal", "-shm"):
        site.path.with_name(f"sosdir.db{suffix}").unlink(missing_ok=True)
    assert "べつの名前" in site.client.get("/services/minato-sos").text


def test_the_next_minute_is_told_anew(site: Site) -> None:
    assert "12時00分" in site.client.get("/areas/14").text
    site.now += timedelta(seconds=44)
    assert "12時00分" in site.client.get("/areas/14").text
    assert len(site.asked) == 1
    site.now += timedelta(seconds=1)
    assert "12時01分" in site.client.get("/areas/14").text


def state(site: Site, service_id: str) -> str:
    found = site.client.get("/services.json?per_page=100").json["services"]
    return next(each["state"] for each in found if each["id"] == service_id)


def test_no_page_is_older_than_the_next_change_of_a_state(site: Site) -> None:
    site.edit(channels=(a_channel("minato-sos", hours="Mo-Fr 10:00-16:00"),))
    site.settle()
    site.now = datetime(2026, 11, 25, 15, 59, 59, tzinfo=TOKYO)
    assert state(site, "minato-sos") == "open"
    site.now += timedelta(seconds=1)
    assert state(site, "minato-sos") == "closed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("/areas/14", {}), ("/en/areas/14", {})),
        (("/areas/14", {}), ("/areas/14?state=open", {})),
        (("/areas/14", {}), ("/areas/14", {"base_url": "https://other.example"})),
        (("/areas/14", {}), ("/areas/14", {"base_url": "https://localhost"})),
        (("/areas/14", {}), ("/areas/14", {"headers": {"Accept-Encoding": "br"}})),
    ],
    ids=["language", "query", "host", "scheme", "packing"],
)
def test_what_differs_is_kept_apart(site: Site, one: Any, other: Any) -> None:
    answers = {site.client.get(path, **more).data for path, more in (one, other, one, other)}
    assert len(site.asked) == 2
    assert len(answers) == 2


def test_browsers_that_name_their_packings_otherwise_share_an_answer(site: Site) -> None:
    packed = {
        site.client.get("/areas/14", headers={"Accept-Encoding": accepted}).data
        for accepted in ("br", "gzip, deflate, br", "gzip, deflate, br, zstd", "br;q=1.0, gzip")
    }
    assert len(packed) == 1
    assert "神奈川県" in brotli.decompress(packed.pop()).decode()
    assert len(site.asked) == 1


def test_a_packing_that_is_refused_is_not_used(site: Site) -> None:
    headers = {"Accept-Encoding": "br;q=0, gzip;q=0.5"}
    assert site.client.get("/areas/14", headers=headers).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/admin/sign-in", {}),
        ("/healthz", {}),
        ("/report/minato-sos", {}),
        ("/offline/14", {}),
        ("/services/nobody", {}),
        ("/?at=never", {}),
        ("/areas/14", {"headers": {"Authorization": "Bearer x"}}),
        ("/open-data/services.csv", {"headers": {"Range": "bytes=0-9"}}),
    ],
    ids=str,
)
def test_what_is_not_for_all_or_not_whole_is_made_each_time(
    site: Site, address: str, more: Any
) -> None:
    for _ in range(2):
        site.client.get(address, **more)
    assert len(site.asked) == 2


def test_who_sends_a_cookie_is_answered_apart(site: Site) -> None:
    site.client.set_cookie("a", "b")
    for _ in range(2):
        site.client.get("/areas/14")
    assert len(site.asked) == 2


def test_what_was_posted_is_not_kept(site: Site) -> None:
    for place in ("港", "横浜"):
        answer = site.client.post("/search", data={"q": place})
        assert place in answer.text
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert len(site.asked) == 2


@pytest.mark.parametrize("address", ["/areas/14", "/services.json", "/open-data/services.csv"])
@pytest.mark.parametrize("packing", ["", "br", "gzip"])
def test_who_has_a_page_already_is_not_sent_it_again(
    site: Site, address: str, packing: str
) -> None:
    headers = {"Accept-Encoding": packing}
    first = site.client.get(address, headers=headers)
    headers["If-None-Match"] = first.headers["ETag"]
    for _ in range(2):
        again = site.client.get(address, headers=headers)
        assert again.status_code == 304
        assert again.data == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert "Content-Security-Policy" in again.headers
        assert "Content-Length" not in again.headers
    assert len(site.asked) == 1


def test_who_has_another_page_is_sent_this_one(site: Site) -> None:
    site.client.get("/areas/14")
    answer = site.client.get("/areas/14", headers={"If-None-Match": 'W/"other", "one"'})
    assert answer.status_code == 200
    assert "神奈川県" in answer.text


def test_a_head_is_told_what_a_get_would_be(site: Site) -> None:
    whole, head = site.client.get("/areas/14"), site.client.head("/areas/14")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))


def kept_on_the_way(answer: Any) -> dict[str, int]:
    control = answer.headers["Cache-Control"].split(", ")
    assert control.pop(0) == "public"
    return {name: int(value) for name, _, value in (each.partition("=") for each in control)}


def test_those_on_the_way_are_told_how_long_a_page_holds(site: Site) -> None:
    told = kept_on_the_way(site.client.get("/areas/14"))
    assert told == {
        "max-age": 0,
        "s-maxage": 45,
        "stale-while-revalidate": 60,
        "stale-if-error": 900,
    }
    site.now += timedelta(seconds=30)
    assert kept_on_the_way(site.client.get("/areas/14"))["s-maxage"] == 15
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("until", "beyond"), [("12:01", 0), ("12:02", 60), ("12:05", 60)], ids=lambda told: str(told)
)
def test_nobody_shows_a_page_beyond_a_change_of_state(site: Site, until: str, beyond: int) -> None:
    site.edit(channels=(a_channel("minato-sos", hours=f"Mo-Fr 10:00-{until}"),))
    site.settle()
    told = kept_on_the_way(site.client.get("/about"))
    assert told["s-maxage"] == 45
    assert told["stale-while-revalidate"] == beyond


def test_no_fault_is_kept_on_the_way(site: Site) -> None:
    for address in ("/nowhere", "/services/nobody", "/?at=never"):
        assert site.client.get(address).headers["Cache-Control"] == "no-cache"


def test_a_site_may_keep_nothing(cast_home: Callable[..., Path]) -> None:
    site = Site(cast_home(), cache_megabytes=0)
    for _ in range(2):
        assert "s-maxage=45" in site.client.get("/areas/14").headers["Cache-Control"]
    assert len(site.asked) == 2


def test_pages_without_a_database_are_kept_by_nobody(site: Site) -> None:
    site.path.unlink()
    for _ in range(2):
        answer = site.client.get("/privacy")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert len(site.asked) == 2


@pytest.fixture
def answer() -> Answer:
    return Answer("200 OK", (("Content-Type", "text/html"),), b"x" * 1000, None, None)


def test_what_is_kept_takes_no_more_room_than_it_may(answer: Answer) -> None:
    kept, generation = Answers(5000), Generation(Stamp(()), 1)
    kept.find(generation, ("0",))
    for number in range(100):
        kept.keep(generation, (str(number),), answer)
    found = [number for number in range(100) if kept.find(generation, (str(number),))]
    assert found == [96, 97, 98, 99]


def test_what_was_made_before_an_edit_is_not_kept_after_it(answer: Answer) -> None:
    kept, before, after = Answers(5000), Generation(Stamp(()), 1), Generation(Stamp(()), 2)
    kept.find(before, ("a",))
    kept.find(after, ("a",))
    kept.keep(before, ("a",), answer)
    assert kept.find(after, ("a",)) is None
    assert kept.find(before, ("a",)) is None


def test_whoever_comes_late_from_the_minute_before_takes_nothing_away(answer: Answer) -> None:
    kept, before, after = Answers(5000), Generation(Stamp(()), 1), Generation(Stamp(()), 2)
    kept.find(after, ("a",))
    kept.keep(after, ("a",), answer)
    assert kept.find(before, ("a",)) is None
    assert kept.find(after, ("a",)) == answer


def test_nobody_on_the_way_answers_for_us_whether_we_are_well(site: Site) -> None:
    assert site.client.get("/healthz").headers["Cache-Control"] == "no-store"


def test_who_asks_for_what_is_kept_alone_makes_no_work(site: Site) -> None:
    client = site.app.test_client()
    whole, site.app.wsgi_app = site.app.wsgi_app, only_kept(site.app.wsgi_app)  # type: ignore[method-assign]
    assert client.get("/areas/14").status_code == NOT_KEPT
    site.app.wsgi_app = whole  # type: ignore[method-assign]
    made = client.get("/areas/14")
    site.app.wsgi_app = only_kept(whole)  # type: ignore[method-assign]
    assert client.get("/areas/14").data == made.data
    assert client.get("/nowhere").status_code == NOT_KEPT
    for address in ("/admin/sign-in", "/healthz"):
        assert client.get(address).status_code == NEVER_KEPT
    assert len(site.asked) == 1
