"""Every target holds for texts that Hypothesis makes of any letters, and of pieces of kept ones."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import words
from tests.fuzz.targets import CORPUS, TARGETS
from tests.fuzz.world import World

# Those that build no page and read no file: a hundred texts take each of them a moment.
QUICK = sorted({*words.TARGETS, "query", "parameters", "hsds", "passkey"} - {"place"})
_PIECE = re.compile(rb"[^\s;,|&=:.]+|[;,|&=:.]|\s+")


@cache
def pieces(name: str) -> list[bytes]:
    """Return what the kept inputs of a target are made of."""
    inputs = (path.read_bytes() for path in sorted((CORPUS / name).iterdir()))
    return sorted({piece for each in inputs for piece in _PIECE.findall(each)})


def texts(name: str) -> st.SearchStrategy[bytes]:
    """Give bytes for a target."""
    letters = st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
    puzzle = st.lists(st.sampled_from(pieces(name)) | letters, max_size=10).map(b"".join)
    return st.binary(max_size=60) | letters | puzzle


@pytest.mark.parametrize("name", QUICK)
def test_a_target_holds_for_any_text(name: str) -> None:
    def no_home() -> Path:
        raise AssertionError("A quick target needs no home.")

    world = World(no_home)

    @settings(max_examples=100)
    @given(texts(name))
    def holds(data: bytes) -> None:
        TARGETS[name](world, data)

    holds()
