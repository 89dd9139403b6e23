"""The zip is a valid Tabular Data Package of published facts that can be loaded again."""

import io
import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from frictionless import validate

from sosdir import importing
from sosdir.evidence import publish
from sosdir.models import DataPackage, EvidenceLevel, ServiceStatus
from sosdir.opendata import package_zip, published_package
from sosdir.tabular import TABLES
from tests.cast import TODAY, a_package, an_importable_service


def unpacked(content: bytes, folder: Path) -> Path:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


@pytest.fixture
def given(client: FlaskClient) -> bytes:
    answer = client.get("/open-data/datapackage.zip")
    assert answer.content_type == "application/zip"
    return answer.get_data()


def test_another_programme_finds_no_fault_in_the_zip(given: bytes, tmp_path: Path) -> None:
    path = tmp_path / "datapackage.zip"
    path.write_bytes(given)
    report = validate(str(path))
    assert report.flatten(["title", "fieldName", "note"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLES)


def test_it_can_be_loaded_again_and_says_what_was_published(
    given: bytes, package: DataPackage, tmp_path: Path
) -> None:
    told = importing.read_package(unpacked(given, tmp_path))
    assert told == published_package(package, TODAY)
    listed = [each for each in package.services if each.hold is None]
    assert [each.id for each in told.services] == sorted(each.id for each in listed)
    by_id = {each.id: each for each in told.services}
    for service in listed:
        shown = publish(service, TODAY)
        assert by_id[service.id].channels == shown.service.channels
        assert by_id[service.id].evidence is shown.level


def test_the_same_facts_are_the_same_bytes_on_every_day(package: DataPackage) -> None:
    first = package_zip(published_package(package, TODAY))
    assert first == package_zip(published_package(package, date(2026, 12, 1)))
    with ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_ages_is_gone_from_the_zip(package: DataPackage) -> None:
    reported = an_importable_service(
        evidence=EvidenceLevel.REPORTED, newest_source_year=2021, checked_on=None
    )
    told = a_package(package, reported)
    (now,) = published_package(told, date(2026, 12, 31)).services
    (later,) = published_package(told, date(2027, 1, 1)).services
    assert now.channels[0].value == "189"
    assert later.channels[0].value is None
    assert later.evidence is EvidenceLevel.UNCONFIRMED


def test_nothing_that_is_not_public_stands_in_it(package: DataPackage) -> None:
    held = an_importable_service("kakushi-line", hold="公開しない理由")
    ended = an_importable_service("owari-line", status=ServiceStatus.DEFUNCT)
    told = a_package(package, an_importable_service(), held, ended)
    with ZipFile(io.BytesIO(package_zip(published_package(told, TODAY)))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    for secret in ("kakushi", "owari", "公開しない理由です", "横浜市(見本課)"):
        assert secret not in text
    assert "editor_note" in text


def test_numbers_out_of_use_and_bodies_without_a_line_are_left_out(package: DataPackage) -> None:
    told = published_package(package, TODAY)
    assert told.retired_numbers == ()
    named = {each.organization.id for each in told.services if each.organization}
    named |= {each.id for service in told.services for each in service.commissioners}
    assert {each.id for each in told.organizations} == named


def test_the_licence_stands_in_it(given: bytes) -> None:
    with ZipFile(io.BytesIO(given)) as archive:
        described = json.loads(archive.read("datapackage.json"))
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
