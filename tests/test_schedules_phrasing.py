"""Hours are said in the reader's language, or not at all."""

import csv

import pytest

from sosdir.locales import SPEECH, Locale, Speech, find, speech
from sosdir.paths import bundled
from sosdir.schedules import phrase

ENGLISH = find("en")
assert isinstance(ENGLISH, Locale)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("Mo-Fr 10:00-16:00; PH off", "月〜金 10:00〜16:00、祝日は休み"),
        ("24/7", "24時間"),
        ("Mo-Su 18:00-24:00", "毎日 18:00〜24:00"),
        ("10:00-21:30", "10:00〜21:30"),
        ("Mo,We,Fr 10:00-12:00,13:00-16:00", "月・水・金 10:00〜12:00・13:00〜16:00"),
        ("Sa[2,4] 10:00-15:00", "第2・4土曜日 10:00〜15:00"),
        ("Fr 22:00-26:00", "金 22:00〜翌2:00"),
        ("Mo-Fr,PH 10:00-16:00", "月〜金・祝日 10:00〜16:00"),
        ("Mo-Fr 10:00-16:00; Dec 29-Jan 03 off", "月〜金 10:00〜16:00、12月29日〜1月3日は休み"),
        ("Mo 09:00-17:00; Mo 12:00-13:00 off", "月 9:00〜17:00、月 12:00〜13:00は休み"),
    ],
)  # fmt: skip
def test_hours_are_said_in_words(expression: str, words: str) -> None:
    assert phrase(expression, SPEECH) == words


def test_days_and_dates_are_named_in_the_readers_language() -> None:
    english: Speech = speech(ENGLISH)
    said = phrase("Mo-Fr 10:00-16:00; Aug 13-15 off; PH off", english)
    assert said == "Mon–Fri 10:00–16:00; closed Aug 13–Aug 15; closed public holidays"


@pytest.mark.parametrize(
    "expression",
    [
        '"要予約"',
        "Mo-Fr 10:00+",
        "Mo-Fr",
        'Mo-Fr 10:00-16:00 "予約制"',
        "Mo-Fr 10:00-16:00 unknown",
        "2026 10:00-16:00",
        "Mo 10:00-16:00 || Tu 10:00-16:00",
    ],
)
def test_what_words_could_not_say_whole_is_not_said(expression: str) -> None:
    assert phrase(expression, SPEECH) is None


def test_nearly_all_shipped_hours_can_be_said() -> None:
    with (bundled("data") / "channel.csv").open(encoding="utf-8", newline="") as file:
        known = {row["hours"] for row in csv.DictReader(file)} - {""}
    unsaid = {each for each in known if phrase(each, SPEECH) is None}
    assert all('"' in each or "+" in each or "PH -1" in each for each in unsaid), unsaid
