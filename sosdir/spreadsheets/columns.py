"""Know the columns of our sheet: one row a service, its parts in numbered groups.

``source_2_url`` is the address of a service's second source, ``channel_1_sources`` the numbers
of the sources that state its first channel.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sosdir.tabular import TABLE, Column

AREAS = Column("service_areas", "list", "対象地域のコード", required=True)
ORGANIZATION_NAME = Column("organization_name", title="運営する団体の名称")
COMMISSIONER_NAMES = Column("commissioner_names", "list", "委託元の団体の名称")
SOURCES = Column("sources", "list", "これを述べる出典の番号")

# What stands behind a column of the package.
_FOLLOWING: Mapping[str, Column] = {
    "organization_id": ORGANIZATION_NAME,
    "commissioner_ids": COMMISSIONER_NAMES,
    "area_served": AREAS,
}
WORDS = ("source", "channel", "statistic")
# More parts of one kind than any line has; a file that names more is no sheet of ours.
MAX_GROUPS = 60
_MOST_TOLD = 10
_GROUPED = re.compile(r"(source|channel|statistic)_([1-9][0-9]?)_([a-z_]+)")


def _own() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for column in TABLE["service"].columns:
        columns[column.name] = column
        if follower := _FOLLOWING.get(column.name):
            columns[follower.name] = follower
    return columns


def _parts(word: str) -> dict[str, Column]:
    columns = {column.name: column for column in TABLE[word].columns if column.name != "service_id"}
    if columns.pop("source_ids", None):
        columns[SOURCES.name] = SOURCES
    return columns


OWN: Mapping[str, Column] = _own()
PART: Mapping[str, Mapping[str, Column]] = {word: _parts(word) for word in WORDS}


@dataclass(frozen=True, slots=True)
class Header:
    """Know where each column of a file stands.

    Args:
        own: place by column of the service itself.
        groups: by kind, by number, the place by column of that part.
        unknown: sentences on the columns that are not understood and passed over.
    """

    own: Mapping[str, int]
    groups: Mapping[str, Mapping[int, Mapping[str, int]]]
    unknown: tuple[str, ...]


def names(counts: Mapping[str, int]) -> list[str]:
    """Return the header of a sheet.

    Args:
        counts: how many groups of each kind it has.
    """
    grouped = [
        f"{word}_{number}_{name}"
        for word in WORDS
        for number in range(1, counts[word] + 1)
        for name in PART[word]
    ]
    return [*OWN, *grouped]


def understand(header: Sequence[str]) -> Header:
    """Return what a file's header says.

    Args:
        header: the names, without white space around them.
    """
    own: dict[str, int] = {}
    groups: dict[str, dict[int, dict[str, int]]] = {word: {} for word in WORDS}
    strange: list[str] = []
    for place, name in enumerate(header):
        found = _GROUPED.fullmatch(name)
        if name in OWN:
            own[name] = place
        elif found and found[3] in PART[found[1]] and int(found[2]) <= MAX_GROUPS:
            groups[found[1]].setdefault(int(found[2]), {})[found[3]] = place
        elif name:
            strange.append(name)
    sorted_groups = {word: dict(sorted(held.items())) for word, held in groups.items()}
    return Header(own, sorted_groups, passed_over(strange))


def passed_over(strange: Sequence[str]) -> tuple[str, ...]:
    """Return sentences on the columns that are not understood, a few by name.

    Args:
        strange: their names.
    """
    told = [_passed_over(name) for name in strange[:_MOST_TOLD]]
    if len(strange) > _MOST_TOLD:
        told.append(f"ほかにも、分からない見出しの列が{len(strange) - _MOST_TOLD}あります。")
    return tuple(told)


def _passed_over(name: str) -> str:
    shown = name if len(name) <= 40 else f"{name[:40]}…"
    near = nearest(name)
    hint = f"「{near}」のことなら、そう書き直してください。" if near else ""
    return f"見出し「{shown}」は分からないため、この列は読みません。{hint}"


def nearest(name: str) -> str | None:
    """Return the known column whose name is most like one that is not understood.

    Args:
        name: as the file has it.
    """
    word = name[:100].lower()
    found = re.fullmatch(r"([a-z]+)[_-]?([0-9]{1,2})[_-]?([a-z_]+)", word)
    known = [*OWN, *(f"{part}_1_{column}" for part in WORDS for column in PART[part])]
    if found:
        known += [each.replace("_1_", f"_{found[2]}_") for each in known if "_1_" in each]
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.75)
    return close[0] if close else None
