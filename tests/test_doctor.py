"""The doctor finds what is broken, says what to do, and changes nothing."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sosdir import db, doctor
from sosdir.accounts import secret_key
from sosdir.doctor import Patient, Verdict
from sosdir.models import ChannelKind, DataPackage, EvidenceLevel
from sosdir.store import heartbeats, packages, services
from tests.cast import NOON, a_channel, a_service, an_importable_service

PLENTY = 100 * 1024**3


@pytest.fixture
def database(tmp_path: Path, package: DataPackage) -> Path:
    """Give the file of a database of the shipped data."""
    with db.writing(tmp_path / "sosdir.db") as made:
        packages.replace_all(made, package)
    return tmp_path / "sosdir.db"


def patient(database: Path, **more: Any) -> Patient:
    return Patient(**{"database": database, "now": NOON, "free_bytes": PLENTY, **more})


def verdicts(database: Path, **more: Any) -> dict[str, Verdict]:
    return {each.check: each.verdict for each in doctor.examine(patient(database, **more))}


def faults(database: Path, **more: Any) -> Iterator[doctor.Finding]:
    found = doctor.examine(patient(database, **more))
    return (each for each in found if each.verdict is not Verdict.OK)


def test_the_shipped_data_is_well(database: Path) -> None:
    assert list(faults(database)) == []
    assert doctor.worst(doctor.examine(patient(database))) is Verdict.OK


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
    assert verdicts(database, now=NOON + timedelta(days=7))["clock"] is Verdict.OK


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(PLENTY, Verdict.OK), (600 * 1024**2, Verdict.WARNING), (1024**2, Verdict.FAULT)],
)
def test_a_disk_that_fills_up_is_told_in_time(database: Path, free: int, verdict: Verdict) -> None:
    assert verdicts(database, free_bytes=free)["disk"] is verdict


def test_a_damaged_page_is_told_with_the_way_back(database: Path) -> None:
    content = bytearray(database.read_bytes())
    for start in range(len(content) // 2, len(content) // 2 + 10 * 4096, 4096):
        content[start : start + 512] = b"\xff" * 512
    database.write_bytes(content)
    told = list(faults(database))
    assert told
    assert "sosdir restore" in told[0].detail


def test_no_database_is_a_fault(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path / "sosdir.db")
    assert finding.check == "database"
    assert finding.verdict is Verdict.FAULT
    assert "sosdir load" in finding.detail


def test_a_retired_number_in_the_words_of_a_line_is_found(database: Path) -> None:
    with db.writing(database) as broken:
        told = "旧番号は ０３(3235)２６３８ でした"
        services.save(broken, an_importable_service("wordy", eligibility=told))
    found = {each.check: each.detail for each in faults(database)}
    assert found.keys() == {"facts", "published"}
    assert "wordy (03-3235-2638)" in found["published"]


def test_a_number_that_is_withheld_and_stands_in_a_public_text_is_found(database: Path) -> None:
    quiet = replace(an_importable_service("quiet"), evidence=EvidenceLevel.UNCONFIRMED)
    with db.writing(database) as broken:
        services.save(broken, quiet)
    assert list(faults(database)) == []
    (number, *_) = [each.value for each in quiet.channels if each.kind is ChannelKind.PHONE]
    with db.writing(database) as broken:
        services.save(broken, replace(quiet, name=f"みなと {number}"))
    (finding,) = faults(database)
    assert (finding.check, finding.verdict) == ("published", Verdict.FAULT)
    assert "quiet" in finding.detail


def test_a_word_in_the_open_half_of_the_index_that_belongs_in_the_other_is_found(
    database: Path,
) -> None:
    with db.writing(database) as broken:
        broken.execute("UPDATE service_text SET open = open || ' ' || guarded")
        broken.conn.commit()
    assert [each.check for each in faults(database)] == ["index"]


@pytest.mark.parametrize(
    "name", ["revision_is_never_changed", "revision_is_never_removed", "revision_is_never_replaced"]
)
def test_a_history_that_could_be_changed_is_found(database: Path, name: str) -> None:
    with db.writing(database) as broken:
        broken.execute(f"DROP TRIGGER {name}")
        broken.conn.commit()
    (finding,) = faults(database)
    assert (finding.check, finding.verdict) == ("schema", Verdict.FAULT)
    assert f"trigger {name}" in finding.detail


def test_a_trigger_that_no_longer_refuses_is_found(database: Path) -> None:
    with db.writing(database) as broken:
        broken.execute("DROP TRIGGER revision_is_never_changed")
        broken.execute(
            "CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision BEGIN SELECT 1; END"
        )
        broken.conn.commit()
    assert verdicts(database)["schema"] is Verdict.FAULT


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("DROP TABLE link", Verdict.FAULT),
        ("DROP INDEX revision_of_moment", Verdict.FAULT),
        ("ALTER TABLE draft ADD COLUMN extra TEXT", Verdict.FAULT),
        ("CREATE TABLE extra (number INTEGER)", Verdict.WARNING),
        # Those that keep a copy elsewhere keep notes in the database.
        ("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)", Verdict.OK),
        ("ANALYZE", Verdict.OK),
    ],
)
def test_tables_that_are_not_as_they_were_made_are_found(
    database: Path, statement: str, verdict: Verdict
) -> None:
    with db.writing(database) as broken:
        broken.execute(statement)
        broken.conn.commit()
    assert verdicts(database)["schema"] is verdict


def test_a_database_of_a_newer_version_is_told(database: Path) -> None:
    with db.writing(database) as newer:
        newer.table("_sqlite_migrations").insert(
            {"migration_set": "sosdir", "name": "add_tomorrow", "applied_at": "2027-01-01"}
        )
        newer.execute("CREATE TABLE tomorrow (number INTEGER)")
        newer.conn.commit()
    (finding,) = faults(database)
    assert (finding.check, finding.verdict) == ("schema", Verdict.WARNING)
    assert "add_tomorrow" in finding.detail


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [(1, Verdict.OK), (15, Verdict.OK), (16, Verdict.WARNING), (121, Verdict.FAULT)],
)
def test_a_copy_that_lags_is_told(database: Path, minutes: int, verdict: Verdict) -> None:
    assert verdicts(database, is_copy=True)["replica"] is Verdict.WARNING
    with db.writing(database) as written:
        heartbeats.beat(written, NOON)
    late = NOON + timedelta(minutes=minutes)
    assert verdicts(database, is_copy=True, now=late)["replica"] is verdict
    assert "replica" not in verdicts(database, now=late)


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [(1, Verdict.OK), (36, Verdict.OK), (37, Verdict.WARNING), (7 * 24 + 1, Verdict.FAULT)],
)
def test_a_backup_that_was_missed_is_told(
    database: Path, tmp_path: Path, hours: int, verdict: Verdict
) -> None:
    copies = tmp_path / "copies"
    assert "backup" not in verdicts(database)
    assert verdicts(database, backups=copies)["backup"] is Verdict.FAULT
    copies.mkdir()
    copy = copies / "sosdir-20261125T030000Z.db.age"
    copy.write_bytes(b"")
    made = (NOON - timedelta(hours=hours)).timestamp()
    os.utime(copy, (made, made))
    assert verdicts(database, backups=copies)["backup"] is verdict


def test_a_secret_key_that_others_can_read_is_a_fault(database: Path) -> None:
    secret_key.keep(database.parent)
    assert verdicts(database)["modes"] is Verdict.OK
    (database.parent / secret_key.FILE).chmod(0o640)
    (finding,) = faults(database)
    assert (finding.check, finding.verdict) == ("modes", Verdict.FAULT)


def test_a_database_that_others_can_read_is_a_warning(database: Path) -> None:
    database.chmod(0o644)
    (finding,) = faults(database)
    assert (finding.check, finding.verdict) == ("modes", Verdict.WARNING)
    assert "chmod 600" in finding.detail


def test_nothing_is_changed_by_an_examination(database: Path) -> None:
    before = database.read_bytes()
    verdicts(database, is_copy=True, backups=database.parent)
    assert database.read_bytes() == before
