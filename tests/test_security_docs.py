"""What the pages on security name is there, and no requirement of the standard is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import DATA

ROOT = DATA.parent
ASVS = ROOT / "docs" / "asvs.md"
PAGES = (ROOT / "docs" / "security.md", ASVS, ROOT / "SECURITY.md")
VERDICTS = {"met", "by setting", "not met", "n/a"}
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. They come first in
# theirs, but for none; those of level 3 follow.
REQUIREMENTS = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2},
    **{"2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2},
    **{"4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3},
    **{"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2},
    **{"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"9.1": 3, "9.2": 4},
    **{"10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3},
    **{"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1},
    **{"12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5},
    **{"14.1": 2, "14.2": 4, "14.3": 3},
    **{"15.1": 3, "15.2": 3, "15.3": 7},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
    **{"17.1": 1, "17.2": 4, "17.3": 2},
}


def rows() -> Iterator[tuple[list[str], str, str]]:
    """Yield the ids, the verdict and the reason of each row."""
    for line in ASVS.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 5 and cells[0][:1].isdigit():
            yield [*ids(cells[0])], cells[3], cells[4]


def ids(text: str) -> Iterator[str]:
    """Yield the ids that ``1.2.6–1.2.8, 1.3.1`` stands for."""
    for part in text.split(", "):
        first, _, last = part.partition("–")
        section, _, begin = first.rpartition(".")
        _, _, end = (last or first).rpartition(".")
        assert (last or first).startswith(f"{section}.")
        yield from (f"{section}.{number}" for number in range(int(begin), int(end) + 1))


def test_every_requirement_has_one_verdict() -> None:
    wanted = {f"{name}.{n + 1}" for name, count in REQUIREMENTS.items() for n in range(count)}
    assert len(wanted) == 253
    given = Counter(each for found, _, _ in rows() for each in found)
    assert {each for each, count in given.items() if count > 1} == set()
    assert set(given) == wanted


def test_every_verdict_is_one_of_four_with_a_reason() -> None:
    assert {verdict for _, verdict, _ in rows()} == VERDICTS
    assert [found for found, _, reason in rows() if not reason.strip("| ")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:tests|static|deploy|docs)/[^`]*)`", page.read_text("utf-8"))
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_every_module_that_the_threat_model_names_is_there() -> None:
    text = PAGES[0].read_text("utf-8")
    table = text[text.index("## From whom") : text.index("## The headers")]
    named = {
        name
        for line in table.splitlines()
        if line.count(" | ") == 4
        for name in re.findall(r"`([a-z_/]+)`", line.split(" | ")[3])
    }
    assert len(named) > 25
    assert [each for each in named if not is_there(each)] == []


def is_there(name: str) -> bool:
    places = (ROOT / "sosdir" / name, ROOT / "sosdir" / f"{name}.py", ROOT / name)
    return any(place.exists() for place in places)


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), target
