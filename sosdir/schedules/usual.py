"""Lay out the hours of an ordinary week: what can still be read when nobody knows the date."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sosdir.schedules.calendar import is_holiday
from sosdir.schedules.week import Day, Span, week

WEEKS = 53
# A layout that holds on so many of the days of its kind is the usual one.
_USUAL = 0.9
_HOLIDAY = 7
# Many lines close at the turn of the year: no ordinary days.
_TURN_OF_THE_YEAR = frozenset(
    {(12, day) for day in range(28, 32)} | {(1, day) for day in (1, 2, 3)}
)


@dataclass(frozen=True, slots=True)
class UsualDay:
    """Hold the hours of one kind of day.

    Args:
        weekdays: the weekdays that share them, from 0, Monday; none for public holidays.
        spans: in order.
        state_note: what to print where there are no spans, or beside them; may be empty.
        varies: whether they differ from week to week, so that no spans can be told.
    """

    weekdays: tuple[int, ...]
    spans: tuple[Span, ...]
    state_note: str
    varies: bool


def usual_week(expression: str | None, start: date) -> tuple[UsualDay, ...]:
    """Lay out an ordinary week and an ordinary public holiday; nothing where no hours are known.

    Weekdays with the same hours stand together.

    Args:
        expression: an opening_hours expression, or None.
        start: the first day of the year that is looked at.

    Raises:
        HoursError: the expression cannot be read.
    """
    if not expression or not expression.strip():
        return ()
    kinds: list[Counter[tuple[tuple[Span, ...], str]]] = [Counter() for _ in range(_HOLIDAY + 1)]
    for day in _days(expression, start):
        kinds[_kind(day.date)][day.spans, day.state_note] += 1
    told = [_usual(counted) for counted in kinds]
    alike: dict[tuple[tuple[Span, ...], str, bool], list[int]] = {}
    for weekday, hours in enumerate(told[:_HOLIDAY]):
        alike.setdefault(hours, []).append(weekday)
    days = [UsualDay(tuple(weekdays), *hours) for hours, weekdays in alike.items()]
    return (*days, UsualDay((), *told[_HOLIDAY]))


def _days(expression: str, start: date) -> Iterator[Day]:
    for number in range(WEEKS):
        for day in week(expression, start + timedelta(weeks=number)):
            if (day.date.month, day.date.day) not in _TURN_OF_THE_YEAR:
                yield day


def _kind(day: date) -> int:
    return _HOLIDAY if is_holiday(day) else day.weekday()


def _usual(
    counted: Counter[tuple[tuple[Span, ...], str]],
) -> tuple[tuple[Span, ...], str, bool]:
    ((spans, note), times), *_ = counted.most_common(1)
    if times >= _USUAL * counted.total():
        return spans, note, False
    return (), "", True
