"""A copy is one moment of a database in use; put back, the site says what it said."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sosdir import db
from sosdir.errors import DatabaseError
from sosdir.models import DataPackage
from sosdir.store import backups, packages, services, versions
from tests.cast import a_service, the_cast

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, package: DataPackage) -> Path:
    """Give a home whose database holds the shipped data."""
    with db.writing(tmp_path / "home" / "sosdir.db") as database:
        packages.replace_all(database, package)
    return tmp_path / "home"


def count(path: Path) -> int:
    with db.reading(path) as database:
        return packages.count(database)


def test_a_copy_holds_all_that_was_kept_and_nothing_that_was_not(
    home: Path, tmp_path: Path
) -> None:
    with db.writing(home / "sosdir.db") as database:
        services.save(database, a_service("kept"))
        database.conn.execute("BEGIN IMMEDIATE")
        services.save(database, a_service("midway"))
        assert backups.copy_out(home / "sosdir.db", tmp_path / "copy.db") == 119
        database.conn.rollback()
    with db.reading(tmp_path / "copy.db") as copy:
        assert services.find(copy, ["kept"])
        assert not services.find(copy, ["midway"])


def test_a_copy_is_one_file_for_its_owner_alone(home: Path, tmp_path: Path) -> None:
    backups.copy_out(home / "sosdir.db", tmp_path / "out" / "copy.db")
    (copy,) = (tmp_path / "out").iterdir()
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_put_back_undoes_what_came_after(home: Path, tmp_path: Path) -> None:
    database = home / "sosdir.db"
    backups.copy_out(database, tmp_path / "copy.db")
    with db.writing(database) as later:
        services.save(later, a_service("later"))
    restored = backups.put_back(tmp_path / "copy.db", database, NOW)
    assert (restored.services, count(database)) == (118, 118)
    assert restored.aside is not None
    assert count(restored.aside) == 119


def test_who_reads_while_a_copy_is_put_back_reads_on(home: Path, tmp_path: Path) -> None:
    database = home / "sosdir.db"
    backups.copy_out(database, tmp_path / "copy.db")
    with db.writing(database) as later:
        services.save(later, a_service("later"))
    with db.reading(database) as reader:
        assert packages.count(reader) == 119
        backups.put_back(tmp_path / "copy.db", database, NOW)
        assert packages.count(reader) == 119
    assert count(database) == 118


def test_a_running_site_notices_that_a_copy_was_put_back(home: Path, tmp_path: Path) -> None:
    database = home / "sosdir.db"
    backups.copy_out(database, tmp_path / "copy.db")
    with db.reading(database) as before:
        seen = versions.current(before)
    backups.put_back(tmp_path / "copy.db", database, NOW)
    with db.reading(database) as after:
        assert versions.current(after) != seen


def test_a_copy_can_be_put_where_there_was_nothing(home: Path, tmp_path: Path) -> None:
    backups.copy_out(home / "sosdir.db", tmp_path / "copy.db")
    restored = backups.put_back(tmp_path / "copy.db", tmp_path / "new" / "sosdir.db", NOW)
    assert restored == backups.Restored(118, None)
    assert count(tmp_path / "new" / "sosdir.db") == 118


def test_a_broken_database_is_put_aside_and_replaced(home: Path, tmp_path: Path) -> None:
    database = home / "sosdir.db"
    backups.copy_out(database, tmp_path / "copy.db")
    damage(database)
    restored = backups.put_back(tmp_path / "copy.db", database, NOW)
    assert restored.aside == home / "sosdir.broken-20261125T030000Z.db"
    assert count(database) == 118


def damage(path: Path) -> None:
    """Overwrite pages in the middle of a database."""
    for name in ("-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 16_384] = os.urandom(16_384)
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\1" * 200])
def test_what_is_no_copy_is_refused_and_changes_nothing(
    home: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(DatabaseError):
        backups.put_back(tmp_path / "copy.db", home / "sosdir.db", NOW)
    assert [each.name for each in home.iterdir() if "before" in each.name] == []
    assert count(home / "sosdir.db") == 118


def test_a_damaged_copy_is_refused(home: Path, tmp_path: Path) -> None:
    backups.copy_out(home / "sosdir.db", tmp_path / "copy.db")
    damage(tmp_path / "copy.db")
    with pytest.raises(DatabaseError):
        backups.check(tmp_path / "copy.db")


def test_a_copy_of_a_newer_version_is_refused(home: Path, tmp_path: Path) -> None:
    backups.copy_out(home / "sosdir.db", tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('sosdir', 'of_tomorrow', '2030-01-01')"
        )
    newer.close()
    with pytest.raises(DatabaseError, match="newer version"):
        backups.check(tmp_path / "copy.db")


def test_a_copy_that_cannot_be_finished_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    damage(home / "sosdir.db")
    with pytest.raises(DatabaseError):
        backups.copy_out(home / "sosdir.db", tmp_path / "out" / "copy.db")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_cast_survives_a_round_trip(tmp_path: Path) -> None:
    with db.writing(tmp_path / "a.db") as database:
        packages.replace_all(database, DataPackage((), (), (), (), (), ()))
        for each in the_cast():
            services.save(database, each)
    backups.copy_out(tmp_path / "a.db", tmp_path / "copy.db")
    backups.put_back(tmp_path / "copy.db", tmp_path / "b.db", NOW)
    with db.reading(tmp_path / "b.db") as found:
        assert {each.id: each for each in services.everything(found)} == {
            each.id: each for each in the_cast()
        }
