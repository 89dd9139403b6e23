"""Tell whether a channel or a service answers at an instant, and when that changes."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import MINYEAR, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from sosdir.errors import InputError
from sosdir.models import ChannelKind, State
from sosdir.schedules.calendar import FIRST_YEAR, LAST_YEAR, TOKYO
from sosdir.schedules.days import Stretch, UnknownBecause, can_open, civil_day, never_changes

HORIZON: Final = timedelta(days=366)

_LIVE: Final = frozenset({ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.IN_PERSON})
_RANK: Final = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Availability:
    """Tell the state at an instant and what follows.

    Args:
        state: the state asked for.
        next_change: when the state next differs, in Asia/Tokyo; None if not within 366 days.
        opens_at: when it next becomes OPEN; None when it is open, or not within 366 days.
        unknown_because: why the state is UNKNOWN, else None.
    """

    state: State
    next_change: datetime | None
    opens_at: datetime | None
    unknown_because: UnknownBecause | None


ChannelHours = tuple[ChannelKind, str | None]

_NO_HOURS: Final = Availability(State.UNKNOWN, None, None, UnknownBecause.NO_HOURS)
_TAKES_MESSAGES: Final = Availability(State.MESSAGES, None, None, None)


def in_tokyo(at: datetime) -> datetime:
    """Return an instant in Asia/Tokyo; one without a zone is meant there.

    Args:
        at: naive or aware, in the years 2000 to 2099.

    Raises:
        InputError: the instant lies outside those years, whose holidays are known.
    """
    if MINYEAR < at.year < 9999:
        local = at.replace(tzinfo=TOKYO) if at.tzinfo is None else at.astimezone(TOKYO)
        if FIRST_YEAR <= local.year <= LAST_YEAR:
            return local
    raise InputError(f"日時は{FIRST_YEAR}年から{LAST_YEAR}年までで指定してください。")


def availability(expression: str | None, at: datetime) -> Availability:
    """Tell whether the hours of one expression are OPEN, CLOSED or UNKNOWN at an instant.

    Args:
        expression: an opening_hours expression; None or blank when no hours are known.
        at: the instant; without a zone it is meant in Asia/Tokyo.

    Raises:
        HoursError: the expression cannot be read.
        InputError: the instant lies outside the years 2000 to 2099.
    """
    local = in_tokyo(at)
    if expression is None or not expression.strip():
        return _NO_HOURS
    index, _ = _stretch_at(expression, local)
    return _standing(expression, local.date(), index)


def is_live(kind: ChannelKind, hours: str | None) -> bool:
    """Tell whether a person answers on a channel while it is open.

    LINE is answered live where its operator gives hours, else it takes messages.

    Args:
        kind: by which means.
        hours: its opening_hours expression, or None.
    """
    return kind in _LIVE or (kind is ChannelKind.LINE and bool(hours and hours.strip()))


def channel_availability(kind: ChannelKind, hours: str | None, at: datetime) -> Availability:
    """Tell the state of a channel: a live one by its hours, any other MESSAGES, a fax UNKNOWN.

    Args:
        kind: by which means.
        hours: its opening_hours expression, or None.
        at: the instant; without a zone it is meant in Asia/Tokyo.

    Raises:
        HoursError: the hours of a live channel cannot be read.
        InputError: the instant lies outside the years 2000 to 2099.
    """
    if is_live(kind, hours):
        return availability(hours, at)
    in_tokyo(at)
    return _NO_HOURS if kind is ChannelKind.FAX else _TAKES_MESSAGES


def service_availability(channels: Sequence[ChannelHours], at: datetime) -> Availability:
    """Tell the best state among the channels of a service: open > messages > unknown > closed.

    Args:
        channels: kind and hours of each; with none the state is UNKNOWN.
        at: the instant; without a zone it is meant in Asia/Tokyo.

    Raises:
        HoursError: the hours of a live channel cannot be read.
        InputError: the instant lies outside the years 2000 to 2099.
    """
    local = in_tokyo(at)
    channels = _answering(channels)
    standings = _standings(channels, local)
    best = min(standings, key=_rank, default=_NO_HOURS)
    on_holiday = any(s.unknown_because is UnknownBecause.HOLIDAY for s in standings)
    silent = best.state is State.OPEN or on_holiday
    return replace(
        best,
        next_change=_service_change(channels, local, standings, best.state),
        # On a holiday that some hours do not mention nobody can say who answers first.
        opens_at=None if silent else _earliest(s.opens_at for s in standings),
        unknown_because=_why(best, on_holiday),
    )


def service_state(channels: Sequence[ChannelHours], at: datetime) -> State:
    """Tell the state alone of a service, which is cheap: its changes are not looked for.

    Args:
        channels: kind and hours of each; with none the state is UNKNOWN.
        at: the instant; without a zone it is meant in Asia/Tokyo.

    Raises:
        HoursError: the hours of a live channel cannot be read.
        InputError: the instant lies outside the years 2000 to 2099.
    """
    local = in_tokyo(at)
    states = [_state(kind, hours, local) for kind, hours in _answering(channels)]
    return min(states, key=_RANK.__getitem__, default=State.UNKNOWN)


def _state(kind: ChannelKind, hours: str | None, local: datetime) -> State:
    if not is_live(kind, hours):
        return State.MESSAGES
    if hours is None or not hours.strip():
        return State.UNKNOWN
    return _stretch_at(hours, local)[1].state


def _stretch_at(expression: str, local: datetime) -> tuple[int, Stretch]:
    stretches = civil_day(expression, local.date())
    index = bisect_right(stretches, local.hour * 60 + local.minute, key=_start) - 1
    return index, stretches[index]


def _answering(channels: Sequence[ChannelHours]) -> list[ChannelHours]:
    """Leave out the fax: who sends one does not know who reads it, nor when."""
    return [(kind, hours) for kind, hours in channels if kind is not ChannelKind.FAX]


def _start(stretch: Stretch) -> int:
    return stretch.start


def _why(best: Availability, on_holiday: bool) -> UnknownBecause | None:
    if best.state is State.MESSAGES and on_holiday:
        return UnknownBecause.HOLIDAY
    return best.unknown_because


def _rank(standing: Availability) -> int:
    return _RANK[standing.state]


@lru_cache(maxsize=4096)
def _standing(expression: str, day: date, index: int) -> Availability:
    """Answer for one stretch of a day; the answer is the same throughout the stretch."""
    stretch = civil_day(expression, day)[index]
    opens_at = None
    if stretch.state is not State.OPEN and can_open(expression):
        opens_at = _first(expression, day, index, {State.OPEN})
    next_change = None
    if not never_changes(expression):
        next_change = _first(expression, day, index, set(State) - {stretch.state})
    return Availability(stretch.state, next_change, opens_at, stretch.because)


def _first(expression: str, day: date, index: int, states: set[State]) -> datetime | None:
    for later, stretch in _stretches_after(expression, day, index):
        if stretch.state in states:
            return datetime.combine(later, time(tzinfo=TOKYO)) + timedelta(minutes=stretch.start)
    return None


def _stretches_after(expression: str, day: date, index: int) -> Iterator[tuple[date, Stretch]]:
    for stretch in civil_day(expression, day)[index + 1 :]:
        yield day, stretch
    for days in range(1, HORIZON.days + 1):
        later = day + timedelta(days=days)
        for stretch in civil_day(expression, later):
            yield later, stretch


def _standings(channels: Sequence[ChannelHours], at: datetime) -> list[Availability]:
    return [channel_availability(kind, hours, at) for kind, hours in channels]


def _service_change(
    channels: Sequence[ChannelHours], at: datetime, standings: list[Availability], state: State
) -> datetime | None:
    """Step from change to change until the best state differs, or the horizon is passed."""
    moment = _earliest_change(standings, state)
    while moment is not None and moment <= at + HORIZON and moment.year <= LAST_YEAR:
        standings = _standings(channels, moment)
        now = min(standings, key=_rank).state
        if now is not state:
            return moment
        moment = _earliest_change(standings, state)
    return None


def _earliest_change(standings: list[Availability], state: State) -> datetime | None:
    """Return the first instant at which the best state could differ."""
    opens_at = _earliest(s.opens_at for s in standings)
    holders = [s.next_change for s in standings if s.state is state]
    match state:
        case State.OPEN:
            return _latest(holders)
        case State.MESSAGES:
            return opens_at
        case State.UNKNOWN:
            return _earliest([_latest(holders), opens_at])
        case State.CLOSED:
            return _earliest(holders)


def _earliest(moments: Iterator[datetime | None] | list[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _latest(moments: list[datetime | None]) -> datetime | None:
    """Return the last of the instants; None, which is never, is later than any."""
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None
