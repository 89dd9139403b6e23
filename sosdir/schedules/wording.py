"""Say in plain Japanese when a line answers."""

from datetime import datetime, timedelta
from typing import Final

from sosdir.models import State
from sosdir.schedules.availability import Availability, in_tokyo
from sosdir.schedules.days import UnknownBecause
from sosdir.schedules.week import WEEKDAYS
from sosdir.schedules.year_end import FIRST, LAST

# What is said of now, and how it is said of another day.
_OF_THAT_DAY: Final = (("いま", "この時間に"), ("きょう", "この日"), ("あす", "翌日"))


def describe(availability: Availability, at: datetime, *, present: bool = True) -> str:
    """Say in a few words whether someone answers now, and until or from when.

    Args:
        availability: the state at that instant.
        at: the same instant; without a zone it is meant in Asia/Tokyo.
        present: whether that instant is now; another is never called いま.

    Raises:
        InputError: the instant lies outside the years 2000 to 2099.
    """
    words = _describe(availability, in_tokyo(at))
    if present:
        return words
    for of_today, of_that_day in _OF_THAT_DAY:
        words = words.replace(of_today, of_that_day)
    return words


def _describe(availability: Availability, now: datetime) -> str:
    match availability.state:
        case State.OPEN:
            return f"いま話せます・{_until(availability.next_change, now)}"
        case State.MESSAGES if availability.unknown_because is UnknownBecause.HOLIDAY:
            return "メッセージを送れます・電話などは祝日のため要確認"
        case State.MESSAGES:
            return _messages(availability.opens_at, now)
        case State.UNKNOWN:
            return _unknown(availability.unknown_because, now)
        case State.CLOSED:
            return _closed(availability.opens_at, now)


def _unknown(because: UnknownBecause | None, now: datetime) -> str:
    if because is UnknownBecause.HOLIDAY:
        return "祝日は要確認"
    at_year_end = (now.month, now.day) >= FIRST or (now.month, now.day) <= LAST
    if because is UnknownBecause.STATED and at_year_end:
        return "年末年始は要確認"
    return "受付時間は要確認"


def _messages(opens_at: datetime | None, now: datetime) -> str:
    if opens_at is None:
        return "メッセージを送れます"
    return f"メッセージを送れます・話せるのは{_from(opens_at, now)}"


def _closed(opens_at: datetime | None, now: datetime) -> str:
    return "時間外" if opens_at is None else f"時間外・{_from(opens_at, now)}"


def _from(moment: datetime, now: datetime) -> str:
    return f"{_day(moment, now, today='きょう')}{_hour(moment.hour, moment.minute)}から"


def _until(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "24時間"
    if moment.hour == moment.minute == 0:
        return f"{_day(moment - timedelta(days=1), now, today='')}24時まで"
    hour = _hour(moment.hour, moment.minute)
    if _days_between(now, moment) == 1 and moment.hour < 12:
        return f"翌{hour}まで"
    return f"{_day(moment, now, today='')}{hour}まで"


def _day(moment: datetime, now: datetime, today: str) -> str:
    days = _days_between(now, moment)
    if days < 2:
        return "あす" if days else today
    if days < 7:
        return f"{WEEKDAYS[moment.weekday()]}曜日"
    return f"{moment.month}月{moment.day}日"


def _days_between(now: datetime, moment: datetime) -> int:
    return (moment.date() - now.date()).days


def _hour(hour: int, minute: int) -> str:
    return f"{hour}時{minute}分" if minute else f"{hour}時"
