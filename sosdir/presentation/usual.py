"""The hours of an ordinary week as people read them, without a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosdir.locales import SPEECH, Speech
from sosdir.schedules import Span, UsualDay, usual_week

# Beside the word 祝日 a note need not say it again.
_SHORTER = {"祝日は要確認": "要確認"}


@dataclass(frozen=True, slots=True)
class UsualHours:
    """Hold the hours of days that share them, such as 月・水・金 and 10:00〜16:00."""

    days: str
    hours: str


def usual_hours(hours: str | None, today: date, speech: Speech = SPEECH) -> tuple[UsualHours, ...]:
    """Return the hours of an ordinary week and of public holidays, none where none are known.

    Args:
        hours: an opening_hours expression, or None.
        today: the first day of the year that is looked at.
        speech: of the reader.

    Raises:
        HoursError: the expression cannot be read.
    """
    return tuple(
        UsualHours(_days(each, speech), _hours(each, speech)) for each in usual_week(hours, today)
    )


def _days(day: UsualDay, speech: Speech) -> str:
    if not day.weekdays:
        return speech.gettext("祝日")
    if len(day.weekdays) == 7:
        return speech.gettext("毎日")
    return speech.listed(speech.weekday(each) for each in day.weekdays)


def _hours(day: UsualDay, speech: Speech) -> str:
    if day.varies:
        return speech.gettext("日によってちがいます")
    spans = [_span(each, speech) for each in day.spans]
    whole = day.state_note == "24時間"
    note = [speech.gettext(_SHORTER.get(day.state_note, day.state_note))] if day.state_note else []
    return " ".join(note if whole else ["、".join(spans), *note]).strip()


def _span(span: Span, speech: Speech) -> str:
    told = f"{span.start}〜{span.end}"
    return speech.gettext("%(span)s(要確認)", span=told) if span.unknown else told
