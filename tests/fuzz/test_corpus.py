"""What the fuzzer found is never met again: every kept input goes through its target."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.targets import CORPUS, TARGETS
from tests.fuzz.world import World

LONGEST = 1_000
MOST = 150


@pytest.fixture(scope="module")
def world(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a world of a copy of the shipped data, for an admin signs in to it."""

    def copy() -> Path:
        home = tmp_path_factory.mktemp("fuzz")
        shutil.copy(shipped_home / "sosdir.db", home)
        return home

    world = World(copy)
    yield world
    world.database.close()


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_kept_input_of_a_target_passes(world: World, name: str) -> None:
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for path in inputs:
        try:
            TARGETS[name](world, path.read_bytes())
        except Exception as error:
            error.add_note(f"input: {path.name}")
            raise


def test_the_corpus_has_targets_and_stays_small() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    for name in TARGETS:
        sizes = [path.stat().st_size for path in (CORPUS / name).iterdir()]
        assert len(sizes) <= MOST
        assert max(sizes) <= LONGEST


def test_a_target_fails_where_a_parser_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz import words

    monkeypatch.setattr(words.schedules, "normalise", lambda text: f"{text} off")
    with pytest.raises(AssertionError):
        TARGETS["hours"](world, b"Mo 10:00-11:00")
