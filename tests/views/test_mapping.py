"""The map of the query, which every list equals."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from sosdir.assets import marked
from tests.reading import read


def drawn(client: FlaskClient, query: str = "") -> dict[str, Any]:
    """Return what the script of the map draws."""
    response = client.get(f"/map.js?{query}")
    assert response.status_code == 200
    assert response.content_type == "text/javascript; charset=utf-8"
    _, _, call = response.get_data(as_text=True).partition("sosdirMap.draw(")
    data = call[call.index("{") :].rstrip().removesuffix(");")
    return json.loads(data)  # type: ignore[no-any-return]


def counts(client: FlaskClient, query: str = "") -> dict[str, int]:
    return {area["code"]: area["count"] for area in drawn(client, query)["areas"]}


def test_the_map_has_every_prefecture_once(client: FlaskClient) -> None:
    assert sorted(counts(client)) == [f"{code:02}" for code in range(1, 48)]


def test_a_prefecture_bears_the_number_of_lines_it_and_its_towns_have(
    cast_client: FlaskClient,
) -> None:
    # みなと, さがみ, かわさき, むかし and るす; にほん serves everyone and counts nowhere.
    assert counts(cast_client)["14"] == 5
    assert counts(cast_client)["13"] == 0
    assert counts(cast_client, "channel=email")["14"] == 1
    assert counts(cast_client, "q=夜")["14"] == 2  # さがみ, and るす by its hours


def test_the_place_asked_does_not_change_the_numbers(cast_client: FlaskClient) -> None:
    assert counts(cast_client, "area=13") == counts(cast_client)


def test_the_number_of_lines_that_answer_now_is_told(cast_client: FlaskClient) -> None:
    labels = {area["code"]: area["label"] for area in drawn(cast_client)["areas"]}
    assert labels["14"] == "神奈川県 5件、いま話せる窓口2件"
    assert labels["13"] == "東京都 0件"


def test_a_prefecture_leads_to_its_map_with_the_filters_kept(cast_client: FlaskClient) -> None:
    areas = drawn(cast_client, "channel=email&q=横浜 妊娠&page=1")["areas"]
    (tokyo,) = [area["url"] for area in areas if area["code"] == "13"]
    assert urlsplit(tokyo).path == "/map"
    assert parse_qsl(urlsplit(tokyo).query) == [
        ("q", "妊娠"), ("area", "13"), ("channel", "email"),
    ]  # fmt: skip


def test_points_are_drawn_only_where_someone_can_visit(cast_client: FlaskClient) -> None:
    assert drawn(cast_client)["markers"] == []
    (marker,) = drawn(cast_client, "area=14")["markers"]
    (item,) = marker["items"]
    assert item["name"] == "かわさき子育て総合窓口"
    assert item["url"] == "/services/kawasaki-desk"
    assert "役所の位置" in item["note"]
    assert drawn(cast_client, "area=13")["markers"] == []


def test_a_withheld_place_is_no_point(client: FlaskClient) -> None:
    answer = client.get("/services.json?area=05&channel=in_person").get_json()
    withheld = {each["name"] for each in answer["services"] if each["evidence"] == "unconfirmed"}
    assert withheld
    markers = drawn(client, "area=05")["markers"]
    assert not withheld & {item["name"] for marker in markers for item in marker["items"]}


def test_the_page_of_the_map_loads_our_own_scripts(cast_client: FlaskClient) -> None:
    page = read(cast_client.get("/map?area=14&channel=in_person"))
    scripts = [attrs["src"] for tag, attrs in page.tags if tag == "script" and attrs.get("src")]
    paths = [urlsplit(str(script)).path for script in scripts]
    assert "/map.js" in paths
    assert "/map/outlines.js" in paths
    assert f"/static/{marked('leaflet/leaflet.js')}" in paths
    for script in scripts:
        with cast_client.get(str(script)) as response:
            assert response.status_code == 200, script


def test_the_script_of_the_page_is_of_the_same_query(cast_client: FlaskClient) -> None:
    page = read(cast_client.get("/map?area=14&channel=in_person&at=2026-11-28T10:00"))
    (script,) = [
        str(attrs["src"])
        for tag, attrs in page.tags
        if tag == "script" and urlsplit(attrs.get("src") or "").path == "/map.js"
    ]
    query = dict(parse_qsl(urlsplit(script).query))
    assert query.items() >= {"area": "14", "channel": "in_person", "at": "2026-11-28T10:00"}.items()


def test_the_page_tells_in_text_what_the_map_shows(cast_client: FlaskClient) -> None:
    page = read(cast_client.get("/map"))
    assert "神奈川県" in page.text
    assert "/map?area=14" in page.links
    chosen = read(cast_client.get("/map?area=14"))
    assert "さがみ夜の妊娠ライン" in chosen.text


def test_a_city_shows_the_map_of_its_prefecture(cast_client: FlaskClient) -> None:
    assert drawn(cast_client, "area=141003")["selected"] == "14"
    assert drawn(cast_client, "q=横浜")["selected"] == "14"
    assert drawn(cast_client)["selected"] is None


def test_a_name_of_several_places_selects_none(client: FlaskClient) -> None:
    assert drawn(client, "q=府中市")["selected"] is None
    assert client.get("/map?q=府中市").status_code == 200


def test_the_outlines_are_kept_by_the_browser(client: FlaskClient) -> None:
    response = client.get("/map/outlines.js")
    assert "max-age=" in response.headers["Cache-Control"]
    assert response.get_data(as_text=True).startswith("sosdirMap.outlines = {")


@pytest.mark.parametrize("path", ["/map", "/map.js"])
def test_the_map_has_no_pages(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?page=1").status_code == 200
    assert client.get(f"{path}?page=2").status_code == 400
