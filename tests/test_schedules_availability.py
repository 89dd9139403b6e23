"""The state at an instant and the next change, for one expression, a channel and a service."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from sosdir.errors import HoursError, InputError
from sosdir.models import ChannelKind, State
from sosdir.schedules import (
    TOKYO,
    Availability,
    UnknownBecause,
    availability,
    channel_availability,
    describe,
    is_holiday,
    is_live,
    normalise,
    service_availability,
    service_state,
)

# 2026-11-23 is a Monday and 勤労感謝の日; 2026-09-21 to 23 are 敬老の日, 国民の休日, 秋分の日.
GOLDEN = """
Mo-Fr 08:30-17:15                   | 2026-11-24T08:29:59 | closed  | 2026-11-24T08:30
Mo-Fr 08:30-17:15                   | 2026-11-24T08:30    | open    | 2026-11-24T17:15
Mo-Fr 08:30-17:15                   | 2026-11-24T17:14:59 | open    | 2026-11-24T17:15
Mo-Fr 08:30-17:15                   | 2026-11-24T17:15    | closed  | 2026-11-25T08:30
Mo-Fr 08:30-17:15                   | 2026-11-27T20:00    | closed  | 2026-11-30T08:30
Mo-Fr 08:30-17:15                   | 2026-11-21T12:00    | closed  | 2026-11-23T00:00
Mo-Fr 08:30-17:15                   | 2026-11-23T12:00    | unknown | 2026-11-24T00:00
Mo-Fr 08:30-17:15                   | 2026-09-22T12:00    | unknown | 2026-09-24T00:00
Mo-Fr 08:30-17:15                   | 2025-11-23T12:00    | unknown | 2025-11-25T00:00
Mo-Fr 08:30-17:15; PH off           | 2026-11-23T12:00    | closed  | 2026-11-24T08:30
Mo-Fr 08:30-17:15; PH off           | 2026-11-20T18:00    | closed  | 2026-11-24T08:30
Mo-Fr 08:30-17:15; PH off           | 2026-09-18T18:00    | closed  | 2026-09-24T08:30
Mo-Fr 08:30-17:15; PH off           | 2026-05-06T12:00    | closed  | 2026-05-07T08:30
Mo-Fr 09:00-17:00; PH,Su off        | 2026-11-23T12:00    | closed  | 2026-11-24T09:00
Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00 | 2026-11-23T10:00 | closed | 2026-11-23T13:00
Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00 | 2026-11-23T13:00 | open   | 2026-11-23T21:00
Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00 | 2026-11-24T10:00 | open   | 2026-11-24T21:00
Mo-Fr,PH 10:00-12:00                | 2026-11-22T10:30    | closed  | 2026-11-23T10:00
Mo-Fr,PH 10:00-12:00                | 2025-11-23T10:30    | open    | 2025-11-23T12:00
24/7                                | 2026-11-23T03:00    | open    | -
24/7 "要予約"                       | 2026-11-23T03:00    | open    | -
24/7; PH off                        | 2026-11-22T03:00    | open    | 2026-11-23T00:00
24/7; Jan 01 off                    | 2026-12-31T23:00    | open    | 2027-01-01T00:00
24/7; 2030 Jan 01 off               | 2026-11-23T03:00    | open    | -
Mo-Su 00:00-24:00                   | 2026-11-22T03:00    | open    | 2026-11-23T00:00
Mo-Su 18:00-24:00                   | 2026-11-24T23:59    | open    | 2026-11-25T00:00
Mo-Fr 22:00-02:00                   | 2026-11-24T23:00    | open    | 2026-11-25T02:00
Mo-Fr 22:00-26:00                   | 2026-11-28T01:00    | open    | 2026-11-28T02:00
Mo-Fr 22:00-02:00                   | 2026-11-30T01:00    | closed  | 2026-11-30T22:00
Mo-Su 22:00-02:00                   | 2026-11-23T01:00    | open    | 2026-11-23T02:00
Mo-Su 22:00-02:00                   | 2026-11-23T23:00    | unknown | 2026-11-24T02:00
Mo-Su 22:00-02:00                   | 2026-11-24T03:00    | closed  | 2026-11-24T22:00
Mo-Su 22:00-02:00; PH off           | 2026-11-23T01:00    | open    | 2026-11-23T02:00
Mo-Su 22:00-02:00; PH off           | 2026-11-24T01:00    | closed  | 2026-11-24T22:00
Mo-Su 22:00-02:00; We 00:00-01:00 off | 2026-11-25T00:30  | closed  | 2026-11-25T01:00
Mo-Fr 09:00-12:00,13:00-16:00       | 2026-11-24T12:30    | closed  | 2026-11-24T13:00
Mo-Fr 09:00-16:00; Mo-Fr 12:00-13:00 off | 2026-11-24T12:30 | closed | 2026-11-24T13:00
Mo-Fr 09:00-12:00,12:00-16:00       | 2026-11-24T10:00    | open    | 2026-11-24T16:00
Mo-Fr 09:00-16:00; Tu 10:00-12:00   | 2026-11-24T13:00    | closed  | 2026-11-25T09:00
Mo-Fr 09:00-12:00, Tu 14:00-16:00   | 2026-11-24T13:00    | closed  | 2026-11-24T14:00
Sa[2,4] 13:00-16:00                 | 2026-11-14T14:00    | open    | 2026-11-14T16:00
Sa[2,4] 13:00-16:00                 | 2026-11-21T14:00    | closed  | 2026-11-23T00:00
Sa[2,4] 13:00-16:00; PH off         | 2026-11-21T14:00    | closed  | 2026-11-28T13:00
Sa[-1] 13:00-16:00                  | 2026-11-28T14:00    | open    | 2026-11-28T16:00
Mo-Su 10:00-22:00; Jan 01 off       | 2027-01-01T12:00    | closed  | 2027-01-02T10:00
Mo-Su 10:00-22:00; Dec 29-Jan 03 off | 2026-12-28T23:00   | closed  | 2027-01-04T10:00
Mo-Su 10:00-22:00; Dec 29-Jan 03 off | 2027-01-01T12:00   | closed  | 2027-01-04T10:00
Su-Th 10:00-18:00; PH off; Aug 13-15 off | 2026-08-12T19:00 | closed | 2026-08-16T10:00
Mo-Su 10:00-12:00; Jan 01-03 14:00-16:00 | 2027-01-01T14:30 | open  | 2027-01-01T16:00
2026 Nov 23 10:00-12:00             | 2026-11-23T09:00    | closed  | 2026-11-23T10:00
Apr 01-Sep 30 10:00-16:00           | 2026-05-05T12:00    | unknown | 2026-05-07T00:00
Apr-Sep 10:00-16:00; PH off         | 2026-09-30T18:00    | closed  | 2027-04-01T10:00
2026 Mo-Fr 10:00-16:00; PH off      | 2026-12-31T18:00    | closed  | -
week 48 Mo-Fr 10:00-16:00; PH off   | 2026-11-20T12:00    | closed  | 2026-11-24T10:00
off                                 | 2026-11-23T12:00    | closed  | -
Mo-Fr 10:00-16:00; off              | 2026-11-24T12:00    | closed  | -
Mo-Fr                               | 2026-11-24T12:00    | unknown | 2026-11-28T00:00
Mo-Fr open                          | 2026-11-24T12:00    | unknown | 2026-11-28T00:00
Mo-Fr "要予約"                      | 2026-11-24T12:00    | unknown | 2026-11-28T00:00
"by appointment"                    | 2026-11-24T12:00    | unknown | -
open                                | 2026-11-24T12:00    | unknown | -
unknown                             | 2026-11-23T12:00    | unknown | -
10:00+                              | 2026-11-24T12:00    | unknown | -
Mo-Fr 10:00+                        | 2026-11-24T12:00    | unknown | 2026-11-28T00:00
Tu 10:00-12:00+; PH off             | 2026-11-24T11:00    | unknown | 2026-11-25T00:00
Mo-Fr 10:00-16:00 "要予約"          | 2026-11-24T12:00    | open    | 2026-11-24T16:00
Mo-Fr 10:00-16:00 unknown           | 2026-11-24T12:00    | unknown | 2026-11-24T16:00
Mo-Fr 10:00-16:00; PH "要確認"      | 2026-11-23T12:00    | unknown | 2026-11-24T00:00
Mo-Fr 10:00-16:00; PH +1 day off    | 2026-11-24T12:00    | closed  | 2026-11-25T10:00
Mo-Fr 10:00-16:00; PH -1 day off; PH off | 2026-11-22T12:00 | closed | 2026-11-24T10:00
Mo-Fr 10:00-16:00; Jan PH off       | 2026-11-23T12:00    | unknown | 2026-11-24T00:00
Mo-Fr 09:00-16:00, PH off           | 2026-11-23T10:00    | closed  | 2026-11-24T09:00
PH off, Mo-Fr 10:00-16:00           | 2026-11-23T12:00    | unknown | 2026-11-24T00:00
PH off; Mo-Fr 10:00-16:00           | 2026-11-23T12:00    | unknown | 2026-11-24T00:00
Mo-Fr 09:00-16:00, PH 10:00-12:00   | 2026-11-23T10:30    | open    | 2026-11-23T12:00
Mo-Fr 09:00-16:00, PH 10:00-12:00   | 2026-11-23T13:00    | unknown | 2026-11-24T00:00
Mo-Fr 09:00-16:00; 12:00-13:00 off  | 2026-11-23T12:30    | unknown | 2026-11-24T00:00
12:00-13:00 off                     | 2026-11-23T12:30    | unknown | 2026-11-24T00:00
Tu 09:00-12:00 || "電話で確認"      | 2026-11-24T10:00    | open    | 2026-11-24T12:00
Tu 09:00-12:00 || "電話で確認"      | 2026-11-24T13:00    | unknown | 2026-12-01T09:00
Tu 09:00-12:00; PH off || "電話で確認" | 2026-11-23T10:00 | closed  | 2026-11-24T00:00
Tu off || 10:00-12:00               | 2026-11-24T10:30    | closed  | 2026-11-25T10:00
"""


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for row in GOLDEN.strip().splitlines():
        expression, at, state, change = (cell.strip() for cell in row.rsplit("|", 3))
        yield expression, at, state, change


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _tokyo(text: str) -> datetime | None:
    return None if text == "-" else _at(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(("expression", "at", "state", "change"), list(_rows()))
def test_the_state_and_the_next_change_are_as_a_person_reads_them(
    expression: str, at: str, state: str, change: str
) -> None:
    assert normalise(expression) == expression
    found = availability(expression, _at(at))
    assert found.state == state
    assert found.next_change == _tokyo(change)


@pytest.mark.parametrize(
    ("expression", "at", "because"),
    [
        (None, "2026-11-24T12:00", UnknownBecause.NO_HOURS),
        ("　", "2026-11-24T12:00", UnknownBecause.NO_HOURS),
        ("Mo-Fr", "2026-11-24T12:00", UnknownBecause.DAYS_WITHOUT_TIMES),
        ("10:00+", "2026-11-24T12:00", UnknownBecause.OPEN_END),
        ('"要予約"', "2026-11-24T12:00", UnknownBecause.COMMENT_ONLY),
        ("unknown", "2026-11-24T12:00", UnknownBecause.STATED),
        ("Mo-Fr 10:00-16:00", "2026-11-23T12:00", UnknownBecause.HOLIDAY),
        ("Mo-Fr 10:00-16:00; PH unknown", "2026-11-23T12:00", UnknownBecause.HOLIDAY),
        ("Mo-Fr 10:00-16:00", "2026-11-24T12:00", None),
        ("Mo-Fr 10:00-16:00", "2026-11-24T18:00", None),
    ],
)
def test_an_unknown_state_tells_why(
    expression: str | None, at: str, because: UnknownBecause | None
) -> None:
    assert availability(expression, _at(at)).unknown_because == because


@pytest.mark.parametrize(
    ("expression", "at", "opens"),
    [
        ("Mo-Fr 10:00-16:00", "2026-11-24T12:00", "-"),
        ("Mo-Fr 10:00-16:00", "2026-11-24T18:00", "2026-11-25T10:00"),
        ("Mo-Fr 10:00-16:00", "2026-11-21T12:00", "2026-11-24T10:00"),
        ("Mo-Fr", "2026-11-24T18:00", "-"),
        ("2020 Mo 10:00-16:00", "2026-11-24T18:00", "-"),
        ("2027 Nov 25 10:00-16:00", "2026-11-24T18:00", "2027-11-25T10:00"),
        ("2027 Nov 26 10:00-16:00", "2026-11-24T18:00", "-"),
    ],
)
def test_it_tells_when_it_next_opens_within_366_days(expression: str, at: str, opens: str) -> None:
    assert availability(expression, _at(at)).opens_at == _tokyo(opens)


def test_an_expression_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(HoursError):
        availability("平日10時から", _at("2026-11-24T12:00"))


@pytest.mark.parametrize(
    "at",
    [
        datetime.min,
        datetime.max,
        datetime.max.replace(tzinfo=UTC),
        datetime(1999, 12, 31, 14, 59, tzinfo=UTC),
        datetime(2099, 12, 31, 15, tzinfo=UTC),
    ],
)
def test_an_instant_whose_holidays_nobody_knows_is_refused(at: datetime) -> None:
    with pytest.raises(InputError, match="2000年から2099年まで"):
        availability("24/7", at)
    with pytest.raises(InputError):
        channel_availability(ChannelKind.EMAIL, None, at)
    with pytest.raises(InputError):
        service_availability([], at)


def test_the_last_instant_of_the_calendar_is_answered() -> None:
    assert availability("Mo 10:00-12:00; PH off", _at("2099-12-31T23:59")).state == "closed"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_zone_of_the_server_does_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        # Expressions no other test asks for, so that nothing is answered from a cache.
        found = availability(f'Tu 08:07-16:11 "{zone}"', _at("2026-11-24T08:07"))
        assert found.state is State.OPEN
        assert found.next_change == _tokyo("2026-11-24T16:11")
    finally:
        if before is None:
            monkeypatch.delenv("TZ")
        else:
            monkeypatch.setenv("TZ", before)
        time.tzset()


@pytest.mark.parametrize(
    ("kind", "hours", "live"),
    [
        (ChannelKind.PHONE, None, True),
        (ChannelKind.CHAT, None, True),
        (ChannelKind.IN_PERSON, None, True),
        (ChannelKind.LINE, "24/7", True),
        (ChannelKind.LINE, None, False),
        (ChannelKind.LINE, " ", False),
        (ChannelKind.EMAIL, "24/7", False),
        (ChannelKind.SMS, None, False),
        (ChannelKind.X, None, False),
        (ChannelKind.CHATBOT, None, False),
        (ChannelKind.WEB_FORM, None, False),
    ],
)
def test_a_person_answers_on_live_channels_only(
    kind: ChannelKind, hours: str | None, live: bool
) -> None:
    assert is_live(kind, hours) is live
    found = channel_availability(kind, hours, _at("2026-11-24T12:00"))
    assert (found.state is State.MESSAGES) is not live
    assert (found.next_change, found.opens_at) == (None, None)


def test_a_fax_never_decides_whether_a_service_answers() -> None:
    at = _at("2026-11-24T12:00")
    fax, phone = (ChannelKind.FAX, None), (ChannelKind.PHONE, "Mo 10:00-11:00; PH off")
    assert channel_availability(*fax, at).state is State.UNKNOWN
    assert service_availability([fax, phone], at).state is State.CLOSED
    assert service_availability([fax], at).state is State.UNKNOWN


def test_on_a_holiday_that_the_phone_does_not_mention_nobody_says_when_one_can_talk() -> None:
    labour_day = _at("2026-11-23T11:00")
    channels = [(ChannelKind.EMAIL, None), (ChannelKind.PHONE, "Mo-Su 10:00-22:00")]
    found = service_availability(channels, labour_day)
    assert (found.state, found.opens_at) == (State.MESSAGES, None)
    words = describe(found, labour_day)
    assert words == "メッセージを送れます・電話などは祝日のため要確認"


PHONE, EMAIL, LINE = ChannelKind.PHONE, ChannelKind.EMAIL, ChannelKind.LINE


@pytest.mark.parametrize(
    ("channels", "at", "state", "change", "opens"),
    [
        ([], "2026-11-24T10:00", "unknown", "-", "-"),
        ([(EMAIL, None)], "2026-11-24T10:00", "messages", "-", "-"),
        (
            [(PHONE, "Tu 09:00-12:00"), (PHONE, "Tu 12:00-17:00")],
            "2026-11-24T10:00", "open", "2026-11-24T17:00", "-",
        ),
        (
            [(PHONE, "Tu 09:00-12:00"), (LINE, "Tu 11:00-17:00"), (EMAIL, None)],
            "2026-11-24T10:00", "open", "2026-11-24T17:00", "-",
        ),
        (
            [(PHONE, "Tu 09:00-12:00"), (PHONE, "Tu 12:30-17:00")],
            "2026-11-24T10:00", "open", "2026-11-24T12:00", "-",
        ),
        (
            [(PHONE, "Mo-Fr 10:00-16:00; PH off"), (EMAIL, None)],
            "2026-11-20T18:00", "messages", "2026-11-24T10:00", "2026-11-24T10:00",
        ),
        ([(PHONE, "24/7"), (PHONE, "Tu 10:00-12:00")], "2026-11-24T10:00", "open", "-", "-"),
        (
            [(PHONE, None), (PHONE, "We 10:00-12:00")],
            "2026-11-24T10:00", "unknown", "2026-11-25T10:00", "2026-11-25T10:00",
        ),
        ([(PHONE, None), (PHONE, "off")], "2026-11-24T10:00", "unknown", "-", "-"),
        (
            [(PHONE, "Tu"), (PHONE, "We"), (PHONE, "Fr 10:00-12:00")],
            "2026-11-24T10:00", "unknown", "2026-11-26T00:00", "2026-11-27T10:00",
        ),
        (
            [(PHONE, "Tu"), (PHONE, "We,Th 10:00-12:00")],
            "2026-11-24T10:00", "unknown", "2026-11-25T00:00", "2026-11-25T10:00",
        ),
        (
            [(PHONE, "Th 10:00-12:00"), (PHONE, "We")],
            "2026-11-24T10:00", "closed", "2026-11-25T00:00", "2026-11-26T10:00",
        ),
        ([(PHONE, "off")], "2026-11-24T10:00", "closed", "-", "-"),
        # Two halves of a day that hand over to each other for more than 366 days.
        (
            [(PHONE, "Mo-Su,PH 00:00-12:00"), (PHONE, "Mo-Su,PH 12:00-24:00")],
            "2026-11-24T10:00", "open", "-", "-",
        ),
    ],
)  # fmt: skip
def test_a_service_is_as_good_as_its_best_channel(
    channels: list[tuple[ChannelKind, str | None]], at: str, state: str, change: str, opens: str
) -> None:
    found = service_availability(channels, _at(at))
    assert found.state == state
    assert found.next_change == _tokyo(change)
    assert found.opens_at == _tokyo(opens)


def test_threads_that_ask_at_once_get_one_answer() -> None:
    instants = [datetime(2031, 4, 1) + timedelta(hours=n) for n in range(240)]

    def ask(_: int) -> list[Availability]:
        return [availability("Mo-Fr 09:09-16:16; PH off", at) for at in instants]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer == answers[0] for answer in answers)


# --- properties ------------------------------------------------------------------------------

_DAY_WORDS = st.sampled_from(
    [
        "Mo-Fr",
        "Mo-Su",
        "Sa,Su",
        "Tu",
        "Mo,We,Fr",
        "Su-Th",
        "Sa[2,4]",
        "Su[-1]",
        "Apr-Sep",
        "week 48",
    ]
)
_QUARTERS = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
_SPANS = st.tuples(_QUARTERS, _QUARTERS).filter(lambda pair: pair[0] != pair[1]).map("-".join)
_HOURS = st.lists(_SPANS, min_size=1, max_size=2).map(",".join)
_OPENINGS = st.builds("{} {}".format, _DAY_WORDS, _HOURS)
_OTHERS = st.sampled_from(
    (
        "PH off",
        "PH 10:00-12:00",
        "Tu off",
        "Dec 29-Jan 03 off",
        "Jan 01 off",
        "We",
        "Th 10:00+",
        "Fr 12:00-13:00 off",
        "Mo 10:00-16:00 unknown",
    )
)
EXPRESSIONS = st.lists(_OPENINGS | _OTHERS, min_size=1, max_size=3).map("; ".join)
INSTANTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 31))


@settings(deadline=None)  # a busy machine is no fault
@given(EXPRESSIONS, INSTANTS, st.floats(0, 0.999))
def test_the_state_lasts_until_the_next_change_and_not_longer(
    expression: str, at: datetime, part: float
) -> None:
    found = availability(expression, at)
    assume(found.next_change is not None)
    assert found.next_change is not None
    assert found.next_change > at.replace(tzinfo=TOKYO)
    between = at.replace(tzinfo=TOKYO) + (found.next_change - at.replace(tzinfo=TOKYO)) * part
    assert availability(expression, between).state is found.state
    assert availability(expression, found.next_change).state is not found.state


@settings(deadline=None)  # a busy machine is no fault
@given(EXPRESSIONS, INSTANTS)
def test_it_is_open_when_it_is_said_to_open_and_not_before(expression: str, at: datetime) -> None:
    found = availability(expression, at)
    assume(found.opens_at is not None)
    assert found.opens_at is not None
    assert availability(expression, found.opens_at).state is State.OPEN
    just_before = found.opens_at - timedelta(minutes=1)
    assert availability(expression, just_before).state is not State.OPEN


@settings(deadline=None)  # a busy machine is no fault
@given(EXPRESSIONS, INSTANTS, st.integers(-12, 14))
def test_an_instant_is_the_same_in_every_zone(expression: str, at: datetime, hours: int) -> None:
    aware = at.replace(tzinfo=TOKYO)
    elsewhere = aware.astimezone(timezone(timedelta(hours=hours)))
    found = availability(expression, at)
    assert availability(expression, aware) == found
    assert availability(expression, elsewhere) == found


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(_OPENINGS, min_size=1, max_size=3).map("; ".join), INSTANTS)
def test_closing_on_holidays_changes_no_other_day(expression: str, at: datetime) -> None:
    eve = at.date() - timedelta(days=1)
    assume(not is_holiday(at.date()))
    assume(not is_holiday(eve))  # what began on a holiday runs into this day
    plain = availability(expression, at).state
    assert availability(f"{expression}; PH off", at).state is plain


@settings(deadline=None)  # a busy machine is no fault
@given(EXPRESSIONS, INSTANTS)
def test_a_rule_for_weekdays_never_opens_a_holiday(expression: str, at: datetime) -> None:
    holiday = datetime.combine(date(2026, 11, 23), at.time())
    eve_closed = f"{expression}; Nov 22 off"
    assume("PH" not in expression)
    assert availability(eve_closed, holiday).state is State.UNKNOWN


_SAME_DAY = _SPANS.filter(lambda span: span[:5] < span[6:])
_PLAIN = st.builds("{} {}".format, _DAY_WORDS, _SAME_DAY)
_ADDED = st.lists(_PLAIN, min_size=1, max_size=2).map(", ".join)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(_ADDED, min_size=1, max_size=2).map("; ".join), INSTANTS)
def test_plain_days_agree_with_the_parser_itself(expression: str, at: datetime) -> None:
    assume(not is_holiday(at.date()))
    parser = OpeningHours(expression, auto_country=False, auto_timezone=False)
    assert (availability(expression, at).state is State.OPEN) is parser.is_open(at)


_CHANNELS = st.tuples(st.sampled_from(ChannelKind), st.none() | EXPRESSIONS | st.just("24/7"))


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(_CHANNELS, min_size=1, max_size=4), INSTANTS)
def test_a_service_is_never_worse_than_a_channel_and_changes_when_it_says(
    channels: list[tuple[ChannelKind, str | None]], at: datetime
) -> None:
    rank = list(State).index
    found = service_availability(channels, at)
    deciding = [pair for pair in channels if pair[0] is not ChannelKind.FAX]
    states = [channel_availability(kind, hours, at).state for kind, hours in deciding]
    assert rank(found.state) == min(map(rank, states), default=rank(State.UNKNOWN))
    assert service_state(channels, at) is found.state
    if found.next_change is not None:
        assert service_availability(channels, found.next_change).state is not found.state
        minute_before = found.next_change - timedelta(minutes=1)
        middle = at.replace(tzinfo=TOKYO) + (found.next_change - at.replace(tzinfo=TOKYO)) / 2
        for between in (minute_before, middle):
            if between >= at.replace(tzinfo=TOKYO):
                assert service_availability(channels, between).state is found.state


@settings(deadline=None)  # a busy machine is no fault
@given(EXPRESSIONS)
def test_a_day_has_no_gap_between_its_changes(expression: str) -> None:
    """Walk from change to change through a fortnight: instants only go forward."""
    moments = [datetime(2026, 11, 16, tzinfo=TOKYO)]
    while moments[-1] < datetime(2026, 11, 30, tzinfo=TOKYO):
        following = availability(expression, moments[-1]).next_change
        if following is None:
            break
        moments.append(following)
    assert all(earlier < later for earlier, later in pairwise(moments))
