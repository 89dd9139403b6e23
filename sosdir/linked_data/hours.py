"""Say hours in the words of schema.org, where those can hold them without loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sosdir.schedules import PlainWeek, plain_week

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOLIDAYS = "PublicHolidays"
_MINUTES_A_DAY = 24 * 60


def specifications(expression: str | None) -> list[dict[str, Any]]:
    """Return hours as ``OpeningHoursSpecification``, none where that would say more or less.

    A weekday that is not named is closed; so is a named day without ``opens``
    (https://schema.org/OpeningHoursSpecification).

    Args:
        expression: an opening_hours expression as it holds, or None.

    Raises:
        HoursError: the expression cannot be read.
    """
    week = plain_week(expression)
    return [] if week is None else list(_specifications(week))


def _specifications(week: PlainWeek) -> Iterator[dict[str, Any]]:
    days: dict[tuple[int, int], list[str]] = {}
    for name, spans in zip((*_WEEKDAYS, _HOLIDAYS), (*week.weekdays, week.holiday), strict=True):
        for span in spans:
            days.setdefault(span, []).append(name)
    for (start, end), names in days.items():
        yield {**_named(names), "opens": _clock(start), "closes": _closes(start, end)}
    if days and not week.holiday:
        yield _named([_HOLIDAYS])


def _named(days: list[str]) -> dict[str, Any]:
    return {"@type": "OpeningHoursSpecification", "dayOfWeek": days if days[1:] else days[0]}


def _closes(start: int, end: int) -> str:
    """Return when a span closes; a time before its opening is one of the next day."""
    # Round the clock has no other writing: from 00:00 to 00:00 would be closed.
    return "23:59" if end - start >= _MINUTES_A_DAY else _clock(end % _MINUTES_A_DAY)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
