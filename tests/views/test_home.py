"""The first page and the list."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NIGHT
from tests.reading import Page, read


def page_of(client: FlaskClient, path: str) -> Page:
    """Ask for a page that must be there."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return read(response)


def services_on(page: Page) -> list[str]:
    """Return the ids of the services a page links to, in order, each once."""
    paths = [urlsplit(link).path for link in page.links]
    return list(
        dict.fromkeys(path.split("/")[2] for path in paths if path.startswith("/services/"))
    )


def queries_on(page: Page, path: str = "/") -> list[list[tuple[str, str]]]:
    """Return the queries of the links that lead to a path."""
    parts = map(urlsplit, page.links)
    return [parse_qsl(part.query) for part in parts if part.path == path and part.query]


def test_the_first_page_asks_where(client: FlaskClient) -> None:
    page = page_of(client, "/")
    assert "どこにお住まいですか" in page.text
    assert [attrs for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "q"]


def test_the_first_page_leads_to_every_prefecture(client: FlaskClient) -> None:
    links = page_of(client, "/").links
    assert [f"/areas/{code:02}" for code in range(1, 48) if f"/areas/{code:02}" not in links] == []


def test_the_first_page_shows_who_answers_the_whole_country_now(cast_client: FlaskClient) -> None:
    assert services_on(page_of(cast_client, "/")) == ["nihon-always"]


def test_119_and_110_and_the_way_out_stand_on_every_page(client: FlaskClient) -> None:
    for path in ("/", "/?q=横浜", "/map", "/about", "/services/across-japan"):
        links = page_of(client, path).links
        assert {"tel:119", "tel:110", "https://www.jma.go.jp/"} <= set(links), path


@pytest.mark.parametrize("path", ["/?q=", "/?q=%20%20", "/?q=&area="])
def test_an_empty_question_is_asked_again_in_words(client: FlaskClient, path: str) -> None:
    page = page_of(client, path)
    assert "名前を入れてください" in page.text
    assert "#q" in page.links


def test_a_first_visit_is_not_scolded(client: FlaskClient) -> None:
    assert "名前を入れてください" not in page_of(client, "/").text


def test_another_instant_alone_leaves_the_first_page(client: FlaskClient) -> None:
    page = page_of(client, "/?at=2026-12-01T03:00")
    assert "どこにお住まいですか" in page.text
    assert "12月1日(火)3時00分の予定" in page.text


@pytest.mark.parametrize("place", ["横浜市", "よこはま", "yokohama", "横浜市鶴見区"])
def test_a_place_is_understood_in_every_writing(cast_client: FlaskClient, place: str) -> None:
    page = page_of(cast_client, f"/?q={quote(place)}")
    assert "横浜市" in page.text
    assert services_on(page) == [
        "minato-sos", "nihon-always", "sagami-night", "rusu-line", "mukashi-sos",
    ]  # fmt: skip


def test_who_answers_now_comes_first_at_night_too(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    client = make_app(cast_home(), at=NIGHT).test_client()
    found = services_on(page_of(client, "/?q=横浜"))
    assert found[:2] == ["sagami-night", "nihon-always"]
    # Closed, but it can be reached: before those whose contact is being sought.
    assert found[2:] == ["minato-sos", "rusu-line", "mukashi-sos"]


def test_a_line_for_another_city_is_never_offered(cast_client: FlaskClient) -> None:
    assert "kawasaki-desk" not in services_on(page_of(cast_client, "/?q=横浜"))
    assert "minato-sos" not in services_on(page_of(cast_client, "/?q=川崎"))


def test_a_presumed_area_is_labelled(cast_client: FlaskClient) -> None:
    assert "対象地域は要確認" in page_of(cast_client, "/?q=川崎").text
    assert "対象地域は要確認" not in page_of(cast_client, "/services/minato-sos").text


def test_a_prefecture_is_listed_in_two_groups(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?q=神奈川県")
    whole, within = page.text.split("神奈川県の市区町村の窓口")
    assert "さがみ夜の妊娠ライン" in whole
    assert "みなとSOS" in within
    assert "みなとSOS" not in whole


def test_a_name_of_several_places_is_asked_back(client: FlaskClient) -> None:
    page = page_of(client, "/?q=府中市 LINE")
    assert "どちらの府中市ですか" in page.text
    assert services_on(page) == []
    asked = [dict(query) for query in queries_on(page)]
    assert {"area": "132063", "channel": "line"} in asked
    assert {"area": "342084", "channel": "line"} in asked


def test_nothing_found_offers_ways_out(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?q=川崎 匿名 ぞうさん&channel=chat")
    assert "見つかりませんでした" in page.text
    assert [("area", "00")] in queries_on(page)


def test_each_way_out_leads_to_as_many_as_it_says(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?q=川崎 ぞうさん")
    assert "「ぞうさん」を外す(5件)" in page.text
    assert [("area", "141305")] in queries_on(page)
    assert cast_client.get("/services.json?area=141305").get_json()["total"] == 5


def test_every_way_out_of_a_choice_leaves_something(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&channel=chat&anonymous=1&lang=英語")
    assert "「チャット」を外す" in page.text
    assert "「匿名で相談できる」を外す" not in page.text


def test_where_no_one_choice_is_to_blame_two_can_be_dropped_together(
    cast_client: FlaskClient,
) -> None:
    page = page_of(cast_client, "/?area=14&channel=fax&anonymous=1&lang=ne")
    told = dict(re.findall(r"「([^」]*・[^」]*)」を外す\((\d+)件\)", page.text))
    assert "FAX・ネパール語" in told
    assert [("area", "14"), ("anonymous", "1")] in queries_on(page)
    answer = cast_client.get("/services.json?area=14&anonymous=1").get_json()
    assert answer["total"] == int(told["FAX・ネパール語"])


def test_a_choice_can_be_taken_and_dropped(cast_client: FlaskClient) -> None:
    all_of_them = page_of(cast_client, "/?area=14")
    taken = [("area", "14"), ("channel", "email")]
    assert taken in queries_on(all_of_them)
    page = page_of(cast_client, "/?area=14&channel=email")
    assert services_on(page) == ["nihon-always", "mukashi-sos"]
    assert [("area", "14")] in queries_on(page)


def test_a_choice_of_two_is_dropped_one_at_a_time(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&channel=email,line")
    queries = queries_on(page)
    assert [("area", "14"), ("channel", "email")] in queries
    assert [("area", "14"), ("channel", "line")] in queries


def test_the_order_can_be_changed(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14")
    assert [("area", "14"), ("sort", "near")] in queries_on(page)


def test_the_list_leads_to_its_data_and_its_map(client: FlaskClient) -> None:
    page = page_of(client, "/?area=14&channel=line")
    query = [("area", "14"), ("channel", "line")]
    for path in ("/services.json", "/services.csv", "/services.geojson", "/map"):
        assert queries_on(page, path) == [query], path


def test_pages_lead_on_and_back_and_miss_nothing(client: FlaskClient) -> None:
    total = client.get("/services.json?area=00").get_json()["total"]
    seen: list[str] = []
    pages = client.get("/services.json?focus=pregnancy_sos").get_json()["pages"]
    for number in range(1, pages + 1):
        page = page_of(client, f"/?focus=pregnancy_sos&page={number}")
        seen += services_on(page)
        queries = [dict(query).get("page", "1") for query in queries_on(page)]
        assert (str(number + 1) in queries) == (number < pages)
    assert len(seen) == len(set(seen))
    assert len(seen) == client.get("/services.json?focus=pregnancy_sos").get_json()["total"]
    assert pages > 1
    assert total > 0


def test_a_withheld_service_is_listed_without_its_number(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&q=むかし")
    assert "番号は確認中です" in page.text
    assert "03-0000-0005" not in page.text
    assert "https://example.jp/minato" in page.links


def test_a_service_on_hold_is_not_listed(cast_client: FlaskClient) -> None:
    assert "ひみつの窓口" not in page_of(cast_client, "/?area=14").text
    assert services_on(page_of(cast_client, "/?q=ひみつの窓口")) == []


def test_a_search_also_answers_to_head(client: FlaskClient) -> None:
    response = client.head("/?q=横浜")
    assert response.status_code == 200
    assert response.data == b""
