"""Backup and restore, as a person or a timer calls them."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner, Result

from sosdir import db
from sosdir.cli import main
from sosdir.store import packages, services
from tests.conftest import DATA


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Give a caller of the commands in a home that holds the shipped data."""

    def call(*arguments: str) -> Result:
        environ = {"SOSDIR_HOME": str(tmp_path / "home")}
        return CliRunner().invoke(main, arguments, env=environ, prog_name="sosdir")

    assert call("load").exit_code == 0
    return call


def lose_one(home: Path) -> None:
    with db.writing(home / "sosdir.db") as database:
        services.remove(database, "ninshin-sos-yokohama")


def count(home: Path) -> int:
    with db.reading(home / "sosdir.db") as database:
        return packages.count(database)


def test_what_was_lost_comes_back(run: Callable[..., Result], tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday.db"
    assert "118 件" in run("backup", str(copy)).output
    lose_one(tmp_path / "home")
    told = run("restore", str(copy))
    assert told.exit_code == 0
    assert "118 件" in told.output
    assert ".before-" in told.output
    assert count(tmp_path / "home") == 118


def test_a_folder_gets_a_copy_named_after_the_time(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    assert run("backup", str(tmp_path / "copies")).exit_code == 0
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.name.startswith("sosdir-20")
    assert copy.suffix == ".db"


def test_an_older_copy_is_never_overwritten(run: Callable[..., Result], tmp_path: Path) -> None:
    copy = tmp_path / "monday.db"
    copy.write_text("precious", encoding="utf-8")
    told = run("backup", str(copy))
    assert told.exit_code == 1
    assert "name another file" in told.output
    assert copy.read_text(encoding="utf-8") == "precious"


def test_a_copy_can_be_proved_without_putting_it_back(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "monday.db"))
    lose_one(tmp_path / "home")
    assert "118 件" in run("restore", "--check", str(tmp_path / "monday.db")).output
    assert count(tmp_path / "home") == 117


def test_an_encrypted_copy_needs_its_key(run: Callable[..., Result], tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    key, copy = tmp_path / "key.txt", tmp_path / "monday.db.age"
    key.write_text(f"{identity}\n", encoding="utf-8")
    assert run("backup", str(copy), "--recipient", str(identity.to_public())).exit_code == 0
    assert b"SQLite" not in copy.read_bytes()
    lose_one(tmp_path / "home")
    without = run("restore", str(copy))
    assert without.exit_code == 1
    assert "--identity" in without.output
    assert run("restore", str(copy), "--identity", str(key)).exit_code == 0
    assert count(tmp_path / "home") == 118
    assert [each.name for each in (tmp_path / "home").iterdir() if each.name.startswith(".")] == []


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    environ = {"SOSDIR_HOME": str(tmp_path / "nowhere")}
    told = CliRunner().invoke(main, ["backup", str(tmp_path / "copy.db")], env=environ)
    assert told.exit_code == 1
    assert "There is no database" in told.output
    assert not (tmp_path / "copy.db").exists()


def test_the_doctor_tells_a_monitor(run: Callable[..., Result], tmp_path: Path) -> None:
    with db.writing(tmp_path / "home" / "sosdir.db") as broken:
        broken.execute("DELETE FROM service_index")
        broken.conn.commit()
    told = run("doctor", "--json")
    assert told.exit_code == 2
    answer = json.loads(told.output)
    assert answer["verdict"] == "fault"
    assert {each["check"] for each in answer["findings"]} >= {"integrity", "index", "disk"}
    assert "fault    index" in run("doctor").output


def test_what_a_monitor_is_told_has_the_form_that_the_docs_show(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    text = (DATA.parent / "docs" / "running.md").read_text("utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    run("backup", str(tmp_path / "copies" / "monday.db"))
    told = run("doctor", "--json", "--backups", str(tmp_path / "copies"))
    assert told.exit_code == 0
    given = json.loads(told.output)
    assert given.keys() == shown.keys()
    assert all(each.keys() == shown["findings"][0].keys() for each in given["findings"])
    assert given["verdict"] == "ok"
    assert datetime.fromisoformat(given["examined_at"]).tzinfo is not None
    # Each check of the table is made, save what is told of a reader, or of no database at all.
    explained = re.findall(r"^\| `([a-z]+)` \| (?:can|does|is|are|on|how)", text, re.MULTILINE)
    made = [each["check"] for each in given["findings"]]
    assert [each for each in explained if each not in {"database", "replica"}] == made


def test_the_folder_of_the_backups_may_be_a_setting(tmp_path: Path) -> None:
    environ = {"SOSDIR_HOME": str(tmp_path / "home"), "SOSDIR_BACKUPS": str(tmp_path / "copies")}
    assert CliRunner().invoke(main, ["load"], env=environ).exit_code == 0
    told = CliRunner().invoke(main, ["doctor"], env=environ)
    assert told.exit_code == 2
    assert "fault    backup" in told.output


def test_a_reader_is_examined_as_one(run: Callable[..., Result], tmp_path: Path) -> None:
    environ = {"SOSDIR_HOME": str(tmp_path / "home"), "SOSDIR_READ_ONLY": "1"}
    told = CliRunner().invoke(main, ["doctor"], env=environ)
    assert told.exit_code == 1
    assert "warning  replica" in told.output
