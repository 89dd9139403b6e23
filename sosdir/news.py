"""Gather what is new in public, in plain words: the changes of the lines, and the notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil

from sosdir.db import Database
from sosdir.models import Service
from sosdir.notices import KIND_LABELS, concerns
from sosdir.revising.plain import sentences
from sosdir.schedules import TOKYO
from sosdir.store import changes, services
from sosdir.store.changes import Moment, Step
from sosdir.store.notices import Published

PER_PAGE = 50
# Of more at one moment, such as a package that was loaded, only the number is told.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class News:
    """Hold one thing that is new.

    Args:
        key: names it, the same each time.
        title: in one line.
        paragraphs: in plain words, at least one.
        published_at: when it was first told, with a zone.
        updated_at: when it last changed.
        service_id: of the service to read on at, or None.
        notice_id: of the notice to read on at, or None.
        category: of what kind it is, in a word.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    updated_at: datetime
    service_id: str | None = None
    notice_id: str | None = None
    category: str = "窓口の変更"


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Hold one page of what is new, the newest first.

    Args:
        news: on this page.
        page: from 1.
        pages: at least 1.
        updated_at: when the newest of all was told, None where there is none.
    """

    news: tuple[News, ...]
    page: int
    pages: int
    updated_at: datetime | None


def read(
    db: Database,
    notices: Sequence[Published],
    today: date,
    page: int = 1,
    areas: Set[str] | None = None,
) -> NewsPage:
    """Return one page of what is new.

    Args:
        db: to read.
        notices: those that may be read today.
        today: in Japan.
        page: from 1.
        areas: codes of the areas that it must concern, None for all.
    """
    told_of = notices if areas is None else _of_areas(db, notices, areas)
    found: list[Moment | Published] = [*changes.moments(db, areas), *told_of]
    found.sort(key=_at, reverse=True)
    start = (page - 1) * PER_PAGE
    told = list[News]()
    for each in found[start : start + PER_PAGE]:
        if isinstance(each, Moment):
            told.extend(_of_moment(db, each, today, areas))
        else:
            told.append(_of_notice(each))
    newest = _at(found[0]) if found else None
    return NewsPage(tuple(told), page, max(1, ceil(len(found) / PER_PAGE)), newest)


def _at(told: Moment | Published) -> datetime:
    return told.at if isinstance(told, Moment) else told.updated_at


def _of_areas(db: Database, notices: Sequence[Published], areas: Set[str]) -> tuple[Published, ...]:
    lines = services.ids_serving(db, areas)
    return tuple(each for each in notices if concerns(each.notice, areas, lines))


def _of_notice(told: Published) -> News:
    notice = told.notice
    links = tuple(f"{link.label} {link.url}" for link in notice.links)
    return News(
        key=f"notice/{notice.id}/{_stamp(told.published_at)}",
        title=notice.title,
        paragraphs=(*("\n".join(lines) for lines in notice.paragraphs), *links),
        published_at=told.published_at,
        updated_at=told.updated_at,
        notice_id=notice.id,
        category=KIND_LABELS[notice.kind],
    )


def _of_moment(db: Database, moment: Moment, today: date, areas: Set[str] | None) -> Iterator[News]:
    """Give the one thing that is told of a moment, or nothing."""
    # Within an area, what is told of many is not what is told of all.
    within = "" if areas is None else "/" + "+".join(sorted(areas))
    many_key = f"changes/{_stamp(moment.at)}{within}"
    if moment.services > MOST_TOLD:
        title = f"{moment.services}件の窓口の情報を、まとめて新しくしました。"
        yield News(many_key, title, (title,), moment.at, moment.at)
        return
    told = _told(db, changes.of_moment(db, moment.at, areas), moment.at, today)
    if len(told) == 1:
        ((service, said),) = told
        key, title = f"change/{_stamp(moment.at)}/{service.id}", f"{service.name}: {said[0]}"
        yield News(key, title, said, moment.at, moment.at, service.id)
    elif told:
        lines = tuple(f"{service.name}: {' '.join(said)}" for service, said in told)
        yield News(
            many_key, f"{len(told)}件の窓口の情報が変わりました。", lines, moment.at, moment.at
        )


def _told(
    db: Database, steps: Sequence[Step], at: datetime, today: date
) -> list[tuple[Service, tuple[str, ...]]]:
    """Return what may be told of each service that changed at a moment."""
    stored = services.find(db, list({step.revision.service_id: None for step in steps}))
    changed_on, found = at.astimezone(TOKYO).date(), []
    for service in stored:
        said = dict.fromkeys(
            sentence
            for step in steps
            if step.revision.service_id == service.id
            for sentence in sentences(
                step.former.service if step.former else None,
                step.revision.service,
                service,
                changed_on,
                today,
            )
        )
        if said:
            found.append((service, tuple(said)))
    return found


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
