"""Hold what the rows of a file are compared with, read once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sosdir import publishing
from sosdir.areas import Gazetteer
from sosdir.db import Database
from sosdir.models import Organization, Service
from sosdir.publishing import Rules
from sosdir.store import drafts, geography, organizations, revisions, services


@dataclass(frozen=True, slots=True)
class Known:
    """Hold the directory as it is when a file is read.

    Args:
        services: the public state by id, those on hold too.
        organizations: by id.
        rules: what every service is checked against.
        gazetteer: of all places.
        revisions: number of the newest revision by service id.
        drafted: ids of the services that have a draft.
        today: in Japan.
        part_ids: the ids that channels and sources of a service ever bore.
        is_used: whether a service ever had that id.
    """

    services: Mapping[str, Service]
    organizations: Mapping[str, Organization]
    rules: Rules
    gazetteer: Gazetteer
    revisions: Mapping[str, int]
    drafted: Collection[str]
    today: date
    part_ids: Callable[[str], Collection[str]] = field(repr=False)
    is_used: Callable[[str], bool] = field(repr=False)

    def opened(self, service_id: str) -> int | None:
        """Return the revision at which a service is read, None for a new one.

        Args:
            service_id: whose.
        """
        start = 0 if service_id in self.services else None
        return self.revisions.get(service_id, start)


def read(db: Database, today: date) -> Known:
    """Return the directory as it is; its questions on history are asked while ``db`` is open.

    Args:
        db: to read.
        today: in Japan.
    """
    return Known(
        services={each.id: each for each in services.everything(db)},
        organizations={each.id: each for each in organizations.everything(db)},
        rules=publishing.rules(db),
        gazetteer=geography.gazetteer(db),
        revisions=revisions.latest_numbers(db),
        drafted=drafts.ids(db),
        today=today,
        part_ids=lambda service_id: revisions.part_ids(db, service_id),
        is_used=lambda service_id: revisions.is_known(db, service_id),
    )
