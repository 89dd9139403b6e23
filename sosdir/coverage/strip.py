"""Count hour by hour of an ordinary week the lines on which a person answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sosdir.coverage.lines import Line
from sosdir.locales import mark
from sosdir.models import State
from sosdir.schedules import ordinary_week

HOURS: Final = 24
ROWS: Final = 8
_HOLIDAY: Final = 7
_WEEK = range(7)
_NIGHT: Final = (22, 23, 0, 1, 2, 3, 4, 5)
_DAY: Final = range(9, 17)


@dataclass(frozen=True, slots=True)
class Cell:
    """Count the lines of one hour.

    Args:
        open: on which a person answers at half past.
        unknown: of which that cannot be told, because hours are not known or differ.
    """

    open: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Name a part of the week, or of holidays, by its rows and hours."""

    key: str
    label: str
    rows: tuple[int, ...]
    hours: tuple[int, ...]

    @property
    def length(self) -> int:
        """Return its hours, such as 168 of a whole week."""
        return len(self.rows) * len(self.hours)


SPANS: Final = (
    Span("week", mark("1週間"), tuple(_WEEK), tuple(range(HOURS))),
    Span("day", mark("平日の昼(9〜17時)"), tuple(range(5)), tuple(_DAY)),
    Span("night", mark("夜(22〜6時)"), tuple(_WEEK), _NIGHT),
    Span("weekend", mark("土曜・日曜"), (5, 6), tuple(range(HOURS))),
    Span("holiday", mark("祝日"), (_HOLIDAY,), tuple(range(HOURS))),
)


@dataclass(frozen=True, slots=True)
class Strip:
    """Hold an ordinary week and an ordinary public holiday, hour by hour.

    Args:
        rows: Monday to Sunday, then public holidays, each of 24 cells.
        silent: lines on which a person answers at hours that no source gives.
    """

    rows: tuple[tuple[Cell, ...], ...]
    silent: int

    def answered(self, span: Span) -> int:
        """Return the hours of a span in which at least one line answers.

        Args:
            span: of the week.
        """
        return sum(self.rows[row][hour].open > 0 for row in span.rows for hour in span.hours)

    def unsure(self, span: Span) -> int:
        """Return the hours in which none is known to answer, and of one that cannot be told.

        Args:
            span: of the week.
        """
        cells = (self.rows[row][hour] for row in span.rows for hour in span.hours)
        return sum(not cell.open and cell.unknown > 0 for cell in cells)


def strip_of(lines: Iterable[Line], year: int) -> Strip:
    """Return the ordinary week of lines.

    Args:
        lines: those without hours count as unknown, those on which nobody answers not at all.
        year: whose days are looked at.
    """
    answering = [line for line in lines if line.hours or line.silent]
    states = [_states(line, year) for line in answering]
    rows = tuple(
        tuple(_cell(each[row][hour] for each in states) for hour in range(HOURS))
        for row in range(ROWS)
    )
    return Strip(rows, sum(not line.hours for line in answering))


def _cell(states: Iterable[State]) -> Cell:
    told = list(states)
    return Cell(told.count(State.OPEN), told.count(State.UNKNOWN))


def _states(line: Line, year: int) -> tuple[tuple[State, ...], ...]:
    weeks = [ordinary_week(hours, year) for hours in line.hours]
    return tuple(
        tuple(_best([week[row][hour] for week in weeks], line.silent) for hour in range(HOURS))
        for row in range(ROWS)
    )


def _best(states: list[State], silent: bool) -> State:
    if State.OPEN in states:
        return State.OPEN
    return State.UNKNOWN if silent or State.UNKNOWN in states else State.CLOSED
