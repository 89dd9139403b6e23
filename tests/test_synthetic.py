"""What is invented for measuring is believable, may be loaded, and cannot be taken for real."""

from collections import Counter
from pathlib import Path

import pytest

from sosdir import exporting, importing
from sosdir.areas import Gazetteer
from sosdir.models import NATIONWIDE, DataPackage
from tests.conftest import DATA
from tests.synthetic import MARK, addresses, searches, synthetic_package


@pytest.fixture(scope="module")
def invented(package: DataPackage, gazetteer: Gazetteer) -> DataPackage:
    return synthetic_package(package, gazetteer, 3000)


def test_it_is_as_many_as_asked_and_the_same_each_time(
    invented: DataPackage, package: DataPackage, gazetteer: Gazetteer
) -> None:
    assert len({each.id for each in invented.services}) == 3000
    assert synthetic_package(package, gazetteer, 3000) == invented


def test_it_may_be_loaded_as_any_package(
    package: DataPackage, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    small = synthetic_package(package, gazetteer, 300)
    exporting.write_package(small, tmp_path)
    assert len(importing.read_package(tmp_path).services) == 300


def test_nothing_of_it_can_be_taken_for_real(invented: DataPackage, package: DataPackage) -> None:
    real = {channel.value for each in package.services for channel in each.channels}
    for service in invented.services:
        assert MARK in service.name
        assert service.organization
        assert MARK in service.organization.name
        assert not real & {each.value for each in service.channels} - {"189"}
        assert all("example.jp" in source.url for source in service.sources)


def test_none_of_it_ships() -> None:
    assert [path.name for path in DATA.iterdir() if MARK in path.read_text("utf-8")] == []


def test_most_serve_a_town_and_few_the_country(invented: DataPackage) -> None:
    kinds = Counter(
        "country" if code == NATIONWIDE else "prefecture" if len(code) == 2 else "town"
        for each in invented.services
        for code in each.service_areas
    )
    assert kinds["country"] == 50
    assert kinds["prefecture"] < 1000 < kinds["town"]


def test_searches_are_mixed_as_people_make_them(gazetteer: Gazetteer) -> None:
    found = searches(gazetteer, 200)
    assert found == searches(gazetteer, 200)
    assert sum("q" not in each for each in found) == 20
    assert len(set(addresses(found))) > 120
