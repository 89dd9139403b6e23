"""Where a page leads is found, and nothing that is not ours."""

import pytest

from sosdir.freezing.links import found

BASE = "https://sosdir.example.jp"


def links(body: str, media_type: str = "text/html; charset=utf-8", at: str = "/areas/14") -> set:
    return set(found(body, media_type, at, BASE))


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ('<a class="x" href="/services/a">', ("/services/a", False)),
        ('<a href="/services/a?area=14#s-a">', ("/services/a?area=14", False)),
        ('<a href="/x?a=1&amp;b=2">', ("/x?a=1&b=2", False)),
        ('<a href="13">', ("/areas/13", False)),
        ('<a href="https://sosdir.example.jp/about">', ("/about", False)),
        ('<a href="https://sosdir.example.jp">', ("/", False)),
        ('<script src="/map/outlines.js?v=2" defer></script>', ("/map/outlines.js?v=2", True)),
        ('<link rel="stylesheet" href="/static/a.css">', ("/static/a.css", True)),
        ('<link rel="alternate" href="/feed.xml">', ("/feed.xml", False)),
        ('<use href="/static/img/icons.svg#phone">', ("/static/img/icons.svg", True)),
        ('<button data-locate="/places.json">', ("/places.json", False)),
    ],
)
def test_what_a_page_names_is_found(body: str, link: tuple[str, bool]) -> None:
    assert links(body) == {link}


@pytest.mark.parametrize(
    "body",
    [
        '<a href="tel:0300000001">',
        '<a href="#main">',
        '<a href="https://example.jp/about">',
        '<a href="https://sosdir.example.jp.evil.example/">',
        '<a href="http://[bad">',
        '<div data-count="12">',
        "<p>/services/a</p>",
    ],
)
def test_what_is_not_ours_is_not_found(body: str) -> None:
    assert links(body) == set()


def test_a_style_names_its_pictures() -> None:
    body = ".a{background:url(images/layers.png)}.b{src:url( '/static/x.svg' )}.c{x:url(data:a)}"
    assert links(body, "text/css", "/static/leaflet/leaflet.css") == {
        ("/static/leaflet/images/layers.png", True),
        ("/static/x.svg", True),
    }


def test_what_is_no_text_leads_nowhere() -> None:
    assert links('<a href="/x">', "application/json") == set()
