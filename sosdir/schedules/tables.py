"""Say an expression itself in Japanese, line by line, without a date to look at."""

import re
from typing import Final

from sosdir.models import State
from sosdir.schedules.expression import rules_of
from sosdir.schedules.rules import MINUTES_A_DAY, Operator, Rule, Times
from sosdir.schedules.week import WEEKDAYS, clock

_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip
_MONTH: Final = re.compile("|".join(_MONTHS))
_WEEKDAY: Final = re.compile("|".join(_DAYS))
_NTH: Final = re.compile(r"(\w\w)\[([-\d,]+)\]")
_SAYABLE_DATES: Final = re.compile(r"(?:\d+[年月日]|[〜・])*")
_SAYABLE_DAYS: Final = re.compile(rf"(?:第[1-5]|最終|曜|[{WEEKDAYS}]|[〜・])*")


def week_lines(expression: str | None) -> tuple[tuple[str, str], ...]:
    """Say an expression as lines of days and hours, such as 月〜金 and 10:00〜16:00.

    Public holidays get a line of their own: what the expression says, else 要確認.

    Args:
        expression: an opening_hours expression; None or blank when no hours are known.

    Returns:
        The lines in the order written; none when there are no hours, or when a rule speaks of
        weeks or offsets that have no plain words. ``week`` shows those.

    Raises:
        HoursError: the expression cannot be read.
    """
    if not expression or not expression.strip():
        return ()
    rules = rules_of(expression)
    lines = []
    for rule in rules:
        days = _days(rule)
        if days is None:
            return ()
        lines.append((days, _hours(rule)))
    if not any(rule.is_always or 0 in rule.holidays or rule.is_closed_for_good for rule in rules):
        lines.append(("祝日", "要確認"))
    return tuple(lines)


def _days(rule: Rule) -> str | None:
    if rule.operator is Operator.FALLS_BACK and not rule.names_days:
        return "そのほか"
    if any(rule.holidays):
        return None
    dates = "" if rule.is_always else _dates(rule.wide)
    weekdays = _weekdays(rule.weekdays)
    if dates is None or weekdays is None:
        return None
    holidays = "祝日" if rule.holidays else ""
    days = "・".join(part for part in (weekdays, holidays) if part)
    if dates and days:
        return f"{dates}の{days}"
    return dates or days or "毎日"


def _dates(wide: str) -> str | None:
    text = re.sub(r"(\d{4}) ?(?=[A-Z])", r"\1年", wide)
    text = _MONTH.sub(lambda match: f"{_MONTHS.index(match[0]) + 1}月", text)
    text = re.sub(r"月 ?0?(\d{1,2})", r"月\1日", text)
    text = re.sub(r"-0?(\d{1,2})(?=,|$)", r"〜\1日", text)
    text = text.replace("-", "〜").replace(",", "・")
    return text if _SAYABLE_DATES.fullmatch(text) else None


def _weekdays(weekdays: str) -> str | None:
    if weekdays == "Mo-Su":
        return "毎日"
    text = _NTH.sub(_nth, weekdays)
    text = _WEEKDAY.sub(lambda match: WEEKDAYS[_DAYS.index(match[0])], text)
    text = text.replace("-", "〜").replace(",", "・")
    return text if _SAYABLE_DAYS.fullmatch(text) else None


def _nth(match: re.Match[str]) -> str:
    names = ("最終" if nth == "-1" else f"第{nth}" for nth in match[2].split(","))
    return "・".join(names) + f"{match[1]}曜"


def _hours(rule: Rule) -> str:
    words = _plain_hours(rule)
    return f"{words}（{rule.comment}）" if rule.comment else words


def _plain_hours(rule: Rule) -> str:
    spans = "、".join(map(_span, rule.times))
    if rule.kind is State.CLOSED:
        return f"{spans}は休み" if spans else "休み"
    if not spans:
        return "24時間" if rule.is_always and rule.kind is State.OPEN else "要確認"
    return f"{spans}（要確認）" if rule.kind is State.UNKNOWN else spans


def _span(times: Times) -> str:
    if not times.open_end:
        return f"{clock(times.start)}〜{clock(times.end)}"
    if times.end == MINUTES_A_DAY:
        return f"{clock(times.start)}〜"
    return f"{clock(times.start)}〜{clock(times.end)}以降"
