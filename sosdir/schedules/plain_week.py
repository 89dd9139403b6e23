"""Tell whether hours are a plain week and no more: what other systems can hold without loss."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from sosdir.models import State
from sosdir.schedules.calendar import FIRST_YEAR, LAST_YEAR, is_holiday
from sosdir.schedules.days import beginning
from sosdir.schedules.expression import rules_of
from sosdir.schedules.rules import Rule

# A Monday; June has no public holiday.
_PLAIN_MONDAY: Final = date(2026, 6, 1)
_DAYS_A_WEEK: Final = 7

# From when to when, in minutes after the midnight that begins the day.
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlainWeek:
    """Hold hours that depend on nothing but the weekday and whether it is a public holiday.

    Args:
        weekdays: spans of Monday to Sunday; one that ends after minute 1440 runs into the next day.
        holiday: spans of a public holiday, on whatever weekday it falls.
    """

    weekdays: tuple[Spans, ...]
    holiday: Spans


@lru_cache(maxsize=1024)
def plain_week(expression: str | None) -> PlainWeek | None:
    """Return the plain week that hours are; None where anything else is said, or left unsaid.

    Dates, seasons, the nth weekday of a month, comments and open ends are more than a week can
    say; hours that do not speak of public holidays say less.

    Args:
        expression: an opening_hours expression, or None.

    Raises:
        HoursError: the expression cannot be read.
    """
    if expression is None or not all(_is_plain(rule) for rule in rules_of(expression)):
        return None
    week = [_PLAIN_MONDAY + timedelta(days=count) for count in range(_DAYS_A_WEEK)]
    weekdays = [_spans(expression, day) for day in week]
    holidays = {_spans(expression, day) for day in _holidays()}
    holiday = holidays.pop()
    if holidays or holiday is None or None in weekdays:
        return None
    return PlainWeek(tuple(each for each in weekdays if each is not None), holiday)


def _is_plain(rule: Rule) -> bool:
    if rule.comment or rule.is_partial_closure or (rule.wide and not rule.is_always):
        return False
    return "[" not in rule.weekdays and set(rule.holidays) <= {0}


def _spans(expression: str, day: date) -> Spans | None:
    """Return what begins on a day, None where part of it is not known."""
    stretches = beginning(expression, day).stretches
    if any(each.state is not State.OPEN for each in stretches):
        return None
    return tuple(sorted((each.start, each.end) for each in stretches))


@cache
def _holidays() -> tuple[date, ...]:
    """Return one public holiday for each weekday."""
    found: dict[int, date] = {}
    day = date(FIRST_YEAR, 1, 1)
    while len(found) < _DAYS_A_WEEK and day.year <= LAST_YEAR:
        if is_holiday(day):
            found.setdefault(day.weekday(), day)
        day += timedelta(days=1)
    return tuple(found.values())
