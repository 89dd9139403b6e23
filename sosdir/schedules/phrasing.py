"""Say an expression of hours in words, for readers who cannot read the operator's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sosdir.locales import Speech
from sosdir.models import State
from sosdir.schedules.rules import MINUTES_A_DAY, Operator, Rule, Times, read, split

_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_NTH: Final = re.compile(r"(\w\w)\[([\d,]+)\]")
_PART: Final = re.compile(r"\w\w\[[^\]]*\]|\w\w(?:-\w\w)?")
_DATES: Final = re.compile(r"([A-Z][a-z]{2}) ?(\d\d?)(?:-(?:([A-Z][a-z]{2}) )?(\d\d?))?")
# Any leap year: a month and a day need one to be written by.
_SOME_YEAR: Final = 2024


def phrase(expression: str, speech: Speech) -> str | None:
    """Say an expression, such as "Mon–Fri 10:00–16:00, closed on public holidays".

    Args:
        expression: of opening_hours, in its normal form.
        speech: of the reader.

    Returns:
        The words, or None where the expression says more than they could.
    """
    rules = [(operator, read(operator, text)) for operator, _, text in split(expression)]
    said = [_rule(rule, speech) for operator, rule in rules if operator is not Operator.FALLS_BACK]
    told = [each for each in said if each is not None]
    if len(told) < len(rules):
        return None
    return ("、" if speech.locale.is_japanese else "; ").join(told)


def _rule(rule: Rule | None, speech: Speech) -> str | None:
    if rule is None or rule.comment or rule.kind is State.UNKNOWN:
        return None
    if rule.is_always:
        return speech.gettext("24時間")
    days = _days(rule, speech)
    if days is None or any(each.open_end for each in rule.times):
        return None
    times = speech.listed(_times(each, speech) for each in rule.times)
    if rule.kind is State.CLOSED:
        return _closed(days, times, speech)
    return f"{days} {times}".strip() if times else None


def _closed(days: str, times: str, speech: Speech) -> str | None:
    when = f"{days} {times}".strip()
    return speech.gettext("%(when)sは休み", when=when) if when else None


def _days(rule: Rule, speech: Speech) -> str | None:
    """Return the days a rule speaks of, empty for all, None where they cannot be said."""
    wide = _wide(rule.wide, speech)
    if wide is None or any(rule.holidays):
        return None
    named = [_weekday(part, speech) for part in _PART.findall(rule.weekdays)]
    if rule.holidays:
        named.append(speech.gettext("祝日"))
    if rule.weekdays == "Mo-Su" and not rule.holidays:
        named = [speech.gettext("毎日")]
    return " ".join(filter(None, [wide, speech.listed(named) if named else ""]))


def _wide(text: str, speech: Speech) -> str | None:
    if not text:
        return ""
    told = [_dates(part.strip(), speech) for part in text.split(",")]
    return speech.listed(told) if all(told) else None  # type: ignore[arg-type]  # all are there


def _dates(text: str, speech: Speech) -> str | None:
    found = _DATES.fullmatch(text)
    if found is None:
        return None
    first = date(_SOME_YEAR, _MONTHS.index(found[1]) + 1, int(found[2]))
    if found[4] is None:
        return speech.month_and_day(first)
    last = date(_SOME_YEAR, _MONTHS.index(found[3] or found[1]) + 1, int(found[4]))
    return _span(speech.month_and_day(first), speech.month_and_day(last), speech)


def _weekday(part: str, speech: Speech) -> str:
    if nth := _NTH.fullmatch(part):
        day = speech.weekday(_DAYS.index(nth[1]), whole=True)
        numbers = speech.listed(nth[2].split(","))
        return speech.gettext("第%(numbers)s%(day)s", numbers=numbers, day=day)
    first, _, last = part.partition("-")
    begins = speech.weekday(_DAYS.index(first))
    return _span(begins, speech.weekday(_DAYS.index(last)), speech) if last else begins


def _span(first: str, last: str, speech: Speech) -> str:
    return f"{first}{'〜' if speech.locale.is_japanese else '–'}{last}"


def _times(times: Times, speech: Speech) -> str:
    start = f"{times.start // 60}:{times.start % 60:02}"
    end = f"{times.end // 60}:{times.end % 60:02}"
    if times.end > MINUTES_A_DAY:
        late = times.end - MINUTES_A_DAY
        end = speech.gettext("翌%(time)s", time=f"{late // 60}:{late % 60:02}")
    return _span(start, end, speech)
