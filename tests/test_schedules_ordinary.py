"""An ordinary week is what holds nearly always, hour by hour."""

from datetime import datetime, timedelta

import pytest
from opening_hours import OpeningHours

from sosdir.errors import HoursError
from sosdir.models import DataPackage, State
from sosdir.schedules import ordinary_week

YEAR = 2026
# A week of June without a public holiday, from a Monday.
A_WEEK = datetime(2026, 6, 8, 0, 30)
HOLIDAY = 7


def opened(expression: str, row: int) -> list[int]:
    return [
        hour for hour, state in enumerate(ordinary_week(expression, YEAR)[row]) if state == "open"
    ]


def test_an_hour_is_that_at_its_half() -> None:
    assert opened("Mo-Fr 08:30-17:15; PH off", 0) == list(range(8, 17))
    assert opened("Mo-Fr 08:45-17:45; PH off", 0) == list(range(9, 18))
    assert opened("Mo-Fr 08:30-17:15; PH off", 5) == []


def test_hours_over_midnight_go_on_the_next_morning() -> None:
    assert opened("Sa 18:00-02:00", 5) == list(range(18, 24))
    assert opened("Sa 18:00-02:00", 6) == [0, 1]


def test_a_holiday_that_nobody_speaks_of_is_unknown() -> None:
    assert set(ordinary_week("Mo-Fr 10:00-16:00", YEAR)[HOLIDAY]) == {State.UNKNOWN}
    assert set(ordinary_week("Mo-Fr 10:00-16:00; PH off", YEAR)[HOLIDAY]) == {State.CLOSED}
    assert opened("Mo-Fr 10:00-16:00; PH 13:00-15:00", HOLIDAY) == [13, 14]


def test_every_second_saturday_is_not_called_open() -> None:
    week = ordinary_week("Sa[2,4] 10:00-12:00; PH off", YEAR)
    assert week[5][10] is State.UNKNOWN
    assert week[5][13] is State.CLOSED


def test_a_summer_break_and_the_turn_of_the_year_change_nothing() -> None:
    plain = ordinary_week("Mo-Fr 10:00-18:00; PH off", YEAR)
    assert ordinary_week("Mo-Fr 10:00-18:00; PH off; Aug 13-15 off", YEAR) == plain
    assert ordinary_week("Mo-Fr 10:00-18:00; PH off; Dec 29-Jan 03 off", YEAR) == plain


def test_hours_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(HoursError):
        ordinary_week("whenever", YEAR)


def test_the_shipped_hours_are_what_another_program_reads(package: DataPackage) -> None:
    hours = {each.hours for line in package.services for each in line.channels if each.hours}
    assert len(hours) > 30
    for expression in sorted(hours):
        other = OpeningHours(expression)
        for row, states in enumerate(ordinary_week(expression, YEAR)[:HOLIDAY]):
            for hour, state in enumerate(states):
                if state is not State.UNKNOWN:
                    at = A_WEEK + timedelta(days=row, hours=hour)
                    assert (state is State.OPEN) == other.is_open(at), (expression, at)
