"""A database bears another stamp as soon as it is written, and the same one until then."""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sosdir import db
from sosdir.stamps import stamp
from sosdir.store import heartbeats

AT = datetime(2026, 11, 25, 11, 15, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a database without data."""
    path = tmp_path / "sosdir.db"
    db.open_for_writing(path).close()
    return path


def test_reading_leaves_the_stamp_as_it_is(path: Path) -> None:
    before = stamp(path)
    for _ in range(3):
        with db.reading(path) as found:
            heartbeats.last(found)
            assert stamp(path) == before
        assert stamp(path) == before


def test_reading_leaves_it_while_the_log_holds_something(path: Path) -> None:
    keeper = db.open_for_reading(path)
    heartbeats.last(keeper)
    with db.changing(path) as found:
        heartbeats.beat(found, AT)
    before = stamp(path)
    assert len(before.files) == 2
    for _ in range(3):
        with db.reading(path) as found:
            assert heartbeats.last(found) == AT
        time.sleep(0.02)
        assert stamp(path) == before
    keeper.close()


def test_each_writing_gives_a_stamp_that_no_other_has_once_settled(path: Path) -> None:
    seen = {stamp(path)}
    keeper = db.open_for_reading(path)  # so that the log beside the file stays
    for number in range(10):
        while not stamp(path).is_settled:
            time.sleep(0.01)
        with db.changing(path) as found:
            heartbeats.beat(found, AT + timedelta(minutes=number))
        seen.add(stamp(path))
    keeper.close()
    assert len(seen) == 11


def test_a_stamp_is_not_settled_right_after_a_writing_and_soon_is(path: Path) -> None:
    os.utime(path)
    assert not stamp(path).is_settled
    time.sleep(0.1)
    assert stamp(path).is_settled


def test_a_file_put_in_its_place_gives_another_stamp(path: Path, tmp_path: Path) -> None:
    before, copy = stamp(path), tmp_path / "copy.db"
    shutil.copy2(path, copy)
    copy.replace(path)
    assert stamp(path) != before


def test_a_missing_database_has_a_stamp_that_is_never_settled(tmp_path: Path) -> None:
    found = stamp(tmp_path / "nowhere.db")
    assert found.files == ()
    assert not found.is_settled
    assert found.written_at == datetime.fromtimestamp(0, UTC)


def test_a_stamp_tells_when_the_database_was_written(path: Path) -> None:
    os.utime(path, (0, 0))
    # The time of writing can be set back; that of the change of the file cannot.
    age = datetime.now(UTC) - stamp(path).written_at
    assert timedelta(0) <= age < timedelta(minutes=1)


WRITE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    database.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    print("refused")
"""


def test_to_look_leaves_a_writer_its_lock(path: Path) -> None:
    with db.writing(path) as keeper:
        # It stays open, so that the log stays as well.
        heartbeats.beat(keeper, AT)
        keeper.conn.commit()
        with db.changing(path):
            stamp(path)
            command = [sys.executable, "-c", WRITE, str(path)]
            tried = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert tried.stdout.strip() == "refused"
