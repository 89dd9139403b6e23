"""Addresses, points and distances over the bundled gazetteer."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.point import Point
from hypothesis import given
from hypothesis import strategies as st

from sosdir.areas import Gazetteer
from sosdir.errors import GeocodingError
from sosdir.geocoding import GazetteerGeocoder, distance_km, find_online
from sosdir.models import Position, Precision
from tests.bundled import gazetteer

JAPAN = gazetteer()
GEOCODER = GazetteerGeocoder(JAPAN)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("神戸市北区ひよどり台2丁目(マナ助産院)", "兵庫県神戸市"),
        ("熊本県熊本市中央区新町2丁目2-6", "熊本県熊本市"),
        ("熊本県熊本市西区", "熊本県熊本市"),
        ("栗東市(市内の拠点)", "滋賀県栗東市"),
        ("岡山市北区鹿田町 岡山大学病院", "岡山県岡山市"),
        ("札幌市東区北35条東9丁目1-14 西尾記念ビル3階", "北海道札幌市"),
        ("東京都豊島区千早4-38-5 ホリモトビル101", "東京都豊島区"),
        ("〒171-0044 東京都豊島区千早4-38-5", "東京都豊島区"),
        ("旭川市1条通8丁目187番地の1/旭川市10条通11丁目", "北海道旭川市"),
        ("広陵町総合保健福祉会館「さわやかホール」内 2階", "奈良県広陵町"),
        ("奈良県北葛城郡広陵町笠161", "奈良県広陵町"),
        ("福岡市博多区 千代合同庁舎内", "福岡県福岡市"),
        ("沖縄市役所2階", "沖縄県沖縄市"),
        ("橿原市の日本助産師会県支部内", "奈良県橿原市"),
        ("神奈川県 横浜市 西区", "神奈川県横浜市"),
        ("よこはま", "神奈川県横浜市"),
        ("Shibuya City", "東京都渋谷区"),
    ],
)
def test_an_address_is_placed_at_the_town_hall(address: str, place: str) -> None:
    location = GEOCODER.geocode(address)
    known = JAPAN.get(location.raw["code"])
    assert location.address == known.full_name == place
    assert (location.latitude, location.longitude) == (known.latitude, known.longitude)
    assert location.raw["precision"] == "municipality"


@pytest.mark.parametrize(
    "address",
    [
        "くすのきセンター(八坂町)/福祉センター(平田町)",
        "市保健センター(商業施設「トナリエ宇都宮」9階)",
        "大阪母子医療センター内",
        "神奈川県",
        "夜",
        "123-4567",
    ],
)
def test_text_that_names_no_municipality_has_no_place(address: str) -> None:
    assert GEOCODER.geocode(address) is None
    assert GEOCODER.geocode(address, exactly_one=False) is None


def test_a_name_borne_by_several_is_not_guessed() -> None:
    assert GEOCODER.geocode("府中市宮西町2丁目24") is None
    both = GEOCODER.geocode("府中市宮西町2丁目24", exactly_one=False)
    assert [location.address for location in both] == ["東京都府中市", "広島県府中市"]


def test_a_prefecture_that_may_be_meant_keeps_its_city_from_being_guessed() -> None:
    assert GEOCODER.geocode("大阪") is None
    assert [each.address for each in GEOCODER.geocode("大阪", exactly_one=False)] == [
        "大阪府大阪市"
    ]


def test_a_limit_shortens_the_list() -> None:
    assert len(GEOCODER.geocode("中央区", exactly_one=False)) == 11
    assert len(GEOCODER.geocode("中央区", exactly_one=False, limit=3)) == 3


@pytest.mark.parametrize("query", ["", " 　", None, 7])
def test_a_query_that_is_no_text_is_refused(query: object) -> None:
    with pytest.raises(GeocoderQueryError, match="address"):
        GEOCODER.geocode(query)


def test_every_town_hall_leads_back_to_its_municipality() -> None:
    for place in JAPAN.municipalities[::7]:
        location = GEOCODER.reverse((place.latitude, place.longitude))
        found = JAPAN.get(location.raw["code"])
        assert (found.latitude, found.longitude) == (place.latitude, place.longitude)


@pytest.mark.parametrize(
    "point", [(35.6595, 139.7005), Point(35.6595, 139.7005), "35.6595, 139.7005"]
)
def test_a_point_leads_to_the_nearest_town_hall(point: object) -> None:
    assert GEOCODER.reverse(point).address == "東京都渋谷区"
    assert [each.address for each in GEOCODER.reverse(point, exactly_one=False)] == ["東京都渋谷区"]


@pytest.mark.parametrize("point", [(0.0, 0.0), (39.9, 116.4), (30.0, 150.0)])
def test_a_point_at_sea_or_abroad_has_no_municipality(point: tuple[float, float]) -> None:
    assert GEOCODER.reverse(point) is None


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize("point", ["nowhere", (float("nan"), 0.0), (95.0, 139.0), object()])
def test_what_is_no_point_is_refused(point: object) -> None:
    with pytest.raises(GeocoderQueryError, match="no point"):
        GEOCODER.reverse(point)


def test_without_places_every_point_is_far() -> None:
    assert GazetteerGeocoder(Gazetteer([], [], [])).reverse((35.0, 139.0)) is None


def test_a_point_is_soon_looked_up() -> None:
    started = time.process_time()
    for _ in range(20):
        GEOCODER.reverse((35.0, 137.0))
    assert (time.process_time() - started) / 20 < 0.01


@pytest.mark.parametrize("get", [GEOCODER.adapter.get_text, GEOCODER.adapter.get_json])
def test_no_network_is_ever_asked(get) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(GeocoderUnavailable):
        get("https://example.org/", timeout=1, headers={})


def test_the_distance_of_two_cities_is_in_kilometres() -> None:
    tokyo, osaka = (35.6812, 139.7671), (34.7025, 135.4959)
    assert distance_km(tokyo, osaka) == pytest.approx(403, abs=2)
    assert distance_km(tokyo, tokyo) == 0.0


@given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_a_distance_is_rounded_to_a_tenth(point: tuple[float, float]) -> None:
    distance = distance_km((35.0, 139.0), point)
    assert distance == round(distance, 1)
    assert 0 <= distance <= 20_016


@contextmanager
def a_geocoder(status: int, body: bytes, asked: list[Any], location: str = "") -> Iterator[str]:
    """Serve one answer on this machine, and keep what was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((urlsplit(self.path), self.headers["User-Agent"]))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/geo"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


FOUND = [{"lat": "35.4503312", "lon": "139.6342298", "display_name": "横浜市"}]


def test_an_online_geocoder_is_asked_for_the_address_alone() -> None:
    asked: list[Any] = []
    with a_geocoder(200, json.dumps(FOUND).encode(), asked) as url:
        position = find_online(url, "横浜市見本町1-1")
    assert position == Position(35.45033, 139.63423, Precision.ADDRESS)
    ((address, agent),) = asked
    assert address.path == "/geo/search"
    assert parse_qs(address.query)["q"] == ["横浜市見本町1-1"]
    assert agent.startswith("sosdir/")


def test_an_address_that_nobody_knows_has_no_position() -> None:
    with a_geocoder(200, b"[]", []) as url:
        assert find_online(url, "どこか") is None


@pytest.mark.parametrize(
    ("status", "body"), [(500, b""), (429, b""), (200, b"<html>"), (200, b'[{"lat": "x"}]')]
)
def test_an_online_geocoder_that_fails_is_told(status: int, body: bytes) -> None:
    with a_geocoder(status, body, []) as url, pytest.raises(GeocodingError):
        find_online(url, "横浜市")


def test_an_online_geocoder_that_is_not_there_is_told() -> None:
    with pytest.raises(GeocodingError):
        find_online("http://127.0.0.1:9/", "横浜市")


@pytest.mark.parametrize("status", [301, 302, 303, 307])
def test_an_online_geocoder_leads_us_nowhere_else(status: int) -> None:
    asked: list[Any] = []
    with a_geocoder(200, json.dumps(FOUND).encode(), asked) as elsewhere:
        inside = f"{elsewhere}/search"
        with a_geocoder(status, b"", [], inside) as url, pytest.raises(GeocodingError):
            find_online(url, "横浜市")
    assert asked == []
