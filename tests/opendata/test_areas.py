"""The areas are GeoJSON by RFC 7946, read back by shapely, without any withheld place."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from shapely.geometry import shape

from sosdir.areas import Gazetteer
from sosdir.evidence import EvidenceLevel
from sosdir.models import DataPackage
from sosdir.opendata import areas_geojson, published
from tests.cast import TODAY, a_service

OUTLINES: dict[str, Any] = {
    "features": [
        {
            "id": "14",
            "geometry": {
                "type": "Polygon",
                # Wound to the right, with a hole wound to the left and a point that turns back.
                "coordinates": [
                    [[139, 35], [139, 36], [140, 36], [140, 35], [141, 35], [140, 35], [139, 35]],
                    [[139.4, 35.4], [139.6, 35.4], [139.6, 35.6], [139.4, 35.6], [139.4, 35.4]],
                ],
            },
        }
    ]
}


@pytest.fixture
def features(client: FlaskClient) -> list[dict[str, Any]]:
    answer = client.get("/open-data/areas.geojson")
    assert answer.content_type == "application/geo+json"
    found: list[dict[str, Any]] = answer.get_json(force=True)["features"]
    return found


def test_outlines_are_wound_by_the_right_hand_rule(gazetteer: Gazetteer) -> None:
    told = areas_geojson(published([a_service(service_areas=("14",))], TODAY), gazetteer, OUTLINES)
    (area, _) = told["features"]
    (polygon,) = shape(area["geometry"]).geoms
    assert polygon.is_valid
    assert polygon.exterior.is_ccw
    assert [hole.is_ccw for hole in polygon.interiors] == [False]
    assert polygon.area == pytest.approx(1 - 0.04)
    assert area["bbox"] == [139, 35, 140, 36]


def test_a_ring_that_encloses_nothing_is_left_out(gazetteer: Gazetteer) -> None:
    flat = {"type": "Polygon", "coordinates": [[[139, 35], [141, 35], [140, 35], [139, 35]]]}
    outlines = {"features": [{"id": "14", "geometry": flat}]}
    found = published([a_service(service_areas=("14",), position=None)], TODAY)
    (area,) = areas_geojson(found, gazetteer, outlines)["features"]
    assert area["geometry"] is None
    assert "bbox" not in area


def test_every_shipped_outline_is_valid_and_rightly_wound(
    features: list[dict[str, Any]],
) -> None:
    outlines = [each for each in features if each["properties"].get("level") == "prefecture"]
    assert len(outlines) > 30
    for each in outlines:
        found = shape(each["geometry"])
        assert found.is_valid, each["id"]
        for polygon in found.geoms:
            assert polygon.exterior.is_ccw
            assert not any(hole.is_ccw for hole in polygon.interiors)
        assert list(found.bounds) == each["bbox"]


def test_an_area_names_who_serves_it(features: list[dict[str, Any]], package: DataPackage) -> None:
    areas = {each["properties"]["code"]: each for each in features if "code" in each["properties"]}
    served: dict[str, set[str]] = {}
    for service in package.services:
        if service.hold is None:
            for code in service.service_areas:
                served.setdefault(code, set()).add(service.id)
    assert {code: set(each["properties"]["services"]) for code, each in areas.items()} == served


def test_a_town_is_a_point_and_the_country_only_a_box(features: list[dict[str, Any]]) -> None:
    by_id = {each["id"]: each for each in features}
    assert by_id["area-141003"]["geometry"]["type"] == "Point"
    assert by_id["area-141003"]["properties"]["name"] == "神奈川県横浜市"
    country = by_id["area-00"]
    assert country["geometry"] is None
    west, south, east, north = country["bbox"]
    assert (west, south, east, north) == pytest.approx((122.9, 24.2, 154.0, 45.5), abs=0.1)


def test_points_are_those_of_the_services_and_inside_japan(
    features: list[dict[str, Any]], client: FlaskClient
) -> None:
    points = {
        each["properties"]["id"]: each["geometry"]
        for each in features
        if each["properties"]["kind"] == "service"
    }
    theirs = client.get("/services.geojson").get_json(force=True)["features"]
    assert points == {each["id"]: each["geometry"] for each in theirs if each["geometry"]}
    for geometry in points.values():
        point = shape(geometry)
        assert 122 < point.x < 154
        assert 20 < point.y < 46


def test_a_withheld_place_is_absent(gazetteer: Gazetteer) -> None:
    old = a_service(evidence=EvidenceLevel.UNCONFIRMED)
    told = areas_geojson(published([old], TODAY), gazetteer, OUTLINES)
    assert [each["id"] for each in told["features"]] == ["area-141003"]


def test_nothing_found_is_a_collection_of_nothing(client: FlaskClient) -> None:
    told = client.get("/open-data/areas.geojson?q=zzzz").get_json(force=True)
    assert told == {"type": "FeatureCollection", "features": []}


def test_a_query_chooses_the_services(client: FlaskClient) -> None:
    told = client.get("/open-data/areas.geojson?area=47").get_json(force=True)
    codes = {
        each["properties"]["code"] for each in told["features"] if "code" in each["properties"]
    }
    assert {code[:2] for code in codes} <= {"47", "00"}
