"""The doctor finds what is broken, says what to do, and changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sosdir import db, doctor
from sosdir.doctor import Verdict
from sosdir.models import DataPackage
from sosdir.store import packages, services
from tests.cast import TODAY, a_channel, a_service

PLENTY = 100 * 1024**3


@pytest.fixture
def database(tmp_path: Path, package: DataPackage) -> Path:
    """Give the file of a database of the shipped data."""
    with db.writing(tmp_path / "sosdir.db") as made:
        packages.replace_all(made, package)
    return tmp_path / "sosdir.db"


def verdicts(database: Path, today: date = TODAY, free: int = PLENTY) -> dict[str, Verdict]:
    return {each.check: each.verdict for each in doctor.examine(database, today, free)}


def faults(database: Path) -> Iterator[doctor.Finding]:
    found = doctor.examine(database, TODAY, PLENTY)
    return (each for each in found if each.verdict is not Verdict.OK)


def test_the_shipped_data_is_well(database: Path) -> None:
    assert list(faults(database)) == []
    assert doctor.worst(doctor.examine(database, TODAY, PLENTY)) is Verdict.OK


def test_a_service_that_the_index_lacks_is_named(database: Path) -> None:
    with db.writing(database) as broken:
        broken.execute("DELETE FROM service_index WHERE service_id = 'ninshin-sos-yokohama'")
        broken.conn.commit()
    (finding,) = faults(database)
    assert finding.check == "index"
    assert "ninshin-sos-yokohama" in finding.detail
    assert "sosdir reindex" in finding.detail


def test_an_index_that_says_otherwise_than_the_service_is_found(database: Path) -> None:
    with db.writing(database) as broken:
        broken.execute("UPDATE service_index SET withheld_from = '9999-12-31'")
        broken.conn.commit()
    assert [each.check for each in faults(database)] == ["index"]


def test_a_retired_number_that_came_in_by_another_way_is_found(database: Path) -> None:
    with db.writing(database) as broken:
        services.save(
            broken, a_service("revived", channels=(a_channel("revived", value="03-3235-2638"),))
        )
    (finding,) = faults(database)
    assert finding.check == "facts"
    assert "revived" in finding.detail


def test_a_reference_to_nothing_is_found(database: Path) -> None:
    with db.writing(database) as broken:
        broken.execute("PRAGMA foreign_keys = OFF")
        broken.execute("DELETE FROM organization WHERE id = 'across-japan'")
        broken.conn.commit()
    assert "references" in [each.check for each in faults(database)]


def test_a_day_that_lies_ahead_puts_the_clock_in_doubt(database: Path) -> None:
    with db.writing(database) as later:
        service = replace(a_service("early"), collected_on=date(2026, 12, 1))
        services.save(later, service)
    assert verdicts(database)["clock"] is Verdict.FAULT
    assert verdicts(database, date(2026, 12, 2))["clock"] is Verdict.OK


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(PLENTY, Verdict.OK), (600 * 1024**2, Verdict.WARNING), (1024**2, Verdict.FAULT)],
)
def test_a_disk_that_fills_up_is_told_in_time(database: Path, free: int, verdict: Verdict) -> None:
    assert verdicts(database, free=free)["disk"] is verdict


def test_a_damaged_page_is_told_with_the_way_back(database: Path) -> None:
    content = bytearray(database.read_bytes())
    for start in range(len(content) // 2, len(content) // 2 + 10 * 4096, 4096):
        content[start : start + 512] = b"\xff" * 512
    database.write_bytes(content)
    told = list(faults(database))
    assert told
    assert "sosdir restore" in told[0].detail


def test_no_database_is_a_fault(tmp_path: Path) -> None:
    (finding,) = doctor.examine(tmp_path / "sosdir.db", TODAY)
    assert finding.verdict is Verdict.FAULT
    assert "sosdir load" in finding.detail
