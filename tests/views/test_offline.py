"""The page that offers a copy, the copy itself, its worker and its manifest."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import DataPackage
from tests.cast import NOON
from tests.reading import read


def test_the_page_says_that_a_copy_is_a_trace(client: FlaskClient) -> None:
    text = read(client.get("/offline")).text
    assert "この端末を使う人に見られることがあります" in text
    assert "都道府県をえらぶ" in text


def test_a_prefecture_is_chosen_by_its_address(client: FlaskClient) -> None:
    page = read(client.get("/offline?area=14"))
    assert "神奈川県と全国の窓口" in page.text
    assert "/offline/14" in page.links
    assert "/offline?area=13" in page.links


@pytest.mark.parametrize("area", ["141003", "99", "x", "00"])
def test_what_is_no_prefecture_is_refused_with_a_reason(client: FlaskClient, area: str) -> None:
    answer = client.get("/offline", query_string={"area": area})
    assert answer.status_code == 400
    assert "都道府県を選んでください" in read(answer).text


@pytest.mark.parametrize("code", ["141003", "99", "x"])
def test_there_is_a_copy_of_prefectures_alone(client: FlaskClient, code: str) -> None:
    assert client.get(f"/offline/{code}").status_code == 404


def test_an_area_leads_to_its_copy(client: FlaskClient) -> None:
    for path in ("/areas/14", "/areas/141003"):
        assert "/offline?area=14" in read(client.get(path)).links


def test_a_copy_says_its_date_and_until_when_to_trust_it(client: FlaskClient) -> None:
    text = read(client.get("/offline/14")).text
    assert re.search("2026年11月25日に ?取り出した一覧です", text)
    assert "2027年2月25日をすぎたら、番号が変わっているかもしれません" in text


def test_a_copy_holds_the_lines_of_the_prefecture_its_towns_and_the_country(
    client: FlaskClient, package: DataPackage
) -> None:
    text = read(client.get("/offline/14")).text
    served = [
        each
        for each in package.services
        if not each.hold and any(code == "00" or code[:2] == "14" for code in each.service_areas)
    ]
    assert len(served) > 10
    for service in served:
        assert service.name in text
    assert "にんしんSOSヨコハマ" in text
    assert "にんしんSOS埼玉" not in text


def test_nothing_in_a_copy_is_true_only_now(client: FlaskClient) -> None:
    page = read(client.get("/offline/13"))
    for word in (
        "いま話せます",
        "まで受付",
        "時間外",
        "これから1週間",
        "に開きます",
    ):
        assert word not in page.text
    states = {"open", "closed", "messages", "unknown"}
    classes = {name for _, attrs in page.tags for name in (attrs.get("class") or "").split()}
    assert not {f"state--{state}" for state in states} & classes


def test_a_copy_is_the_same_at_any_hour(shipped_home: Path, make_app: Callable[..., Flask]) -> None:
    at_noon = make_app(shipped_home).test_client().get("/offline/13").data
    at_night = make_app(shipped_home, NOON.replace(hour=23)).test_client().get("/offline/13").data
    assert at_noon == at_night


def test_a_copy_tells_the_hours_of_an_ordinary_week(client: FlaskClient) -> None:
    text = read(client.get("/offline/14")).text
    assert "受付時間:" in text
    assert re.search("毎日 +[0-9]+:00〜", text)


def test_a_copy_is_not_put_away_by_the_browser_itself(client: FlaskClient) -> None:
    assert client.get("/offline/14").headers["Cache-Control"] == "no-store"


def test_the_title_of_a_copy_says_nothing(client: FlaskClient) -> None:
    assert "<title>メモ</title>" in client.get("/offline/14").get_data(as_text=True)


def test_the_worker_is_served_from_the_top_and_asked_anew(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b"cache.put" not in answer.data


def test_one_worker_serves_every_language(client: FlaskClient) -> None:
    page = client.get("/en/offline?area=14").get_data(as_text=True)
    assert 'data-worker="/sw.js"' in page
    assert 'data-keep="/en/offline/14"' in page


def test_the_manifest_is_neutral_and_offers_no_installation(client: FlaskClient) -> None:
    answer = client.get("/offline.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.get_json()
    assert manifest["name"] == "メモ"
    assert manifest["display"] == "browser"
    (icon,) = manifest["icons"]
    assert client.get(icon["src"]).status_code == 200
    assert "sos" not in str(manifest).lower()


def test_the_manifest_is_named_on_one_page_alone(client: FlaskClient) -> None:
    for path in ("/", "/areas/14", "/offline/14", "/traces", "/map"):
        assert "manifest" not in client.get(path).get_data(as_text=True)
    assert "/offline.webmanifest" in client.get("/offline").get_data(as_text=True)
