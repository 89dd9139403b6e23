"""Decide what needs an admin's look, and what first: pure questions on how services stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from sosdir import channels
from sosdir.evidence import Age, age_since, months_after
from sosdir.models import NATIONWIDE, Focus, Service
from sosdir.store.standings import Standing
from sosdir.vocabulary import CHANNEL_LABELS

AreaName = Callable[[str], str]

# Of the pages of sources, where a service has none of its own.
MOST_PAGES = 3


class Risk(IntEnum):
    """Tell why a service is due, the greatest risk first.

    Without a number nothing is kept from the public, so a service that only waits to be confirmed
    comes last.
    """

    NUMBER_WITHHELD = 0
    OVERDUE = 1
    DUE = 2
    UNCONFIRMED = 3


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one check that is to be made.

    Args:
        service_id: of the service.
        name: of the service.
        risk: why it is due.
        looked_at: the day its facts were last looked at.
        reasons: in words, the weightiest first.
    """

    service_id: str
    name: str
    risk: Risk
    looked_at: date
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Hold one way to reach a service, as the desk shows it; ``href`` is None where none leads."""

    label: str
    value: str
    href: str | None


@dataclass(frozen=True, slots=True)
class _Dependence:
    """Tell how much an area depends on a service: how few others serve it, and how wide it is."""

    others: int
    narrowness: int
    area: str


def due(standings: Iterable[Standing], day: date, area_name: AreaName = str) -> tuple[Task, ...]:
    """Return the checks that are to be made, the greatest risk first.

    Within one risk the longest unseen goes first, by whole months: a few days make no difference.
    Then the one on which an area depends most.

    Args:
        standings: of all listed services.
        day: in Japan.
        area_name: names an area code.
    """
    known = list(standings)
    lines = _count_lines(known)
    found = []
    for each in known:
        risk = _risk(each, day)
        if risk is None:
            continue
        months, dependence = _months_since(each.looked_at, day), _dependence(each, lines)
        reasons = tuple(_reasons(each, risk, months, dependence, area_name))
        task = Task(each.service_id, each.name, risk, each.looked_at, reasons)
        place = (risk, -_age_rank(each, day), -months, dependence.others, dependence.narrowness)
        found.append(((*place, each.looked_at, each.name, each.service_id), task))
    return tuple(task for _, task in sorted(found, key=lambda pair: pair[0]))


def contacts(service: Service) -> tuple[Contact, ...]:
    """Return every way to reach a service, so that it can be checked from the desk.

    Args:
        service: as stored.
    """
    told = [
        Contact(CHANNEL_LABELS[each.kind], each.value, channels.href(each.kind, each.value))
        for each in service.channels
        if each.value is not None
    ]
    if service.website is not None:
        href = channels.website_href(service.website)
        told.append(Contact("公式サイト", service.website, href))
    else:
        told.extend(_pages(service))
    return tuple(told)


def _pages(service: Service) -> Iterator[Contact]:
    """Give the pages that state a service, for one whose own is not known."""
    for each in service.sources[:MOST_PAGES]:
        href = each.url if channels.is_web_address(each.url) else None
        yield Contact("出典", each.publisher, href)


def _risk(standing: Standing, day: date) -> Risk | None:
    unconfirmed = day >= standing.withheld_from
    if unconfirmed and standing.has_number:
        return Risk.NUMBER_WITHHELD
    age = age_since(standing.looked_at, day)
    if age is not Age.FRESH:
        return Risk.OVERDUE if age is Age.OVERDUE else Risk.DUE
    return Risk.UNCONFIRMED if unconfirmed else None


def _age_rank(standing: Standing, day: date) -> int:
    return list(Age).index(age_since(standing.looked_at, day))


def _months_since(since: date, day: date) -> int:
    months = max(0, (day.year - since.year) * 12 + day.month - since.month)
    return months - 1 if months and months_after(since, months) > day else months


def _count_lines(standings: Iterable[Standing]) -> Counter[tuple[str, bool]]:
    """Count the lines of each area code, all of them and the dedicated ones apart."""
    counted: Counter[tuple[str, bool]] = Counter()
    for each in standings:
        if each.is_active:
            counted.update((code, False) for code in each.areas)
            if each.focus is Focus.PREGNANCY_SOS:
                counted.update((code, True) for code in each.areas)
    return counted


def _dependence(standing: Standing, lines: Counter[tuple[str, bool]]) -> _Dependence:
    """Return the area that depends on a service most.

    A municipality is served by its own lines and by those of its prefecture. Lines for the whole
    country are everywhere, so they count for no other area; among themselves they count as one
    area. Only a dedicated line can take the place of a dedicated one.
    """
    dedicated = standing.focus is Focus.PREGNANCY_SOS
    found = []
    for area in standing.areas:
        codes = {area, area[:2]}
        counted = sum(lines[code, dedicated] for code in codes)
        own = sum(code in standing.areas for code in codes) if standing.is_active else 0
        found.append((counted - own, _narrowness(area), area))
    return _Dependence(*min(found, default=(0, 0, NATIONWIDE)))


def _narrowness(area: str) -> int:
    """Rank areas: a prefecture before a municipality, and the country last."""
    return 2 if area == NATIONWIDE else len(area) > 2


def _reasons(
    standing: Standing, risk: Risk, months: int, dependence: _Dependence, area_name: AreaName
) -> Iterator[str]:
    if risk is Risk.NUMBER_WITHHELD:
        yield "番号は確認待ちで、公開のページに出ていません"
    if risk is Risk.UNCONFIRMED:
        yield "確認待ちです"
    if months and standing.was_checked:
        yield f"{months}か月確認されていません"
    elif months:
        yield f"情報を集めてから{months}か月、確認されていません"
    only = _only_line(standing, dependence, area_name)
    if only is not None:
        yield only


def _only_line(standing: Standing, dependence: _Dependence, area_name: AreaName) -> str | None:
    if dependence.others or dependence.area == NATIONWIDE:
        return None
    kind = "専用窓口" if standing.focus is Focus.PREGNANCY_SOS else "窓口"
    whole = "全域" if len(dependence.area) == 2 else ""
    return f"{area_name(dependence.area)}{whole}に応じる、ただ一つの{kind}です"
