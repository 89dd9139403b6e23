"""Note that somebody looked and nothing had changed, and take that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sosdir.db import Database
from sosdir.errors import Fault, NotFoundError, RefusedError
from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.publishing.editions import begin_history, stale, with_present_names
from sosdir.publishing.rules import refuse_faulty
from sosdir.revising import Action, Author, Revision
from sosdir.schedules import TOKYO
from sosdir.store import revisions, services
from sosdir.store.revisions import NO_REASON, Entry

CHECKS = frozenset({Action.CHECKED_BY_PHONE, Action.CHECKED_ON_SITE})

# Nobody can be asked whether an ended line still answers; were it to return, its numbers would
# pass for confirmed.
_ENDED = Fault(
    "service.csv",
    2,
    "status",
    "終了した窓口は確認できません。また始まっていたら、「編集」で「続いている」に直してください。",
)


def check(db: Database, service_id: str, how: Action, author: Author, now: datetime) -> Revision:
    """Note that a service was looked at today and nothing had changed: it is confirmed by that.

    The same check by the same person on the same day is noted once.

    Args:
        db: to write.
        service_id: whose.
        how: a member of ``CHECKS``.
        author: who looked.
        now: with a zone.

    Raises:
        NotFoundError: no such service is public or on hold.
        RefusedError: it may not be shown as confirmed, such as a retired number or an ended line.
    """
    today = now.astimezone(TOKYO).date()
    latest = revisions.latest_public(db, service_id)
    if latest and _is_same_check(latest, how, author, today):
        return latest
    stored = services.get(db, service_id)
    if stored.status is ServiceStatus.DEFUNCT:
        raise RefusedError((_ENDED,))
    service = replace(stored, evidence=EvidenceLevel.CONFIRMED, checked_on=today)
    refuse_faulty(db, service, None, needs_sources=service.hold is None)
    based_on = begin_history(db, stored, now).number
    services.save(db, service)
    return revisions.add(db, Entry(service, how, author, now, NO_REASON, based_on))


def can_undo(db: Database, revision: Revision) -> bool:
    """Tell whether a revision is a check after which nothing public came.

    Args:
        db: to read.
        revision: of any kind.
    """
    if revision.action not in CHECKS or revision.based_on is None:
        return False
    latest = revisions.latest_public(db, revision.service_id)
    return latest is not None and latest.number == revision.number


def undo(db: Database, number: int, author: Author, now: datetime) -> Revision:
    """Take a check back, as long as nothing public came after it.

    Args:
        db: to write.
        number: of the check's revision.
        author: who takes it back.
        now: with a zone.

    Raises:
        NotFoundError: there is no such revision, or it is no check.
        StaleError: something came after it.
    """
    revision = revisions.get(db, number)
    if revision.action not in CHECKS or revision.based_on is None:
        raise NotFoundError("There is no such check.")
    if not can_undo(db, revision):
        raise stale(db, revision.service_id, revision.service)
    before = with_present_names(db, revisions.get(db, revision.based_on).service)
    services.save(db, before)
    return revisions.add(db, Entry(before, Action.UNDONE, author, now, NO_REASON, number))


def _is_same_check(latest: Revision, how: Action, author: Author, today: date) -> bool:
    same = (latest.action, latest.author) == (how, author)
    return same and latest.made_at.astimezone(TOKYO).date() == today
