"""The feed is Atom by RFC 4287, in pages by RFC 5005, and tells nothing that may not be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import news
from tests import noticing, reviewing
from tests.cast import NOON
from tests.noticing import a_notice
from tests.reading import read
from tests.reviewing import HANAKO, a_line

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def path(cast_home: Callable[..., Path]) -> Path:
    """Give the database of a site with two changes of a line and a notice."""
    path = cast_home() / "sosdir.db"
    reviewing.keep(path, a_line())
    reviewing.publish(path, a_line(name="みなと&<新>SOS"), NOON + timedelta(minutes=1))
    noticing.keep(path, a_notice(title="題 & <b>", body="本文\x0bです"), now=NOON)
    return path


@pytest.fixture
def client(path: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(path.parent, url="https://sosdir.example").test_client()


def root_of(client: FlaskClient, query: str = "") -> ElementTree.Element:
    response = client.get(f"/feed.xml{query}")
    assert response.status_code == 200
    return ElementTree.fromstring(response.get_data())


def parsed(client: FlaskClient, query: str = "") -> Any:
    found = feedparser.parse(client.get(f"/feed.xml{query}").get_data())
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_reader_reads_what_is_new(client: FlaskClient) -> None:
    found = parsed(client)
    assert found.version == "atom10"
    assert found.feed.language == "ja"
    assert [each.title for each in found.entries] == [
        "みなと&<新>SOS: 窓口の名前が変わりました。",
        "題 & <b>",
    ]
    assert [each.link for each in found.entries] == [
        "https://sosdir.example/services/minato-sos",
        "https://sosdir.example/notices/2026-11-25-1",
    ]
    assert found.entries[1].content[0].type == "text/plain"


def test_the_feed_has_all_that_the_standard_asks(client: FlaskClient) -> None:
    root = root_of(client)
    assert root.tag == f"{ATOM}feed"
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = parent.findall(f"{ATOM}{name}")
            assert (found.text or "").strip()
        assert parent.findall(f"{ATOM}link[@rel='alternate']")
    assert [each.text for each in root.iter(f"{ATOM}name")] == ["sosdir"]
    instants = [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]
    assert all(INSTANT.fullmatch(each.text or "") for each in instants)
    ids = [each.text or "" for each in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("urn:uuid:") for each in ids)
    (self_link,) = root.findall(f"{ATOM}link[@rel='self']")
    assert self_link.get("href") == "https://sosdir.example/feed.xml"


def test_the_feed_is_as_new_as_its_newest_entry(client: FlaskClient) -> None:
    found = parsed(client)
    assert found.feed.updated == max(each.updated for each in found.entries)


def test_an_entry_keeps_its_id(client: FlaskClient, path: Path) -> None:
    before = {each.id for each in parsed(client).entries}
    reviewing.publish(path, a_line(name="また新しい名前"), NOON + timedelta(minutes=9))
    assert before < {each.id for each in parsed(client).entries}


def test_no_admin_no_reason_and_no_number_is_in_it(client: FlaskClient, path: Path) -> None:
    channels = (replace(a_line().channels[0], value="110"), *a_line().channels[1:])
    reviewing.publish(path, a_line(channels=channels), NOON + timedelta(minutes=9))
    root = root_of(client)
    told = (each.text or "" for each in root.iter() if each.tag != f"{ATOM}id")
    text = " ".join(told).replace(NOON.strftime("%Y-%m"), "")
    assert "電話の番号が変わりました。" in text
    for secret in (HANAKO.name, "電話で聞いた", "189", "110"):
        assert secret not in text


def test_an_empty_feed_is_as_old_as_the_facts(cast_client: FlaskClient) -> None:
    found = parsed(cast_client)
    assert found.entries == []
    assert found.feed.updated == "2026-11-22T15:00:00Z"


def test_older_entries_are_led_to_page_by_page(client: FlaskClient, path: Path) -> None:
    for minute in range(10, 10 + news.PER_PAGE):
        reviewing.publish(path, a_line(eligibility=f"{minute}"), NOON + timedelta(minutes=minute))
    seen, query = [], ""
    for _ in range(3):
        found = parsed(client, query)
        seen += [each.id for each in found.entries]
        links = {each.rel: each.href for each in found.feed.links}
        assert links["first"] == "https://sosdir.example/feed.xml"
        if "next" not in links:
            break
        query = links["next"].removeprefix("https://sosdir.example/feed.xml")
    assert len(seen) == len(set(seen))
    assert links["previous"] == links["first"]
    assert client.get("/feed.xml?page=99").status_code == 404


def test_a_feed_of_a_place_tells_what_concerns_it(client: FlaskClient, path: Path) -> None:
    noticing.keep(path, a_notice("far", title="遠くの話", areas=("01",), services=()))
    titles = [each.title for each in parsed(client, "?area=141003").entries]
    assert "題 & <b>" in titles
    assert "遠くの話" not in titles
    assert parsed(client, "?area=01").entries[0].title == "遠くの話"
    assert parsed(client, "?area=01").feed.title.endswith("(北海道)")
    assert parsed(client, "?area=01").feed.id != parsed(client).feed.id


def test_the_feed_keeps_its_id_whatever_the_host_is_called(
    path: Path, make_app: Callable[..., Flask]
) -> None:
    client = make_app(path.parent).test_client()
    for query in ("", "?area=14", "?area=14&page=1"):
        ids = {
            feedparser.parse(client.get(f"/feed.xml{query}", base_url=host).get_data()).feed.id
            for host in ("http://one.example", "https://two.example")
        }
        assert len(ids) == 1


@pytest.mark.parametrize(
    ("changes", "here", "there"),
    [
        ({"areas": ("00",), "services": ()}, True, True),
        ({"areas": (), "services": ("minato-sos",)}, True, False),
        ({"areas": (), "services": ("nihon-always",)}, True, True),
        ({"areas": (), "services": ("kakushi-line",)}, False, False),
        ({"areas": (), "services": ()}, False, False),
    ],
    ids=["everywhere", "line", "line-everywhere", "line-on-hold", "nowhere"],
)
def test_the_page_and_the_feed_of_a_place_agree_on_which_notices_concern_it(
    client: FlaskClient, path: Path, changes: dict[str, Any], *, here: bool, there: bool
) -> None:
    noticing.force(path, a_notice("asked", **changes))
    for code, is_told in (("141003", here), ("14", here), ("01", there)):
        assert ("/notices/asked" in read(client.get(f"/areas/{code}")).links) == is_told, code
        links = [each.link for each in parsed(client, f"?area={code}").entries]
        assert ("https://sosdir.example/notices/asked" in links) == is_told, code


@pytest.mark.parametrize("query", ["?area=x", "?area=99", "?page=0", "?page=x", "?page=²"])
def test_a_bad_question_is_refused_in_words(client: FlaskClient, query: str) -> None:
    assert client.get(f"/feed.xml{query}").status_code == 400


def test_who_asks_again_is_told_that_nothing_is_new(client: FlaskClient, path: Path) -> None:
    asked = {"If-None-Match": client.get("/feed.xml").headers["ETag"]}
    assert client.get("/feed.xml", headers=asked).status_code == 304
    reviewing.publish(path, a_line(name="また新しい名前"), NOON + timedelta(minutes=9))
    assert client.get("/feed.xml", headers=asked).status_code == 200


def test_the_feed_is_open_to_all_and_leaves_no_cookie(client: FlaskClient) -> None:
    response = client.get("/feed.xml")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("page", ["/", "/en/", "/notices", "/areas/14"])
def test_every_page_names_the_feed(client: FlaskClient, page: str) -> None:
    links = [attrs for tag, attrs in read(client.get(page)).tags if tag == "link"]
    (found,) = [each for each in links if each.get("type") == "application/atom+xml"]
    assert (found["rel"], found["href"]) == ("alternate", "/feed.xml")
