"""Tell which needs of time the hours of a channel meet: at night, at weekends, on holidays."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sosdir.models import Need, State
from sosdir.schedules.calendar import is_holiday
from sosdir.schedules.days import Stretch, beginning, civil_day
from sosdir.schedules.rules import MINUTES_A_DAY
from sosdir.schedules.year_end import FIRST, LAST

_DAYS: Final = 366
_EVENING, _MORNING = 20 * 60, 5 * 60
_SATURDAY: Final = 5


@lru_cache(maxsize=2048)
def times_met(expression: str | None, since: date) -> frozenset[Need]:
    """Return the needs of time that hours meet on some day of a year; what is unknown meets none.

    Night is 20:00 or later, or before 5:00. A holiday counts where the hours speak of it. Around
    the clock is every hour of every day that is neither a holiday nor at the turn of the year.

    Args:
        expression: an opening_hours expression, or None.
        since: the first day of the year that is looked at.

    Raises:
        HoursError: the expression cannot be read.
    """
    if expression is None or not expression.strip():
        return frozenset()
    days = [since + timedelta(days=count) for count in range(_DAYS)]
    opened = [(day, _open(beginning(expression, day).stretches)) for day in days]
    told = {
        Need.NIGHT: any(_at_night(each) for _, spans in opened for each in spans),
        Need.WEEKEND: any(spans and day.weekday() >= _SATURDAY for day, spans in opened),
        Need.HOLIDAY: any(spans and is_holiday(day) for day, spans in opened),
        Need.AROUND_THE_CLOCK: _is_always(expression, days),
    }
    return frozenset(need for need, met in told.items() if met)


def _open(stretches: Iterable[Stretch]) -> list[Stretch]:
    return [each for each in stretches if each.state is State.OPEN]


def _at_night(stretch: Stretch) -> bool:
    return stretch.start < _MORNING or stretch.end > _EVENING


def _is_always(expression: str, days: list[date]) -> bool:
    plain = (day for day in days if not is_holiday(day) and not _at_year_end(day))
    return all(_is_whole(civil_day(expression, day)) for day in plain)


def _at_year_end(day: date) -> bool:
    return (day.month, day.day) >= FIRST or (day.month, day.day) <= LAST


def _is_whole(stretches: tuple[Stretch, ...]) -> bool:
    return [(each.end, each.state) for each in stretches] == [(MINUTES_A_DAY, State.OPEN)]
