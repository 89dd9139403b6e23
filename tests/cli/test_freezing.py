"""Freezing, as a timer calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosdir.cli import main
from sosdir.models import DataPackage
from tests.frozen import SITE, a_home, files_in


@pytest.fixture
def run(
    tmp_path: Path, package: DataPackage, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Give a caller of the command for the small site."""
    # Drawing takes long.
    monkeypatch.setattr("sosdir.views.coverage.pictures.drawn", lambda *_: b"drawn")
    (tmp_path / "home").mkdir()
    a_home(tmp_path / "home", package)

    def call(*arguments: str, url: str = SITE) -> Result:
        environ = {"SOSDIR_HOME": str(tmp_path / "home"), "SOSDIR_URL": url}
        words = ("freeze", str(tmp_path / "out"), "--workers", "1", *arguments)
        return CliRunner().invoke(main, words, env=environ, prog_name="sosdir")

    return call


def test_the_command_says_how_much_it_wrote(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("--language", "en")
    assert told.exit_code == 0, told.output
    assert "件の住所を" in told.output
    assert "なくなったファイル 0" in told.output
    # In a pipe there is no bar.
    assert "書き出し [" not in told.output
    names = files_in(tmp_path / "out")
    assert "public/en/areas/14.html" in names
    assert "public/ko/areas/14.html" not in names


def test_without_an_address_it_fails_with_a_sentence(run: Callable[..., Result]) -> None:
    told = run(url="")
    assert told.exit_code == 1
    assert "Set SOSDIR_URL" in told.output


def test_a_strangers_folder_is_refused_with_a_sentence(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    told = run()
    assert told.exit_code == 1
    assert "holds something that is no freeze" in told.output


def test_a_language_that_is_not_spoken_is_refused(run: Callable[..., Result]) -> None:
    assert run("--language", "la").exit_code == 2
