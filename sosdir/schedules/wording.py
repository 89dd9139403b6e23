"""Say in plain words when a line answers."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sosdir.locales import SPEECH, Speech, mark
from sosdir.models import State
from sosdir.schedules.availability import Availability, in_tokyo
from sosdir.schedules.days import UnknownBecause
from sosdir.schedules.year_end import FIRST, LAST


class _Asked(NamedTuple):
    """The instant asked about, whether it is now, and the reader's language."""

    at: datetime
    present: bool
    speech: Speech


def describe(
    availability: Availability, at: datetime, *, present: bool = True, speech: Speech = SPEECH
) -> str:
    """Say in a few words whether someone answers now, and until or from when.

    Args:
        availability: the state at that instant.
        at: the same instant; without a zone it is meant in Asia/Tokyo.
        present: whether that instant is now; another is never called いま.
        speech: of the reader.

    Raises:
        InputError: the instant lies outside the years 2000 to 2099.
    """
    asked = _Asked(in_tokyo(at), present, speech)
    match availability.state:
        case State.OPEN:
            return _open(availability.next_change, asked)
        case State.MESSAGES if availability.unknown_because is UnknownBecause.HOLIDAY:
            return speech.gettext("メッセージを送れます・電話などは祝日のため要確認")
        case State.MESSAGES:
            return _messages(availability.opens_at, asked)
        case State.UNKNOWN:
            return _unknown(availability.unknown_because, asked)
        case State.CLOSED:
            return _closed(availability.opens_at, asked)


def _open(until: datetime | None, asked: _Asked) -> str:
    speech, when = asked.speech, _until(until, asked)
    if asked.present:
        return speech.gettext("いま話せます・%(until)s", until=when)
    return speech.gettext("この時間に話せます・%(until)s", until=when)


def _unknown(because: UnknownBecause | None, asked: _Asked) -> str:
    speech, day = asked.speech, (asked.at.month, asked.at.day)
    if because is UnknownBecause.HOLIDAY:
        return speech.gettext("祝日は要確認")
    if because is UnknownBecause.STATED and (day >= FIRST or day <= LAST):
        return speech.gettext("年末年始は要確認")
    return speech.gettext("受付時間は要確認")


def _messages(opens_at: datetime | None, asked: _Asked) -> str:
    speech = asked.speech
    if opens_at is None:
        return speech.gettext("メッセージを送れます")
    when = _from(opens_at, asked)
    return speech.gettext("メッセージを送れます・話せるのは%(from)s", **{"from": when})


def _closed(opens_at: datetime | None, asked: _Asked) -> str:
    speech = asked.speech
    if opens_at is None:
        return speech.gettext("時間外")
    return speech.gettext("時間外・%(from)s", **{"from": _from(opens_at, asked)})


def _from(moment: datetime, asked: _Asked) -> str:
    speech, days = asked.speech, _days_between(asked.at, moment)
    hour = speech.hour(moment.hour, moment.minute)
    if days == 0:
        text = mark("きょう%(hour)sから") if asked.present else mark("この日%(hour)sから")
        return speech.gettext(text, hour=hour)
    if days == 1:
        text = mark("あす%(hour)sから") if asked.present else mark("翌日%(hour)sから")
        return speech.gettext(text, hour=hour)
    day = _day(moment.date(), days, speech)
    return speech.gettext("%(day)s%(hour)sから", day=day, hour=hour)


def _until(moment: datetime | None, asked: _Asked) -> str:
    speech = asked.speech
    if moment is None:
        return speech.gettext("24時間")
    days, hour = _days_between(asked.at, moment), speech.hour(moment.hour, moment.minute)
    if moment.hour == moment.minute == 0:
        # The end of a day, not the beginning of the next.
        moment, days, hour = moment - timedelta(days=1), days - 1, speech.hour(24)
    if days == 0:
        return speech.gettext("%(hour)sまで", hour=hour)
    if days == 1 and moment.hour < 12 and hour != speech.hour(24):
        return speech.gettext("翌%(hour)sまで", hour=hour)
    if days == 1:
        text = mark("あす%(hour)sまで") if asked.present else mark("翌日%(hour)sまで")
        return speech.gettext(text, hour=hour)
    day = _day(moment.date(), days, speech)
    return speech.gettext("%(day)s%(hour)sまで", day=day, hour=hour)


def _day(day: date, days: int, speech: Speech) -> str:
    """Return a day that lies at least two days ahead."""
    return speech.weekday(day.weekday(), whole=True) if days < 7 else speech.month_and_day(day)


def _days_between(now: datetime, moment: datetime) -> int:
    return (moment.date() - now.date()).days
