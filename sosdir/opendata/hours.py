"""Say the hours of a service in the municipal columns, where they can be said for sure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sosdir.locales import SPEECH
from sosdir.models import Service
from sosdir.schedules import is_live, phrase
from sosdir.spreadsheets import weekdays
from sosdir.vocabulary import CHANNEL_LABELS

_ORDER = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEKDAYS = "月火水木金土日"
_SIMPLE = re.compile(
    r"(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*)"
    r" (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)(?P<off>; PH off)?"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Hold the three columns of days and times, all empty where one line cannot say them."""

    days: str = ""
    start: str = ""
    end: str = ""


def times(service: Service) -> Times:
    """Return days, start and end, if all channels that someone answers share such hours.

    Args:
        service: as published.
    """
    hours = {each.hours for each in service.channels if is_live(each.kind, each.hours)}
    if len(hours) != 1:
        return Times()
    (only,) = hours
    found = _SIMPLE.fullmatch(only or "")
    if only is None or found is None:
        return Times()
    told = Times(_days(found["days"]), found["start"], found["end"])
    remarks = "祝日を除く" if found["off"] else ""
    # Only what our own import reads back as the same is said.
    again = weekdays.opening_hours(told.days, told.start, told.end, remarks)
    return told if again == only else Times()


def words(service: Service) -> str:
    """Return the hours of each channel in the operator's words, else in ours.

    Args:
        service: as published.
    """
    told: dict[str, list[str]] = {}
    for each in service.channels:
        text = each.hours_text or (_phrase(each.hours))
        if text:
            told.setdefault(text, []).append(CHANNEL_LABELS[each.kind])
    return " / ".join(f"{'・'.join(dict.fromkeys(kinds))}:{text}" for text, kinds in told.items())


def _phrase(expression: str | None) -> str | None:
    if expression is None:
        return None
    return phrase(expression, SPEECH) or expression


def _days(text: str) -> str:
    return "".join(_run(part) for part in text.split(","))


def _run(part: str) -> str:
    first, _, last = part.partition("-")
    if first not in _ORDER or (last or first) not in _ORDER:
        return ""
    return _WEEKDAYS[_ORDER.index(first) : _ORDER.index(last or first) + 1]
