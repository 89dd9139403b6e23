"""Answer pure questions on hours: the state at an instant, the next change, a week, its wording.

Everything is meant in Asia/Tokyo, whatever the zone of the server. All functions are safe to call
from several threads: what they share is parsed once and never changed.
"""

from sosdir.schedules.answered import Answered, answered
from sosdir.schedules.availability import (
    Availability,
    availability,
    channel_availability,
    in_tokyo,
    is_live,
    service_availability,
    service_state,
)
from sosdir.schedules.calendar import FIRST_YEAR, LAST_YEAR, TOKYO, holiday_name, is_holiday
from sosdir.schedules.days import UnknownBecause
from sosdir.schedules.expression import normalise
from sosdir.schedules.moments import Moment, moments
from sosdir.schedules.ordinary import ordinary_week
from sosdir.schedules.phrasing import phrase
from sosdir.schedules.plain_week import PlainWeek, plain_week
from sosdir.schedules.recurring import OnHolidays, Recurrence, Recurring, recurring
from sosdir.schedules.times import times_met
from sosdir.schedules.usual import UsualDay, usual_week
from sosdir.schedules.week import Day, Span, week
from sosdir.schedules.wording import describe
from sosdir.schedules.year_end import answering_hours

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "TOKYO",
    "Answered",
    "Availability",
    "Day",
    "Moment",
    "OnHolidays",
    "PlainWeek",
    "Recurrence",
    "Recurring",
    "Span",
    "UnknownBecause",
    "UsualDay",
    "answered",
    "answering_hours",
    "availability",
    "channel_availability",
    "describe",
    "holiday_name",
    "in_tokyo",
    "is_holiday",
    "is_live",
    "moments",
    "normalise",
    "ordinary_week",
    "phrase",
    "plain_week",
    "recurring",
    "service_availability",
    "service_state",
    "times_met",
    "usual_week",
    "week",
]
