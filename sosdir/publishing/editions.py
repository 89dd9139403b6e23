"""Open a service to change it, and refuse a change of what is no longer the newest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sosdir import evidence
from sosdir.db import Database
from sosdir.errors import Fault, NotFoundError, RefusedError
from sosdir.models import Organization, Service
from sosdir.revising import Action, Author, Conflict, Revision, StaleError, merge
from sosdir.store import drafts, organizations, revisions, services
from sosdir.store.drafts import Draft
from sosdir.store.revisions import Entry

# Who stands for what a service was before its history began.
BEFORE_HISTORY = Author(None, "履歴のはじまり")


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold a service as it is opened to be changed.

    Args:
        service: the draft if one waits, brought up to the public state; else the public state.
        revision: number of the newest revision, 0 where no history has begun.
        draft: the draft that waits, or None.
        published: the public state, None for a service that was never published.
        conflicts: where the draft and a later change of the public state disagree.
    """

    service: Service
    revision: int
    draft: Draft | None
    published: Service | None
    conflicts: tuple[Conflict, ...] = ()


def open_edition(db: Database, service_id: str) -> Edition:
    """Return a service as it is opened to be changed.

    Args:
        db: to read, within one transaction: its number must be that of its content.
        service_id: whose.

    Raises:
        NotFoundError: there is neither a service nor a draft of that id.
    """
    published = find_published(db, service_id)
    draft = drafts.find(db, service_id)
    latest = revisions.latest(db, service_id)
    number = latest.number if latest else 0
    if draft is None:
        if published is None:
            raise NotFoundError(f"There is no service {service_id!r}.")
        return Edition(published, number, None, published)
    mine = _drafted(db, draft)
    if draft.base is None or published is None:
        return Edition(mine, number, draft, published)
    merged = merge(draft.base.service, mine, published)
    # Whoever looked while the draft waited has not seen a number that only the draft knows.
    service = evidence.without_blind_check(published, merged.service)
    return Edition(service, number, draft, published, merged.conflicts)


def with_present_names(db: Database, service: Service) -> Service:
    """Return an earlier state with its organizations as they are called today.

    Args:
        db: to read.
        service: as history keeps it.
    """
    today = {each.id: each for each in organizations.everything(db)}
    runner = service.organization
    return replace(
        service,
        organization=today.get(runner.id, runner) if runner else None,
        commissioners=tuple(today.get(each.id, each) for each in service.commissioners),
    )


def _drafted(db: Database, draft: Draft) -> Service:
    """Return what a draft says, with the names that organizations got while it waited.

    A name that the draft itself changes is its own.
    """
    drafted = draft.revision.service
    base = {each.id: each for each in _bodies(draft.base.service)} if draft.base else {}
    changes_names = any(base.get(each.id, each) != each for each in _bodies(drafted))
    return drafted if changes_names else with_present_names(db, drafted)


def _bodies(service: Service) -> tuple[Organization, ...]:
    runner = (service.organization,) if service.organization else ()
    return (*runner, *service.commissioners)


def find_published(db: Database, service_id: str) -> Service | None:
    """Return the public state of a service, or None.

    Args:
        db: to read.
        service_id: whose.
    """
    return next(iter(services.find(db, [service_id])), None)


def refuse_stale(db: Database, service_id: str, opened: int | None, now: datetime) -> int | None:
    """Return the number of the newest revision; refuse what was opened at another one.

    Where no history has begun, it begins with what is public; a new service has none.

    Args:
        db: to write.
        service_id: whose.
        opened: the revision it was opened at, 0 for before its history, None for a new service.
        now: with a zone.

    Raises:
        NotFoundError: there is no such service.
        RefusedError: a new service bears an id that was used before.
        StaleError: it was changed since it was opened.
    """
    if opened is None:
        _refuse_known_id(db, service_id)
        return None
    newest = revisions.newest_number(db, service_id)
    if newest is None:
        published = find_published(db, service_id)
        if published is None:
            raise NotFoundError(f"There is no service {service_id!r}.")
        newest = begin_history(db, published, now).number
        # Who opened it before its history began saw the same.
        opened = opened or newest
    if newest != opened:
        raise stale(db, service_id, _as_opened(db, service_id, opened))
    return newest


def stale(db: Database, service_id: str, base: Service | None) -> StaleError:
    """Return the error that says what came meanwhile.

    Args:
        db: to read.
        service_id: whose.
        base: as it was opened, None where that is not known.

    Raises:
        NotFoundError: there is no such service.
    """
    latest = revisions.latest(db, service_id)
    if latest is None:
        raise NotFoundError(f"There is no service {service_id!r}.")
    return StaleError(base, latest, open_edition(db, service_id).service)


def begin_history(db: Database, service: Service, now: datetime) -> Revision:
    """Return the newest public revision; where no history has begun, it begins with the service.

    Args:
        db: to write.
        service: as it is public.
        now: with a zone.
    """
    latest = revisions.latest_public(db, service.id)
    if latest is not None:
        return latest
    return revisions.add(db, Entry(service, Action.LOADED, BEFORE_HISTORY, now))


def _refuse_known_id(db: Database, service_id: str) -> None:
    if revisions.is_known(db, service_id):
        reason = f"「{service_id}」は、もう使われている識別子です。別のものにしてください。"
        raise RefusedError((Fault("service.csv", 2, "id", reason),))


def _as_opened(db: Database, service_id: str, opened: int) -> Service | None:
    """Return the service as it was at a revision, the first where none is named."""
    history = revisions.of_service(db, service_id)
    if opened == 0:
        return history[-1].service
    return next((each.service for each in history if each.number == opened), None)
