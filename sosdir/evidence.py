"""Decide what we know, how old it is, and what may be shown: every public door asks here."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, time
from enum import StrEnum

from sosdir.locales import mark
from sosdir.models import (
    Channel,
    ChannelKind,
    EvidenceLevel,
    Service,
    ServiceStatus,
    Source,
    SourceKind,
)
from sosdir.schedules import TOKYO
from sosdir.vocabulary import EVIDENCE_LABELS

# A report counts in the year of its newest page and the five after: 2021 counts in 2026.
REPORT_YEARS = 5
DUE_MONTHS = 6
OVERDUE_MONTHS = 12

ALWAYS = date.min
NEVER = date.max

# Whose own pages confirm what they say.
_OWN_PAGES = frozenset({SourceKind.OPERATOR, SourceKind.GOVERNMENT})
# A year in the words of a page: 2024-05, 2025年11月号; not the last digits of a longer number.
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])", re.ASCII)

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

    @property
    def label(self) -> str:
        """Say how well the service is known, in the words of every page."""
        return level_label(self.level, is_checked=self.service.checked_on is not None)


def level_label(level: EvidenceLevel, *, is_checked: bool) -> str:
    """Say how well a service is known; only an admin's check is called a check.

    Args:
        level: on the day asked about.
        is_checked: whether an admin has ever checked it.
    """
    if level is EvidenceLevel.CONFIRMED and not is_checked:
        return mark("公式ページの情報")
    return EVIDENCE_LABELS[level]


def is_public(service: Service) -> bool:
    """Tell whether a service may be public at all; one on hold may not.

    Args:
        service: as stored.
    """
    return service.hold is None


def is_listed(service: Service) -> bool:
    """Tell whether lists, searches and data forms may name a service: public, and not ended.

    Args:
        service: as stored.
    """
    return is_public(service) and service.status is not ServiceStatus.DEFUNCT


def is_resting(service: Service) -> bool:
    """Tell whether a service is closed for a time: it is shown, but nobody is sent there.

    Args:
        service: as stored or published.
    """
    return service.status is ServiceStatus.TEMPORARILY_CLOSED


def from_sources(sources: Iterable[Source]) -> tuple[EvidenceLevel, int | None]:
    """Return how well a service is known by its sources alone, and the year of the newest.

    The operator's or a government's own page confirms; any other reports; no page, no evidence.

    Args:
        sources: of the service.

    Returns:
        The level, and the newest year that a page's date names, None where none does.
    """
    pages = tuple(sources)
    years = [int(found[0]) for each in pages for found in _YEAR.finditer(each.page_date or "")]
    newest = max(years, default=None)
    if any(each.kind in _OWN_PAGES for each in pages):
        return EvidenceLevel.CONFIRMED, newest
    return (EvidenceLevel.REPORTED if pages else EvidenceLevel.UNCONFIRMED), newest


def after_change(
    before: Service | None, sources: Iterable[Source], channels: Iterable[Channel]
) -> tuple[EvidenceLevel, int | None, date | None]:
    """Return how well a service is known once it has changed and nobody has checked it.

    Only a page that was not there before can raise the level: whoever collected the others has
    judged them. A check of an admin stands as long as it saw every number that is shown now.

    Args:
        before: the service until now, None for a new one.
        sources: as they are to be.
        channels: as they are to be.

    Returns:
        The level, the newest year that a page's date names, and the day of the check that stands.
    """
    pages = tuple(sources)
    level, newest = from_sources(pages)
    if before is None:
        return level, newest, None
    was_checked = before.checked_on is not None
    was_confirmed = was_checked and before.evidence is EvidenceLevel.CONFIRMED
    if was_confirmed and has_seen(before, channels):
        return before.evidence, newest, before.checked_on
    held = before.evidence
    if was_checked:
        # What was known before the check is not kept here: a report at best, and never more.
        held = max(held, EvidenceLevel.REPORTED, key=_rank)
    known = {(each.url, each.kind) for each in before.sources}
    brought, _ = from_sources(each for each in pages if (each.url, each.kind) not in known)
    return max(level, min(held, brought, key=_rank), key=_rank), newest, None


def has_seen(checked: Service, channels: Iterable[Channel]) -> bool:
    """Tell whether a look at a service saw every contact value of these channels.

    Args:
        checked: as it was looked at.
        channels: as they are now.
    """
    seen = {(each.kind, each.value) for each in checked.channels}
    return all((each.kind, each.value) in seen for each in channels if each.value is not None)


def without_blind_check(before: Service, after: Service) -> Service:
    """Return a changed service without a check that never saw one of its contact values.

    Args:
        before: as it was checked.
        after: as it is to be; a check of its own, on another day, stands.
    """
    if after.checked_on is None or after.checked_on != before.checked_on:
        return after
    if has_seen(before, after.channels):
        return after
    level, year, checked_on = after_change(before, after.sources, after.channels)
    return replace(after, evidence=level, newest_source_year=year, checked_on=checked_on)


def _rank(level: EvidenceLevel) -> int:
    return list(EvidenceLevel).index(level)


def withheld_from(service: Service) -> date:
    """Return the first day on which a service's contact values are withheld.

    ``ALWAYS`` for an unconfirmed service, ``NEVER`` for a confirmed or undated one.

    Args:
        service: as stored.
    """
    if service.evidence is EvidenceLevel.UNCONFIRMED:
        return ALWAYS
    if service.evidence is EvidenceLevel.CONFIRMED:
        return NEVER
    return counts_until(service.newest_source_year)


def counts_until(year: int | None) -> date:
    """Return the first day on which a report no longer counts; ``NEVER`` for an undated one.

    Args:
        year: of its newest dated page, or None.
    """
    return NEVER if year is None else date(year + REPORT_YEARS + 1, 1, 1)


def looked_at(service: Service) -> date:
    """Return the day its facts were last looked at: an admin's check, else the collection.

    Args:
        service: as stored.
    """
    return service.checked_on or service.collected_on


def changed_at(seen_on: date, hidden_from: date, recorded: datetime | None, day: date) -> datetime:
    """Return when what is shown of a service last changed.

    History and the last look tell it. On the day on which a report no longer counts, what it said
    is withheld without anybody's touch: that is a change as well.

    Args:
        seen_on: as ``looked_at`` gives it.
        hidden_from: as ``withheld_from`` gives it.
        recorded: the last public change that is written down, or None.
        day: in Japan.
    """
    days = [seen_on, hidden_from] if hidden_from <= day else [seen_on]
    shown = datetime.combine(max(days), time(), TOKYO)
    return shown if recorded is None else max(shown, recorded)


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
        # Figures too: they stand on the same old pages, and may count an account not shown.
        shown = replace(shown, address=None, position=None, statistics=(), confidentiality=None)
        channels = tuple(_without_contact(channel) for channel in channels)
    return Published(replace(shown, channels=channels), level, age_on(service, day), withheld)


def without_rest(published: Published) -> Published:
    """Return what is given away of a service: nothing that leads to it while it rests.

    Its page says that it rests and shows no channel; a copy elsewhere must not ring there either.

    Args:
        published: as it may be shown.
    """
    service = published.service
    if not is_resting(service):
        return published
    silent = tuple(_without_contact(channel) for channel in service.channels)
    shown = replace(service, channels=silent, address=None, position=None)
    return replace(published, service=shown)


def is_reachable(service: Service, channel: Channel) -> bool:
    """Tell whether a person can reach a channel with what we show.

    Its value is shown, or the operator's own site leads on to it. Where no source gives any
    contact of a service, or it rests, nobody can be promised an answer, whatever its hours.

    Args:
        service: that the channel belongs to.
        channel: as stored or published.
    """
    if service.contact_missing or service.status is not ServiceStatus.ACTIVE:
        return False
    if channel.value is not None:
        return True
    return service.website is not None and channel.kind in _ONLINE


def _without_contact(channel: Channel) -> Channel:
    return replace(
        channel,
        value=None,
        hours=None,
        hours_text=None,
        toll_free=None,
        caller_id=None,
        reply=None,
        note=None,
    )
