"""The sheet: the services that an address names, as they may be shown, for another hand."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.forms.collection import MAX_COLLECTED
from sosdir.models import ServiceStatus
from sosdir.schedules import TOKYO
from tests.cast import a_channel, a_service, the_cast
from tests.reading import Page, read

BOTH = "minato-sos,sagami-night"


def sheet_of(client: FlaskClient, ids: str = BOTH, status: int = 200, **asked: str) -> Page:
    response = client.get("/sheet", query_string={"ids": ids, **asked})
    assert response.status_code == status
    return read(response)


def headings(page: Page) -> list[str]:
    """Return the ids of the services on a sheet, in order."""
    ids = (attrs.get("id") or "" for tag, attrs in page.tags if tag == "article")
    return [each.removeprefix("s-") for each in ids]


def test_each_service_stands_there_with_what_one_needs(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client)
    for told in (
        "みなとSOS",
        "横浜市",
        "03-0000-0001",
        "平日10時から16時",
        "相談は無料",
        "「もしもし。相談したいことがあります。」",
        "名前は言わなくて大丈夫です。",
        "収集日:2026年11月23日",
        "11月25日(水)",
        "10:00〜16:00",
        "2026年11月25日につくりました。",
        "http://localhost/services/minato-sos",
    ):
        assert told in page.text, told


def test_the_order_is_that_of_the_address(cast_client: FlaskClient) -> None:
    assert headings(sheet_of(cast_client, "sagami-night,minato-sos")) == [
        "sagami-night",
        "minato-sos",
    ]


def test_ids_may_be_repeated_parameters(cast_client: FlaskClient) -> None:
    page = read(cast_client.get("/sheet?ids=sagami-night&ids=minato-sos&ids=sagami-night"))
    assert headings(page) == ["sagami-night", "minato-sos"]


def test_the_promise_about_the_name_is_made_only_where_it_is_stated(
    cast_client: FlaskClient,
) -> None:
    assert "名前は言わなくて大丈夫です" not in sheet_of(cast_client, "sagami-night").text
    assert "名前は言わなくて大丈夫です" in sheet_of(cast_client, "minato-sos").text


def test_the_codes_are_pictures_with_words(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client, "sagami-night")
    pictures = [attrs for tag, attrs in page.tags if tag == "img"]
    assert [str(each["alt"]) for each in pictures] == [
        "QRコード:電話する",
        "QRコード:LINEをひらく",
        "QRコード:くわしいページ",
    ]
    assert all(str(each["src"]).startswith("data:image/svg+xml") for each in pictures)
    assert page.dangers() == []


@pytest.mark.parametrize("form", ["sheet", "card"])
def test_a_withheld_service_shows_its_name_and_website_only(
    cast_client: FlaskClient, form: str
) -> None:
    body = cast_client.get(f"/sheet?ids=mukashi-sos&form={form}").get_data(as_text=True)
    assert "むかし妊娠SOS" in body
    assert "番号は確認中です" in body
    assert "https://example.jp/minato" in body
    for secret in ("03-0000-0005", "0300000005", "mukashi@", "9-9", "24時間", "覚え書き"):
        assert secret not in body


def test_a_report_that_has_aged_is_withheld_whatever_moment_is_asked(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    later = make_app(cast_home(), at=datetime(2040, 1, 2, tzinfo=TOKYO)).test_client()
    assert "0300000005" not in later.get("/sheet?ids=mukashi-sos&at=2020-01-01").get_data(True)


def test_a_resting_service_says_so_and_offers_no_number(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    resting = a_service(status=ServiceStatus.TEMPORARILY_CLOSED, status_note="春まで休みます")
    client = make_app(cast_home(resting)).test_client()
    for form in ("sheet", "card"):
        page = sheet_of(client, "minato-sos", form=form)
        assert "休止中" in page.text
        assert "03-0000-0001" not in page.text
    assert "春まで休みます" in sheet_of(client, "minato-sos").text


def test_what_is_not_there_is_left_out_and_it_is_said(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client, "nobody,minato-sos")
    assert headings(page) == ["minato-sos"]
    assert "1番目の窓口は、ここにはありません。" in page.text


def test_a_held_service_and_an_unknown_one_look_the_same(cast_client: FlaskClient) -> None:
    held, unknown = (
        sheet_of(cast_client, f"minato-sos,{other}").text for other in ("kakushi-line", "nobody")
    )
    assert held == unknown


def test_a_service_that_has_ended_is_left_out_by_name(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    ended = a_service("owari", name="おわりの窓口", status=ServiceStatus.DEFUNCT)
    client = make_app(cast_home(*the_cast(), ended)).test_client()
    page = sheet_of(client, "owari,minato-sos")
    assert "おわりの窓口は、もう相談を受けていません。" in page.text
    assert headings(page) == ["minato-sos"]
    assert "おわりの窓口は" in sheet_of(client, "owari", status=404).text


def test_where_none_is_left_the_way_to_the_list_is_shown(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client, "nobody", status=404)
    assert "ここにはありません" in page.text
    assert headings(page) == []
    assert "/" in page.links


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "ids"),
        ("ids=", "ids"),
        ("ids=,,", "ids"),
        (f"ids={','.join(f'a{n}' for n in range(MAX_COLLECTED + 1))}", "ids"),
        ("ids=minato-sos&form=poster", "form"),
        ("ids=minato-sos&at=yesterday", "at"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    cast_client: FlaskClient, query: str, name: str
) -> None:
    response = cast_client.get(f"/sheet?{query}")
    assert response.status_code == 400
    assert name in read(response).text


@pytest.mark.parametrize("ids", ["%ff", "%00", "%ed%a0%80", "<script>", "a" * 5000, "../x"])
@pytest.mark.parametrize("form", ["sheet", "card"])
def test_no_wicked_id_breaks_the_sheet(cast_client: FlaskClient, ids: str, form: str) -> None:
    response = cast_client.get("/sheet", query_string=f"ids=minato-sos,{ids}&form={form}")
    assert response.status_code == 200
    page = read(response)
    assert page.dangers() == []
    assert "2番目の窓口は、ここにはありません。" in page.text


def test_the_address_to_share_holds_what_is_on_the_sheet(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client, "nobody,minato-sos", at="2026-11-28T20:00", form="card")
    (shared,) = [attrs["value"] for tag, attrs in page.tags if attrs.get("id") == "sheet-url"]
    assert parse_qs(urlsplit(str(shared)).query) == {
        "ids": ["minato-sos"],
        "at": ["2026-11-28T20:00"],
        "form": ["card"],
    }


def test_another_week_is_laid_out_for_another_moment(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client, at="2026-12-28T10:00")
    assert "12月28日(月)" in page.text
    assert "12月28日(月)10時00分の予定" in page.text
    assert "11月25日(水)" not in page.text


def test_each_line_says_whether_it_answers_at_the_moment_asked_about(
    cast_client: FlaskClient,
) -> None:
    planned = sheet_of(cast_client, at="2026-11-28T20:00")
    minato, sagami = planned.text.split("はじめの言葉")[:2]
    assert "時間外・月曜日10時から" in minato
    assert "この時間に話せます・翌2時まで" in sagami
    assert "いま話せます" not in minato + sagami
    assert planned.text.count("時間外・月曜日10時から") == 2, "on the sheet and in its plain text"
    assert "時間外" not in sheet_of(cast_client).text


def test_the_notes_can_be_sent_nowhere(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client)
    (notes,) = [attrs for tag, attrs in page.tags if attrs.get("id") == "notes"]
    assert "name" not in notes
    assert notes["autocomplete"] == "off"
    assert [tag for tag, _ in page.tags if tag == "form"] == []


def test_the_plain_text_is_there_without_a_script(cast_client: FlaskClient) -> None:
    assert "電話:03-0000-0001" in sheet_of(cast_client).text


def test_a_card_says_no_more_than_the_name_does(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    named = a_service(name="みなとの窓口", channels=(a_channel("minato-sos"),))
    body = make_app(cast_home(named)).test_client().get("/sheet?ids=minato-sos&form=card")
    card = body.get_data(as_text=True).partition('<ul class="wallets"')[2].partition("</ul>")[0]
    assert "03-0000-0001" in card
    for word in ("妊娠", "にんしん", "SOS"):
        assert word not in card.replace("minato-sos", "")


def test_robots_keep_no_sheet(cast_client: FlaskClient) -> None:
    page = sheet_of(cast_client)
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags
