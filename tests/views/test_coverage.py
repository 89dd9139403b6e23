"""Planners see where there is no line; each number leads to its list."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import db
from sosdir.models import ChannelKind
from sosdir.planning import MUNICIPAL_COLUMNS, PREFECTURE_COLUMNS, SHOWN
from sosdir.planning.tables import keys_of
from sosdir.revising import Action, Author
from sosdir.store import revisions, services
from sosdir.store.revisions import Entry
from tests.cast import KANAGAWA, NOON, a_channel, a_service
from tests.reading import read

TABLE = re.compile(r'<table class="coverage">.*?</table>', re.DOTALL)
LINKED = re.compile(r'<a href="([^"]+)">([^<]+)</a>')


def table_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    found = TABLE.search(response.get_data(as_text=True))
    assert found
    return found[0].replace("&amp;", "&")


def numbers(html: str) -> Iterator[tuple[str, int]]:
    """Yield the address of each list with the number that leads to it."""
    for url, text in LINKED.findall(html.partition("<tbody>")[2]):
        if url.startswith("/?"):
            yield url, 0 if text == "知る窓口なし" else int(text)


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)


def column(html: str, number: int) -> list[int]:
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL)
    cells = (re.findall(r"<td[^>]*>\s*<a[^>]*>([^<]+)</a>", row)[number] for row in rows)
    return [0 if cell == "知る窓口なし" else int(cell.partition("〜")[0]) for cell in cells]


def rows_of(client: FlaskClient, path: str) -> list[dict[str, str]]:
    text = client.get(path).get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def total(client: FlaskClient, url: str) -> int:
    answer = client.get("/services.json", query_string=parse_qsl(urlsplit(url).query))
    assert answer.status_code == 200, url
    return int(answer.get_json()["total"])


def test_each_number_of_the_country_leads_to_a_list_of_so_many(client: FlaskClient) -> None:
    found = list(numbers(table_of(client, "/coverage")))
    # Of each prefecture all columns but the presumed areas and the four of hours.
    assert len(found) == 47 * (len(keys_of(PREFECTURE_COLUMNS)) - 5)
    for url, number in found:
        assert total(client, url) == number, url


@pytest.mark.parametrize("code", ["13", "45"])
def test_each_number_of_a_prefecture_leads_to_a_list_of_so_many(
    client: FlaskClient, code: str
) -> None:
    page = client.get(f"/coverage/{code}").get_data(as_text=True).replace("&amp;", "&")
    found = dict(numbers(f"<tbody>{page}"))
    assert len(found) > 60
    for url, number in found.items():
        assert total(client, url) == number, url


def test_the_list_itself_says_the_number_and_lets_each_condition_be_dropped(
    client: FlaskClient,
) -> None:
    url = "/?area=14&channel=phone&scope=prefecture&scope=municipality&reachable=1"
    page = read(client.get(url))
    for label in ("都道府県の窓口", "市区町村の窓口", "連絡先がわかる窓口", "電話"):
        assert label in page.text
    assert "/?area=14&channel=phone&scope=prefecture&scope=municipality" in page.links
    assert "/?area=14&channel=phone&scope=prefecture&reachable=1" in page.links


def test_no_line_known_is_told_apart_from_no_line(client: FlaskClient) -> None:
    page = read(client.get("/coverage"))
    assert "知る窓口なし" in page.text
    assert "本当にないとはかぎりません" in page.text


def test_what_is_missing_is_said_first(client: FlaskClient) -> None:
    text = read(client.get("/coverage")).text
    assert "知っている窓口 0の都道府県は6新潟県・石川県・三重県・熊本県・大分県・宮崎県" in text


def test_the_map_bears_the_numbers_of_the_table(client: FlaskClient) -> None:
    for number, key in ((0, "known"), (1, "usable"), (8, "sns"), (19, "night")):
        assert keys_of(PREFECTURE_COLUMNS)[number] == key
        script = client.get(f"/coverage.js?show={key}").get_data(as_text=True)
        drawn = [int(each) for each in re.findall(r'"count":(\d+)', script)]
        assert drawn == column(table_of(client, f"/coverage?show={key}"), number)
        assert script.count('"url":"/coverage/') == 47


@pytest.mark.parametrize("key", keys_of(PREFECTURE_COLUMNS))
def test_the_table_is_put_in_order_by_a_link(client: FlaskClient, key: str) -> None:
    html = table_of(client, f"/coverage?sort={key}")
    values = column(html, keys_of(PREFECTURE_COLUMNS).index(key))
    assert values == sorted(values)
    assert html.count('aria-sort="ascending"') == 1
    assert len(names(html)) == 47


def test_municipalities_are_put_in_order_too(client: FlaskClient) -> None:
    html = table_of(client, "/coverage/14?sort=known")
    assert keys_of(MUNICIPAL_COLUMNS)[0] == "known"
    assert names(html)[-1] == "川崎市"
    assert len(names(html)) == 33
    assert names(table_of(client, "/coverage/14"))[0] == "横浜市"


def test_a_prefecture_names_the_lines_it_counts(cast_client: FlaskClient) -> None:
    page = read(cast_client.get("/coverage/14"))
    assert "/services/mukashi-sos" in page.links
    assert "むかし妊娠SOS 連絡先は確認中です" in page.text
    assert "かわさき子育て総合窓口 対象地域は要確認の窓口" in page.text
    assert "ひみつの窓口" not in page.text
    assert "にほん妊娠ホットライン" not in page.text


def test_nights_weekends_and_holidays_are_named(cast_client: FlaskClient) -> None:
    text = read(cast_client.get("/coverage/14")).text
    # さがみ answers from 18:00 to 2:00, also on holidays.
    assert "夜(22〜6時) 28/56時間 56/56時間" in text
    assert "平日の昼(9〜17時) 0/40時間 40/40時間" in text
    assert "祝日 8/24時間" in text


@pytest.mark.parametrize(
    "path",
    [
        "/coverage?sort=name",
        "/coverage?show=week",
        "/coverage.js?show=x",
        "/coverage?since=yesterday",
        "/coverage?since=2026-11-26",
        "/coverage?since=1999-12-31",
        "/coverage/14?sort=shelter",
        "/coverage/14?since=2026-02-30",
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert "ください" in read(response).text


@pytest.mark.parametrize(
    "path", ["/coverage/99", "/coverage/141003", "/coverage/00", "/coverage/00.csv"]
)
def test_only_prefectures_have_a_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_file_holds_the_numbers_of_the_table(client: FlaskClient) -> None:
    rows = rows_of(client, "/coverage.csv")
    html = table_of(client, "/coverage")
    assert [row["都道府県"] for row in rows] == names(html)
    for label, key in (
        ("知っている窓口", "known"),
        ("都道府県の窓口", "wide"),
        ("対象地域は要確認の窓口", "presumed"),
        ("LINE・チャット・X", "sns"),
        ("付き添い・同行", "accompaniment"),
        ("話せる時間 夜(22〜6時)", "night"),
        ("話せる時間 祝日", "holiday"),
    ):
        found = column(html, keys_of(PREFECTURE_COLUMNS).index(key))
        assert [int(row[label]) for row in rows] == found, label
    assert {row["集計日"] for row in rows} == {"2026-11-25"}


def test_the_file_of_a_prefecture_holds_its_municipalities(client: FlaskClient) -> None:
    response = client.get("/coverage/14.csv")
    assert "coverage-14.csv" in response.headers["Content-Disposition"]
    whole, *towns = rows_of(client, "/coverage/14.csv")
    assert (whole["コード"], whole["市区町村"]) == ("14", "")
    assert [row["市区町村"] for row in towns] == names(table_of(client, "/coverage/14"))


@pytest.mark.parametrize("name", ["japan-usable", "japan-night", "japan-channels", "13-hours"])
@pytest.mark.parametrize(
    ("form", "media", "start"),
    [("png", "image/png", b"\x89PNG"), ("svg", "image/svg+xml", b"<?xml")],
)
def test_a_picture_is_given_for_a_slide(
    client: FlaskClient, name: str, form: str, media: str, start: bytes
) -> None:
    response = client.get(f"/coverage/{name}.{form}")
    assert response.status_code == 200
    assert response.mimetype == media
    assert response.data.startswith(start)
    etag = response.headers["ETag"]
    again = client.get(f"/coverage/{name}.{form}", headers={"If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/coverage/japan-x.png",
        "/coverage/99-hours.png",
        "/coverage/131016-hours.svg",
        "/coverage/13-usable.png",
        "/coverage/japan-usable.gif",
    ],
)
def test_nothing_is_drawn_but_what_is_on_the_list(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_each_picture_of_a_page_is_there_and_has_a_name(client: FlaskClient) -> None:
    page = read(client.get("/coverage/27"))
    links = [
        attrs
        for tag, attrs in page.tags
        if tag == "a" and (attrs.get("href") or "").endswith((".png", ".svg"))
    ]
    assert len(links) == 4
    for attrs in links:
        assert "大阪府" in (attrs["aria-label"] or "")
        assert client.get(str(attrs["href"])).status_code == 200


def test_no_visit_draws_a_picture_that_nobody_asked_for(client: FlaskClient) -> None:
    loaded = read(client.get("/coverage")).loaded
    assert not [
        each for each in loaded if each.endswith((".png", ".svg")) and "/static/" not in each
    ]


def test_a_worker_that_draws_nothing_does_not_load_what_draws() -> None:
    code = "import sys, sosdir; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_pages_are_linked_with_the_map(client: FlaskClient) -> None:
    assert "/coverage" in read(client.get("/map")).links
    assert "/map" in read(client.get("/coverage")).links
    assert "/map?area=14" in read(client.get("/coverage/14")).links
    assert "/coverage" in read(client.get("/")).links


def test_a_page_in_another_language_names_places_and_keeps_its_links(client: FlaskClient) -> None:
    page = read(client.get("/en/coverage"))
    assert "Hokkaido" in page.text
    assert "/en/coverage/13" in page.links
    assert "/coverage.csv" in page.links
    assert "/coverage/japan-usable.png" in page.links


@pytest.fixture
def changed(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a site on which two lines of the cast changed yesterday."""
    home = cast_home()
    yesterday = NOON - timedelta(days=1)
    with db.writing(home / "sosdir.db") as database:
        for key in ("minato-sos", "mukashi-sos"):
            before = services.get(database, key)
            line = a_channel(key, 9, ChannelKind.LINE, f"@{key}", None)
            after = replace(before, channels=(*before.channels, line))
            note(database, before, Action.LOADED, yesterday)
            note(database, after, Action.PUBLISHED, yesterday)
            services.save(database, after)
        note(database, a_service("new-line", name="あたらしい窓口"), Action.PUBLISHED, yesterday)
        services.save(database, a_service("new-line", name="あたらしい窓口"))
    return make_app(home).test_client()


def note(database: db.Database, service: object, action: Action, at: datetime) -> None:
    revisions.add(database, Entry(service, action, Author(1, "花子"), at))  # type: ignore[arg-type]


def test_what_changed_since_a_day_is_told(changed: FlaskClient) -> None:
    text = read(changed.get("/coverage?since=2026-11-24")).text
    assert "神奈川県 横浜市 2026年11月24日 みなとSOS 加わった連絡の方法:LINE" in text
    assert "あたらしい窓口 この案内に加わりました" in text
    assert "記録されていません" in read(changed.get("/coverage?since=2026-11-25")).text


def test_what_changed_is_told_of_each_prefecture(changed: FlaskClient) -> None:
    of_kanagawa = read(changed.get(f"/coverage/{KANAGAWA}?since=2026-11-24")).text
    assert "むかし妊娠SOS 加わった連絡の方法:LINE" in of_kanagawa
    assert "記録されていません" in read(changed.get("/coverage/13?since=2026-11-24")).text


def test_no_value_and_no_author_of_a_change_is_told(changed: FlaskClient) -> None:
    body = changed.get("/coverage?since=2026-11-24").get_data(as_text=True)
    for secret in ("@mukashi-sos", "@minato-sos", "花子", "03-0000-0005"):
        assert secret not in body


def test_a_line_that_opened_is_told_by_its_source(client: FlaskClient) -> None:
    text = read(client.get("/coverage?since=2025-07-01")).text
    assert "開設(出典のことばから)" in text
    assert "2025年12月22日" in text
    assert "2024年" not in text


def test_a_change_of_the_data_is_counted_anew(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    home = cast_home()
    client = make_app(home).test_client()
    before = client.get("/coverage/14-channels.svg").data
    assert rows_of(client, "/coverage.csv")[13]["知っている窓口"] == "5"
    with db.writing(home / "sosdir.db") as database:
        services.save(database, a_service("another"))
    assert rows_of(client, "/coverage.csv")[13]["知っている窓口"] == "6"
    assert client.get("/coverage/14-channels.svg").data != before


def test_asking_since_a_day_keeps_what_else_was_asked(client: FlaskClient) -> None:
    page = read(client.get("/coverage?show=night&sort=known&since=2026-06-01"))
    hidden = {
        attrs["name"]: attrs["value"]
        for tag, attrs in page.tags
        if tag == "input" and attrs.get("type") == "hidden"
    }
    assert hidden == {"show": "night", "sort": "known"}
    queries = [dict(parse_qsl(urlsplit(link).query)) for link in page.links]
    for show in SHOWN:
        assert {"show": show, "sort": "known", "since": "2026-06-01"} in queries
