"""Lay out when someone answers for sure, as instants: what a calendar can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sosdir.models import State
from sosdir.schedules.calendar import TOKYO
from sosdir.schedules.days import civil_day
from sosdir.schedules.rules import MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold one span in which someone answers; both instants are in Asia/Tokyo."""

    start: datetime
    end: datetime


def answered(expression: str | None, start: date, days: int) -> tuple[Answered, ...]:
    """Return the spans of OPEN that begin on some days, in order.

    What runs past midnight is one span, also past the last day; a day that is open as a whole is
    a span by itself. What is unknown is no span, and neither is what began before the first day.

    Args:
        expression: an opening_hours expression; None or blank when no hours are known.
        start: the first day, in the years 2000 to 2099.
        days: how many.

    Raises:
        HoursError: the expression cannot be read.
    """
    if expression is None or not expression.strip():
        return ()
    # The eve tells what runs into the first day; the day after, how far the last span runs.
    dates = [start + timedelta(days=number) for number in range(-1, days + 1)]
    spans = _joined(span for day in dates for span in _of_day(expression, day))
    last = start + timedelta(days=days - 1)
    return tuple(span for span in spans if start <= span.start.date() <= last)


def _of_day(expression: str, day: date) -> Iterator[Answered]:
    midnight = datetime.combine(day, time(tzinfo=TOKYO))
    for stretch in civil_day(expression, day):
        if stretch.state is State.OPEN:
            begins, ends = (timedelta(minutes=each) for each in (stretch.start, stretch.end))
            yield Answered(midnight + begins, midnight + ends)


def _joined(spans: Iterator[Answered]) -> list[Answered]:
    joined: list[Answered] = []
    for span in spans:
        if joined and joined[-1].end == span.start and not _is_whole(joined[-1], span):
            joined[-1] = replace(joined[-1], end=span.end)
        else:
            joined.append(span)
    return joined


def _is_whole(*spans: Answered) -> bool:
    day = timedelta(minutes=MINUTES_A_DAY)
    return any(span.end - span.start >= day for span in spans)
