"""The spans that a calendar holds are those in which the state is open, and no others."""

from datetime import date, datetime, timedelta

import pytest

from sosdir.models import State
from sosdir.schedules import TOKYO, answered, availability

FRIDAY = date(2026, 11, 20)


def told(expression: str | None, days: int = 5, start: date = FRIDAY) -> list[str]:
    return [f"{s.start:%d %H:%M}-{s.end:%d %H:%M}" for s in answered(expression, start, days)]


@pytest.mark.parametrize(
    ("expression", "spans"),
    [
        ("Mo-Fr 10:00-16:00; PH off", ["20 10:00-20 16:00", "24 10:00-24 16:00"]),
        # Monday is a holiday of which nothing is said: unknown is no span.
        ("Mo-Fr 10:00-16:00", ["20 10:00-20 16:00", "24 10:00-24 16:00"]),
        ("Fr 09:00-12:00,13:00-17:00", ["20 09:00-20 12:00", "20 13:00-20 17:00"]),
        ("Fr 18:00-02:00", ["20 18:00-21 02:00"]),
        ("Sa,Su 00:00-24:00", ["21 00:00-22 00:00", "22 00:00-23 00:00"]),
        ("Tu 22:00-24:00; We 00:00-01:00", ["24 22:00-25 01:00"]),
        ("Mo-Fr", []),
        ("Mo-Fr 10:00+", []),
        ("off", []),
        (" ", []),
        (None, []),
    ],
)
def test_what_is_open_for_sure_is_a_span(expression: str | None, spans: list[str]) -> None:
    assert told(expression) == spans


def test_around_the_clock_is_a_span_a_day() -> None:
    assert told("24/7", 2) == ["20 00:00-21 00:00", "21 00:00-22 00:00"]


def test_what_began_on_the_eve_is_not_told_again() -> None:
    assert told("Th 18:00-02:00", 1) == []


@pytest.mark.parametrize(
    "expression",
    ["Mo-Su 18:00-02:00; PH 18:00-02:00", "Mo-Fr 10:00-16:00", "Tu-Sa 12:00-13:30; PH off", "24/7"],
)
def test_a_minute_is_in_a_span_where_the_state_is_open(expression: str) -> None:
    spans = answered(expression, FRIDAY, 14)
    at = datetime(2026, 11, 21, tzinfo=TOKYO)
    while at < datetime(2026, 12, 3, tzinfo=TOKYO):
        inside = any(span.start <= at < span.end for span in spans)
        assert inside == (availability(expression, at).state is State.OPEN), at
        at += timedelta(minutes=30)
