"""What each row of a file comes to, and what writing it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from sosdir import publishing
from sosdir.errors import UploadError
from sosdir.revising import Action, Author, Reason
from sosdir.spreadsheets import decoding, known, writing
from sosdir.spreadsheets.applying import apply_rows
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.store import drafts, import_rows, imports, revisions, services
from sosdir.store.import_rows import ImportRow, Outcome
from tests.cast import NOON, TODAY, a_channel, an_importable_service

SOMEONE = Author(None, "だれか")
KEY = "minato-sos"


@pytest.fixture
def base(database: Database) -> Database:
    """Give the cast, with one service that may be published."""
    services.save(database, an_importable_service())
    return database


def rows_of(database: Database, text: str) -> list[ImportRow]:
    sheet = decoding.read(text.encode())
    directory = known.read(database, TODAY)
    return list(preview(reader_for(sheet, directory), sheet, directory))


def reasons(row: ImportRow) -> list[str]:
    return [str(fault) for fault in row.faults]


def apply(database: Database, rows: list[ImportRow], **options: Any) -> list[ImportRow]:
    wanted = [row for row in rows if row.service]
    told = {"as_draft": False, **options}
    return list(apply_rows(database, wanted, "表.csv", SOMEONE, NOON, **told))


def a_new_sheet(key: str = "atarashii", **changes: Any) -> str:
    return writing.sheet_text([an_importable_service(key, **changes)])


def test_the_export_of_the_whole_directory_changes_nothing(shipped: Database) -> None:
    rows = rows_of(shipped, writing.sheet_text(services.everything(shipped)))
    assert {row.outcome for row in rows} == {Outcome.UNCHANGED}
    assert len(rows) == 118


def test_a_changed_row_is_told_field_by_field(base: Database) -> None:
    (row,) = rows_of(base, f"id,fee,channel_1_note\n{KEY},500円,夜もどうぞ\n")
    assert row.outcome is Outcome.CHANGED
    assert [(each.label, each.before, each.after) for each in row.changes] == [
        ("費用", "無料", "500円"),
        ("連絡手段「電話 189」:相談する人への覚え書き", "見本", "夜もどうぞ"),
    ]
    assert row.opened == 0


def test_a_new_number_is_not_covered_by_the_check_of_the_old_one(base: Database) -> None:
    (row,) = rows_of(base, f"id,channel_1_value\n{KEY},110\n")
    assert row.service is not None
    assert row.service.channels[0].value == "110"
    assert row.service.checked_on is None
    assert "確認日を外し" in row.notes[-1]
    told = f"id,channel_1_value,checked_on\n{KEY},110,2026-11-25\n"
    (row,) = rows_of(base, told)
    assert row.service is not None
    assert row.service.checked_on == TODAY


def test_a_new_row_is_created_and_written(base: Database) -> None:
    (row,) = rows_of(base, a_new_sheet())
    assert (row.outcome, row.opened) == (Outcome.CREATED, None)
    (written,) = apply(base, [row])
    assert written.applied_at == NOON
    assert services.get(base, "atarashii") == an_importable_service("atarashii")
    latest = revisions.latest(base, "atarashii")
    assert latest is not None
    assert latest.action is Action.IMPORTED


def test_a_new_row_may_become_a_draft(base: Database) -> None:
    apply(base, rows_of(base, a_new_sheet()), as_draft=True)
    assert drafts.find(base, "atarashii") is not None
    (again,) = rows_of(base, a_new_sheet())
    assert again.outcome is Outcome.REFUSED


def test_what_was_written_is_unchanged_the_next_time(base: Database) -> None:
    text = f"id,fee\n{KEY},500円\n"
    apply(base, rows_of(base, text))
    assert [row.outcome for row in rows_of(base, text)] == [Outcome.UNCHANGED]


def test_one_service_cannot_stand_in_two_rows(base: Database) -> None:
    first, second = rows_of(base, f"id,fee\n{KEY},500円\n{KEY},600円\n")
    assert first.outcome is Outcome.CHANGED
    assert reasons(second) == ["3: 2行目と同じ窓口です。どちらかの行を消してください。"]


def test_a_retired_number_is_refused_by_its_cell(base: Database) -> None:
    dead = "044-819-4635"
    (row,) = rows_of(base, f"id,channel_1_value\n{KEY},{dead}\n")
    assert row.outcome is Outcome.REFUSED
    assert reasons(row)[0].startswith(f"2:channel_1_value: 「{dead}」は使ってはならない番号です")


def test_a_channel_without_a_source_is_refused_by_its_cell(base: Database) -> None:
    (row,) = rows_of(base, f"id,channel_2_sources\n{KEY},\n")
    assert reasons(row) == [
        "2:channel_2_sources: 出典がありません。公開する連絡手段には出典が要ります。"
    ]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("channel_1_value", "03-12", "日本の電話番号ではありません"),
        ("channel_1_hours", "平日", "読めません"),
        ("website", "javascript:alert(1)", "ウェブの住所ではありません"),
        ("source_1_url", "ftp://x", "ウェブの住所ではありません"),
        ("service_areas", "131017", "検査数字"),
        ("successor_id", "nobody", "という窓口はありません"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_its_cell(
    base: Database, column: str, cell: str, told: str
) -> None:
    (row,) = rows_of(base, f"id,{column}\n{KEY},{cell}\n")
    assert row.outcome is Outcome.REFUSED
    assert {fault.column for fault in row.faults} == {column}
    assert told in row.faults[0].reason


def test_an_id_that_was_used_before_is_not_used_again(base: Database) -> None:
    apply(base, rows_of(base, a_new_sheet()))
    services.remove(base, "atarashii")
    (row,) = rows_of(base, a_new_sheet())
    assert "この識別子は前に使われました" in row.faults[0].reason


def test_a_row_changed_after_the_preview_is_stale_and_others_are_written(base: Database) -> None:
    rows = rows_of(base, f"id,fee\n{KEY},500円\n") + rows_of(base, a_new_sheet())
    changed = replace(services.get(base, KEY), fee="別の額")
    publishing.publish(base, changed, 0, SOMEONE, Reason(), NOON + timedelta(minutes=1))
    stale, written = apply(base, rows)
    assert (stale.outcome, stale.applied_at) == (Outcome.STALE, None)
    assert "もう一度読んで" in stale.faults[0].reason
    assert written.applied_at == NOON
    assert services.get(base, KEY).fee == "別の額"


def test_a_number_retired_after_the_preview_is_not_written(base: Database) -> None:
    rows = rows_of(base, f"id,fee\n{KEY},500円\n")
    base["retired_number"].insert(
        {
            "number": "189",
            "name": "x",
            "reason": "終了",
            "source": "x",
            "position": 99,
            "retired": None,
        }
    )
    (row,) = apply(base, rows)
    assert row.outcome is Outcome.REFUSED
    assert row.faults[0].column == "channel_1_value"
    assert services.get(base, KEY).fee == "free"


def test_a_new_channel_may_not_take_an_id_of_another_service(base: Database) -> None:
    (row,) = rows_of(base, a_new_sheet(channels=(a_channel("rusu-line", value="189"),)))
    assert row.faults[0].column == "channel_1_id"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "nmae,id_\n1,2\n", "id,name\n"])
def test_a_file_of_strange_columns_or_no_rows_is_refused(base: Database, text: str) -> None:
    with pytest.raises(UploadError):
        rows_of(base, text)


def test_rows_are_kept_as_they_are(base: Database) -> None:
    rows = rows_of(base, f"id,fee\n{KEY},500円\n!,x\n") + rows_of(base, a_new_sheet())
    rows[2] = replace(rows[2], line=4)
    number = imports.add(base, "表.csv", b"x", SOMEONE, NOON)
    import_rows.put(base, number, rows, 3, 3)
    kept = import_rows.rows(base, number, list(Outcome))
    assert [replace(row, faults=()) for row in kept] == [replace(row, faults=()) for row in rows]
    assert [reasons(row) for row in kept] == [reasons(row) for row in rows]
