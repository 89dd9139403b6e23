"""Places, regions, and who serves a place."""

import time
from collections import Counter

import pytest

from sosdir.areas import Gazetteer, Place, is_valid_code
from sosdir.errors import UnknownAreaError
from tests.bundled import DATA, gazetteer, municipalities, prefectures, rows, wards

YOKOHAMA = "141003"
KANAGAWA = "14"


@pytest.fixture(scope="module")
def japan() -> Gazetteer:
    return gazetteer()


def test_a_municipality_is_got_by_its_code(japan: Gazetteer) -> None:
    assert japan.get(YOKOHAMA) == Place(
        code=YOKOHAMA,
        name="横浜市",
        name_kana="よこはまし",
        prefecture_code=KANAGAWA,
        prefecture="神奈川県",
        latitude=pytest.approx(35.45, abs=0.02),
        longitude=pytest.approx(139.63, abs=0.02),
    )


def test_a_prefecture_has_no_point(japan: Gazetteer) -> None:
    place = japan.get(KANAGAWA)
    assert place.is_prefecture
    assert (place.latitude, place.longitude) == (None, None)
    assert place.full_name == "神奈川県"


def test_a_municipality_is_named_with_its_prefecture(japan: Gazetteer) -> None:
    place = japan.get(YOKOHAMA)
    assert not place.is_prefecture
    assert place.full_name == "神奈川県横浜市"


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        (YOKOHAMA, "Yokohama-shi", "Yokohama"),
        ("131032", "Minato-ku", "Minato"),
        ("343021", "Fuchu-cho", "Fuchu"),
        ("024066", "Yokohama-machi", "Yokohama"),
        ("473031", "Higashi-son", "Higashi"),
        ("13", "Tokyo-to", "Tokyo"),
        ("01", "Hokkaido", "Hokkaido"),
    ],
)
def test_a_place_has_a_name_in_latin_letters(
    japan: Gazetteer, code: str, name: str, short: str
) -> None:
    assert japan.get(code).name_romaji == name
    assert japan.get(code).short_romaji == short


def test_latin_names_of_prefectures_are_their_english_ones(japan: Gazetteer) -> None:
    english = {prefecture.code: prefecture.name_en for prefecture in prefectures()}
    assert {place.code: place.short_romaji for place in japan.prefectures} == english


@pytest.mark.parametrize("code", ["00", "48", "999999", "横浜市"])
def test_a_code_of_no_place_is_refused(japan: Gazetteer, code: str) -> None:
    with pytest.raises(UnknownAreaError, match=code):
        japan.get(code)


@pytest.mark.parametrize(
    ("code", "known"), [("00", True), ("14", True), (YOKOHAMA, True), ("48", False), ("", False)]
)
def test_the_country_is_an_area_too(japan: Gazetteer, code: str, known: bool) -> None:
    assert japan.exists(code) is known


def test_every_municipality_is_of_one_prefecture(japan: Gazetteer) -> None:
    assert len(japan.prefectures) == 47
    towns = [town for place in japan.prefectures for town in japan.municipalities_of(place.code)]
    assert len(towns) == 1741
    assert sorted(towns, key=lambda town: town.code) == list(japan.municipalities)


@pytest.mark.parametrize("code", ["48", YOKOHAMA])
def test_only_a_prefecture_has_municipalities(japan: Gazetteer, code: str) -> None:
    with pytest.raises(UnknownAreaError, match=code):
        japan.municipalities_of(code)


def test_the_regions_hold_each_prefecture_once(japan: Gazetteer) -> None:
    regions = japan.regions()
    assert [place for region in regions for place in region.prefectures] == list(japan.prefectures)
    assert [region.name for region in regions][:3] == ["北海道・東北", "関東", "甲信越・北陸"]
    assert [place.name for place in regions[3].prefectures] == [
        "岐阜県",
        "静岡県",
        "愛知県",
        "三重県",
    ]


def test_a_municipality_is_served_by_itself_its_prefecture_and_the_country(
    japan: Gazetteer,
) -> None:
    place = japan.get(YOKOHAMA)
    assert japan.areas_serving(place) == (YOKOHAMA, KANAGAWA, "00")
    assert japan.areas_within(place) == ()
    assert [japan.nearness(area, place) for area in japan.areas_serving(place)] == [0, 1, 2]


def test_the_municipalities_of_a_prefecture_follow_in_a_group_of_their_own(
    japan: Gazetteer,
) -> None:
    place = japan.get(KANAGAWA)
    assert japan.areas_serving(place) == (KANAGAWA, "00")
    assert [japan.nearness(area, place) for area in japan.areas_serving(place)] == [1, 2]
    within = japan.areas_within(place)
    assert len(within) == 33
    assert {japan.nearness(area, place) for area in within} == {3}


@pytest.mark.parametrize("area", ["13", "141305", "131032"])
def test_a_line_of_another_place_is_never_near(japan: Gazetteer, area: str) -> None:
    with pytest.raises(ValueError, match=area):
        japan.nearness(area, japan.get(YOKOHAMA))


def test_every_code_has_its_check_digit(japan: Gazetteer) -> None:
    assert all(is_valid_code(place.code) for place in japan.municipalities)


@pytest.mark.parametrize(
    "code",
    [
        "141004",
        "114003",
        "14100",
        "1410030",
        "14",
        "00",
        "001007",
        "481009",
        "１４１００３",
        "abcdef",
    ],
)
def test_a_code_with_a_slip_is_found_out(code: str) -> None:
    assert not is_valid_code(code)


def test_a_prefectures_own_six_digits_are_valid() -> None:
    assert is_valid_code("140007")
    assert is_valid_code("010006")


def test_the_gazetteer_is_quickly_built() -> None:
    given = prefectures(), municipalities(), wards()
    started = time.process_time()
    Gazetteer(*given)
    assert time.process_time() - started < 0.5


def test_the_designated_cities_have_all_their_wards(japan: Gazetteer) -> None:
    counts = Counter(japan.get(ward.municipality_code).name for ward in wards())
    assert counts == {
        "札幌市": 10, "仙台市": 5, "さいたま市": 10, "千葉市": 6, "横浜市": 18,
        "川崎市": 7, "相模原市": 3, "新潟市": 8, "静岡市": 3, "浜松市": 3,
        "名古屋市": 16, "京都市": 11, "大阪市": 24, "堺市": 7, "神戸市": 9,
        "岡山市": 4, "広島市": 8, "北九州市": 7, "福岡市": 7, "熊本市": 5,
    }  # fmt: skip


def test_hamamatsu_has_the_wards_of_2024() -> None:
    names = [ward.name for ward in wards() if ward.municipality_code == "221309"]
    assert names == ["中央区", "浜名区", "天竜区"]


def test_the_ward_file_is_in_order_and_in_hiragana() -> None:
    assert b"\r" not in (DATA / "ward.csv").read_bytes()
    listed = list(rows("ward.csv"))
    assert listed == sorted(listed, key=lambda row: row["municipality_code"])
    assert all(row["name"].endswith("区") and row["name_kana"].endswith("く") for row in listed)
    assert all("ぁ" <= letter <= "ん" for row in listed for letter in row["name_kana"])
