"""The notices stand on their own pages, quietly on the first, and beside what they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import EvidenceLevel
from sosdir.notices import Action, Link
from sosdir.schedules import TOKYO
from tests import noticing, reviewing
from tests.cast import NOON, a_service
from tests.noticing import a_notice
from tests.reading import read

HOSTILE = '<script>alert(1)</script> [x](javascript:x) {{ 7*7 }} & "'


@pytest.fixture
def home(cast_home: Callable[..., Path]) -> Path:
    return cast_home()


@pytest.fixture
def path(home: Path) -> Path:
    return home / "sosdir.db"


@pytest.fixture
def client(home: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(home).test_client()


def test_without_notices_the_pages_say_nothing_of_them(client: FlaskClient) -> None:
    for page in ("/", "/areas/141003", "/services/minato-sos"):
        assert "notices-title" not in client.get(page).text
    assert "いま、お知らせはありません。" in read(client.get("/notices")).text


def test_a_notice_is_read_whole(client: FlaskClient, path: Path) -> None:
    noticing.keep(path, a_notice())
    response = client.get("/notices/2026-11-25-1")
    page = read(response)
    assert "12月から、土曜日も話せます。<br>LINEはいままでどおりです。</p>" in response.text
    assert "番号や時間の変更" in page.text
    assert "2026年11月25日" in page.text
    assert {"/services/minato-sos", "/areas/141003", "https://example.jp/news"} <= set(page.links)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("page", ["/", "/areas/141003", "/areas/14", "/services/minato-sos"])
def test_a_notice_stands_where_it_belongs(client: FlaskClient, path: Path, page: str) -> None:
    noticing.keep(path, a_notice())
    assert "/notices/2026-11-25-1" in read(client.get(page)).links


@pytest.mark.parametrize("page", ["/areas/01", "/areas/141305", "/services/nihon-always", "/about"])
def test_a_notice_stands_nowhere_else(client: FlaskClient, path: Path, page: str) -> None:
    noticing.keep(path, a_notice())
    assert "/notices/2026-11-25-1" not in read(client.get(page)).links


def test_on_the_first_page_the_search_comes_first(client: FlaskClient, path: Path) -> None:
    noticing.keep(path, a_notice())
    html = client.get("/").text
    assert html.index("tel:119") < html.index('id="q"') < html.index("notices-title")
    assert html.index('id="now"') < html.index("notices-title")


def test_the_first_page_shows_the_newest_few(client: FlaskClient, path: Path) -> None:
    for number in range(1, 6):
        noticing.keep(path, a_notice(f"n-{number}"), now=NOON + timedelta(minutes=number))
    shown = [link for link in read(client.get("/")).links if link.startswith("/notices/")]
    assert shown == ["/notices/n-5", "/notices/n-4", "/notices/n-3"]


def test_an_expired_notice_leaves_the_pages_and_stays_in_the_list(
    home: Path, path: Path, make_app: Callable[..., Flask]
) -> None:
    noticing.keep(path, a_notice(until=NOON.date()))
    later = make_app(home, datetime(2026, 11, 26, 0, 1, tzinfo=TOKYO)).test_client()
    for page in ("/", "/areas/141003", "/services/minato-sos"):
        assert "/notices/2026-11-25-1" not in read(later.get(page)).links
    assert "/notices/2026-11-25-1" in read(later.get("/notices")).links


def test_a_long_list_has_pages(client: FlaskClient, path: Path) -> None:
    for number in range(25):
        noticing.keep(path, a_notice(f"n-{number:02}"), now=NOON + timedelta(minutes=number))
    first, second = (read(client.get(f"/notices?page={each}")).links for each in (1, 2))
    shown = [link for link in (*first, *second) if link.startswith("/notices/")]
    assert len(shown) == len(set(shown)) == 25
    assert client.get("/notices?page=x").status_code == 200


def test_drafts_are_not_there_and_what_was_taken_down_says_so(
    client: FlaskClient, path: Path
) -> None:
    noticing.keep(path, a_notice("waits"), Action.DRAFTED)
    noticing.keep(path, a_notice("gone"))
    noticing.keep(path, a_notice("gone"), Action.WITHDRAWN, opened=1)
    assert client.get("/notices/waits").status_code == 404
    assert client.get("/notices/nobody").status_code == 404
    gone = client.get("/notices/gone")
    assert gone.status_code == 410
    assert "このお知らせは取り下げられました" in gone.text
    assert "みなとSOSの受付時間が変わります" not in gone.text
    assert client.get("/notices").text.count("/notices/") == 0


def test_a_notice_goes_out_of_sight_with_a_number_that_is_withheld_by_now(
    client: FlaskClient, path: Path
) -> None:
    noticing.keep(path, a_notice(body="番号は03-0000-0001です"))
    assert client.get("/notices/2026-11-25-1").status_code == 200
    reviewing.keep(path, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    assert client.get("/notices/2026-11-25-1").status_code == 404
    for page in ("/", "/notices", "/areas/141003", "/feed.xml"):
        assert "03-0000-0001" not in client.get(page).text
        assert "/notices/2026-11-25-1" not in client.get(page).text


def test_what_an_admin_writes_is_text_and_nothing_else(client: FlaskClient, path: Path) -> None:
    links = (Link(HOSTILE, "https://example.jp/?a=1&b=<2>"),)
    noticing.keep(path, a_notice(title=HOSTILE, body=HOSTILE, links=links))
    for page in ("/notices/2026-11-25-1", "/notices", "/", "/areas/141003"):
        read_page = read(client.get(page))
        assert HOSTILE in read_page.text, page
        assert not any("alert" in each for each in read_page.scripts)
        assert not any(link.startswith("javascript:") for link in read_page.links)


def test_a_line_that_is_not_listed_is_not_linked(client: FlaskClient, path: Path) -> None:
    noticing.force(path, a_notice(services=("kakushi-line", "nobody", "minato-sos")))
    page = read(client.get("/notices/2026-11-25-1"))
    assert "ひみつの窓口" not in page.text
    assert [link for link in page.links if link.startswith("/services/")] == [
        "/services/minato-sos"
    ]


def test_in_another_language_the_words_of_the_admin_are_called_japanese(
    client: FlaskClient, path: Path
) -> None:
    noticing.keep(path, a_notice())
    html = client.get("/en/notices/2026-11-25-1").text
    assert '<h1 lang="ja">みなとSOSの受付時間が変わります</h1>' in html
    assert '<div class="notice-text" lang="ja">' in html
    assert "November 25, 2026" in html
    assert 'href="/en/services/minato-sos"' in html
