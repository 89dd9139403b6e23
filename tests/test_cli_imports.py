"""The commands that take a table in and give one out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosdir import db
from sosdir.cli import main
from sosdir.revising import Revision
from sosdir.store import drafts, revisions, services
from tests.cast import an_importable_service

KEY = "minato-sos"
Run = Callable[..., Result]


@pytest.fixture
def home(cast_home: Callable[..., Path]) -> Path:
    """Give a home with two services that may be published."""
    other = an_importable_service("sagami-night", name="さがみ夜の妊娠ライン")
    return cast_home(an_importable_service(), other)


@pytest.fixture
def run(home: Path) -> Run:
    """Give what runs a command in that home."""

    def invoke(*arguments: object) -> Result:
        told = [str(each) for each in arguments]
        return CliRunner().invoke(main, told, env={"SOSDIR_HOME": str(home)})

    return invoke


def a_file(home: Path, text: str) -> Path:
    path = home / "表.csv"
    path.write_text(text, encoding="utf-8")
    return path


def fee(home: Path, key: str = KEY) -> str | None:
    with db.reading(home / "sosdir.db") as database:
        return services.get(database, key).fee


def newest(home: Path) -> Revision | None:
    with db.reading(home / "sosdir.db") as database:
        return revisions.latest(database, KEY)


def test_a_change_is_told_and_written(run: Run, home: Path) -> None:
    result = run("import", a_file(home, f"id,fee\n{KEY},500円\n"))
    assert result.exit_code == 0, result.output
    assert f"2行目 変わる: {KEY} みなとSOS\n  費用: 無料 → 500円\n" in result.output
    assert "変わる 1\n1 件を書き込みました。\n" in result.output
    latest = newest(home)
    assert latest is not None
    assert (latest.author.name, latest.why) == ("command", "取り込み: 表.csv 2行目")
    assert fee(home) == "500円"


def test_a_dry_run_writes_nothing(run: Run, home: Path) -> None:
    result = run("import", "--dry-run", a_file(home, f"id,fee\n{KEY},500円\n"))
    assert result.exit_code == 0
    assert "何も書き換えていません。" in result.output
    assert fee(home) == "free"


def test_a_draft_waits(run: Run, home: Path) -> None:
    result = run("import", "--draft", a_file(home, f"id,fee\n{KEY},500円\n"))
    assert "1 件を下書きとして書き込みました。" in result.output
    assert fee(home) == "free"
    with db.reading(home / "sosdir.db") as database:
        assert drafts.find(database, KEY) is not None


def test_a_refused_row_fails_and_keeps_the_others_back(run: Run, home: Path) -> None:
    file = a_file(home, f"id,fee\n{KEY},500円\nBAD,x\n")
    result = run("import", file)
    assert result.exit_code == 1
    assert "3行目 取り込めない: BAD\n  id: 「BAD」は識別子にできません。" in result.output
    assert fee(home) == "free"


def test_the_others_are_written_when_told_to_skip_it(run: Run, home: Path) -> None:
    file = a_file(home, f"id,fee\n{KEY},500円\nBAD,x\n")
    assert run("import", "--skip-refused", file).exit_code == 1
    assert fee(home) == "500円"


def test_only_the_lines_that_are_named_are_taken(run: Run, home: Path) -> None:
    file = a_file(home, f"id,fee\n{KEY},500円\nsagami-night,600円\nBAD,x\n")
    assert run("import", "--only", 3, file).exit_code == 0
    assert (fee(home), fee(home, "sagami-night")) == ("free", "600円")


def test_the_export_taken_in_again_changes_nothing(run: Run, home: Path) -> None:
    sheet = home / "sheet.csv"
    assert run("export-sheet", sheet).exit_code == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfid,name,")
    assert b"\r\r\n" not in sheet.read_bytes()
    result = run("import", sheet)
    assert "変わらない 2\n0 件を書き込みました。" in result.output


def test_a_strange_column_is_told(run: Run, home: Path) -> None:
    result = run("import", "--dry-run", a_file(home, f"id,fee,nmae\n{KEY},free,x\n"))
    assert "「name」のことなら" in result.output


def test_what_is_no_table_is_a_sentence(run: Run, home: Path) -> None:
    path = home / "表.csv"
    path.write_bytes(b"PK\x03\x04")
    result = run("import", path)
    assert result.exit_code == 2
    assert "Excelのブック" in result.output


def test_a_file_that_is_too_big_is_not_read(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sosdir.spreadsheets.decoding.MAX_BYTES", 10)
    result = run("import", a_file(home, f"id,fee\n{KEY},free\n"))
    assert result.exit_code == 2
    assert "大きすぎます" in result.output


def test_without_a_database_it_is_told_how_to_make_one(run: Run, home: Path) -> None:
    file = a_file(home, "id,fee\n")
    (home / "sosdir.db").unlink()
    result = run("import", file)
    assert result.exit_code == 1
    assert "sosdir load" in result.output
