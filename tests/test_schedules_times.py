"""Hours meet a need of time where they say that someone answers then."""

from datetime import date, datetime

import pytest

from sosdir.models import Need
from sosdir.schedules import TOKYO, moments, times_met

SINCE = date(2026, 11, 23)
NIGHT, WEEKEND, HOLIDAY, ALWAYS = (
    Need.NIGHT, Need.WEEKEND, Need.HOLIDAY, Need.AROUND_THE_CLOCK,
)  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "needs"),
    [
        ("24/7", {NIGHT, WEEKEND, HOLIDAY, ALWAYS}),
        ("24/7; Dec 29-Jan 03 unknown", {NIGHT, WEEKEND, HOLIDAY, ALWAYS}),
        ("Mo-Fr 10:00-16:00; PH off", set()),
        ("Mo-Fr 09:00-20:00", set()),
        ("Mo-Fr 09:00-20:30", {NIGHT}),
        ("Mo-Fr 08:30-12:00,13:00-21:00", {NIGHT}),
        ("Mo-Fr 04:30-07:00", {NIGHT}),
        ("Mo-Fr 05:00-07:00", set()),
        ("Fr 18:00-02:00", {NIGHT}),
        ("Mo-Su 00:00-24:00", {NIGHT, WEEKEND, ALWAYS}),
        ("Mo-Fr 00:00-24:00", {NIGHT}),
        ("Sa[2,4] 10:00-12:00", {WEEKEND}),
        ("Mo-Su 09:00-17:00; PH off", {WEEKEND}),
        ("Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00", {NIGHT, WEEKEND, HOLIDAY}),
        ("PH 10:00-12:00", {WEEKEND, HOLIDAY}),  # some holidays fall on a Sunday
        ("Jul 01-Aug 31 Mo-Fr 18:00-22:00", {NIGHT}),
        ("10:00+", set()),
        ("Mo-Fr", set()),
        ("off", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_hours_meet_needs_of_time(hours: str | None, needs: set[Need]) -> None:
    assert times_met(hours, SINCE) == needs


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-25T12:00", ["2026-11-25T20:00", "2026-11-28T20:00", "2026-11-29T14:00"]),
        ("2026-11-25T20:00", ["2026-11-26T20:00", "2026-11-28T20:00", "2026-11-29T14:00"]),
        ("2026-11-28T12:00", ["2026-11-28T20:00", "2026-11-29T14:00"]),
        ("2026-11-28T21:00", ["2026-11-29T14:00", "2026-11-29T20:00", "2026-12-05T20:00"]),
        ("2026-11-29T15:00", ["2026-11-29T20:00", "2026-12-05T20:00", "2026-12-06T14:00"]),
    ],
)
def test_the_times_offered_are_still_to_come(now: str, expected: list[str]) -> None:
    assert [moment.at for moment in moments(at(now))] == [at(each) for each in expected]


def test_a_moment_knows_how_far_it_is() -> None:
    assert [moment.days for moment in moments(at("2026-11-25T12:00"))] == [0, 3, 4]
