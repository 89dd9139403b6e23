"""Public holidays, checked against a second, independent library for every day of 21 years."""

from datetime import date, timedelta

import jpholiday
import pytest

from sosdir.schedules import holiday_name, is_holiday


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_day_of_a_year_agrees_with_an_independent_calendar(year: int) -> None:
    days = _days(date(year, 1, 1), date(year, 12, 31))
    ours = [day for day in days if is_holiday(day)]
    theirs = [day for day in days if jpholiday.is_holiday(day)]
    assert ours == theirs


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-11-23", "勤労感謝の日"),
        ("2026-09-22", "国民の休日"),
        ("2026-05-06", "振替休日"),
        ("2025-11-23", "勤労感謝の日"),  # a Sunday
        ("2025-11-24", "振替休日"),
        ("2020-07-24", "スポーツの日"),  # moved for the Olympic year
        ("2032-09-21", "国民の休日"),
    ],
)
def test_a_holiday_has_its_japanese_name(day: str, name: str) -> None:
    assert holiday_name(date.fromisoformat(day)) == name


@pytest.mark.parametrize("day", ["2026-11-24", "2026-12-31", "2027-01-02", "2020-10-12"])
def test_bank_holidays_and_old_dates_are_plain_days(day: str) -> None:
    assert holiday_name(date.fromisoformat(day)) is None
    assert not is_holiday(date.fromisoformat(day))


def test_names_do_not_follow_the_locale_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from sosdir.schedules import calendar

    monkeypatch.setenv("LANGUAGE", "en_US")
    calendar._holidays_of.cache_clear()
    assert holiday_name(date(2026, 1, 1)) == "元日"
