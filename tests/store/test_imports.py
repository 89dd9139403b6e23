"""Keeping uploads and their rows until they are closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from sosdir.errors import Fault, NotFoundError
from sosdir.revising import Author, Change
from sosdir.store import import_rows, imports
from sosdir.store.import_rows import ImportRow, Outcome
from sosdir.store.imports import Status
from tests.cast import NOON, a_service

SOMEONE = Author(7, "だれか")


@pytest.fixture
def number(database: Database) -> int:
    """Give the number of an upload with a row of each kind, read to the end."""
    number = imports.add(database, "表.csv", b"id,name\n", SOMEONE, NOON)
    imports.begin(database, number)
    import_rows.put(database, number, [a_row(2), a_row(3, Outcome.CREATED)], 2, 4)
    refused = ImportRow(4, Outcome.REFUSED, None, None, faults=(Fault("", 4, "id", "だめ"),))
    import_rows.put(database, number, [refused, ImportRow(5, Outcome.UNCHANGED, "a", "b")], 4, 4)
    imports.finish(database, number, Status.READY, "ours", ["ひとこと"])
    return number


def a_row(line: int, outcome: Outcome = Outcome.CHANGED) -> ImportRow:
    service = a_service(f"row-{line}")
    change = Change("name", "名称", "前", "後")
    return ImportRow(
        line, outcome, service.id, service.name, 9, service, (change,), ("直した",), ()
    )


def lines(rows: list[ImportRow]) -> list[int]:
    return [row.line for row in rows]


def test_an_upload_is_kept_with_who_sent_it(database: Database, number: int) -> None:
    file = imports.get(database, number)
    assert (file.name, file.author, file.uploaded_at) == ("表.csv", SOMEONE, NOON)
    assert (file.status, file.layout, file.warnings) == (Status.READY, "ours", ("ひとこと",))
    assert (file.done, file.total) == (4, 4)
    assert imports.content(database, number) == b"id,name\n"
    assert imports.newest(database) == imports.waiting(database) == [file]


def test_a_row_comes_back_as_it_was_put(database: Database, number: int) -> None:
    assert import_rows.rows(database, number, [Outcome.CHANGED]) == [a_row(2)]


def test_rows_are_counted_by_outcome(database: Database, number: int) -> None:
    counts = import_rows.counts(database, number)
    assert counts[Outcome.REFUSED] == counts[Outcome.CHANGED] == counts[Outcome.CREATED] == 1
    assert counts[Outcome.STALE] == 0
    assert import_rows.left(database, number) == (2, 2)


def test_what_is_not_ticked_is_not_applied(database: Database, number: int) -> None:
    import_rows.choose(database, number, [2, 3], [3])
    assert lines(list(import_rows.to_apply(database, number))) == [3]
    assert import_rows.left(database, number) == (2, 1)
    import_rows.choose_all(database, number, is_chosen=True)
    assert lines(list(import_rows.to_apply(database, number))) == [2, 3]


def test_a_row_that_was_shown_on_no_page_keeps_its_tick(database: Database, number: int) -> None:
    import_rows.choose(database, number, [2], [])
    assert lines(list(import_rows.to_apply(database, number))) == [3]


def test_an_applied_row_is_not_applied_again(database: Database, number: int) -> None:
    import_rows.settle(database, number, 2, NOON)
    import_rows.refuse(database, number, 3, Outcome.STALE, [Fault("", 3, "", "変わった")])
    assert list(import_rows.to_apply(database, number)) == []
    (stale,) = import_rows.rows(database, number, [Outcome.STALE])
    assert stale.faults[0].reason == "変わった"
    assert import_rows.rows(database, number, [Outcome.CHANGED])[0].applied_at == NOON


def test_reading_anew_forgets_the_rows_and_the_attempt_before(
    database: Database, number: int
) -> None:
    first = imports.get(database, number).attempt
    second = imports.begin(database, number)
    assert not imports.is_current(database, number, first)
    assert imports.is_current(database, number, second)
    assert sum(import_rows.counts(database, number).values()) == 0


def test_a_closed_upload_keeps_what_it_did_and_no_more(database: Database, number: int) -> None:
    attempt = imports.begin(database, number)
    import_rows.put(database, number, [a_row(2)], 1, 1)
    imports.close(database, number, Status.DISCARDED, NOON)
    assert imports.content(database, number) == b""
    assert import_rows.rows(database, number, [Outcome.CHANGED])[0].service is None
    assert imports.get(database, number).closed_at == NOON
    assert not imports.is_current(database, number, attempt)
    assert imports.waiting(database) == []
    with pytest.raises(NotFoundError):
        imports.begin(database, number)


def test_only_what_is_old_is_dropped_by_age(database: Database, number: int) -> None:
    imports.close_older(database, NOON, NOON)
    assert imports.get(database, number).is_open
    imports.close_older(database, NOON + timedelta(seconds=1), NOON)
    assert not imports.get(database, number).is_open


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        imports.get(database, 99)
    assert imports.content(database, 99) == b""
