"""Work out a civil day in Japan: what begins on it, and its states from midnight to midnight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from sosdir.models import State
from sosdir.schedules.calendar import is_holiday
from sosdir.schedules.expression import rules_of
from sosdir.schedules.rules import MINUTES_A_DAY, Operator, Rule, Times

_CACHED_DAYS = 4096


class UnknownBecause(StrEnum):
    """Tell why nobody can say whether a channel is open."""

    NO_HOURS = "no_hours"
    DAYS_WITHOUT_TIMES = "days_without_times"
    OPEN_END = "open_end"
    COMMENT_ONLY = "comment_only"
    STATED = "stated"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold a stretch of one state.

    Args:
        start: minutes after the midnight that begins the day.
        end: minutes after the same midnight; over 1440 when it runs into the next day.
        state: OPEN, UNKNOWN or CLOSED.
        because: why it is UNKNOWN, else None.
    """

    start: int
    end: int
    state: State
    because: UnknownBecause | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """Hold what begins on a day.

    Args:
        stretches: OPEN and UNKNOWN ones, which may overlap; between them it is closed.
        closed: spans that the expression closes, also against what runs on from the eve.
    """

    stretches: tuple[Stretch, ...]
    closed: tuple[Times, ...]


_WHOLE_HOLIDAY = Stretch(0, MINUTES_A_DAY, State.UNKNOWN, UnknownBecause.HOLIDAY)
_StretchesOf = Callable[[Rule, list[Stretch]], list[Stretch]]


@lru_cache(maxsize=_CACHED_DAYS)
def beginning(expression: str, day: date) -> Beginning:
    """Work out what begins on a day.

    A public holiday that no rule speaks of is UNKNOWN from midnight to midnight, and so is what
    would have begun on it and run into the next day.

    Args:
        expression: an opening_hours expression.
        day: a civil day in Japan.

    Raises:
        HoursError: the expression cannot be read.
    """
    rules = [rule for rule in rules_of(expression) if rule.holds_on(day)]
    if is_holiday(day):
        return _holiday(rules, day)
    return Beginning(_compose(rules, _stretches), _closed_times(rules))


@lru_cache(maxsize=_CACHED_DAYS)
def civil_day(expression: str, day: date) -> tuple[Stretch, ...]:
    """Cut a day into stretches of one state, in order, from minute 0 to minute 1440.

    What began on the eve runs on past midnight, on a holiday too.

    Args:
        expression: an opening_hours expression.
        day: a civil day in Japan.

    Raises:
        HoursError: the expression cannot be read.
    """
    today = beginning(expression, day)
    eve = beginning(expression, day - timedelta(days=1))
    running = [
        replace(s, start=max(0, s.start - MINUTES_A_DAY), end=s.end - MINUTES_A_DAY)
        for s in eve.stretches
        if s.end > MINUTES_A_DAY
    ]
    return _lay_out([*cut_out_all(running, today.closed), *today.stretches])


def can_open(expression: str) -> bool:
    """Tell whether any rule of an expression could ever make it OPEN."""
    return any(
        rule.kind is State.OPEN and (rule.is_always or rule.times) for rule in rules_of(expression)
    )


def never_changes(expression: str) -> bool:
    """Tell whether an expression has one state for good, such as ``24/7`` or ``off``."""
    last = rules_of(expression)[-1]
    if last.operator is not Operator.REPLACES or last.times:
        return False
    return last.is_always or not last.names_days


def _holiday(rules: list[Rule], day: date) -> Beginning:
    if not rules:
        return Beginning((_WHOLE_HOLIDAY,), ())
    telling = [rule for rule in rules if rule.tells_of_holiday(day)]

    def stretches_of(rule: Rule, before: list[Stretch]) -> list[Stretch]:
        if rule in telling:
            return [_name_holiday(stretch) for stretch in _stretches(rule, before)]
        return _silent_stretches(rule, before)

    return Beginning(_compose(rules, stretches_of), _closed_times(telling))


def _compose(rules: list[Rule], stretches_of: _StretchesOf) -> tuple[Stretch, ...]:
    """Apply rules in the order written, each to what the ones before it left."""
    result: list[Stretch] = []
    before: Rule | None = None
    for rule in rules:
        if rule.operator is Operator.REPLACES and not rule.is_partial_closure:
            result = stretches_of(rule, [])
        elif rule.operator is not Operator.FALLS_BACK:
            result = stretches_of(rule, result)
        elif before is None or not before.is_closure:
            result = [*result, *cut_out_all(stretches_of(rule, []), result)]
        before = rule
    return tuple(result)


def _stretches(rule: Rule, before: list[Stretch]) -> list[Stretch]:
    """Return what stands after a rule is added to what stood before."""
    if rule.is_closure:
        return []
    if rule.is_partial_closure:
        return cut_out_all(before, rule.times)
    if rule.kind is State.OPEN and rule.is_always and not rule.times:
        return [Stretch(0, MINUTES_A_DAY, State.OPEN)]
    because = _because(rule)
    if not rule.times or because is UnknownBecause.OPEN_END:
        return [*before, Stretch(0, MINUTES_A_DAY, State.UNKNOWN, because)]
    return [*before, *(Stretch(t.start, t.end, rule.kind, because) for t in rule.times)]


def _silent_stretches(rule: Rule, before: list[Stretch]) -> list[Stretch]:
    """Do as ``_stretches`` for a rule that tells nothing of the public holiday it holds on."""
    if rule.is_partial_closure:
        return before or [_WHOLE_HOLIDAY]
    end = max((times.end for times in rule.times), default=0)
    return [*before, replace(_WHOLE_HOLIDAY, end=max(end, MINUTES_A_DAY))]


def _name_holiday(stretch: Stretch) -> Stretch:
    if stretch.state is not State.UNKNOWN:
        return stretch
    return replace(stretch, because=UnknownBecause.HOLIDAY)


def _because(rule: Rule) -> UnknownBecause | None:
    if rule.kind is State.UNKNOWN:
        return UnknownBecause.STATED
    if any(times.open_end for times in rule.times):
        return UnknownBecause.OPEN_END
    if rule.times:
        return None
    if rule.comment and not rule.names_days:
        return UnknownBecause.COMMENT_ONLY
    return UnknownBecause.DAYS_WITHOUT_TIMES


def _closed_times(rules: list[Rule]) -> tuple[Times, ...]:
    return tuple(times for rule in rules if rule.is_partial_closure for times in rule.times)


def cut_out_all(stretches: list[Stretch], holes: Iterable[Stretch | Times]) -> list[Stretch]:
    """Return the stretches without what lies inside any of the holes."""
    for hole in holes:
        stretches = _cut_out(stretches, hole.start, hole.end)
    return stretches


def _cut_out(stretches: list[Stretch], start: int, end: int) -> list[Stretch]:
    kept = []
    for stretch in stretches:
        kept.append(replace(stretch, end=min(stretch.end, start)))
        kept.append(replace(stretch, start=max(stretch.start, end)))
    return [stretch for stretch in kept if stretch.start < stretch.end]


def _lay_out(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Cut overlapping stretches at every edge within the day, and join equal neighbours."""
    edges = {edge for s in stretches for edge in (s.start, s.end) if edge < MINUTES_A_DAY}
    laid: list[Stretch] = []
    for start, end in pairwise(sorted(edges | {0, MINUTES_A_DAY})):
        state, because = _state_at(stretches, start)
        if laid and (laid[-1].state, laid[-1].because) == (state, because):
            laid[-1] = replace(laid[-1], end=end)
        else:
            laid.append(Stretch(start, end, state, because))
    return tuple(laid)


def _state_at(stretches: list[Stretch], minute: int) -> tuple[State, UnknownBecause | None]:
    found = [s for s in stretches if s.start <= minute < s.end]
    for state in (State.OPEN, State.UNKNOWN):
        for stretch in found:
            if stretch.state is state:
                return state, stretch.because
    return State.CLOSED, None
