"""The turn of the year: closed by the line's own words, on days that it does not name."""

from datetime import datetime

import pytest

from sosdir.models import State
from sosdir.schedules import TOKYO, answering_hours, availability, describe
from tests.cast import a_channel

WEEKDAYS = "Mo-Fr 10:00-16:00; PH off"


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T11:00").replace(tzinfo=TOKYO)


@pytest.mark.parametrize("day", ["2026-12-29", "2026-12-30", "2026-12-31"])
@pytest.mark.parametrize(
    ("hours_text", "note"),
    [("平日10時から16時(年末年始を除く)", None), ("平日", "年末年始も休み(日付の記載なし)")],
)
def test_a_line_that_closes_then_is_never_called_open(day, hours_text, note):
    channel = a_channel("minato-sos", hours=WEEKDAYS, hours_text=hours_text, note=note)
    found = availability(answering_hours(channel), on(day))
    assert found.state is State.UNKNOWN
    assert describe(found, on(day)) == "年末年始は要確認"


@pytest.mark.parametrize("day", ["2026-12-28", "2027-01-04"])
def test_it_answers_as_ever_before_and_after(day):
    channel = a_channel("minato-sos", hours=WEEKDAYS, hours_text="年末年始を除く")
    assert availability(answering_hours(channel), on(day)).state is State.OPEN


@pytest.mark.parametrize(
    ("hours", "hours_text"),
    [
        ("Mo-Fr 10:00-16:00; Dec 29-Jan 03 off", "年末年始(12月29日から1月3日)を除く"),
        ("Mo-Su 10:00-20:00", "土日や年末年始を含む毎日"),
        ("Mo-Su 10:00-20:00", "毎日"),
        (None, "年末年始を除く"),
    ],
)
def test_hours_stay_as_they_are_where_the_words_date_or_include_it(hours, hours_text):
    channel = a_channel("minato-sos", hours=hours, hours_text=hours_text)
    assert answering_hours(channel) == hours


def test_every_shipped_line_that_excepts_the_turn_of_the_year_is_unsure_or_closed_then(package):
    excepting = [
        channel
        for service in package.services
        for channel in service.channels
        if channel.hours and "年末年始" in f"{channel.hours_text}{channel.note}"
    ]
    assert len(excepting) > 15
    said = {c.id: availability(answering_hours(c), on("2026-12-31")).state for c in excepting}
    still_open = {key for key, state in said.items() if state is State.OPEN}
    assert {key.rsplit("-", 1)[0] for key in still_open} <= ANSWERING


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("24/7", "この時間に話せます・24時間"),
        ("Mo-Su 12:00-13:00; PH off", "時間外・この日12時から"),
        ("Su 12:00-13:00; PH off", "時間外・翌日12時から"),
    ],
)
def test_of_another_time_than_now_nothing_is_called_now_or_today(hours, words):
    saturday = on("2026-11-28")
    assert describe(availability(hours, saturday), saturday, present=False) == words


# Their own words: 年末年始を含む毎日; 365日受付, of which only the replies pause.
ANSWERING = {"life-hope-network-nagoya", "gunma-josei-kenko-ninshin-sos"}
