"""Reading the days and times of the municipal columns."""

from __future__ import annotations

import pytest

from sosdir.spreadsheets.weekdays import opening_hours, words


@pytest.mark.parametrize(
    ("days", "start", "end", "remarks", "hours"),
    [
        ("月火水木金", "8:30", "17:15", "", "Mo-Fr 08:30-17:15"),
        ("月〜金", "８：３０", "17:15:00", "", "Mo-Fr 08:30-17:15"),
        ("月から金曜日", "8時30分", "17時", "", "Mo-Fr 08:30-17:00"),
        ("平日", "10:00", "16:00", "", "Mo-Fr 10:00-16:00"),
        ("月・水・金", "10:00", "16:00", "", "Mo,We,Fr 10:00-16:00"),
        ("月火水土日", "10:00", "16:00", "", "Mo-We,Sa,Su 10:00-16:00"),
        ("毎日", "0:00", "24:00", "", "Mo-Su 00:00-24:00"),
        ("土〜月", "22:00", "0:00", "", "Mo,Sa,Su 22:00-24:00"),
        ("平日", "9:00", "17:00", "祝日を除く", "Mo-Fr 09:00-17:00; PH off"),
        ("平日", "9:00", "17:00", "祝日は休み。", "Mo-Fr 09:00-17:00; PH off"),
    ],
)
def test_days_and_times_become_opening_hours(
    days: str, start: str, end: str, remarks: str, hours: str
) -> None:
    assert opening_hours(days, start, end, remarks) == hours


@pytest.mark.parametrize(
    ("days", "start", "end", "remarks"),
    [
        ("", "9:00", "17:00", ""),
        ("平日", "", "17:00", ""),
        ("平日", "9:00", "", ""),
        ("第2土曜", "9:00", "17:00", ""),
        ("平日", "9:00", "17:00", "第3火曜は休み"),
        ("平日", "9:00", "17:00", "年末年始を除く"),
        ("平日", "朝", "夕方", ""),
        ("平日", "9:00", "9:00", ""),
        ("平日", "25:00", "26:00", ""),
    ],
)
def test_what_cannot_be_read_for_sure_is_not_read(
    days: str, start: str, end: str, remarks: str
) -> None:
    assert opening_hours(days, start, end, remarks) is None


def test_no_word_on_holidays_leaves_them_open() -> None:
    assert "PH" not in str(opening_hours("平日", "9:00", "17:00"))


def test_the_words_are_kept() -> None:
    assert words("平日", "9:00", "17:00", "要予約") == "平日 9:00〜17:00 要予約"
    assert words("", "", "", "") is None
