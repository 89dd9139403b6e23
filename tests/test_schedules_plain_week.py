"""Hours that are a plain week and no more are told apart from all others."""

from datetime import date, timedelta

import pytest

from sosdir.models import DataPackage
from sosdir.schedules import is_holiday, plain_week, week

DAY = ((600, 960),)


def test_weekdays_and_holidays_that_are_closed_are_a_plain_week() -> None:
    found = plain_week("Mo-Fr 10:00-16:00; PH off")
    assert found is not None
    assert found.weekdays == (DAY, DAY, DAY, DAY, DAY, (), ())
    assert found.holiday == ()


def test_lunch_gaps_nights_and_round_the_clock_are_plain() -> None:
    lunch = plain_week("Mo 10:00-12:00,13:00-16:00; PH off")
    assert lunch is not None
    assert lunch.weekdays[0] == ((600, 720), (780, 960))
    night = plain_week("Mo-Su,PH 18:00-02:00")
    assert night is not None
    assert night.holiday == ((1080, 1560),)
    always = plain_week("24/7")
    assert always is not None
    assert {*always.weekdays, always.holiday} == {((0, 1440),)}


@pytest.mark.parametrize(
    "expression",
    [
        None,
        "Mo-Fr 10:00-16:00",
        "Mo-Fr 10:00+; PH off",
        "Sa[2] 10:00-16:00; PH off",
        "Mo-Fr 10:00-16:00; PH off; Dec 29-Jan 03 off",
        'Mo-Fr 10:00-16:00 "by appointment"; PH off',
        "Apr 01-Sep 30 Mo-Fr 10:00-16:00; PH off",
        "Mo-Fr; PH off",
        "Mo-Fr 10:00-16:00; Mo-Fr 12:00-13:00 off; PH off",
        "Mo-Fr 10:00-16:00 unknown; PH off",
        "Mo-Fr 10:00-16:00; PH +1 day off; PH off",
    ],
)
def test_what_says_more_or_less_than_a_week_is_none(expression: str | None) -> None:
    assert plain_week(expression) is None


def test_every_plain_week_of_the_shipped_data_is_what_its_days_say(package: DataPackage) -> None:
    told = {each.hours for service in package.services for each in service.channels if each.hours}
    plain = {hours: found for hours in told if (found := plain_week(hours))}
    assert 10 < len(plain) < len(told)
    for hours, found in plain.items():
        for start in (date(2026, 4, 27) + timedelta(days=7 * count) for count in range(40)):
            for day in week(hours, start):
                assert not day.unknown
                spans = (
                    found.holiday if is_holiday(day.date) else found.weekdays[day.date.weekday()]
                )
                assert bool(day.spans) == bool(spans), (hours, day)
