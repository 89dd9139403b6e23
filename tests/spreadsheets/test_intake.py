"""Reading an upload that is kept: once, to the end, whoever else begins or ends it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sosdir import db
from sosdir.errors import DatabaseError
from sosdir.revising import Author
from sosdir.spreadsheets import intake, known
from sosdir.store import import_rows, imports
from sosdir.store.import_rows import Outcome
from sosdir.store.imports import Status
from tests.cast import NOON, TODAY, an_importable_service

FILE = b"id,fee\nminato-sos,free\nBAD,x\n"


@pytest.fixture
def path(cast_home: Callable[..., Path]) -> Path:
    """Give the database of a home with one service."""
    return cast_home(an_importable_service()) / "sosdir.db"


def received(path: Path) -> int:
    return intake.receive(path, "表.csv", FILE, Author(None, "だれか"), NOON)


def told(path: Path, number: int) -> tuple[Status, int]:
    with db.reading(path) as database:
        counted = sum(import_rows.counts(database, number).values())
        return imports.get(database, number).status, counted


def test_a_small_upload_is_read_at_once(path: Path) -> None:
    number = received(path)
    assert intake.start(path, number, TODAY) is None
    assert told(path, number) == (Status.READY, 2)


def test_a_big_one_is_read_in_batches_in_a_thread(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "AT_ONCE", 10)
    monkeypatch.setattr(intake, "BATCH", 1)
    number = received(path)
    thread = intake.start(path, number, TODAY)
    assert thread is not None
    thread.join()
    assert told(path, number) == (Status.READY, 2)


def test_an_older_attempt_writes_nothing_more(path: Path) -> None:
    number = received(path)
    with db.changing(path) as database:
        old = imports.begin(database, number)
        imports.begin(database, number)
    intake.read(path, number, old, TODAY)
    assert told(path, number) == (Status.READING, 0)


def test_a_failing_database_leaves_an_upload_that_can_be_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = received(path)

    def fail(*_given: object) -> None:
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(known, "read", fail)
        intake.start(path, number, TODAY)
        assert told(path, number) == (Status.FAILED, 0)
    intake.start(path, number, TODAY)
    with db.reading(path) as database:
        assert import_rows.counts(database, number)[Outcome.REFUSED] == 1
