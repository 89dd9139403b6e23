"""Change services so that every change can be seen, and undone: the one way to save a service.

Every function that writes is to be called within ``db.changing``; nothing then comes between
what it reads and what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sosdir.checking import check_service, dead_numbers
from sosdir.db import Database
from sosdir.errors import Fault, NotFoundError, RefusedError
from sosdir.models import NATIONWIDE, EvidenceLevel, RetiredNumber, Service
from sosdir.revising import Action, Author, Conflict, Reason, Revision, StaleError, merge
from sosdir.schedules import TOKYO
from sosdir.store import drafts, geography, organizations, retired_numbers, revisions, services
from sosdir.store.drafts import Draft
from sosdir.store.revisions import NO_REASON, Entry

CHECKS = frozenset({Action.CHECKED_BY_PHONE, Action.CHECKED_ON_SITE})
# Who stands for what a service was before its history began.
BEFORE_HISTORY = Author(None, "履歴のはじまり")


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold what every service is checked against.

    Args:
        codes: of all areas, 00 among them.
        dead: the retired numbers by the digits that are dialled.
    """

    codes: frozenset[str]
    dead: dict[str, RetiredNumber]


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


def rules(db: Database) -> Rules:
    """Return what services are checked against, to be read once for many.

    Args:
        db: to read.
    """
    prefectures = {each.code for each in geography.prefectures(db)}
    municipalities = {each.code for each in geography.municipalities(db)}
    codes = frozenset({NATIONWIDE}) | prefectures | municipalities
    return Rules(codes, dead_numbers(retired_numbers.everything(db)))


def open_edition(db: Database, service_id: str) -> Edition:
    """Return a service as it is opened to be changed.

    Args:
        db: to read, within one transaction: its number must be that of its content.
        service_id: whose.

    Raises:
        NotFoundError: there is neither a service nor a draft of that id.
    """
    published = _published(db, service_id)
    draft = drafts.find(db, service_id)
    latest = revisions.latest(db, service_id)
    number = latest.number if latest else 0
    if draft is None:
        if published is None:
            raise NotFoundError(f"There is no service {service_id!r}.")
        return Edition(published, number, None, published)
    mine = draft.revision.service
    if draft.base is None or published is None:
        return Edition(mine, number, draft, published)
    merged = merge(draft.base.service, mine, published)
    return Edition(merged.service, number, draft, published, merged.conflicts)


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
    _refuse_faulty(db, service, known, needs_sources=False)
    _refuse_stale(db, service.id, opened, now)
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
    _refuse_faulty(db, service, known, needs_sources=service.hold is None)
    newest = _refuse_stale(db, service.id, opened, now)
    services.save(db, service)
    drafts.remove(db, service.id)
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
        raise _stale(db, service_id, edition.published)
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
    _refuse_stale(db, service_id, opened, now)
    drafts.remove(db, service_id)
    draft = edition.draft
    based_on = draft.revision.number if draft else None
    entry = Entry(edition.service, Action.REJECTED, author, now, reason, based_on)
    return revisions.add(db, entry)


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
        RefusedError: it may not be shown as confirmed, such as a retired number.
    """
    today = now.astimezone(TOKYO).date()
    latest = revisions.latest_public(db, service_id)
    if latest and _is_same_check(latest, how, author, today):
        return latest
    stored = services.get(db, service_id)
    service = replace(stored, evidence=EvidenceLevel.CONFIRMED, checked_on=today)
    _refuse_faulty(db, service, None, needs_sources=service.hold is None)
    based_on = _baseline(db, stored, now).number
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
        raise _stale(db, revision.service_id, revision.service)
    before = with_present_names(db, revisions.get(db, revision.based_on).service)
    services.save(db, before)
    return revisions.add(db, Entry(before, Action.UNDONE, author, now, NO_REASON, number))


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


def keep_history_of_load(
    db: Database, before: dict[str, Service], author: Author, now: datetime
) -> None:
    """Note in history what loading a whole package changed.

    Drafts stay; those of services that are gone wait as drafts of new services would.

    Args:
        db: to write, just loaded, within the same transaction.
        before: the services as they were before it, by id.
        author: who loaded it.
        now: with a zone.
    """
    loaded = {each.id: each for each in services.everything(db)}
    for key, old in before.items():
        if loaded.get(key) != old:
            _baseline(db, old, now)
    had_history = revisions.latest_numbers(db)
    for key, new in loaded.items():
        # One that had been gone comes back as something else than its history last said.
        changed = new != before[key] if key in before else key in had_history
        if changed:
            revisions.add(db, Entry(new, Action.LOADED, author, now))


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


def faults_of(db: Database, service: Service) -> list[Fault]:
    """Return why a service could not be published as it is.

    Args:
        db: to read.
        service: as it is to be.
    """
    return _faults(db, service, rules(db), needs_sources=service.hold is None)


def _published(db: Database, service_id: str) -> Service | None:
    return next(iter(services.find(db, [service_id])), None)


def _edition_with_draft(db: Database, service_id: str) -> Edition:
    edition = open_edition(db, service_id)
    if edition.draft is None:
        raise NotFoundError(f"No draft of {service_id!r} waits.")
    return edition


def _refuse_faulty(
    db: Database, service: Service, known: Rules | None, *, needs_sources: bool
) -> None:
    faults = _faults(db, service, known or rules(db), needs_sources=needs_sources)
    if faults:
        raise RefusedError(tuple(faults))


def _faults(db: Database, service: Service, known: Rules, *, needs_sources: bool) -> list[Fault]:
    faults = check_service(service, known.codes, known.dead, needs_sources=needs_sources)
    if service.successor_id and _published(db, service.successor_id) is None:
        reason = f"「{service.successor_id}」という窓口はありません。"
        faults.append(Fault("service.csv", 2, "successor_id", reason))
    return [*faults, *_taken_ids(db, service)]


def _taken_ids(db: Database, service: Service) -> Iterator[Fault]:
    taken = services.ids_of_others(db, service)
    ids = {
        "channel.csv": [each.id for each in service.channels],
        "source.csv": [each.id for each in service.sources],
    }
    for file, held in ids.items():
        for line, part_id in enumerate(held, 2):
            if part_id in taken:
                reason = f"「{part_id}」は、ほかの窓口で使われている識別子です。"
                yield Fault(file, line, "id", reason)


def _refuse_stale(db: Database, service_id: str, opened: int | None, now: datetime) -> int | None:
    """Return the newest revision, begun if need be; refuse what was opened at another one."""
    if opened is None:
        _refuse_known_id(db, service_id)
        return None
    newest = revisions.newest_number(db, service_id)
    if newest is None:
        published = _published(db, service_id)
        if published is None:
            raise NotFoundError(f"There is no service {service_id!r}.")
        newest = _baseline(db, published, now).number
        # Who opened it before its history began saw the same.
        opened = opened or newest
    if newest != opened:
        raise _stale(db, service_id, _as_opened(db, service_id, opened))
    return newest


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


def _is_same_check(latest: Revision, how: Action, author: Author, today: date) -> bool:
    same = (latest.action, latest.author) == (how, author)
    return same and latest.made_at.astimezone(TOKYO).date() == today


def _stale(db: Database, service_id: str, base: Service | None) -> StaleError:
    latest = revisions.latest(db, service_id)
    if latest is None:
        raise NotFoundError(f"There is no service {service_id!r}.")
    return StaleError(base, latest, open_edition(db, service_id).service)


def _baseline(db: Database, service: Service, now: datetime) -> Revision:
    """Return the newest public revision; where no history has begun, it begins with the service."""
    latest = revisions.latest_public(db, service.id)
    if latest is not None:
        return latest
    return revisions.add(db, Entry(service, Action.LOADED, BEFORE_HISTORY, now))
