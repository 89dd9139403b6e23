"""The sitemap keeps the rules of sitemaps.org, and its days are true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.locales import LOCALES
from sosdir.models import EvidenceLevel
from sosdir.notices import Action
from sosdir.schedules import TOKYO
from sosdir.views import sitemap
from tests import noticing, reviewing
from tests.cast import NOON, a_service
from tests.noticing import a_notice
from tests.reviewing import a_line

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LARGEST = 50 * 1024 * 1024


def tree(client: FlaskClient, path: str = "/sitemap.xml") -> ElementTree.Element:
    response = client.get(path)
    assert response.content_type == "application/xml; charset=utf-8"
    assert len(response.get_data()) < LARGEST
    return ElementTree.fromstring(response.get_data())


def days(client: FlaskClient) -> dict[str, str | None]:
    """Return the day of each address by its path, after the rules of the protocol."""
    root = tree(client)
    assert root.tag == f"{SITEMAP}urlset"
    found = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        assert [each.tag.removeprefix(SITEMAP) for each in url] in (["loc"], ["loc", "lastmod"])
        address = url.findtext(f"{SITEMAP}loc") or ""
        assert address.startswith("http://localhost/")
        assert len(address) < 2048
        day = url.findtext(f"{SITEMAP}lastmod")
        assert day is None or date.fromisoformat(day) <= NOON.date()
        found[urlsplit(address).path] = day
    return found


@pytest.fixture
def home(cast_home: Callable[..., Path]) -> Path:
    return cast_home()


@pytest.fixture
def client(home: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(home).test_client()


def test_a_service_without_history_is_as_old_as_the_look_at_it(
    home: Path, client: FlaskClient
) -> None:
    reviewing.keep(home / "sosdir.db", a_service("seen", checked_on=date(2026, 11, 24)))
    found = days(client)
    assert found["/services/minato-sos"] == "2026-11-23"
    assert found["/services/seen"] == "2026-11-24"


def test_a_service_that_changed_is_as_old_as_the_change(home: Path, client: FlaskClient) -> None:
    path = home / "sosdir.db"
    reviewing.keep(path, a_line())
    reviewing.draft(path, a_line(name="下書き"), NOON)
    assert days(client)["/services/minato-sos"] == "2026-11-23"
    # Midnight in Japan is the afternoon of the day before in Greenwich.
    reviewing.publish(path, a_line(name="新"), datetime(2026, 11, 25, 0, 30, tzinfo=TOKYO))
    assert days(client)["/services/minato-sos"] == "2026-11-25"
    assert days(client)["/en/services/minato-sos"] == "2026-11-25"


def test_the_day_on_which_contacts_left_a_page_is_a_change_of_it(
    home: Path, make_app: Callable[..., Flask]
) -> None:
    aged = a_service("aged", evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    reviewing.keep(home / "sosdir.db", aged)
    client = make_app(home, datetime(2027, 3, 1, 12, tzinfo=TOKYO)).test_client()
    root = tree(client)
    by_path = {
        urlsplit(each.findtext(f"{SITEMAP}loc") or "").path: each.findtext(f"{SITEMAP}lastmod")
        for each in root
    }
    assert by_path["/services/aged"] == "2027-01-01"


def test_what_is_not_known_has_no_day(client: FlaskClient) -> None:
    found = days(client)
    for path in ("/", "/areas/14", "/about", "/notices"):
        assert found[path] is None


def test_notices_are_listed_with_the_day_they_last_changed(home: Path, client: FlaskClient) -> None:
    path = home / "sosdir.db"
    noticing.keep(path, a_notice(), now=NOON - timedelta(days=2))
    noticing.keep(path, a_notice("waits"), Action.DRAFTED)
    noticing.force(path, a_notice("leaks", body="03-0000-0005"))
    found = days(client)
    assert found["/notices"] == found["/notices/2026-11-25-1"] == "2026-11-23"
    assert not {"/notices/waits", "/notices/leaks"} & set(found)


def test_every_page_stands_in_every_language_once(client: FlaskClient) -> None:
    paths = list(days(client))
    assert len(paths) == len(set(paths)) == len(tree(client))
    plain = [each for each in paths if each.startswith("/areas/")]
    assert len([each for each in paths if "/areas/" in each]) == len(plain) * len(LOCALES)


def test_the_sitemap_is_the_same_whatever_language_it_is_asked_in(client: FlaskClient) -> None:
    assert client.get("/en/sitemap.xml").status_code == 404
    assert client.get("/en/sitemap-1.xml").get_data() == client.get("/sitemap-1.xml").get_data()


def test_a_large_site_has_its_pages_in_several_files(
    shipped_home: Path, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its bound is moved while nothing is written: what is kept would not notice.
    client = make_app(shipped_home, cache_megabytes=0).test_client()
    whole = list(days(client))
    monkeypatch.setattr(sitemap, "MOST", 5000)
    index = tree(client)
    assert index.tag == f"{SITEMAP}sitemapindex"
    files = [urlsplit(each.text or "").path for each in index.iter(f"{SITEMAP}loc")]
    assert files[0] == "/sitemap-1.xml"
    found = []
    for file in files:
        part = [urlsplit(each.text or "").path for each in tree(client, file).iter(f"{SITEMAP}loc")]
        assert 0 < len(part) <= 5000
        found += part
    assert found == whole
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_a_site_that_knows_its_address_lists_it(home: Path, make_app: Callable[..., Flask]) -> None:
    client = make_app(home, url="https://sosdir.example/").test_client()
    addresses = [each.text or "" for each in tree(client).iter(f"{SITEMAP}loc")]
    assert all(each.startswith("https://sosdir.example/") for each in addresses)
    assert addresses[0] == "https://sosdir.example/"
