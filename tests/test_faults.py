"""What is cut off midway is whole or absent, and whoever comes next finds it well."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sosdir import create_app, db, doctor, publishing
from sosdir.config import Settings
from sosdir.doctor import Patient, Verdict
from sosdir.errors import DatabaseError
from sosdir.models import DataPackage
from sosdir.revising import Reason
from sosdir.spreadsheets.writing import sheet_text
from sosdir.store import packages, revisions, services
from tests.cast import NOON, an_importable_service
from tests.conftest import DATA
from tests.saving import AUTHOR, name_of

ROOT = DATA.parent
SAVES = 200
MEGABYTE = 1024**2


@pytest.fixture
def home(tmp_path: Path, package: DataPackage) -> Path:
    """Give a home whose database holds the shipped data."""
    with db.writing(tmp_path / "home" / "sosdir.db") as database:
        packages.replace_all(database, package)
    return tmp_path / "home"


def start(*command: str, home: Path, most_bytes: int | None = None) -> subprocess.Popen[str]:
    """Start a command of Python's, which may not write a file beyond a size."""

    def limit() -> None:
        assert most_bytes is not None
        # A write beyond it fails, as on a full disk, instead of ending the process.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "SOSDIR_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if most_bytes is None else limit,
    )


def assert_well(path: Path) -> None:
    found = doctor.examine(Patient(path, NOON, 100 * 1024 * MEGABYTE))
    assert [each for each in found if each.verdict is Verdict.FAULT] == []


@pytest.mark.parametrize("told_before", [1, 40, 120])
def test_killed_in_the_middle_of_200_saves_each_is_whole_or_absent(
    home: Path, told_before: int
) -> None:
    path = home / "sosdir.db"
    with start("tests.saving", str(path), str(SAVES), home=home) as saving:
        assert saving.stdout is not None
        told = [int(saving.stdout.readline()) for _ in range(told_before)]
        saving.kill()
        told += map(int, saving.stdout.read().split())
    assert saving.returncode == -signal.SIGKILL
    assert told_before <= len(told) < SAVES
    assert_well(path)
    with db.reading(path) as database:
        kept = [each for each in services.everything(database) if each.id.startswith("saved-")]
        # One more may have been kept before it could be told.
        assert [each.id for each in kept][: len(told)] == [name_of(each) for each in told]
        assert len(kept) <= len(told) + 1
        for each in kept:
            assert each == an_importable_service(each.id)
            assert [entry.service for entry in revisions.of_service(database, each.id)] == [each]


def test_killed_in_the_middle_of_an_import_nothing_of_it_is_kept(
    home: Path, tmp_path: Path
) -> None:
    path, sheet = home / "sosdir.db", tmp_path / "sheet.csv"
    many = [an_importable_service(name_of(number)) for number in range(SAVES)]
    sheet.write_text(sheet_text(many), encoding="utf-8", newline="")
    wal = path.with_name("sosdir.db-wal")
    with start("sosdir", "import", str(sheet), home=home) as importing:
        # It has begun to write once the log holds something of it.
        deadline = time.monotonic() + 60
        while not (wal.exists() and wal.stat().st_size > 0) and importing.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        importing.kill()
    with db.reading(path) as database:
        kept = [each for each in services.everything(database) if each.id.startswith("saved-")]
    assert len(kept) in {0, SAVES}
    assert_well(path)


def test_no_room_on_the_disk_is_told_and_loses_nothing(home: Path) -> None:
    path = home / "sosdir.db"
    most = path.stat().st_size + 16 * 1024
    with start("tests.saving", str(path), str(SAVES), home=home, most_bytes=most) as saving:
        output, errors = saving.communicate(timeout=120)
    assert saving.returncode != 0
    assert "Nothing was changed" in errors.splitlines()[-1]
    assert_well(path)
    with db.reading(path) as database:
        kept = [each for each in services.everything(database) if each.id.startswith("saved-")]
    assert [each.id for each in kept] == [name_of(int(each)) for each in output.split()]


def test_a_backup_that_finds_no_room_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday.db"
    with start("sosdir", "backup", str(copy), home=home, most_bytes=100_000) as copying:
        _, errors = copying.communicate(timeout=60)
    assert copying.returncode == 1
    assert "Error:" in errors
    assert list((tmp_path / "copies").iterdir()) == []
    assert_well(home / "sosdir.db")


def test_a_writer_that_is_kept_waiting_is_told_and_readers_read_on(home: Path) -> None:
    path = home / "sosdir.db"
    with db.changing(path) as first:
        services.save(first, an_importable_service("first"))
        with pytest.raises(DatabaseError, match="locked"), db.changing(path, patience=0.1):
            pytest.fail("two writers at once")
        with db.reading(path) as reader:
            assert packages.count(reader) == 118
    with db.changing(path) as second:
        publishing.publish(
            second, an_importable_service("second"), None, AUTHOR, Reason(), NOON, None
        )
    assert_well(path)


@pytest.fixture
def damaged(home: Path) -> Path:
    """Give a home whose database has pages that hold nothing that SQLite knows."""
    path = home / "sosdir.db"
    content = bytearray(path.read_bytes())
    for page in range(8192, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    path.write_bytes(content)
    return home


def test_a_damaged_page_is_answered_with_words_and_logged_with_the_way_back(
    damaged: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Settings(home=damaged), lambda: NOON).test_client()
    answer = client.get("/services.json?q=ひみつの町")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "sosdir restore" in caplog.text
    assert "ひみつの町" not in caplog.text


@pytest.mark.parametrize("path", ["/", "/areas/14", "/healthz", "/services/ninshin-sos-yokohama"])
def test_no_page_of_a_damaged_database_breaks(damaged: Path, path: str) -> None:
    client = create_app(Settings(home=damaged), lambda: NOON).test_client()
    assert client.get(path).status_code in {200, 503}


def test_a_broken_package_at_the_start_leaves_no_half_database(
    tmp_path: Path, run_sosdir: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    for each in DATA.iterdir():
        text = each.read_text(encoding="utf-8")
        (package / each.name).write_text(text[: len(text) // 2], encoding="utf-8")
    told = run_sosdir("load", str(package), "--if-empty", home=tmp_path / "home")
    assert told.returncode == 1
    assert "何も書き換えていません" in told.stderr
    assert not (tmp_path / "home" / "sosdir.db").exists()


@pytest.fixture
def run_sosdir() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a caller of the commands in a process of their own."""

    def call(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
        with start("sosdir", *arguments, home=home) as process:
            output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    return call
