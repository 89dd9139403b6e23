"""What a planner's table is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Head a column.

    Args:
        key: by which it is sorted.
        label: in Japanese, marked.
        sort_url: the same table with the least of this column first.
        sorted: whether it is.
    """

    key: str
    label: str
    sort_url: str
    sorted: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one number.

    Args:
        value: lines, or hours.
        most: where hours cannot be told, how many there may be; else the value.
        url: of the list with so many lines, or of the place that shows the hours.
    """

    value: int
    most: int
    url: str | None

    @property
    def text(self) -> str:
        """Return it as shown: 12, or 0〜24 where it cannot be told."""
        return str(self.value) if self.most == self.value else f"{self.value}〜{self.most}"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the numbers of a place, in the order of the columns."""

    code: str
    name: str
    url: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Name the prefectures that have none of something.

    Args:
        label: in Japanese, marked.
        url: of the table with these first.
        names: of the prefectures.
    """

    label: str
    url: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table.

    Args:
        groups: heading and number of columns below it.
        columns: in order.
        rows: one a place.
        unsorted_url: the same table in the order of the codes.
        sorted: whether it is in another order.
    """

    groups: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unsorted_url: str
    sorted: bool
