"""A line that a load adds to a directory is new at every door that tells what is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import db, publishing
from sosdir.revising import Author
from sosdir.store import services
from sosdir.views.hsds import API
from tests.cast import NOON, a_service
from tests.reading import read

ATLAS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def client(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a site to which a load added a line yesterday; the others stayed as they were."""
    home = cast_home()
    with db.changing(home / "sosdir.db") as database:
        before = {each.id: each for each in services.everything(database)}
        services.save(database, a_service("joined", name="くわわった窓口"))
        publishing.keep_history_of_load(database, before, Author(None, "sosdir load"), YESTERDAY)
    return make_app(home).test_client()


def test_the_feed_tells_of_it(client: FlaskClient) -> None:
    (entry,) = feedparser.parse(client.get("/feed.xml").get_data()).entries
    assert entry.title == "くわわった窓口: 新しくのせました。"


def test_the_planners_page_tells_of_it_by_its_day(client: FlaskClient) -> None:
    text = read(client.get("/coverage?since=2026-11-24")).text
    assert "2026年11月24日 くわわった窓口 この案内に加わりました" in text
    assert "くわわった窓口" not in read(client.get("/coverage?since=2026-11-25")).text


def test_the_sitemap_dates_it_by_the_day_of_the_load(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").get_data())
    days = {
        urlsplit(url.findtext(f"{ATLAS}loc") or "").path: url.findtext(f"{ATLAS}lastmod")
        for url in root
    }
    assert days["/services/joined"] == "2026-11-24"
    assert days["/services/minato-sos"] == "2026-11-23"


def test_the_api_tells_of_it_to_who_keeps_a_copy(client: FlaskClient) -> None:
    asked = {"modified_after": YESTERDAY.isoformat()}
    contents = client.get(f"{API}/services", query_string=asked).get_json()["contents"]
    assert [each["slug"] for each in contents] == ["joined"]
