"""An address names its language, and its page speaks nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from sosdir.locales import EASY_JAPANESE, JAPANESE, LOCALES, Locale, find
from tests.reading import read

KANA = re.compile(r"[ぁ-んァ-ヶ]")
KANJI = re.compile(r"[一-龥々]")
# By these names the lines are known; they are said as they are written.
KNOWN_AS = ("にんしんSOS",)
VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "wbr"}
# Text alone, of which no part can be called Japanese; a title names the line.
UNMARKED = ("style", "script", "title", "textarea")
READ_OUT = ("aria-label", "title", "placeholder", "alt")

PATHS = (
    "/",
    "/?q=",
    "/?q=横浜市",
    "/?q=横浜市 夜 LINE",
    "/?area=14&at=2026-11-28T20:00",
    "/?area=141003&channel=chat&anonymous=1",
    "/?q=府中市",
    "/?focus=pregnancy_sos&page=2",
    "/services/ninshin-sos-yokohama",
    "/services/ninshin-sos-tokyo",
    "/services/ninshin-sos-fukushima",
    "/report/ninshin-sos-yokohama",
    "/report/ninshin-sos-yokohama/thanks",
    "/areas/14",
    "/areas/141003",
    "/map",
    "/map?area=14",
    "/coverage?since=2025-07-01",
    "/coverage/13",
    "/sheet?ids=ninshin-sos-yokohama,ninshin-sos-tokyo",
    "/sheet?ids=ninshin-sos-yokohama&form=card",
    "/developers",
    "/developers/profile",
    "/about",
    "/privacy",
    "/traces",
    "/offline",
    "/offline?area=14",
    "/offline/14",
    "/open-data",
    "/organizations?area=28",
    "/organizations/hyogo-ken",
    "/programs",
    "/programs/ninsanpu-to-seikatsu-enjo",
    "/areas/28/partners",
    "/notices",
    "/embed?area=141003",
    "/embed",
    "/embed?area=x",
    "/embedding?area=141003",
    "/?at=yesterday",
    "/?sort=up&page=0&state=perhaps",
    "/services/nobody",
)
FOREIGN = tuple(each for each in LOCALES if not each.is_japanese)


class _Foreign(HTMLParser):
    """Collect what a page says outside of what it calls Japanese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._within: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        japanese = self._japanese or (tag != "html" and "lang" in told)
        if not japanese:
            self.said += [told[name] or "" for name in READ_OUT if name in told]
            self.said += [value or "" for name, value in attrs if name.startswith("data-")]
        if tag not in VOID:
            self._within.append((tag, japanese or tag in UNMARKED))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._japanese:
            self.said.append(data)

    @property
    def _japanese(self) -> bool:
        return bool(self._within) and self._within[-1][1]


def foreign_text(html: str) -> list[str]:
    parser = _Foreign()
    parser.feed(html)
    texts = [" ".join(text.split()) for text in parser.said]
    for name in KNOWN_AS:
        texts = [text.replace(name, "") for text in texts]
    return [text for text in texts if text]


def leftovers(html: str, locale: Locale) -> list[str]:
    """Return the texts with letters that readers of a language do not read."""
    letters = KANA if locale.code == "zh" else re.compile(f"{KANA.pattern}|{KANJI.pattern}")
    return [text for text in foreign_text(html) if letters.search(text)]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("locale", FOREIGN, ids=lambda locale: locale.code)
def test_a_page_says_nothing_in_japanese_without_calling_it_so(
    client: FlaskClient, locale: Locale, path: str
) -> None:
    answer = client.get(locale.prefix + path)
    assert answer.status_code == client.get(path).status_code
    assert answer.headers["Content-Language"] == locale.tag
    assert f'<html lang="{locale.tag}"' in answer.text
    typed = ("横浜市", "府中市", "夜 LINE")
    said = [text for text in leftovers(answer.text, locale) if not any(t in text for t in typed)]
    assert said == []


# The page for developers is in English; the few terms of ours in it are told as they are.
@pytest.mark.parametrize(
    "path", [path for path in PATHS if not path.startswith(("/services/nin", "/developers/"))]
)
def test_above_every_kanji_of_the_easy_pages_stands_its_reading(
    client: FlaskClient, path: str
) -> None:
    html = client.get(EASY_JAPANESE.prefix + path).text
    # Where no reading can stand: it would be letters between letters.
    body = re.sub(r"<(title|textarea|style|script|svg|option)\b.*?</\1>", "", html, flags=re.DOTALL)
    bare = re.sub(r"<ruby>.*?</ruby>|<[^>]+>", "\n", body)
    # What the dictionary does not know, in names of lines and bodies, stays without a reading.
    unread = {line.strip() for line in bare.splitlines() if KANJI.search(line)}
    shared = {each.name for each in LOCALES}
    assert len(unread - shared) <= 3, unread


def test_readings_of_places_are_those_of_the_gazetteer(client: FlaskClient) -> None:
    page = client.get("/ja-easy/areas/12").text
    assert re.search(r"<ruby>匝瑳市<rp>\(</rp><rt>そうさし</rt>", page)


def links_within(client: FlaskClient, path: str) -> Iterator[str]:
    outside = ("/static/", "http", "tel:", "#", "mailto:")
    for link in read(client.get(path)).links:
        if not link.startswith(outside):
            yield link


@pytest.mark.parametrize("locale", FOREIGN[:2], ids=lambda locale: locale.code)
def test_links_stay_in_the_language_and_lead_to_the_others(
    client: FlaskClient, locale: Locale
) -> None:
    prefixes = {link.split("/")[1] for link in links_within(client, locale.prefix + "/areas/14")}
    # Japanese has no prefix: its link is the path itself.
    assert prefixes == {each.code for each in LOCALES} - {""} | {"areas"}
    most = list(links_within(client, locale.prefix + "/about"))
    assert sum(link.startswith(f"{locale.prefix}/") for link in most) > len(LOCALES)


def test_robots_are_told_where_a_page_stands_in_every_language(client: FlaskClient) -> None:
    tags = {
        attrs["hreflang"]: attrs["href"]
        for tag, attrs in read(client.get("/vi/areas/14?channel=line")).tags
        if tag == "link" and attrs.get("rel") == "alternate" and "hreflang" in attrs
    }
    assert set(tags) == {each.tag for each in LOCALES} | {"x-default"}
    assert tags["ja"] == tags["x-default"] == "http://localhost/areas/14?channel=line"
    assert tags["ne"] == "http://localhost/ne/areas/14?channel=line"


@pytest.mark.parametrize(
    "path",
    [
        "/en/admin/",
        "/en//admin/sign-in",
        "/en///admin/sign-in",
        "/en/%2Fadmin/sign-in",
        "/en/static/css/base.css",
        "/en//sw.js",
        "/xx/",
        "/ja/",
    ],
)
def test_what_has_no_language_is_not_there_under_one(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_file_has_one_address_for_all_languages(client: FlaskClient) -> None:
    for locale in LOCALES:
        loaded = read(client.get(f"{locale.prefix}/map")).loaded
        assert [each for each in loaded if "/static/css/" in each or "/static/js/" in each]
        assert not [each for each in loaded if each.startswith(f"/{locale.code or '-'}/static/")]


def test_a_language_alone_leads_to_its_first_page(client: FlaskClient) -> None:
    assert "Where do you live?" in read(client.get("/en/")).text
    assert "Where do you live?" in read(client.get("/en")).text


def test_a_site_below_a_path_keeps_it_before_the_language(client: FlaskClient) -> None:
    page = read(client.get("/en/about", base_url="http://localhost/sos"))
    assert "/sos/en/map" in page.links
    assert "/sos/vi/about" in page.links
    assert all(link.startswith(("/sos/", "http")) for link in page.loaded)


def test_japanese_has_no_prefix() -> None:
    assert (JAPANESE.prefix, EASY_JAPANESE.prefix) == ("", "/ja-easy")
    assert find("en") in LOCALES
    assert find("xx") is None


def test_hours_and_places_are_said_in_the_readers_language(client: FlaskClient) -> None:
    page = read(client.get("/en/services/ninshin-sos-yokohama")).text
    assert "Every day 10:00–22:00" in page or "Mon" in page
    assert "Kanagawa" in read(client.get("/en/areas/141003")).text
    assert "Yokohama\u2011shi" in read(client.get("/en/?q=Yokohama")).text
    assert "にんしんSOSヨコハマ" in page
