"""The lines that are checked, and where they begin in their file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sosdir.errors import Fault
from sosdir.tabular import Table


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one row with the line it begins on.

    Args:
        number: 1-based; the header is line 1.
        row: typed values by column name.
        unread: the columns whose cell could not be read; the row holds nothing there.
    """

    number: int
    row: Mapping[str, Any]
    unread: frozenset[str]


Lines = Mapping[str, list[Line]]


def repeats(table: Table, lines: Iterable[Line]) -> Iterator[Fault]:
    """Give the lines whose key stands in an earlier one.

    Args:
        table: whose lines they are.
        lines: in the order of the file.
    """
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        if line.unread & set(table.key):
            continue
        key = tuple(line.row[name] for name in table.key)
        if key in seen:
            reason = f"{seen[key]}行目と同じです。どちらかを消してください。"
            yield Fault(table.file, line.number, ",".join(table.key), reason)
        seen.setdefault(key, line.number)


def each_text(value: Any) -> tuple[str, ...]:
    """Return the texts of a cell, whether it holds none, one or a list."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
