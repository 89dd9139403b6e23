"""oEmbed: our own pages as frames, anything else refused as the specification says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from sosdir.models import DataPackage
from tests.reading import Page, read

HERE = "http://localhost"
OWN = "https://sosdir.example.jp"


def ask(client: FlaskClient, url: str, **more: str) -> Any:
    return client.get("/oembed", query_string={"url": url, **more})


def source(answer: Any) -> str:
    """Return the address that the frame of an answer shows."""
    (attrs,) = [attrs for tag, attrs in frame_of(answer).tags if tag == "iframe"]
    return str(attrs["src"])


def frame_of(answer: Any) -> Page:
    return read(Response(answer.get_json()["html"]))


def test_a_place_is_given_as_a_frame(client: FlaskClient) -> None:
    answer = ask(client, f"{HERE}/areas/141003")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.get_json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["title"] == "横浜市の妊娠の相談窓口"
    assert (told["provider_name"], told["provider_url"]) == ("sosdir", f"{HERE}/")
    assert source(answer) == f"{HERE}/embed?area=141003"


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("/areas/141003?channel=line&at=2026-11-28T20:00&ids=a", "/embed?area=141003&channel=line"),
        ("/?area=141003&need=night&page=2&sort=near", "/embed?area=141003&need=night&sort=near"),
        (f"/?q={quote('横浜市')}", f"/embed?q={quote('横浜市')}"),
        ("/?area=00", "/embed?area=00"),
        ("/embed?area=14&limit=5", "/embed?area=14&limit=5"),
        ("/embed?ids=ninshin-sos-yokohama", "/embed?ids=ninshin-sos-yokohama"),
        ("/services/ninshin-sos-yokohama?area=14", "/embed?ids=ninshin-sos-yokohama"),
        ("/en/areas/141003", "/en/embed?area=141003"),
        ("/ja-easy/services/ninshin-sos-yokohama", "/ja-easy/embed?ids=ninshin-sos-yokohama"),
    ],
)
def test_each_page_has_its_frame_and_the_frame_is_there(
    client: FlaskClient, path: str, frame: str
) -> None:
    answer = ask(client, HERE + path)
    assert source(answer) == HERE + frame
    assert client.get(frame).status_code == 200


def test_a_title_is_in_the_language_of_the_page(client: FlaskClient) -> None:
    title = ask(client, f"{HERE}/en/areas/141003").get_json()["title"]
    assert "Yokohama" in title


def test_sizes_are_kept_within_what_is_asked(client: FlaskClient) -> None:
    told = ask(client, f"{HERE}/areas/14", maxwidth="300", maxheight="200").get_json()
    assert (told["width"], told["height"]) == (300, 200)


def test_xml_says_the_same(client: FlaskClient) -> None:
    url = f"{HERE}/areas/14?channel=line,phone"
    answer = ask(client, url, format="xml")
    assert answer.content_type == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.get_data())
    told = ask(client, url).get_json()
    assert {each.tag: each.text for each in root} == {
        name: str(value) for name, value in told.items()
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://example.jp/areas/14",
        "http://localhost.example.jp/areas/14",
        "http://localhost@example.jp/areas/14",
        "http://example.jp@localhost/areas/14",
        "http://localhost:81/areas/14",
        "//localhost/areas/14",
        "/areas/14",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://[::1",
        f"{HERE}/about",
        f"{HERE}/admin",
        f"{HERE}/static/js/exit.js",
        f"{HERE}/areas/99",
        f"{HERE}/areas/00",
        f"{HERE}/services/nobody",
        f"{HERE}/embed",
        f"{HERE}/embed?ids=nobody",
        f"{HERE}/embed?area=14&limit=99",
        f"{HERE}/",
        f"{HERE}/?area=99",
        f"{HERE}/?area=14&channel=pigeon",
        f"{HERE}/?focus=pregnancy_sos",
        f"{HERE}/?" + "&".join(["area=14"] * 500),
    ],
)
def test_what_is_no_page_of_ours_for_a_frame_is_not_found(client: FlaskClient, url: str) -> None:
    answer = ask(client, url)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert url not in answer.text


def test_a_held_service_is_not_found(client: FlaskClient, package: DataPackage) -> None:
    held = [each.id for each in package.services if each.hold]
    assert held
    for each in held:
        assert ask(client, f"{HERE}/services/{each}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": f"{HERE}/areas/14", "maxwidth": "wide"}, 400),
        ({"url": f"{HERE}/areas/14", "maxheight": "0"}, 400),
        ({"url": f"{HERE}/areas/14", "format": "yaml"}, 501),
    ],
)
def test_what_cannot_be_answered_is_refused(
    client: FlaskClient, query: dict[str, str], status: int
) -> None:
    answer = client.get("/oembed", query_string=query)
    assert answer.status_code == status
    assert answer.get_json(force=True)["invalid_params"]


def test_the_public_address_counts_where_one_is_set(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    client = make_app(shipped_home, url="https://sosdir.example.jp").test_client()
    answer = ask(client, "https://sosdir.example.jp/areas/14")
    assert source(answer) == "https://sosdir.example.jp/embed?area=14"
    assert ask(client, f"{HERE}/areas/14").status_code == 404


def test_where_nobody_may_frame_us_there_is_no_frame(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    client = make_app(shipped_home, url=OWN, embed_ancestors=()).test_client()
    assert ask(client, f"{OWN}/areas/14").status_code == 404
    assert "json+oembed" not in client.get("/areas/14").text
    page = read(client.get("/embedding?q=横浜市"))
    assert "iframe" not in page.text
    assert [attrs for tag, attrs in page.tags if tag == "iframe"] == []


@pytest.fixture(scope="module")
def at_home(shipped_home: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a client of a site that knows its own address."""
    return make_app(shipped_home, url=OWN).test_client()


def offered(client: FlaskClient, path: str) -> list[str]:
    tags = read(client.get(path)).tags
    return [str(attrs["href"]) for _, attrs in tags if "oembed" in (attrs.get("type") or "")]


@pytest.mark.parametrize(
    "path",
    [
        "/areas/141003",
        "/en/areas/141003",
        "/services/ninshin-sos-yokohama",
        "/?area=141003&channel=line&at=2026-11-28T20:00",
        "/embed?area=141003",
    ],
)
def test_a_page_says_where_its_frame_is_asked_for(
    client: FlaskClient, at_home: FlaskClient, path: str
) -> None:
    (address,) = offered(at_home, path)
    assert address.startswith(f"{OWN}/oembed?")
    (url,) = parse_qs(urlsplit(address).query)["url"]
    assert url.startswith(f"{OWN}/")
    assert urlsplit(url).path == path.partition("?")[0]
    assert "at=" not in url
    assert at_home.get(address).status_code == 200
    # A request can name any host, and a cache would tell it to all.
    assert offered(client, path) == []


def test_what_was_typed_stands_in_no_further_address(at_home: FlaskClient) -> None:
    for path in ("/?q=横浜市", "/?q=横浜市&area=141003", "/", "/about"):
        assert offered(at_home, path) == []
    posted = at_home.post("/search", data={"area": "141003"}).text
    assert "json+oembed" not in posted
