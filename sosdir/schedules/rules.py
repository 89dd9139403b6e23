"""Take an expression apart into its rules, and tell which days each rule speaks of.

The parser of ``opening_hours`` judges what may be written and which weekdays, weeks, months and
dates are meant. Public holidays and the clock are ours: its Japanese holidays miss every one that
falls on a Sunday, 国民の休日 and some substitute days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from opening_hours import OpeningHours
from opening_hours import ParserError as ParserError  # type: ignore[attr-defined]  # not in its stub
from opening_hours import State as ParserState

from sosdir.models import State
from sosdir.schedules.calendar import is_holiday

MINUTES_A_DAY: Final = 24 * 60

_NOON = time(12)
_FORTNIGHT = timedelta(days=14)
_SEPARATOR = re.compile(r'"[^"]*"|; | \|\| |, ')
_SPAN = r"\d\d:\d\d(?:-\d\d:\d\d)?\+?"
_RULE = re.compile(
    rf'(?P<days>[^"]*?)[ :]*(?P<times>{_SPAN}(?:,{_SPAN})*)? ?'
    r'(?P<kind>off|closed|open|unknown)? ?(?P<comment>"[^"]*")?'
)
_OFFSET = r"(?: [+-]\d+ days?)?"
_WEEKDAY = rf"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su)|\[[^\]]*\]{_OFFSET})?"
_HOLIDAY = rf"PH{_OFFSET}"
_DAYS = re.compile(
    rf"(?P<wide>.*?)[ :]*(?P<narrow>(?:{_WEEKDAY}|{_HOLIDAY})(?:,(?:{_WEEKDAY}|{_HOLIDAY}))*)?"
)
_MONTHDAY = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ?\d\d?(?!\d)")
_KINDS = {
    None: State.OPEN,
    "open": State.OPEN,
    "unknown": State.UNKNOWN,
    "off": State.CLOSED,
    "closed": State.CLOSED,
}


class Operator(StrEnum):
    """Tell how a rule meets the rules before it."""

    REPLACES = "; "
    ADDS = ", "
    FALLS_BACK = " || "


@dataclass(frozen=True, slots=True)
class Times:
    """Hold one span of a rule.

    Args:
        start: minutes after the midnight that begins the day.
        end: minutes after the same midnight; over 1440 when it runs into the next day.
        open_end: whether the rule leaves open when it ends.
    """

    start: int
    end: int
    open_end: bool


@dataclass(frozen=True)
class Rule:
    """Hold one rule of an expression, as written.

    Args:
        operator: how it meets the rules before it.
        wide: years, months, dates or weeks, empty when it names none.
        weekdays: weekdays without holidays, empty when it names none.
        holidays: days after a public holiday on which it holds (0: the holiday itself).
        times: its spans, empty when it names none.
        kind: OPEN, CLOSED or UNKNOWN.
        comment: its comment without the quotes, or None.
    """

    operator: Operator
    wide: str
    weekdays: str
    holidays: tuple[int, ...]
    times: tuple[Times, ...]
    kind: State
    comment: str | None

    @property
    def is_always(self) -> bool:
        """Tell whether the rule says 24/7."""
        return self.wide == "24/7"

    @property
    def names_days(self) -> bool:
        """Tell whether the rule is bound to days of any kind."""
        return bool(self.wide or self.weekdays or self.holidays)

    @cached_property
    def names_dates(self) -> bool:
        """Tell whether the rule names days of a month, such as ``Dec 29-Jan 03``."""
        return _MONTHDAY.search(self.wide) is not None

    @cached_property
    def names_single_dates(self) -> bool:
        """Tell whether the rule names nothing but single dates, such as ``2026 Nov 23``."""
        parts = self.wide.split(",")
        return all(_MONTHDAY.fullmatch(re.sub(r"^\d{4} ?", "", part)) for part in parts)

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule speaks of the hours that begin on a day."""
        if any(is_holiday(day - timedelta(days=offset)) for offset in self.holidays):
            return _selects(self.wide, day)
        if self.holidays and not self.weekdays:
            return False
        return _selects(f"{self.wide} {self.weekdays}".strip(), day)

    @property
    def is_closure(self) -> bool:
        """Tell whether the rule closes whole days."""
        return self.kind is State.CLOSED and not self.times

    @property
    def is_partial_closure(self) -> bool:
        """Tell whether the rule closes some hours of its days."""
        return self.kind is State.CLOSED and bool(self.times)

    @property
    def is_closed_for_good(self) -> bool:
        """Tell whether the rule is ``off`` and no more."""
        return self.is_closure and not self.names_days

    def tells_of_holiday(self, day: date) -> bool:
        """Tell whether the rule, holding on a public holiday, means that very day.

        A rule for weekdays was written with plain weeks in mind and says nothing of a holiday
        among them. 24/7, ``PH`` and dates do (``Dec 29-Jan 03 off``); only a long range that
        opens (``Apr 01-Sep 30 10:00-16:00``) is a season, not a word about its holidays.

        Args:
            day: the holiday.
        """
        if self.is_always or 0 in self.holidays or self.is_closed_for_good:
            return True
        if self.kind is State.CLOSED or self.names_single_dates:
            return self.names_dates
        around = (day - _FORTNIGHT, day + _FORTNIGHT)
        return self.names_dates and not any(_selects(self.wide, other) for other in around)


def split(folded: str) -> Iterator[tuple[Operator, int, str]]:
    """Cut a folded expression into rules: operator, index of the first letter, text."""
    operator, start = Operator.REPLACES, 0
    for match in _SEPARATOR.finditer(folded):
        if match[0].startswith('"'):
            continue
        yield operator, start, folded[start : match.start()]
        operator, start = Operator(match[0]), match.end()
    yield operator, start, folded[start:]


def read(operator: Operator, text: str) -> Rule | None:
    """Read one rule, None when it is written in a way we do not answer for.

    Args:
        operator: how it meets the rules before it.
        text: folded, and part of an expression that the parser takes.
    """
    rule = _RULE.fullmatch(text)
    if rule is None:
        return None
    days = _DAYS.fullmatch(rule["days"])
    if days is None or "PH" in days["wide"] or re.search(_SPAN, rule["days"]):
        return None
    narrow = days["narrow"] or ""
    holidays = tuple(_offset(part) for part in re.findall(_HOLIDAY, narrow))
    if holidays and re.search(rf"(?:^| )({_WEEKDAY})$", days["wide"]):
        return None
    weekdays = ",".join(re.findall(_WEEKDAY, narrow))
    if _runs_into_times(rule) or not _can_select(days["wide"], weekdays):
        return None
    return Rule(
        operator=operator,
        wide=days["wide"],
        weekdays=weekdays,
        holidays=holidays,
        times=tuple(_times(span) for span in (rule["times"] or "").split(",") if span),
        kind=_KINDS[rule["kind"]],
        comment=rule["comment"] and rule["comment"].strip('"'),
    )


def _runs_into_times(rule: re.Match[str]) -> bool:
    """Tell whether a number of the days runs into the hours: 20210:00 is no year 202 at 10:00."""
    return bool(rule["times"]) and rule.string[: rule.start("times")][-1:].isdigit()


def _can_select(wide: str, weekdays: str) -> bool:
    """Tell whether the days of a rule, without its hours, are days to the parser too."""
    try:
        for days in filter(None, (wide, f"{wide} {weekdays}".strip())):
            _selector(days)
    except ParserError:
        return False
    return True


def _offset(holiday: str) -> int:
    words = holiday.split()
    return int(words[1]) if len(words) > 1 else 0


def _times(span: str) -> Times:
    start, _, end = span.rstrip("+").partition("-")
    begins = _minutes(start)
    ends = _minutes(end) if end else MINUTES_A_DAY
    if ends <= begins:
        ends += MINUTES_A_DAY
    return Times(begins, ends, span.endswith("+"))


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _selects(days: str, day: date) -> bool:
    if not days:
        return True
    state, _ = _selector(days).state(datetime.combine(day, _NOON))
    return state == ParserState.OPEN


@lru_cache(maxsize=1024)
def _selector(days: str) -> OpeningHours:
    # Days alone are open all day, so the state at noon tells whether they hold. The parsed object
    # never changes and may be shared by threads. It is given neither place, country nor zone:
    # every instant it sees is a civil day in Japan, whatever the server's zone.
    return parse(days)


def parse(text: str) -> OpeningHours:
    """Parse with the library, without its guesses of country and zone.

    Raises:
        opening_hours.ParserError: the text is no expression.
    """
    return OpeningHours(text, auto_country=False, auto_timezone=False)
