"""Who commissions whom in a prefecture: a picture, a list that says the same, a file."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import Organization
from tests.cast import HARBOUR, a_service
from tests.reading import read

SVG = "{http://www.w3.org/2000/svg}"
WAYS = ("/organizations/", "/services/", "/programs/")


def links_within(html: str, start: str, end: str) -> set[str]:
    part = html[html.index(start) :]
    return set(re.findall(r'<a href="([^"]+)"', part[: part.index(end)]))


def links_of_picture(html: str) -> set[str]:
    return links_within(html, '<svg class="ties__picture', "</svg>")


def links_of_list(html: str) -> set[str]:
    return links_within(html, 'id="list-title"', "</main>")


@pytest.mark.parametrize("code", ["11", "13", "28", "43", "47"])
def test_the_picture_and_the_list_say_the_same(client: FlaskClient, code: str) -> None:
    html = client.get(f"/areas/{code}/partners").text
    drawn = {each for each in links_of_picture(html) if each.startswith(WAYS)}
    assert drawn
    assert drawn == {each for each in links_of_list(html) if each.startswith(WAYS)}


def test_who_commissions_a_line_for_the_country_stands_where_it_sits(client: FlaskClient) -> None:
    page = read(client.get("/areas/43/partners"))
    assert {"/organizations/kumamoto-ken", "/organizations/aiikukai"} <= set(page.links)


def test_every_prefecture_has_its_page(client: FlaskClient) -> None:
    for number in range(1, 48):
        assert client.get(f"/areas/{number:02}/partners").status_code == 200


@pytest.mark.parametrize("code", ["141003", "99", "00", "x"])
def test_only_a_prefecture_has_one(client: FlaskClient, code: str) -> None:
    assert client.get(f"/areas/{code}/partners").status_code == 404
    assert client.get(f"/areas/{code}/partners.svg").status_code == 404


def test_the_prefecture_leads_there_and_back(client: FlaskClient) -> None:
    assert "/areas/28/partners" in read(client.get("/areas/28")).links
    assert "/areas/28/partners" in read(client.get("/areas/281000")).links
    assert "/areas/28" in read(client.get("/areas/28/partners")).links


def test_the_picture_as_a_file_is_whole_and_says_whence_and_when(client: FlaskClient) -> None:
    response = client.get("/areas/28/partners.svg")
    assert response.mimetype == "image/svg+xml"
    assert "attachment" in response.headers["Content-Disposition"]
    root = ElementTree.fromstring(response.text)
    assert root.tag == f"{SVG}svg"
    text = "".join(root.itertext())
    assert "http://localhost/areas/28/partners" in text
    assert "2026年11月25日" in text
    for each in root.iter(f"{SVG}a"):
        assert urlsplit(each.attrib["href"]).netloc == "localhost"
    assert "style" not in response.text


def test_the_file_speaks_the_language_of_its_page(client: FlaskClient) -> None:
    response = client.get("/en/areas/28/partners.svg")
    root = ElementTree.fromstring(response.text)
    names = [each for each in root.iter(f"{SVG}text") if each.attrib.get("lang") == "ja"]
    assert names
    assert "/en/organizations/hyogo-ken" in response.text


def test_a_long_list_is_shown_in_pages(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    lines = [
        a_service(
            f"line-{number:02}",
            organization=Organization(f"kai-{number % 7}", f"見本の会{number % 7}"),
            commissioners=(HARBOUR,) if number % 2 else (),
            channels=(),
        )
        for number in range(41)
    ]
    client = make_app(cast_home(*lines)).test_client()
    found: list[str] = []
    for number in (1, 2, 3):
        html = client.get(f"/areas/14/partners?page={number}").text
        found += [each for each in links_of_picture(html) if each.startswith("/services/")]
        assert client.get(f"/areas/14/partners.svg?page={number}").status_code == 200
    assert sorted(found) == [f"/services/line-{number:02}" for number in range(41)]
    assert client.get("/areas/14/partners?page=4").status_code == 400


def test_where_nothing_is_said_nothing_is_drawn(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    alone = a_service(organization=None, commissioners=(), partners=(), programs=())
    client = make_app(cast_home(alone)).test_client()
    page = client.get("/areas/14/partners")
    assert page.status_code == 200
    assert "ties__picture" not in page.text
    assert client.get("/areas/14/partners.svg").status_code == 404


def test_names_are_data_in_the_picture_too(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    hostile = '</text><script>alert(1)</script>"&'
    service = a_service(organization=Organization("evil", hostile), partners=(hostile,))
    client = make_app(cast_home(service)).test_client()
    for path in ("/areas/14/partners", "/areas/14/partners.svg", "/organizations/evil"):
        text = client.get(path).text
        assert "<script>alert" not in text.replace("\n", "")
    ElementTree.fromstring(client.get("/areas/14/partners.svg").text)
