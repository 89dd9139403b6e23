"""Say opening hours in the parts of an iCalendar RRULE, where they can be said so exactly.

An RRULE knows no holidays. So it tells of the ordinary week or month, and what holds on public
holidays stands beside it; whatever else an expression says (dates, seasons, an open end, a
comment) cannot be said in it, and then nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sosdir.models import State
from sosdir.schedules.expression import rules_of
from sosdir.schedules.rules import MINUTES_A_DAY, Operator, Rule

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_EVERY_DAY = tuple((0, day) for day in range(7))
_WEEKDAY = re.compile(r"([A-Z][a-z])(?:-([A-Z][a-z])|\[([^\]]*)\])?")
_NTH = re.compile(r"(-?[1-5])(?:-([1-5]))?")

# Which of its kind in the month (0 for each, -1 for the last), and the weekday from Monday.
_Key = tuple[int, int]
_Span = tuple[int, int]


class OnHolidays(StrEnum):
    """Tell what an expression says of public holidays."""

    AS_USUAL = "as_usual"
    CLOSED = "closed"
    OTHER_HOURS = "other_hours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Hold one span that comes again.

    Args:
        freq: ``WEEKLY`` or ``MONTHLY``.
        byday: as iCalendar writes it, ``MO,TU`` or ``2SA,-1SA``.
        start: minutes after midnight.
        end: minutes after the same midnight; over 1440 when it runs into the next day.
    """

    freq: str
    byday: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """Hold hours as spans that come again, and what holds on public holidays."""

    spans: tuple[Recurrence, ...]
    on_holidays: OnHolidays


def recurring(expression: str) -> Recurring | None:
    """Return hours as spans that come again, None where that would say more or less than they do.

    Args:
        expression: an opening_hours expression.

    Raises:
        HoursError: it cannot be read.

    Source: RFC 5545, 3.3.10, of which HSDS 3.1 takes the parts.
    """
    rules = rules_of(expression)
    week: dict[_Key, tuple[_Span, ...]] = {}
    holiday: tuple[_Span, ...] | None = None
    for rule in rules:
        keys = _keys(rule)
        if keys is None or not _is_sayable(rule) or (holiday is not None and keys):
            return None
        spans = _spans(rule)
        for key in keys:
            week[key] = week.get(key, ()) + spans if rule.operator is Operator.ADDS else spans
        if rule.holidays:
            holiday = spans
    if not any(week.values()) or _is_mixed(week):
        return None
    always = any(rule.is_always for rule in rules)
    return Recurring(tuple(_recurrences(week)), _on_holidays(week, holiday, always=always))


def _is_sayable(rule: Rule) -> bool:
    if rule.operator is Operator.FALLS_BACK or rule.comment or rule.kind is State.UNKNOWN:
        return False
    if rule.kind is State.CLOSED:
        # With a comma a closure adds nothing to what is open; only replacing it is plain.
        return not rule.times and rule.names_days and rule.operator is Operator.REPLACES
    if rule.is_always:
        return not rule.times
    whole = (not each.open_end and each.end - each.start <= MINUTES_A_DAY for each in rule.times)
    return bool(rule.times) and all(whole)


def _spans(rule: Rule) -> tuple[_Span, ...]:
    if rule.kind is State.CLOSED:
        return ()
    if rule.is_always:
        return ((0, MINUTES_A_DAY),)
    return tuple((each.start, each.end) for each in rule.times)


def _keys(rule: Rule) -> tuple[_Key, ...] | None:
    """Return the days of a rule beside holidays, None where no RRULE of ours can name them."""
    if rule.holidays and any(rule.holidays):
        return None
    if rule.wide not in {"", "24/7"}:
        return None
    if rule.weekdays:
        return _weekdays(rule.weekdays)
    return () if rule.holidays else _EVERY_DAY


def _weekdays(text: str) -> tuple[_Key, ...] | None:
    found: list[_Key] = []
    for part in re.split(r",(?![^\[]*\])", text):
        match = _WEEKDAY.fullmatch(part)
        if match is None:
            return None
        first = _DAYS.index(match[1])
        if match[3] is None:
            last = _DAYS.index(match[2] or match[1])
            found += ((0, (first + step) % 7) for step in range((last - first) % 7 + 1))
            continue
        for nth in match[3].split(","):
            numbers = _NTH.fullmatch(nth)
            if numbers is None:
                return None
            start = int(numbers[1])
            found += ((number, first) for number in range(start, int(numbers[2] or start) + 1))
    return tuple(dict.fromkeys(found))


def _is_mixed(week: dict[_Key, tuple[_Span, ...]]) -> bool:
    """Tell whether days are named in two ways that may mean one day with other hours."""
    for day in range(7):
        numbers = [number for number, weekday in week if weekday == day]
        kinds = {(number > 0) - (number < 0) for number in numbers}
        if len(kinds) > 1:
            return True
    return False


def _recurrences(week: dict[_Key, tuple[_Span, ...]]) -> Iterator[Recurrence]:
    spans = dict.fromkeys(span for key in sorted(week) for span in week[key])
    for start, end in spans:
        keys = [key for key in sorted(week) if (start, end) in week[key]]
        weekly = [_letters(key) for key in keys if not key[0]]
        monthly = [_letters(key) for key in keys if key[0]]
        if weekly:
            yield Recurrence("WEEKLY", ",".join(weekly), start, end)
        if monthly:
            yield Recurrence("MONTHLY", ",".join(monthly), start, end)


def _letters(key: _Key) -> str:
    number, day = key
    return f"{number or ''}{_DAYS[day].upper()}"


def _on_holidays(
    week: dict[_Key, tuple[_Span, ...]], holiday: tuple[_Span, ...] | None, *, always: bool
) -> OnHolidays:
    if holiday is None:
        return OnHolidays.AS_USUAL if always else OnHolidays.UNKNOWN
    if not holiday:
        return OnHolidays.CLOSED
    usual = all(week.get(key) == holiday for key in _EVERY_DAY)
    return OnHolidays.AS_USUAL if usual else OnHolidays.OTHER_HOURS
