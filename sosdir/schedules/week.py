"""Lay out seven days of hours as they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sosdir.locales import mark
from sosdir.models import State
from sosdir.schedules.calendar import holiday_name
from sosdir.schedules.days import Stretch, UnknownBecause, beginning, cut_out_all
from sosdir.schedules.rules import MINUTES_A_DAY

_WEEKDAYS: Final = "月火水木金土日"

_NO_HOURS: Final = Stretch(0, MINUTES_A_DAY, State.UNKNOWN, UnknownBecause.NO_HOURS)


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a span as printed on the day it begins.

    Args:
        start: such as ``10:00``.
        end: such as ``22:00``, ``24:00``, or ``翌2:00`` for the day after.
        unknown: whether the expression itself calls these hours uncertain.
    """

    start: str
    end: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """Hold what begins on one day.

    Args:
        date: the day.
        weekday_ja: 月 to 日.
        holiday: the name of its public holiday, or None.
        spans: in order, none when it is closed or unknown as a whole.
        state_note: what to print where there are no spans, or beside them; may be empty.
        unknown: whether nobody can say when it is open on this day.
    """

    date: date
    weekday_ja: str
    holiday: str | None
    spans: tuple[Span, ...]
    state_note: str
    unknown: bool


def week(expression: str | None, start: date) -> tuple[Day, ...]:
    """Lay out the seven days from a day on.

    Args:
        expression: an opening_hours expression; None or blank when no hours are known.
        start: the first day, in the years 2000 to 2099.

    Raises:
        HoursError: the expression cannot be read.
    """
    known = expression if expression and expression.strip() else None
    return tuple(_day(known, start + timedelta(days=days)) for days in range(7))


def clock(minutes: int) -> str:
    """Write minutes after midnight as ``22:00``, those of the next day as ``翌2:00``."""
    hours, rest = divmod(minutes, 60)
    if minutes > MINUTES_A_DAY:
        return f"翌{hours - 24}:{rest:02}"
    return f"{hours}:{rest:02}"


def _day(expression: str | None, day: date) -> Day:
    stretches = beginning(expression, day).stretches if expression else (_NO_HOURS,)
    unsure = [s.because for s in stretches if s.state is State.UNKNOWN and _is_whole(s)]
    printed = _printable(stretches, whole=bool(unsure))
    return Day(
        date=day,
        weekday_ja=_WEEKDAYS[day.weekday()],
        holiday=holiday_name(day),
        spans=tuple(map(_span, printed)),
        state_note=_note(printed, unsure[0] if unsure else None),
        unknown=bool(unsure),
    )


def _is_whole(stretch: Stretch) -> bool:
    return stretch.start == 0 and stretch.end >= MINUTES_A_DAY


def _printable(stretches: tuple[Stretch, ...], whole: bool) -> list[Stretch]:
    """Return OPEN spans, and UNKNOWN ones where hours are stated, joined and in order."""
    answered = _join(s for s in stretches if s.state is State.OPEN)
    if whole:
        return answered
    unsure = _join(s for s in stretches if s.state is State.UNKNOWN)
    return sorted([*answered, *cut_out_all(unsure, answered)], key=_start)


def _join(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=_start):
        if joined and stretch.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return joined


def _start(stretch: Stretch) -> int:
    return stretch.start


def _span(stretch: Stretch) -> Span:
    return Span(clock(stretch.start), clock(stretch.end), stretch.state is State.UNKNOWN)


def _note(stretches: list[Stretch], because: UnknownBecause | None) -> str:
    if because is UnknownBecause.HOLIDAY:
        return mark("祝日は要確認")
    if because or any(stretch.state is State.UNKNOWN for stretch in stretches):
        return mark("要確認")
    if not stretches:
        return mark("お休み")
    return mark("24時間") if any(map(_is_whole, stretches)) else ""
