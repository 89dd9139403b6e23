"""Draft, publish, put aside and bring back: each is kept in history."""

from __future__ import annotations

from datetime import datetime

from sosdir.db import Database
from sosdir.errors import NotFoundError
from sosdir.models import Service
from sosdir.publishing.editions import (
    Edition,
    begin_history,
    open_edition,
    refuse_stale,
    stale,
    with_present_names,
)
from sosdir.publishing.rules import Rules, refuse_faulty
from sosdir.revising import Action, Author, Reason, Revision
from sosdir.store import drafts, revisions, services
from sosdir.store.revisions import Entry


def save_draft(
    db: Database,
    service: Service,
    opened: int | None,
    author: Author,
    reason: Reason,
    now: datetime,
    known: Rules | None = None,
) -> Revision:
    """Keep a change until a publisher decides; the public state stays as it is.

    Args:
        db: to write.
        service: as it is to be.
        opened: the revision it was opened at, None for a new service.
        author: who changes it.
        reason: what the author says of it.
        now: with a zone.
        known: what to check against, read anew where not given.

    Raises:
        RefusedError: it breaks a rule.
        StaleError: it was changed since it was opened.
    """
    refuse_faulty(db, service, known, needs_sources=False)
    refuse_stale(db, service.id, opened, now)
    base = revisions.latest_public(db, service.id)
    based_on = base.number if base else None
    entry = Entry(service, Action.DRAFTED, author, now, reason, based_on)
    revision = revisions.add(db, entry)
    drafts.put(db, revision, based_on)
    return revision


def publish(
    db: Database,
    service: Service,
    opened: int | None,
    author: Author,
    reason: Reason,
    now: datetime,
    known: Rules | None = None,
    action: Action = Action.PUBLISHED,
    based_on: int | None = None,
) -> Revision:
    """Make a service public as it is given; a draft of it is settled by that.

    Args:
        db: to write.
        service: as it is to be.
        opened: the revision it was opened at, None for a new service.
        author: who publishes it.
        reason: what the author says of it.
        now: with a zone.
        known: what to check against, read anew where not given.
        action: what history calls this.
        based_on: number of the revision it was made from, None for the one it was opened at.

    Raises:
        RefusedError: it breaks a rule.
        StaleError: it was changed since it was opened.
    """
    refuse_faulty(db, service, known, needs_sources=service.hold is None)
    newest = refuse_stale(db, service.id, opened, now)
    others = services.of_renamed_organizations(db, service)
    before = {each.id: begin_history(db, each, now).number for each in others}
    services.save(db, service)
    drafts.remove(db, service.id)
    # An organization's new name changes each of its services, and each keeps its history.
    for other in services.find(db, list(before)):
        revisions.add(db, Entry(other, action, author, now, reason, before[other.id]))
    entry = Entry(service, action, author, now, reason, based_on or newest)
    return revisions.add(db, entry)


def publish_draft(
    db: Database, service_id: str, opened: int, author: Author, reason: Reason, now: datetime
) -> Revision:
    """Make the draft of a service public.

    Args:
        db: to write.
        service_id: whose.
        opened: the revision at which the draft was read.
        author: who publishes it.
        reason: what the author says of it.
        now: with a zone.

    Raises:
        NotFoundError: no draft waits.
        RefusedError: it breaks a rule, such as a channel without a source.
        StaleError: it was changed since it was read, or conflicts with the public state.
    """
    edition = _edition_with_draft(db, service_id)
    if edition.conflicts:
        raise stale(db, service_id, edition.published)
    draft = edition.draft
    based_on = draft.revision.number if draft else None
    return publish(db, edition.service, opened, author, reason, now, based_on=based_on)


def reject_draft(
    db: Database, service_id: str, opened: int, author: Author, reason: Reason, now: datetime
) -> Revision:
    """Put the draft of a service aside; it stays in history.

    Args:
        db: to write.
        service_id: whose.
        opened: the revision at which the draft was read.
        author: who puts it aside.
        reason: why.
        now: with a zone.

    Raises:
        NotFoundError: no draft waits.
        StaleError: it was changed since it was read.
    """
    edition = _edition_with_draft(db, service_id)
    refuse_stale(db, service_id, opened, now)
    drafts.remove(db, service_id)
    draft = edition.draft
    based_on = draft.revision.number if draft else None
    entry = Entry(edition.service, Action.REJECTED, author, now, reason, based_on)
    return revisions.add(db, entry)


def restore(
    db: Database,
    service_id: str,
    version: int,
    opened: int,
    author: Author,
    reason: Reason,
    now: datetime,
    *,
    as_draft: bool,
) -> Revision:
    """Bring an earlier version back as a new one.

    Args:
        db: to write.
        service_id: whose.
        version: in its history.
        opened: the revision at which the history was read.
        author: who brings it back.
        reason: what the author says of it.
        now: with a zone.
        as_draft: whether it waits for a publisher.

    Raises:
        NotFoundError: there is no such version.
        RefusedError: it breaks a rule that holds today, such as a number retired since.
        StaleError: the service was changed since its history was read.
    """
    old = revisions.version(db, service_id, version)
    service = with_present_names(db, old.service)
    if as_draft:
        return save_draft(db, service, opened, author, reason, now)
    return publish(
        db,
        service,
        opened,
        author,
        reason,
        now,
        action=Action.RESTORED,
        based_on=old.number,
    )


def _edition_with_draft(db: Database, service_id: str) -> Edition:
    edition = open_edition(db, service_id)
    if edition.draft is None:
        raise NotFoundError(f"No draft of {service_id!r} waits.")
    return edition
