"""Tell the state of hours at each hour of an ordinary week: what a planner counts."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sosdir.models import State
from sosdir.schedules.calendar import is_holiday
from sosdir.schedules.days import civil_day
from sosdir.schedules.year_end import FIRST, LAST

HOURS: Final = 24
# Monday to Sunday, then public holidays.
HOLIDAY: Final = 7
ROWS: Final = 8

# A state that holds on so many of the days of its kind is the ordinary one.
_ORDINARY: Final = 0.9
_HALF_PAST: Final = 30
# Hours that name dates, or every second Saturday, differ from week to week.
_DATED: Final = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\[|week|easter|\d{4}")
# Every fifth week of a year: each weekday of a month comes up, at a third of the cost of all.
_STRIDE: Final = 5

Week = tuple[tuple[State, ...], ...]


@lru_cache(maxsize=4096)
def ordinary_week(expression: str, year: int) -> Week:
    """Return the state at half past each hour, of Monday to Sunday and of a public holiday.

    What holds on nine of ten days of a kind is ordinary; where nothing does, the state is UNKNOWN.
    Public holidays and the turn of the year are no ordinary days.

    Args:
        expression: an opening_hours expression.
        year: whose days are looked at.

    Returns:
        Eight rows of 24 states.

    Raises:
        HoursError: the expression cannot be read.
    """
    counted = [[Counter[State]() for _ in range(HOURS)] for _ in range(ROWS)]
    for row, day in _days(expression, year):
        for hour, state in enumerate(_states(expression, day)):
            counted[row][hour][state] += 1
    return tuple(tuple(map(_usual, row)) for row in counted)


def _days(expression: str, year: int) -> Iterator[tuple[int, date]]:
    first, kinds = date(year, 1, 1), set()
    for number in range(366):
        day = first + timedelta(days=number)
        row = HOLIDAY if is_holiday(day) else day.weekday()
        if (day.month, day.day) >= FIRST or (day.month, day.day) <= LAST:
            continue
        if _DATED.search(expression):
            if row == HOLIDAY or number // 7 % _STRIDE == 0:
                yield row, day
        elif row not in kinds:
            # Each such day is like the other.
            kinds.add(row)
            yield row, day


def _states(expression: str, day: date) -> Iterator[State]:
    stretches = civil_day(expression, day)
    for hour in range(HOURS):
        minute = hour * 60 + _HALF_PAST
        yield next(each.state for each in stretches if each.start <= minute < each.end)


def _usual(counted: Counter[State]) -> State:
    ((state, times),) = counted.most_common(1)
    return state if times >= _ORDINARY * counted.total() else State.UNKNOWN
