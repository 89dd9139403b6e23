"""Connections: read-only where only read, told in a sentence where nothing can be opened."""

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sosdir import db
from sosdir.errors import DatabaseError
from sosdir.store import packages, versions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a database without data."""
    path = tmp_path / "sosdir.db"
    db.open_for_writing(path).close()
    return path


def test_a_missing_database_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"no database at .*nonesuch\.db.*sosdir load"):
        db.open_for_reading(tmp_path / "nonesuch.db")
    assert not (tmp_path / "nonesuch.db").exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="There is no database"):
        db.open_for_reading(tmp_path)


def test_a_file_that_is_no_database_is_told_with_the_command(tmp_path: Path) -> None:
    path = tmp_path / "sosdir.db"
    path.write_bytes("これはデータベースではない。".encode() * 100)
    with pytest.raises(DatabaseError, match=r"cannot be read \(file is not a database\).*restore"):
        db.open_for_reading(path)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00"])
def test_a_database_without_our_tables_is_told_with_the_command(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "sosdir.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"sosdir (load|restore)"):
        db.open_for_reading(path)


def test_an_older_database_is_told_with_the_command(path: Path) -> None:
    older = sqlite3.connect(path)
    older.execute("DELETE FROM _sqlite_migrations")
    older.commit()
    older.close()
    with pytest.raises(DatabaseError, match=r"older version\. Bring it up to date: sosdir reindex"):
        db.open_for_reading(path)


def test_a_file_that_cannot_be_opened_is_told_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(DatabaseError, match=r"cannot be read \(unable to open.*sosdir restore"):
        db.open_for_reading(path)


def test_a_reader_cannot_write(path: Path) -> None:
    reader = db.open_for_reading(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly database"):
        reader.execute("DELETE FROM service")
    reader.close()


@pytest.mark.parametrize("name", ["a b", "1%20", "q?mode=rwc", "h#1", "ア", "a%3fb", "it's"])
def test_a_path_may_hold_any_letter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "sosdir.db"
    db.open_for_writing(path).close()
    assert path.is_file()
    reader = db.open_for_reading(path)
    assert packages.is_empty(reader)
    reader.close()


@pytest.mark.parametrize("opened", ["reader", "writer", "memory"])
def test_references_are_watched_over(path: Path, opened: str) -> None:
    database = {
        "reader": lambda: db.open_for_reading(path),
        "writer": lambda: db.open_for_writing(path),
        "memory": db.open_in_memory,
    }[opened]()
    assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)
    database.close()


def test_a_reference_to_nothing_cannot_be_written() -> None:
    database = db.open_in_memory()
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("INSERT INTO service_area VALUES ('nonesuch', '00', 0)")
    database.close()


def test_a_writer_makes_the_folder_and_lets_readers_read_on(tmp_path: Path) -> None:
    writer = db.open_for_writing(tmp_path / "new" / "home" / "sosdir.db")
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    writer.close()


def test_only_its_owner_reads_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "sosdir.db"
    writer = db.open_for_writing(path)
    writer.execute("SELECT 1")
    held = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    writer.close()
    assert held
    assert set(held.values()) == {0o600}, held


def test_opening_to_write_keeps_what_is_there(path: Path) -> None:
    writer = db.open_for_writing(path)
    with writer.atomic():
        writer.execute("INSERT INTO organization VALUES ('minato', 'みなと')")
    writer.close()
    again = db.open_for_writing(path)
    assert list(again.query("SELECT id FROM organization")) == [{"id": "minato"}]
    again.close()


def test_a_file_that_is_no_database_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "sosdir.db"
    content = "これはデータベースではない。".encode() * 100
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="cannot be written: file is not a database"):
        db.open_for_writing(path)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be written"):
        db.open_for_writing(tmp_path / "file" / "sosdir.db")


def test_two_memories_share_nothing() -> None:
    one, other = db.open_in_memory(), db.open_in_memory()
    one.execute("INSERT INTO organization VALUES ('minato', 'みなと')")
    assert other.table("organization").count == 0
    one.close()
    other.close()


def test_a_request_has_one_connection_that_ends_with_it(
    path: Path, make_app: Callable[..., Flask]
) -> None:
    app = make_app(path.parent)
    with app.app_context():
        first = db.current()
        assert db.current() is first
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        first.execute("SELECT 1")
    with app.app_context():
        assert db.current() is not first


def test_a_request_that_asks_nothing_opens_nothing(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    app = make_app(tmp_path / "nonesuch")
    with app.app_context():
        pass
    assert not (tmp_path / "nonesuch").exists()


def test_what_is_lent_to_read_belongs_together(path: Path) -> None:
    with db.reading(path) as reader:
        before = versions.current(reader)
        with db.changing(path) as writer:
            versions.advance(writer)
        assert versions.current(reader) == before
    with db.reading(path) as reader:
        assert versions.current(reader) == before + 1


def test_a_change_that_fails_midway_leaves_nothing(path: Path) -> None:
    def change_and_fail() -> None:
        with db.changing(path) as writer:
            versions.advance(writer)
            raise KeyError("midway")

    with pytest.raises(KeyError):
        change_and_fail()
    with db.reading(path) as reader:
        assert versions.current(reader) == 0
