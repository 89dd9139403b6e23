"""What a change is: who made it, what kind it was, and what the service was after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sosdir.errors import SosdirError
from sosdir.models import Service


class Action(StrEnum):
    """Tell what was done to a service. Members of ``DRAFTING`` leave the public state as it was.

    A history that begins with ``LOADED`` begins with what was there; a line that a load brings
    into a directory is ``ADDED``, which is news.
    """

    LOADED = "loaded"
    ADDED = "added"
    IMPORTED = "imported"
    DRAFTED = "drafted"
    REJECTED = "rejected"
    PUBLISHED = "published"
    CHECKED_BY_PHONE = "checked_by_phone"
    CHECKED_ON_SITE = "checked_on_site"
    UNDONE = "undone"
    RESTORED = "restored"


DRAFTING = frozenset({Action.DRAFTED, Action.REJECTED})


@dataclass(frozen=True, slots=True)
class Author:
    """Name who makes a change.

    Args:
        account_id: of the admin, None for a command.
        name: as history shows it, to admins only.
    """

    account_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Hold one entry of a service's history.

    Args:
        number: in the whole history, rising.
        service_id: whose.
        version: in the history of that service, from 1.
        action: what was done.
        made_at: with a zone.
        author: who did it.
        why: in the author's words, or None.
        given_source: what the author gave as its source, or None.
        based_on: number of the revision it was made from, or None.
        service: as it was after the change.
    """

    number: int
    service_id: str
    version: int
    action: Action
    made_at: datetime
    author: Author
    why: str | None
    given_source: str | None
    based_on: int | None
    service: Service

    @property
    def is_public(self) -> bool:
        """Tell whether the change reached the public state."""
        return self.action not in DRAFTING


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold what an author says of a change: why, and from which source; either may be None."""

    why: str | None = None
    given_source: str | None = None


class StaleError(SosdirError):
    """Say that a service was changed since it was opened; nothing was written.

    Args:
        base: the service as it was opened, None when it was opened as a new one.
        latest: what came after.
        theirs: the service as it would be opened now.
    """

    def __init__(self, base: Service | None, latest: Revision, theirs: Service) -> None:
        super().__init__(f"{latest.service_id} was changed meanwhile.")
        self.base = base
        self.latest = latest
        self.theirs = theirs
