"""A freeze takes no stranger's folder, deletes no stranger's file, and is whole or not there."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sosdir.errors import FreezeError
from sosdir.freezing.folder import MARK, opened
from sosdir.models import DataPackage
from tests.cast import NOON
from tests.frozen import SITE, a_home, files_in, frozen, manifest_of

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0


@pytest.fixture
def home(tmp_path: Path, package: DataPackage, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sosdir.views.coverage.pictures.drawn", lambda *_: b"drawn")
    (tmp_path / "home").mkdir()
    return a_home(tmp_path / "home", package)


def is_whole(folder: Path) -> bool:
    """Tell whether all that the manifest names is there, as it names it."""
    site = folder / "site"
    told = {
        each["file"]: each["sha256"] for each in manifest_of(folder)["answers"] if "file" in each
    }
    return len(told) > 100 and all(
        hashlib.sha256((site / file).read_bytes()).hexdigest() == digest
        for file, digest in told.items()
    )


def start(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Freeze in a process of its own, as a timer does."""
    environ = os.environ | {"SOSDIR_HOME": str(home), "SOSDIR_URL": SITE, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sosdir", "freeze", str(folder), "--language", "ja"]
    return subprocess.Popen(command, env=environ, cwd=ROOT, start_new_session=True)


def wait_for_files(folder: Path, at_least: int) -> None:
    """Wait until a version that is being made has some files."""
    begun = time.monotonic()
    while sum(1 for _ in (folder / "versions" / ".unfinished").rglob("*.html")) < at_least:
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)


def strangers(folder: Path) -> list[Path]:
    """Put something of our own into each place of a freeze, one after the other."""
    site = (folder / "site").resolve()
    return [
        folder / "mine.txt",
        folder / "versions" / "mine",
        site / "mine.txt",
        site / "public" / "areas" / "mine.html",
    ]


def test_a_folder_that_holds_something_else_is_refused(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(FreezeError, match="holds something that is no freeze"):
        frozen(home, other)
    assert [each.name for each in other.iterdir()] == ["cat.jpg"]


def test_an_empty_folder_is_taken(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    frozen(home, tmp_path / "empty")
    assert is_whole(tmp_path / "empty")


def test_a_strangers_file_in_a_freeze_stops_the_next_and_stays(home: Path, tmp_path: Path) -> None:
    frozen(home, tmp_path / "out")
    before = files_in(tmp_path / "out")
    for mine in strangers(tmp_path / "out"):
        mine.write_bytes(b"mine")
        with pytest.raises(FreezeError, match="was not made by a freeze") as told:
            frozen(home, tmp_path / "out")
        assert mine.name in str(told.value)
        assert mine.read_bytes() == b"mine"
        mine.unlink()
    assert files_in(tmp_path / "out") == before


def test_a_site_that_is_no_link_is_no_freeze(home: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "site").mkdir(parents=True)
    (tmp_path / "out" / MARK).touch()
    with pytest.raises(FreezeError, match="site was not made by a freeze"):
        frozen(home, tmp_path / "out")


def test_two_runs_at_once_are_one_too_many(home: Path, tmp_path: Path) -> None:
    with (
        opened(tmp_path / "out"),
        pytest.raises(FreezeError, match="Another freeze is at work"),
    ):
        frozen(home, tmp_path / "out")


def test_a_run_that_is_killed_leaves_the_former_site_whole(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    frozen(home, out)
    before = files_in(out)
    process = start(home, out)
    wait_for_files(out, 20)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (out / "versions" / ".unfinished").exists()
    assert files_in(out) == before
    assert is_whole(out)
    # The copy of the database that it left is gone with the next run, and its workers with it.
    frozen(home, out)
    assert is_whole(out)
    assert not (home / "freezing").exists()
    assert sorted(each.name for each in out.iterdir()) == [MARK, "site", "versions"]
    assert [each.name for each in (out / "versions").iterdir()] == [(out / "site").resolve().name]


def test_the_processes_of_a_run_that_is_killed_end_with_it(home: Path, tmp_path: Path) -> None:
    process = start(home, tmp_path / "out")
    wait_for_files(tmp_path / "out", 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    begun = time.monotonic()
    while _is_alive(process.pid):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.05)


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("interrupted", ["renamed", "half removed", "emptied"])
def test_what_an_interrupted_run_left_is_tidied_by_the_next(
    home: Path, tmp_path: Path, interrupted: str
) -> None:
    out = tmp_path / "out"
    frozen(home, out)
    version = (out / "site").resolve()
    left = version.with_name("20260101T000000Z")
    shutil.copytree(version, left)
    if interrupted != "renamed":
        shutil.rmtree(left / "public" / "areas")
    if interrupted == "emptied":
        for each in left.rglob("*"):
            if each.is_file():
                each.unlink()
    frozen(home, out)
    assert list((out / "versions").iterdir()) == [version]
    assert is_whole(out)


def test_a_full_disk_is_told_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    frozen(home, out)
    before = files_in(out)
    told = limited(home, out, 40_000)
    assert told.returncode == 1
    assert "cannot be written: File too large" in told.stderr
    assert "The former freeze stands as it was." in told.stderr
    assert "Traceback" not in told.stderr
    assert files_in(out) == before
    assert not (out / "versions" / ".unfinished").exists()


def limited(home: Path, folder: Path, most: int) -> subprocess.CompletedProcess[str]:
    """Freeze where no file may be larger than so many octets: as on a disk that is full."""
    # The copy of the database is larger, so the limit is set where the first page is written.
    code = (
        "import resource, sosdir.freezing.asking as asking\n"
        "from sosdir.cli import main\n"
        "write = asking.write\n"
        "def full(*told):\n"
        f"    resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "    write(*told)\n"
        "asking.write = full\n"
        "main(prog_name='sosdir')\n"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    environ = os.environ | {"SOSDIR_HOME": str(home), "SOSDIR_URL": SITE, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, "freeze", str(folder), "--workers", "1"]
    return subprocess.run(
        command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )


def test_a_folder_that_cannot_be_made_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FreezeError, match="cannot be written: Not a directory"):
        frozen(home, tmp_path / "file" / "out")


def test_where_files_cannot_have_two_names_they_are_copied(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    out = tmp_path / "out"
    frozen(home, out)
    page = out / "site" / "public" / "services.json"
    before = page.stat().st_mtime_ns
    monkeypatch.setattr(os, "link", refuse)
    frozen(home, out, now=NOON.replace(minute=1))
    unchanged = out / "site" / "public" / "privacy.html"
    assert is_whole(out)
    assert unchanged.stat().st_nlink == 1
    assert page.stat().st_mtime_ns >= before


def test_a_home_that_cannot_be_written_is_frozen_all_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so a file stands where the folder would be.
    (home / "freezing").touch()
    frozen(home, tmp_path / "out")
    assert is_whole(tmp_path / "out")
