"""Name the times for which people plan: this evening, Saturday evening, Sunday afternoon."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sosdir.schedules.availability import in_tokyo

# Weekday (0 is Monday, None is any day) and hour.
_WANTED: Final = ((None, 20), (5, 20), (6, 14))


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold a time that is still to come.

    Args:
        at: the instant, in Asia/Tokyo.
        days: how many days from today, 0 for today.
    """

    at: datetime
    days: int


def moments(now: datetime) -> tuple[Moment, ...]:
    """Return the next evening, Saturday evening and Sunday afternoon, in order, each once.

    Args:
        now: the present; without a zone it is meant in Asia/Tokyo.
    """
    here = in_tokyo(now)
    found = {_next(here, weekday, hour) for weekday, hour in _WANTED}
    return tuple(Moment(at, (at.date() - here.date()).days) for at in sorted(found))


def _next(now: datetime, weekday: int | None, hour: int) -> datetime:
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if weekday is not None:
        at += timedelta(days=(weekday - at.weekday()) % 7)
    if at <= now:
        at += timedelta(days=1 if weekday is None else 7)
    return at
