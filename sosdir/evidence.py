"""Decide what we know, how old it is, and what may be shown: every public door asks here."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from enum import StrEnum

from sosdir.models import Channel, ChannelKind, EvidenceLevel, Service

# A report counts in the year of its newest page and the five after: 2021 counts in 2026.
REPORT_YEARS = 5
DUE_MONTHS = 6
OVERDUE_MONTHS = 12

ALWAYS = date.min
NEVER = date.max

# Where the operator's own site leads on when no address of the channel is known.
_ONLINE = frozenset(
    {
        ChannelKind.LINE,
        ChannelKind.CHAT,
        ChannelKind.EMAIL,
        ChannelKind.WEB_FORM,
        ChannelKind.CHATBOT,
        ChannelKind.X,
    }
)


class Age(StrEnum):
    """Tell how long ago the facts were last looked at."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Published:
    """Hold what the public may see of a service on a day.

    Args:
        service: with everything taken out that may not be shown.
        level: how well it is known on that day.
        age: how long ago it was looked at.
        withheld: whether its contact values were taken out.
    """

    service: Service
    level: EvidenceLevel
    age: Age
    withheld: bool


def is_public(service: Service) -> bool:
    """Tell whether a service may be public at all; one on hold may not.

    Args:
        service: as stored.
    """
    return service.hold is None


def withheld_from(service: Service) -> date:
    """Return the first day on which a service's contact values are withheld.

    ``ALWAYS`` for an unconfirmed service, ``NEVER`` for a confirmed or undated one.

    Args:
        service: as stored.
    """
    if service.evidence is EvidenceLevel.UNCONFIRMED:
        return ALWAYS
    if service.evidence is EvidenceLevel.CONFIRMED or service.newest_source_year is None:
        return NEVER
    return date(service.newest_source_year + REPORT_YEARS + 1, 1, 1)


def looked_at(service: Service) -> date:
    """Return the day its facts were last looked at: an admin's check, else the collection.

    Args:
        service: as stored.
    """
    return service.checked_on or service.collected_on


def level_on(service: Service, day: date) -> EvidenceLevel:
    """Return how well a service is known on a day.

    Args:
        service: as stored.
        day: in Japan.
    """
    if day >= withheld_from(service):
        return EvidenceLevel.UNCONFIRMED
    return service.evidence


def age_on(service: Service, day: date) -> Age:
    """Return how old the last look at a service is on a day.

    Args:
        service: as stored.
        day: in Japan.
    """
    return age_since(looked_at(service), day)


def age_since(since: date, day: date) -> Age:
    """Return how old a look is on a day.

    Args:
        since: the day of the look.
        day: in Japan.
    """
    if day >= months_after(since, OVERDUE_MONTHS):
        return Age.OVERDUE
    if day >= months_after(since, DUE_MONTHS):
        return Age.DUE
    return Age.FRESH


def months_after(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of that month if it is shorter.

    Args:
        day: to count from.
        months: how many, negative to count back.
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def publish(service: Service, day: date) -> Published:
    """Return what the public may see of a service on a day.

    Args:
        service: as stored; must be public.
        day: in Japan.

    Raises:
        ValueError: the service is on hold and must not be shown at all.
    """
    if not is_public(service):
        raise ValueError(f"{service.id} is on hold and must not be shown")
    level = level_on(service, day)
    withheld = level is EvidenceLevel.UNCONFIRMED
    shown = replace(service, operator_text=None, editor_note=None)
    channels = tuple(replace(channel, editor_note=None) for channel in service.channels)
    if withheld:
        shown = replace(shown, address=None, position=None, statistics=())
        channels = tuple(_without_contact(channel) for channel in channels)
    return Published(replace(shown, channels=channels), level, age_on(service, day), withheld)


def is_reachable(service: Service, channel: Channel) -> bool:
    """Tell whether a person can reach a channel with what we show.

    Its value is shown, or the operator's own site leads on to it. Where no source gives any
    contact of a service, nobody can be promised an answer, whatever its hours.

    Args:
        service: that the channel belongs to.
        channel: as stored or published.
    """
    if service.contact_missing:
        return False
    if channel.value is not None:
        return True
    return service.website is not None and channel.kind in _ONLINE


def _without_contact(channel: Channel) -> Channel:
    return replace(channel, value=None, hours=None, hours_text=None, note=None, toll_free=None)
