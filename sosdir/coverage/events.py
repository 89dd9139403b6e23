"""Tell what changed since a day: by what a source says of a line, and by our own history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sosdir import evidence
from sosdir.models import ChannelKind, Service
from sosdir.revising import Action, Revision
from sosdir.schedules import TOKYO

# 2025-10-01, 2024-07, 2020; 2015年10月1日; no year that only stands within the words.
_SINCE = re.compile(r"(\d{4})(?:[-年](\d{1,2}))?(?:[-月](\d{1,2}))?", re.ASCII)
# 令和7年4月, 平成元年; the years before the first of each.
_ERA = re.compile(r"(令和|平成)(元|\d{1,2})年", re.ASCII)
_BEFORE_ERA = {"令和": 2018, "平成": 1988}
# A fiscal year begins in April.
_FISCAL = re.compile(r"(\d{4})年度", re.ASCII)


class Happening(StrEnum):
    """Tell what happened to a line."""

    OPENED = "opened"
    ADDED = "added"
    ENDED = "ended"
    GAINED = "gained"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one thing that happened.

    Args:
        happening: what.
        on: the day; of a line that opened, the first that its source allows.
        service_id: of the line.
        name: of the line, today.
        areas: that it serves today.
        kinds: of channels that came or went.
    """

    happening: Happening
    on: date
    service_id: str
    name: str
    areas: tuple[str, ...]
    kinds: tuple[ChannelKind, ...] = ()


def openings(services: Iterable[Service]) -> tuple[Event, ...]:
    """Return when lines opened, as far as the words of their sources tell a first day.

    Args:
        services: as stored; only listed ones are told.
    """
    listed = [(each, _first_day(each.established)) for each in filter(evidence.is_listed, services)]
    return tuple(_event(Happening.OPENED, first, service) for service, first in listed if first)


def changes(
    services: Iterable[Service], histories: Mapping[str, Iterable[Revision]], since: date
) -> tuple[Event, ...]:
    """Return what our history tells of the public lines since a day.

    Values of channels are never told, neither the old nor the new ones.

    Args:
        services: as stored, those that have ended too; those on hold are passed over.
        histories: of services, by id, in any order.
        since: the first day that counts.
    """
    return tuple(
        event
        for service in filter(evidence.is_public, services)
        for event in _in_history(service, histories.get(service.id, ()))
        if event.on >= since
    )


def _first_day(words: str | None) -> date | None:
    """Return the first day that words such as 2024-07 allow, None where they name no year."""
    western = _ERA.sub(_western_year, words or "")
    found = _SINCE.match(_FISCAL.sub(r"\1年4月1日", western))
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _western_year(found: re.Match[str]) -> str:
    """Write a year of an era as its year of the common era."""
    era, year = found.groups()
    return f"{_BEFORE_ERA[era] + (1 if year == '元' else int(year))}年"


def _in_history(service: Service, history: Iterable[Revision]) -> Iterator[Event]:
    seen = sorted((each for each in history if each.is_public), key=lambda each: each.version)
    # A history that begins with loading begins with what was there.
    if seen and seen[0].action is not Action.LOADED and evidence.is_listed(seen[0].service):
        yield _event(Happening.ADDED, _day_of(seen[0]), service)
    for former, revision in pairwise(seen):
        for happening, kinds in _differences(former.service, revision.service):
            yield _event(happening, _day_of(revision), service, kinds)


def _differences(
    before: Service, after: Service
) -> Iterator[tuple[Happening, tuple[ChannelKind, ...]]]:
    was, now = evidence.is_listed(before), evidence.is_listed(after)
    if now and not was:
        yield Happening.ADDED, ()
    if was and not now and evidence.is_public(after):
        yield Happening.ENDED, ()
    if was and now:
        gained, lost = _only_in(after, before), _only_in(before, after)
        if gained:
            yield Happening.GAINED, gained
        if lost:
            yield Happening.LOST, lost


def _only_in(one: Service, other: Service) -> tuple[ChannelKind, ...]:
    kinds = {each.kind for each in one.channels} - {each.kind for each in other.channels}
    return tuple(kind for kind in ChannelKind if kind in kinds)


def _day_of(revision: Revision) -> date:
    return revision.made_at.astimezone(TOKYO).date()


def _event(
    happening: Happening, on: date, service: Service, kinds: tuple[ChannelKind, ...] = ()
) -> Event:
    return Event(happening, on, service.id, service.name, service.service_areas, kinds)
