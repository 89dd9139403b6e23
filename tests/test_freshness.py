"""What is told of an answer's age is true: nobody is told that nothing changed when it did."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import create_app, db
from sosdir.config import Settings
from sosdir.hsds.identifiers import identifier
from sosdir.notices import Action
from sosdir.schedules import TOKYO
from sosdir.store import services
from tests import noticing
from tests.cast import a_channel, a_service

FACTS = (
    "/open-data/services.csv",
    "/open-data/datapackage.zip",
    "/open-data/areas.geojson",
    "/open-data/sosdir.db",
    "/open-data/sha256sums.txt",
    "/services/minato-sos.vcf",
    "/services/minato-sos.ics",
    "/feed.xml",
)
HSDS = "/api/hsds"
# By their tags alone: what stands in them depends on more than one date.
BY_TAG = (
    f"{HSDS}/",
    f"{HSDS}/openapi.json",
    f"{HSDS}/profile.json",
    f"{HSDS}/services",
    f"{HSDS}/services?full=true&area_code=14",
    f"{HSDS}/services/{identifier('service', 'minato-sos')}",
    f"{HSDS}/services?minimal=true",
    f"{HSDS}/organizations?full=true",
    f"{HSDS}/service_at_locations",
    f"{HSDS}/taxonomies",
    f"{HSDS}/taxonomy_terms",
    "/areas/14/partners.svg",
    "/coverage.csv",
    "/coverage/14.csv",
    "/oembed?url=http://localhost/areas/14",
    "/open-data/catalog.jsonld",
    "/places.json",
)
OF_THE_MINUTE = ("/services.json", "/services.csv", "/services.geojson")


class Site:
    """Hold a site with the cast whose clock stands at any time after its database was made."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = datetime.now(UTC) + timedelta(seconds=10)
        self.app: Flask = create_app(Settings(home=home), clock=lambda: self.now)
        self.client: FlaskClient = self.app.test_client()
        self.now += timedelta(seconds=10)

    def edit(self, **changes: Any) -> None:
        with db.changing(self.home / "sosdir.db") as database:
            services.save(database, replace(a_service(), **changes))

    def changed_at(self, address: str, **options: Any) -> datetime:
        return parsedate_to_datetime(self.client.get(address, **options).headers["Last-Modified"])

    def asked_since(self, address: str, at: datetime) -> int:
        told = at.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return self.client.get(address, headers={"If-Modified-Since": told}).status_code


@pytest.fixture
def site(cast_home: Callable[..., Path]) -> Site:
    return Site(cast_home())


@pytest.mark.parametrize("address", FACTS)
def test_who_asks_since_the_last_change_is_told_that_nothing_changed(
    site: Site, address: str
) -> None:
    changed_at = site.changed_at(address)
    assert changed_at <= site.now
    assert site.asked_since(address, changed_at) == 304
    assert site.asked_since(address, changed_at - timedelta(seconds=1)) == 200


@pytest.mark.parametrize("address", FACTS)
def test_an_edit_is_never_hidden_by_a_date(site: Site, address: str) -> None:
    # The file says when it was written; the clock of the site is moved to stay behind it.
    known = site.changed_at(address)
    later = known.timestamp() + 60
    site.edit(name="みなとの新しい窓口")
    os.utime(site.home / "sosdir.db", (later, later))
    site.now = datetime.fromtimestamp(later + 60, UTC)
    assert site.asked_since(address, known) == 200
    assert site.changed_at(address) == datetime.fromtimestamp(int(later), UTC)


@pytest.mark.parametrize("address", FACTS)
def test_what_was_written_this_second_has_no_date_yet(site: Site, address: str) -> None:
    later = site.now.timestamp() + 60
    os.utime(site.home / "sosdir.db", (later, later))
    site.now = datetime.fromtimestamp(later + 0.4, UTC)
    assert "Last-Modified" not in site.client.get(address).headers
    assert "ETag" in site.client.get(address).headers


def test_a_notice_that_is_withdrawn_leaves_feed_readers_that_know_only_a_date(site: Site) -> None:
    path = site.home / "sosdir.db"
    for key in ("old", "new"):
        noticing.keep(path, noticing.a_notice(key, title=f"お知らせ {key}"))
    os.utime(path, (site.now.timestamp() + 60,) * 2)
    site.now += timedelta(seconds=120)
    known = site.changed_at("/feed.xml")
    noticing.keep(path, noticing.a_notice("old"), Action.WITHDRAWN, opened=1)
    os.utime(path, (site.now.timestamp() + 60,) * 2)
    site.now += timedelta(seconds=120)
    assert site.asked_since("/feed.xml", known) == 200
    assert "お知らせ old" not in site.client.get("/feed.xml").get_data(as_text=True)


def test_a_new_day_is_a_change_where_the_facts_depend_on_it(site: Site) -> None:
    tomorrow = site.now.astimezone(TOKYO).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow += timedelta(days=1)
    site.now = tomorrow + timedelta(hours=9)
    assert site.changed_at("/services/minato-sos.ics") == tomorrow


def test_reading_is_no_writing(site: Site) -> None:
    before = site.changed_at("/services/minato-sos.vcf")
    for _ in range(3):
        time.sleep(0.4)
        site.client.get("/services.json")
        site.now += timedelta(seconds=5)
    assert site.changed_at("/services/minato-sos.vcf") == before


def test_a_file_that_did_not_change_keeps_its_date_and_tag(site: Site) -> None:
    columns = site.client.get("/open-data/columns.csv")
    site.edit(name="みなとの新しい窓口")
    site.now += timedelta(minutes=5)
    again = site.client.get("/open-data/columns.csv")
    assert again.headers["ETag"] == columns.headers["ETag"]
    assert again.headers["Last-Modified"] == columns.headers["Last-Modified"]


@pytest.mark.parametrize("address", OF_THE_MINUTE)
def test_what_depends_on_the_minute_is_as_new_as_the_request(site: Site, address: str) -> None:
    assert site.changed_at(address) == site.now.replace(microsecond=0)
    # By a date alone nobody can know that the states are the same.
    assert site.asked_since(address, site.now) == 200


@pytest.mark.parametrize("address", OF_THE_MINUTE)
def test_a_tag_stays_while_the_states_do_and_goes_with_them(
    cast_home: Callable[..., Path], make_app: Any, address: str
) -> None:
    clock = [datetime(2026, 11, 25, 15, 58, 10, tzinfo=TOKYO)]
    app = make_app(cast_home())
    app.config["CLOCK"] = lambda: clock[0]
    client = app.test_client()
    tag = client.get(address).headers["ETag"]
    clock[0] += timedelta(minutes=1)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    clock[0] += timedelta(minutes=1)
    # Now it is four, and the lines of the day have closed.
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


@pytest.mark.parametrize("address", BY_TAG)
def test_a_date_alone_never_hides_what_only_its_tag_can_tell(site: Site, address: str) -> None:
    assert site.asked_since(address, site.now) == 200


@pytest.mark.parametrize(
    "address", [each for each in BY_TAG if "services" in each or "partners" in each]
)
def test_an_edit_gives_another_tag(site: Site, address: str) -> None:
    tag = site.client.get(address).headers["ETag"]
    changed = a_channel("minato-sos", value="#8000")
    site.edit(name="みなとの新しい窓口", collected_on=date(2026, 11, 24), channels=(changed,))
    answer = site.client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_stream_has_no_tag_for_nobody_has_seen_its_end(site: Site) -> None:
    answer = site.client.get(f"{HSDS}/services?format=ndjson")
    assert {"ETag", "Last-Modified"}.isdisjoint(answer.headers.keys())


@pytest.mark.parametrize("address", [*FACTS, *OF_THE_MINUTE, *BY_TAG])
def test_a_packed_answer_is_not_sent_again_either(site: Site, address: str) -> None:
    headers = {"Accept-Encoding": "br"}
    first = site.client.get(address, headers=headers)
    if first.headers.get("Content-Encoding") == "br":
        assert brotli.decompress(first.data) == site.client.get(address).data
    headers["If-None-Match"] = first.headers["ETag"]
    assert site.client.get(address, headers=headers).status_code == 304


@pytest.mark.parametrize("address", [*FACTS, *OF_THE_MINUTE])
def test_other_sites_may_read_it_and_a_head_has_its_marks(site: Site, address: str) -> None:
    answer = site.client.head(address)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"] == site.client.get(address).headers["ETag"]
    assert answer.data == b""
