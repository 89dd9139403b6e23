"""The places come out of the database as they went in."""

from sqlite_utils import Database

from sosdir import db
from sosdir.areas import Gazetteer
from sosdir.models import DataPackage
from sosdir.store import geography, retired_numbers


def test_the_places_are_those_of_the_package(shipped: Database, package: DataPackage) -> None:
    assert tuple(geography.municipalities(shipped)) == package.municipalities
    assert tuple(geography.wards(shipped)) == package.wards
    prefectures = [outline.prefecture for outline in package.outlines]
    assert geography.prefectures(shipped) == prefectures


def test_the_gazetteer_of_the_database_knows_every_place(
    shipped_gazetteer: Gazetteer, package: DataPackage
) -> None:
    for place in package.municipalities:
        assert shipped_gazetteer.get(place.code).name == place.name
    assert shipped_gazetteer.get("14").full_name == "神奈川県"


def test_the_outlines_are_geojson_by_code(shipped: Database) -> None:
    collection = geography.outlines(shipped)
    assert collection["type"] == "FeatureCollection"
    codes = [feature["id"] for feature in collection["features"]]
    assert codes == [f"{number:02}" for number in range(1, 48)]
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["code"] == feature["id"]
        assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
        assert feature["geometry"]["coordinates"]


def test_the_retired_numbers_keep_the_order_of_the_package(
    shipped: Database, package: DataPackage
) -> None:
    assert tuple(retired_numbers.everything(shipped)) == package.retired_numbers


def test_an_empty_database_has_no_places() -> None:
    empty = db.open_in_memory()
    assert geography.prefectures(empty) == []
    assert geography.outlines(empty)["features"] == []
    empty.close()
