"""An ordinary week: what can still be read when nobody knows the date."""

from datetime import date

import pytest

from sosdir.presentation import usual_hours
from sosdir.schedules import usual_week

TODAY = date(2026, 11, 25)


def told(hours: str | None) -> list[tuple[str, str]]:
    return [(each.days, each.hours) for each in usual_hours(hours, TODAY)]


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        (None, []),
        (
            "Mo-Fr 10:00-16:00; PH off",
            [("月・火・水・木・金", "10:00〜16:00"), ("土・日", "お休み"), ("祝日", "お休み")],
        ),
        ("24/7", [("毎日", "24時間"), ("祝日", "24時間")]),
        ("Mo-Su 18:00-24:00", [("毎日", "18:00〜24:00"), ("祝日", "要確認")]),
        (
            "Mo,We 10:00-12:00,13:00-15:00; Fr 22:00-26:00; PH off",
            [
                ("月・水", "10:00〜12:00、13:00〜15:00"),
                ("火・木・土・日", "お休み"),
                ("金", "22:00〜翌2:00"),
                ("祝日", "お休み"),
            ],
        ),
    ],
)
def test_days_with_the_same_hours_stand_together(
    hours: str | None, week: list[tuple[str, str]]
) -> None:
    assert told(hours) == week


def test_a_day_that_differs_from_week_to_week_is_not_told_as_one() -> None:
    assert ("土", "日によってちがいます") in told("Sa[2,4] 10:00-15:00; PH off")


def test_a_few_days_off_in_summer_change_nothing_of_the_ordinary_week() -> None:
    assert told("Mo-Fr 9:00-17:00; PH off; Aug 13-15 off; Dec 29-Jan 03 off") == told(
        "Mo-Fr 9:00-17:00; PH off"
    )


def test_it_does_not_depend_on_the_day_one_asks() -> None:
    hours = "Tu,Sa 19:00-22:00; PH off"
    assert usual_week(hours, TODAY) == usual_week(hours, date(2027, 4, 30))
