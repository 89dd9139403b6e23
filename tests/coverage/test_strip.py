"""Each hour of an ordinary week counts the lines that answer, and those that nobody can tell."""

from sosdir import evidence
from sosdir.coverage import SPANS, Cell, Line, line_of, strip_of
from sosdir.models import ChannelKind
from tests.cast import TODAY, a_channel, a_service

BY_KEY = {span.key: span for span in SPANS}
YEAR = TODAY.year


def a_line(*hours: str | None, kind: ChannelKind = ChannelKind.PHONE) -> Line:
    channels = tuple(
        a_channel("minato-sos", number, kind, hours=each) for number, each in enumerate(hours, 1)
    )
    return line_of(evidence.publish(a_service(channels=channels), TODAY))


def test_two_lines_at_one_hour_count_two() -> None:
    strip = strip_of([a_line("Mo 10:00-12:00"), a_line("Mo 11:00-13:00")], YEAR)
    assert [cell.open for cell in strip.rows[0][9:14]] == [0, 1, 2, 1, 0]


def test_two_phones_of_a_line_count_one() -> None:
    strip = strip_of([a_line("Mo 10:00-12:00", "Mo 10:00-12:00; PH off", "Tu 10:00-12:00")], YEAR)
    assert strip.rows[0][10].open == 1
    assert strip.answered(BY_KEY["week"]) == 4


def test_hours_that_nobody_tells_are_unknown_and_not_closed() -> None:
    strip = strip_of([a_line(None)], YEAR)
    assert strip.rows[3][12] == Cell(0, 1)
    assert (strip.answered(BY_KEY["night"]), strip.unsure(BY_KEY["night"])) == (0, 56)
    assert strip.silent == 1


def test_who_takes_messages_alone_is_at_no_hour() -> None:
    strip = strip_of([a_line("24/7", kind=ChannelKind.EMAIL)], YEAR)
    assert {cell for row in strip.rows for cell in row} == {Cell(0, 0)}


def test_night_is_from_22_to_6() -> None:
    assert strip_of([a_line("Mo-Su 22:00-06:00")], YEAR).answered(BY_KEY["night"]) == 56
    assert strip_of([a_line("Mo-Su 06:00-22:00")], YEAR).answered(BY_KEY["night"]) == 0


def test_a_holiday_has_a_row_of_its_own() -> None:
    strip = strip_of([a_line("Mo-Su,PH 10:00-12:00")], YEAR)
    assert strip.answered(BY_KEY["holiday"]) == 2
    assert strip_of([a_line("Mo-Su 10:00-12:00")], YEAR).unsure(BY_KEY["holiday"]) == 24


def test_each_span_is_as_long_as_it_says() -> None:
    assert {key: span.length for key, span in BY_KEY.items()} == {
        "week": 168, "day": 40, "night": 56, "weekend": 48, "holiday": 24,
    }  # fmt: skip
