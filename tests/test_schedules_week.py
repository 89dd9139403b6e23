"""A week as printed, and the words for an instant."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from sosdir.models import ChannelKind
from sosdir.schedules import (
    Span,
    availability,
    describe,
    is_holiday,
    service_availability,
    week,
)

MONDAY = date(2026, 11, 16)
HOLIDAY_MONDAY = date(2026, 11, 23)


def _spans(expression: str, day: date) -> list[str]:
    return [f"{span.start}-{span.end}" for span in week(expression, day)[0].spans]


def test_a_week_has_seven_days_with_their_names() -> None:
    days = week("Mo-Fr 10:00-16:00; PH off", HOLIDAY_MONDAY)
    assert "".join(day.weekday_ja for day in days) == "月火水木金土日"
    assert [day.date.day for day in days] == [23, 24, 25, 26, 27, 28, 29]
    assert [day.holiday for day in days] == ["勤労感謝の日", *[None] * 6]
    assert [day.state_note for day in days] == ["お休み", "", "", "", "", "お休み", "お休み"]


@pytest.mark.parametrize(
    ("expression", "spans"),
    [
        ("Mo 08:30-17:15", ["8:30-17:15"]),
        ("Mo 09:00-12:00,13:00-16:30", ["9:00-12:00", "13:00-16:30"]),
        ("Mo 18:00-24:00", ["18:00-24:00"]),
        ("Mo 22:00-02:00", ["22:00-翌2:00"]),
        ("Mo 22:00-26:30", ["22:00-翌2:30"]),
        ("Mo 09:00-12:00,12:00-16:00,15:00-17:00", ["9:00-17:00"]),
        ("Mo 14:00-16:00, Mo 09:00-12:00", ["9:00-12:00", "14:00-16:00"]),
        ("Mo 10:00-16:00; Mo 12:00-13:00 off", ["10:00-12:00", "13:00-16:00"]),
        ("24/7", ["0:00-24:00"]),
        ("Tu 10:00-12:00", []),
    ],
)
def test_hours_are_printed_on_the_day_they_begin(expression: str, spans: list[str]) -> None:
    assert _spans(expression, MONDAY) == spans


def test_hours_that_are_called_uncertain_are_marked() -> None:
    day = week("Mo 09:00-15:00 unknown, Mo 10:00-12:00", MONDAY)[0]
    assert day.spans == (
        Span("9:00", "10:00", unknown=True),
        Span("10:00", "12:00"),
        Span("12:00", "15:00", unknown=True),
    )
    assert not day.unknown
    assert day.state_note == "要確認"


@pytest.mark.parametrize(
    ("expression", "day", "note"),
    [
        (None, MONDAY, "要確認"),
        (" ", MONDAY, "要確認"),
        ("Mo-Fr", MONDAY, "要確認"),
        ("10:00+", MONDAY, "要確認"),
        ("Mo-Fr 10:00-16:00", HOLIDAY_MONDAY, "祝日は要確認"),
    ],
)
def test_a_day_that_nobody_can_tell_says_so(expression: str | None, day: date, note: str) -> None:
    first = week(expression, day)[0]
    assert first.unknown
    assert first.spans == ()
    assert first.state_note == note


def test_known_hours_show_on_a_day_that_is_otherwise_unknown() -> None:
    day = week("Mo-Fr 09:00-17:00, PH 10:00-12:00", HOLIDAY_MONDAY)[0]
    assert day.unknown
    assert day.spans == (Span("10:00", "12:00"),)


def test_a_day_round_the_clock_says_24_hours() -> None:
    assert week("24/7", HOLIDAY_MONDAY)[0].state_note == "24時間"


@pytest.mark.parametrize(
    ("expression", "at", "words"),
    [
        ("Mo-Fr 10:00-22:00", "2026-11-24T12:00", "いま話せます・22時まで"),
        ("Mo-Fr 08:30-17:15", "2026-11-24T12:00", "いま話せます・17時15分まで"),
        ("Mo-Su 18:00-24:00", "2026-11-24T19:00", "いま話せます・24時まで"),
        ("Mo-Sa 22:00-26:00", "2026-11-24T23:00", "いま話せます・翌2時まで"),
        ("Mo-Sa 22:00-26:00", "2026-11-25T01:00", "いま話せます・2時まで"),
        ("24/7", "2026-11-23T03:00", "いま話せます・24時間"),
        ("24/7; Sa 14:00-16:00 off", "2026-11-27T03:00", "いま話せます・あす14時まで"),
        ("24/7; We off", "2026-11-23T03:00", "いま話せます・あす24時まで"),
        ("24/7; Sa off", "2026-11-23T03:00", "いま話せます・金曜日24時まで"),
        ("24/7; Jan 01 off", "2026-11-23T03:00", "いま話せます・12月31日24時まで"),
        ("Mo-Fr 10:00-16:00", "2026-11-24T18:00", "時間外・あす10時から"),
        ("Mo-Fr 18:30-21:00", "2026-11-24T18:00", "時間外・きょう18時30分から"),
        ("Sa 10:00-16:00", "2026-11-24T18:00", "時間外・土曜日10時から"),
        ("Tu 10:00-16:00", "2026-11-24T18:00", "時間外・12月1日10時から"),
        ("Dec 04 10:00-16:00", "2026-11-24T18:00", "時間外・12月4日10時から"),
        ("off", "2026-11-24T18:00", "時間外"),
        ("Mo-Fr 10:00-16:00", "2026-11-23T12:00", "祝日は要確認"),
        ("Mo-Fr", "2026-11-24T12:00", "受付時間は要確認"),
        (None, "2026-11-24T12:00", "受付時間は要確認"),
    ],
)
def test_a_state_is_said_in_plain_words(expression: str | None, at: str, words: str) -> None:
    instant = datetime.fromisoformat(at)
    assert describe(availability(expression, instant), instant) == words


def test_the_day_is_counted_in_japan_wherever_the_instant_was_written() -> None:
    instant = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # 0:30 on Wednesday in Tokyo
    assert describe(availability("We 10:00-16:00", instant), instant) == "時間外・きょう10時から"


def test_messages_tell_when_someone_can_be_talked_to() -> None:
    instant = datetime(2026, 11, 24, 20)
    mail = (ChannelKind.EMAIL, None)
    phone = (ChannelKind.PHONE, "Mo-Fr 10:00-16:00")
    assert describe(service_availability([mail], instant), instant) == "メッセージを送れます"
    assert describe(service_availability([mail, phone], instant), instant) == (
        "メッセージを送れます・話せるのはあす10時から"
    )


def _minutes(clock: str) -> int:
    hours, minutes = clock.removeprefix("翌").split(":")
    return int(hours) * 60 + int(minutes) + (1440 if clock.startswith("翌") else 0)


@pytest.mark.parametrize(
    "expression",
    [
        "Mo-Fr 09:00-18:00,21:00-23:00; Sa,Su,PH 12:00-18:00",
        "Mo-Sa 22:00-26:00; PH off",
        "Mo-Su 22:00-02:00",
        "Mo-Fr 08:30-17:15",
        "Mo-Fr; Sa 10:00-12:00 unknown",
        "24/7; Tu off",
        "10:00-16:00; Tu 20:00+; PH 13:00-25:00",
    ],
)
def test_the_printed_week_agrees_with_every_quarter_of_an_hour(expression: str) -> None:
    days = week(expression, date(2026, 11, 18))
    for eve, day in pairwise(days):
        for minute in range(0, 1440, 15):
            at = datetime.combine(day.date, datetime.min.time()) + timedelta(minutes=minute)
            state = availability(expression, at).state
            spans = [(s, minute) for s in day.spans] + [(s, minute + 1440) for s in eve.spans]
            inside = [s for s, m in spans if _minutes(s.start) <= m < _minutes(s.end)]
            open_ = any(not span.unknown for span in inside)
            assert (state == "open") == open_, at
            if not open_ and not (eve.unknown and is_holiday(eve.date)):
                assert (state == "unknown") == (day.unknown or bool(inside)), at
