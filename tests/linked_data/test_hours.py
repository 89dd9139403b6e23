"""Hours are said in the words of schema.org only where nothing is lost."""

import pytest

from sosdir.linked_data.hours import specifications

KIND = {"@type": "OpeningHoursSpecification"}


def test_a_plain_week_is_said_with_its_holidays() -> None:
    assert specifications("Mo-We 10:00-16:00; PH off") == [
        {
            **KIND,
            "dayOfWeek": ["Monday", "Tuesday", "Wednesday"],
            "opens": "10:00",
            "closes": "16:00",
        },
        {**KIND, "dayOfWeek": "PublicHolidays"},
    ]


def test_days_of_the_same_hours_are_said_together() -> None:
    assert specifications("Mo 09:00-18:00,21:00-23:00; Sa,PH 12:00-18:00") == [
        {**KIND, "dayOfWeek": "Monday", "opens": "09:00", "closes": "18:00"},
        {**KIND, "dayOfWeek": "Monday", "opens": "21:00", "closes": "23:00"},
        {**KIND, "dayOfWeek": ["Saturday", "PublicHolidays"], "opens": "12:00", "closes": "18:00"},
    ]


@pytest.mark.parametrize(
    ("hours", "opens", "closes"),
    [
        ("Mo,PH 18:00-02:00", "18:00", "02:00"),
        ("Mo,PH 18:00-24:00", "18:00", "00:00"),
        ("24/7", "00:00", "23:59"),
        ("Mo-Su,PH 00:00-24:00", "00:00", "23:59"),
    ],
)
def test_midnight_is_written_as_schema_org_reads_it(hours: str, opens: str, closes: str) -> None:
    (found,) = specifications(hours)
    assert (found["opens"], found["closes"]) == (opens, closes)


@pytest.mark.parametrize("hours", [None, "off", "Mo-Fr 10:00-16:00", "Sa[2] 10:00-12:00; PH off"])
def test_hours_that_do_not_fit_are_not_said(hours: str | None) -> None:
    assert specifications(hours) == []
