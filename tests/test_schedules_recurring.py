"""Hours said as an RRULE say what the expression says, at every quarter of an hour of a year."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr

from sosdir.models import DataPackage, State
from sosdir.schedules import OnHolidays, Recurring, is_holiday, recurring
from sosdir.schedules.days import civil_day

FIRST = date(2026, 4, 1)
DAYS = 380
STEP = 15


def open_by_rules(told: Recurring) -> dict[date, set[datetime]]:
    """Expand the rules as iCalendar has them, into quarters of an hour by day."""
    found: dict[date, set[datetime]] = defaultdict(set)
    midnight = datetime.combine(FIRST - timedelta(days=62), time())
    for each in told.spans:
        rule = rrulestr(f"FREQ={each.freq};BYDAY={each.byday};COUNT=1200", dtstart=midnight)
        for day in rule:
            if day.date() > FIRST + timedelta(days=DAYS):
                break
            for minute in range(each.start, each.end, STEP):
                at = day + timedelta(minutes=minute)
                found[at.date()].add(at)
    return found


def near_a_holiday(day: date) -> bool:
    return is_holiday(day) or is_holiday(day - timedelta(days=1))


def open_by_expression(expression: str, day: date) -> set[datetime]:
    """Return the quarters of a day at which the expression is open."""
    midnight = datetime.combine(day, time())
    stretches = [each for each in civil_day(expression, day) if each.state is State.OPEN]
    minutes = [minute for each in stretches for minute in range(each.start, each.end)]
    return {midnight + timedelta(minutes=each) for each in minutes if each % STEP == 0}


def differences(expression: str) -> set[datetime]:
    """Return the quarters at which rules and expression differ, holidays and their nights apart."""
    told = recurring(expression)
    assert told is not None
    opened = open_by_rules(told)
    wrong = set()
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        if near_a_holiday(day) and told.on_holidays is not OnHolidays.AS_USUAL:
            continue
        by_rules = opened.get(day, set())
        wrong |= by_rules ^ open_by_expression(expression, day)
    return wrong


SAYABLE = {
    "24/7": OnHolidays.AS_USUAL,
    "24/7; PH off": OnHolidays.CLOSED,
    "09:00-21:00": OnHolidays.UNKNOWN,
    "Mo-Fr 10:00-16:00": OnHolidays.UNKNOWN,
    "Mo-Fr 10:00-16:00; PH off": OnHolidays.CLOSED,
    "Mo-Su,PH 10:00-16:00": OnHolidays.AS_USUAL,
    "Mo-Fr 09:00-12:00,13:00-17:00; PH off": OnHolidays.CLOSED,
    "Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00": OnHolidays.OTHER_HOURS,
    "Mo-Fr 09:00-17:00; We 13:00-15:00": OnHolidays.UNKNOWN,
    "Mo-Fr 09:00-12:00, We 13:00-15:00": OnHolidays.UNKNOWN,
    "Mo-Fr 09:00-17:00; We off": OnHolidays.UNKNOWN,
    "Su-Th 10:00-18:00; PH off": OnHolidays.CLOSED,
    "Mo-Su 18:00-02:00": OnHolidays.UNKNOWN,
    "Mo-Su 18:00-24:00": OnHolidays.UNKNOWN,
    "Sa[2,4] 10:00-16:00": OnHolidays.UNKNOWN,
    "Sa[-1] 10:00-16:00; Mo 09:00-10:00": OnHolidays.UNKNOWN,
    "Th[1-2] 10:00-16:00": OnHolidays.UNKNOWN,
}


@pytest.mark.parametrize("expression", SAYABLE)
def test_the_rules_are_open_when_the_expression_is(expression: str) -> None:
    assert differences(expression) == set()


@pytest.mark.parametrize(("expression", "holidays"), SAYABLE.items())
def test_what_holds_on_holidays_stands_beside_the_rules(
    expression: str, holidays: OnHolidays
) -> None:
    told = recurring(expression)
    assert told is not None
    assert told.on_holidays is holidays


@pytest.mark.parametrize(
    "expression",
    [
        "Mo-Fr 10:00-16:00; Dec 29-Jan 03 off",
        "Apr-Sep Mo-Fr 10:00-16:00",
        "2027 Jan 01-2027 Mar 31 10:00-16:00",
        "week 1-53/2 Mo 10:00-12:00",
        "Mo-Fr 10:00+",
        'Mo-Fr 10:00-16:00 "要予約"',
        '"要確認"',
        "Mo-Fr 10:00-16:00 unknown",
        "Mo-Fr 10:00-16:00 || 18:00-20:00",
        "Mo-Fr 10:00-16:00; Fr 12:00-13:00 off",
        "Sa 10:00-16:00; Sa[2] off",
        "Sa[1] 09:00-10:00; Sa[-1] 11:00-12:00",
        "Mo-Fr 10:00-16:00; PH off; Sa 10:00-12:00",
        "Mo 10:00-16:00; PH +1 day off",
        "off",
        "Mo-Fr",
    ],
)
def test_what_an_rrule_cannot_say_exactly_is_not_said(expression: str) -> None:
    assert recurring(expression) is None


def test_most_shipped_hours_can_be_said_and_those_agree(package: DataPackage) -> None:
    hours = {c.hours for s in package.services for c in s.channels if c.hours}
    said = {each for each in hours if recurring(each) is not None}
    assert len(said) > 0.8 * len(hours)
    assert [each for each in sorted(said) if differences(each)] == []


def test_the_parts_are_those_of_icalendar() -> None:
    told = recurring("Mo,We,Fr,Sa 18:00-21:00; Tu,Th 13:00-16:00")
    assert told is not None
    assert [(each.freq, each.byday, each.start, each.end) for each in told.spans] == [
        ("WEEKLY", "MO,WE,FR,SA", 1080, 1260),
        ("WEEKLY", "TU,TH", 780, 960),
    ]
