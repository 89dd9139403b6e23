"""The table of targets: a name, and what is done with the bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.fuzz import doors, tables, words
from tests.fuzz.world import World

Target = Callable[[World, bytes], None]

CORPUS = Path(__file__).parent / "corpus"
TARGETS: dict[str, Target] = {**words.TARGETS, **doors.TARGETS, **tables.TARGETS}
