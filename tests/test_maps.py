"""The map names every prefecture, links to nobody else, and takes no text for code."""

import json
import re
from dataclasses import replace
from typing import Any

import folium
import pytest

from sosdir import maps
from sosdir.errors import InputError, UnknownAreaError
from sosdir.maps import AreaCount, MapPoint, MapWords, RenderedMap
from sosdir.paths import bundled

HOSTILE = "</script><img src=x onerror=alert(1)>${alert(1)}`\\'\"\u2028{{7*7}}{count}"
TOKYO = AreaCount("13", "東京都", 12, 5, "/map?area=13")
OKINAWA = AreaCount("47", "沖縄県", 0, 0, "/map?area=47")
JAPANESE = MapWords()
CLINIC = MapPoint("a", "はな助産院", "いま話せます", "/services/a", 35.7, 139.7, "住所の位置です")


def square(west: float, south: float, size: float) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def outline(code: str, *polygons: list[list[list[float]]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "x", "name_kana": "x", "name_en": "x"},
        "geometry": {"type": "MultiPolygon", "coordinates": list(polygons)},
    }


OUTLINES = {
    "type": "FeatureCollection",
    "features": [
        outline("13", square(153.9, 24.2, 0.05), square(139, 35.5, 1)),
        outline("47", square(127.6, 26.1, 0.6), square(124, 24.3, 0.3)),
    ],
}


def draw(
    counts: tuple[AreaCount, ...] = (TOKYO, OKINAWA),
    points: tuple[MapPoint, ...] = (CLINIC,),
    selected: str | None = "13",
    attribution: str = "Natural Earth",
    words: MapWords = JAPANESE,
) -> RenderedMap:
    return maps.prefecture_map(
        OUTLINES, counts, points, selected=selected, attribution=attribution, words=words
    )


def data_of(rendered: RenderedMap) -> dict[str, Any]:
    """Read back what the script hands to map.js."""
    found = re.search(r"^sosdirMap\.draw\(map_japan, (\{.*\})\);$", rendered.script, re.MULTILINE)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_each_prefecture_has_a_name_that_says_how_many_lines_answer_now() -> None:
    tokyo, okinawa = data_of(draw())["areas"]
    assert tokyo["label"] == "東京都 12件、いま話せる窓口5件"
    assert (tokyo["code"], tokyo["count"], tokyo["url"]) == ("13", 12, "/map?area=13")
    assert okinawa["label"] == "沖縄県 0件"


def test_prefectures_keep_the_order_in_which_they_are_given() -> None:
    areas = data_of(draw(counts=(OKINAWA, TOKYO)))["areas"]
    assert [area["code"] for area in areas] == ["47", "13"]


def shades(*counts: int) -> list[int]:
    areas = tuple(AreaCount(f"{n:02}", "x", count, 0, "/") for n, count in enumerate(counts, 1))
    return [area["shade"] for area in data_of(draw(counts=areas))["areas"]]


def test_shades_rise_with_the_counts_in_equal_ratios() -> None:
    assert shades(0, 1, 3, 4, 9, 10, 27, 28, 81) == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_none_has_a_shade_of_its_own() -> None:
    assert shades(0, 1) == [0, 1]
    assert shades(0, 0) == [0, 0]
    assert shades() == []


def test_the_legend_tells_what_each_shade_stands_for() -> None:
    html = draw(counts=(replace(TOKYO, count=16), OKINAWA)).html
    assert re.findall(r"map-shade-(\d).*?</span>(.*?)</li>", html) == [
        ("0", "0件"),
        ("1", "1–2件"),
        ("2", "3–4件"),
        ("3", "5–8件"),
        ("4", "9–16件"),
    ]


def test_a_country_without_lines_has_a_legend_of_one_shade() -> None:
    assert re.findall(r"</span>(.*?)</li>", draw(counts=(OKINAWA,)).html) == ["0件"]


def test_points_are_drawn_only_in_a_chosen_prefecture() -> None:
    assert len(data_of(draw(selected="13"))["markers"]) == 1
    assert data_of(draw(selected=None))["markers"] == []


def test_a_point_is_named_by_service_and_state_and_says_how_exact_it_is() -> None:
    (marker,) = data_of(draw())["markers"]
    assert marker["label"] == "はな助産院、いま話せます"
    assert marker["position"] == [35.7, 139.7]
    assert marker["items"] == [
        {
            "name": "はな助産院",
            "label": "いま話せます",
            "note": "住所の位置です",
            "url": "/services/a",
        }
    ]


def test_points_of_one_position_share_a_marker_that_names_them_all() -> None:
    neighbour = replace(CLINIC, service_id="b", name="つき医院", latitude=35.700001)
    elsewhere = replace(CLINIC, service_id="c", latitude=35.71)
    first, second = data_of(draw(points=(CLINIC, neighbour, elsewhere)))["markers"]
    assert first["label"] == "2件: はな助産院、つき医院"
    assert [item["name"] for item in first["items"]] == ["はな助産院", "つき医院"]
    assert len(second["items"]) == 1


def test_the_country_is_shown_by_its_main_islands() -> None:
    (south, west), (north, east) = data_of(draw(selected=None))["view"]
    assert south < 31 < 45.52 < north
    assert west < 129.4 < 145.82 < east


def test_a_far_island_does_not_widen_the_view_of_its_prefecture() -> None:
    assert data_of(draw(selected="13"))["view"] == [[35.5, 139], [36.5, 140]]


def test_a_large_island_belongs_to_the_view() -> None:
    south_west, north_east = data_of(draw(selected="47", points=()))["view"]
    assert south_west == pytest.approx([24.3, 124])
    assert north_east == pytest.approx([26.7, 128.2])


def test_a_point_on_a_far_island_is_in_view() -> None:
    far = replace(CLINIC, latitude=33.1, longitude=139.8)
    assert data_of(draw(points=(far,)))["view"] == [[33.1, 139], [36.5, 140]]


def test_an_unknown_prefecture_cannot_be_chosen() -> None:
    with pytest.raises(UnknownAreaError, match="'48'"):
        draw(selected="48")


def test_the_help_speaks_of_what_is_on_the_map() -> None:
    assert JAPANESE.inset in draw(selected=None).html
    assert JAPANESE.points in draw().html
    assert JAPANESE.inset not in draw().html
    assert JAPANESE.points not in draw(points=()).html


def test_the_wording_can_be_another_language() -> None:
    words = MapWords(area_open="{name}: {count} lines, {open_count} open", zoom_in="Zoom in")
    data = data_of(draw(words=words))
    assert data["areas"][0]["label"] == "東京都: 12 lines, 5 open"
    assert data["words"]["zoom_in"] == "Zoom in"


def test_the_page_and_its_script_agree_in_two_requests() -> None:
    page, script = draw(), draw()
    assert page == script
    assert f'id="{page.element_id}"' in page.html
    assert f'"{page.element_id}"' in script.script
    assert f'id="{data_of(script)["help_id"]}"' in page.html


@pytest.mark.parametrize("selected", [None, "13"])
def test_nothing_is_loaded_from_another_host(selected: str | None) -> None:
    rendered = draw(selected=selected)
    whole = rendered.html + rendered.script + maps.outline_script(OUTLINES)
    assert not re.search(r"https?:|//\w|jquery|\$\(|bootstrap|cdn", whole, re.IGNORECASE)


def test_folium_itself_is_left_as_it_was() -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    draw()
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert before[0]


def test_the_html_has_neither_script_nor_style() -> None:
    assert not re.search(r"<script|<style|style=|\son\w+=", draw().html)


HOSTILE_CAST = {
    "counts": (replace(TOKYO, name=HOSTILE), replace(OKINAWA, code=HOSTILE)),
    "points": (
        replace(CLINIC, name=HOSTILE, label=HOSTILE, precision_note=HOSTILE),
        replace(CLINIC, name=HOSTILE, url="/services/" + HOSTILE.replace(" ", "+")),
    ),
    "attribution": HOSTILE,
}


def test_hostile_text_arrives_in_the_script_as_the_text_it_is() -> None:
    data = data_of(draw(**HOSTILE_CAST))
    assert data["areas"][0]["name"] == HOSTILE
    assert data["areas"][0]["label"] == f"{HOSTILE} 12件、いま話せる窓口5件"
    assert data["areas"][1]["code"] == HOSTILE
    assert data["markers"][0]["items"][0]["note"] == HOSTILE


def test_hostile_text_cannot_leave_its_json_string() -> None:
    script = draw(**HOSTILE_CAST).script
    code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', script)  # what remains beside the strings
    assert "alert" in script
    assert "alert" not in code
    assert "`" not in code
    assert not re.search("[<>\u2028\u2029]", script)


def test_hostile_text_is_escaped_in_the_html() -> None:
    html = draw(**HOSTILE_CAST).html
    assert "&lt;/script&gt;&lt;img src=x" in html
    assert "<img" not in html


def test_braces_in_a_text_are_no_template_on_the_server() -> None:
    rendered = draw(**HOSTILE_CAST)
    assert "{{7*7}}" in rendered.html
    assert "{{7*7}}" in rendered.script


def test_a_hostile_outline_cannot_end_its_script() -> None:
    script = maps.outline_script({"features": [outline(HOSTILE, square(139, 35, 1))]})
    assert not re.search("[<>\u2028]", script)
    body = script.removeprefix("sosdirMap.outlines = ").removesuffix(";\n")
    assert json.loads(body)["features"][0]["properties"]["code"] == HOSTILE


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "/\n/example.org",
        "",
    ],
)
def test_a_link_that_leads_away_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="our own host"):
        draw(counts=(replace(TOKYO, url=url),))
    with pytest.raises(InputError, match="our own host"):
        draw(points=(replace(CLINIC, url=url),))


def test_a_label_stands_in_the_middle_of_the_largest_island() -> None:
    script = maps.outline_script(OUTLINES)
    outlines = json.loads(script.removeprefix("sosdirMap.outlines = ").removesuffix(";\n"))
    labels = [feature["properties"]["label"] for feature in outlines["features"]]
    assert labels == [[36.0, 139.5], [26.4, 127.9]]


def test_a_ring_that_rounding_made_flat_does_no_harm() -> None:
    flat = [[[139.0, 35.0], [139.001, 35.0], [139.002, 35.0], [139.0, 35.0]]]
    outlines = {"features": [outline("13", flat, square(139, 35.5, 1))]}
    assert '"label":[36.0,139.5]' in maps.outline_script(outlines)


def test_the_bundled_outlines_are_47_shapes_of_a_size_for_a_phone() -> None:
    outlines = json.loads((bundled("data") / "prefecture.geojson").read_text("utf-8"))
    script = maps.outline_script(outlines)
    assert script.count('"label":') == 47
    assert len(script) < 250_000


def test_leaflet_comes_from_the_installed_package() -> None:
    folder = maps.leaflet_folder()
    assert (folder / "leaflet.js").is_file()
    assert (folder / "leaflet.css").is_file()


def test_a_missing_leaflet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> None:
        return None

    monkeypatch.setattr("sosdir.maps.leaflet.find_spec", find_nothing)
    with pytest.raises(FileNotFoundError, match="django-js-lib-leaflet"):
        maps.leaflet_folder()


@pytest.mark.parametrize("script", ["map.js", "map_areas.js"])
def test_our_scripts_never_read_text_as_markup_or_code(script: str) -> None:
    source = (bundled("static") / "js" / script).read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", source)
    assert not re.search(r"html: `|setContent\([`\"']|https?:", source)


def test_the_style_of_the_map_loads_nothing() -> None:
    style = (bundled("static") / "css" / "map.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
