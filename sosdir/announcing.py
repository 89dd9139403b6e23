"""Draft, publish, take down and bring back notices; and tell which of them are shown.

Each step is kept in history. Every function that writes is to be called within ``db.changing``.
"""

from __future__ import annotations

from datetime import date, datetime

from sosdir import evidence, notices
from sosdir.db import Database
from sosdir.errors import NotFoundError, RefusedError
from sosdir.notices import Action, Notice, StaleNoticeError, Standing, Version
from sosdir.revising import Author
from sosdir.schedules import TOKYO
from sosdir.store import contacts, services
from sosdir.store import notices as store
from sosdir.store.notices import Entry, Published


def keep(
    db: Database,
    notice: Notice,
    opened: int | None,
    author: Author,
    now: datetime,
    why: str | None = None,
    action: Action = Action.PUBLISHED,
) -> Version:
    """Keep a notice as it is given: drafted, published or restored; a waiting draft is settled.

    Args:
        db: to write.
        notice: as it is to be.
        opened: the version at which it was opened, None for a new one.
        author: who does it.
        now: with a zone.
        why: in the author's words, or None.
        action: what is done.

    Raises:
        RefusedError: it breaks a rule.
        StaleNoticeError: it was changed since it was opened.
    """
    faults = notices.faults_of(notice, contacts.everything(db, now.astimezone(TOKYO).date()))
    if faults:
        raise RefusedError(tuple(faults))
    if opened is not None:
        refuse_stale(db, notice.id, opened)
    return store.add(db, Entry(notice, action, author, now, why))


def decide(
    db: Database,
    notice_id: str,
    action: Action,
    opened: int,
    author: Author,
    now: datetime,
    why: str | None = None,
) -> Version:
    """Publish the draft that waits, put it aside, or take the public notice down.

    Args:
        db: to write.
        notice_id: whose.
        action: ``PUBLISHED``, ``REJECTED`` or ``WITHDRAWN``.
        opened: the version at which it was read.
        author: who decides.
        now: with a zone.
        why: in the author's words, or None.

    Raises:
        NotFoundError: there is no such notice, or nothing of it to decide on.
        RefusedError: it breaks a rule by now.
        StaleNoticeError: it was changed since it was read.
    """
    standing = store.get(db, notice_id)
    found = standing.public if action is Action.WITHDRAWN else standing.draft
    if found is None:
        raise NotFoundError(f"Nothing of notice {notice_id!r} waits for this.")
    refuse_stale(db, notice_id, opened)
    if action is Action.PUBLISHED:
        return keep(db, found.notice, opened, author, now, why)
    return store.add(db, Entry(found.notice, action, author, now, why))


def refuse_stale(db: Database, notice_id: str, opened: int) -> None:
    """Refuse to change a notice that was changed since.

    Args:
        db: to read.
        notice_id: whose.
        opened: the version at which it was opened, in its own history.

    Raises:
        NotFoundError: there is no such notice.
        StaleNoticeError: it was changed since.
    """
    standing = store.get(db, notice_id)
    if standing.newest.version == opened:
        return
    history = {each.version: each.notice for each in store.history(db, notice_id)}
    raise StaleNoticeError(history.get(opened, history[1]), standing)


def shown(db: Database, day: date) -> tuple[Published, ...]:
    """Return the notices that the public may read on a day, the newest first.

    A published notice whose text names what may no longer be shown is left out, until a person
    has looked at it.

    Args:
        db: to read.
        day: in Japan.
    """
    found = store.published(db)
    if not found:
        return ()
    known = contacts.everything(db, day)
    return tuple(each for each in found if notices.may_be_shown(each.notice, known))


def kept_back(db: Database, standing: Standing, day: date) -> tuple[str, ...]:
    """Return why the public does not read a published notice on a day, in sentences.

    Args:
        db: to read.
        standing: of the notice.
        day: in Japan.
    """
    if standing.public is None:
        return ()
    faults = notices.faults_of(standing.public.notice, contacts.everything(db, day))
    return tuple(fault.reason for fault in faults)


def cautions(db: Database, notice: Notice, day: date) -> tuple[str, ...]:
    """Return what the author of a notice should look at twice, in sentences.

    Args:
        db: to read.
        notice: as it is to be.
        day: in Japan.
    """
    found = services.find(db, list(notice.services))
    listed = {each.id for each in found if evidence.is_listed(each)}
    return tuple(notices.cautions(notice, contacts.everything(db, day), listed))
