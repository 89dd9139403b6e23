"""Find what is asked in the roll, and read from the database what a page of it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sosdir import evidence
from sosdir.db import Database
from sosdir.hsds import taxonomy
from sosdir.hsds.asking import Asked
from sosdir.hsds.finding import Finding, says
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.listed import ListedAtLocation, OrganizationInFull, minimal_service
from sosdir.hsds.location import ServiceAtLocation, at_locations
from sosdir.hsds.organization import brief_organization, whole_organization
from sosdir.hsds.roll import Body, Entry, Roll, roll_of
from sosdir.hsds.service import (
    Service,
    brief_service,
    ended_service,
    shown_service,
    whole_service,
)
from sosdir.hsds.taxonomy import Taxonomy, TaxonomyTerm
from sosdir.hsds.telling import Telling
from sosdir.models import Service as Stored
from sosdir.search import Source
from sosdir.store import changes, reports, revisions, services


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold what was found, to be read by parts.

    Args:
        total: how many there are.
        part: gives those from one index until another, from 0.
    """

    total: int
    part: Callable[[int, int], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Library:
    """Answer questions on one version of the data.

    Args:
        db: to read.
        finding: in the roll of that version.
        telling: what else is needed to tell of a service.
    """

    db: Database
    finding: Finding
    telling: Telling

    @property
    def day(self) -> date:
        """Return the day in Japan, which decides what may be shown."""
        return self.finding.day

    def services(self, asked: Asked) -> Listing:
        """Return the services that are asked for.

        Args:
            asked: of the list.
        """
        found = self.finding.services(asked)
        if asked.minimal:
            return _listing(found, lambda part: map(self._minimal, part))
        tell = self._whole if asked.full else self._brief
        return _listing(found, lambda part: self._told(part, tell))

    def organizations(self, asked: Asked) -> Listing:
        """Return the organizations that are asked for.

        Args:
            asked: of the list.
        """
        found = self.finding.bodies(asked)
        return _listing(found, lambda part: (self._organization(each, asked) for each in part))

    def service_at_locations(self, asked: Asked) -> Listing:
        """Return the services at their places that are asked for.

        Args:
            asked: of the list.
        """
        listed = (each for each in self.finding.services(asked) if not each.ended)
        pairs = [(entry, number) for entry in listed for number in range(len(entry.places))]
        return _listing(pairs, lambda part: self._at_locations(part, asked))

    def taxonomies(self, asked: Asked) -> Listing:
        """Return the taxonomies that are asked for.

        Args:
            asked: of the list.
        """
        known = taxonomy.taxonomies(self.telling.profile)
        return _listing([each for each in known if says(asked, each)], iter)

    def taxonomy_terms(self, asked: Asked) -> Listing:
        """Return the terms that are asked for; none of ours has a parent.

        Args:
            asked: of the list.
        """
        return _listing(self.finding.terms(asked), iter)

    def service(self, made: str) -> Service | None:
        """Return a listed service whole, None where there is none.

        Args:
            made: its UUID.
        """
        entry = self.finding.roll.services.get(made)
        if entry is None or entry.ended:
            return None
        return next(self._told([entry], self._whole), None)

    def organization(self, made: str, *, full_service: bool = False) -> Any:
        """Return an organization whole, None where there is none.

        Args:
            made: its UUID.
            full_service: whether its services are to be told whole.
        """
        body = self.finding.roll.bodies.get(made)
        asked = Asked(full=True, full_service=full_service)
        return self._organization(body, asked) if body else None

    def service_at_location(self, made: str) -> ServiceAtLocation | None:
        """Return a service at a place, None where there is none.

        Args:
            made: its UUID.
        """
        for entry in self.finding.roll.services.values():
            if made in entry.places and not entry.ended:
                (stored,) = services.find(self.db, [entry.key])
                return self._places(stored)[entry.places.index(made)]
        return None

    def taxonomy(self, made: str) -> Taxonomy | None:
        """Return a taxonomy, None where there is none.

        Args:
            made: its UUID.
        """
        known = taxonomy.taxonomies(self.telling.profile)
        return next((each for each in known if each.id == made), None)

    def taxonomy_term(self, made: str) -> TaxonomyTerm | None:
        """Return a term with its taxonomy, None where there is none.

        Args:
            made: its UUID.
        """
        term = self.finding.roll.terms.get(made)
        return replace(term, taxonomy_detail=self.taxonomy(term.taxonomy_id)) if term else None

    def _minimal(self, entry: Entry) -> Any:
        return minimal_service(entry.key, self.finding.changed(entry))

    def _told(
        self,
        entries: Sequence[Entry],
        tell: Callable[[Sequence[Stored], Mapping[str, datetime]], Iterator[Service]],
    ) -> Iterator[Service]:
        """Read services and tell of them in order; of those that ended, only that."""
        found = {each.id: each for each in services.find(self.db, [one.key for one in entries])}
        changes = {each.key: self.finding.changed(each) for each in entries}
        listed = [found[each.key] for each in entries if not each.ended]
        told = tell(listed, changes)
        for each in entries:
            yield ended_service(found[each.key], changes[each.key]) if each.ended else next(told)

    def _brief(
        self, stored: Sequence[Stored], changes: Mapping[str, datetime]
    ) -> Iterator[Service]:
        return (brief_service(each, changes[each.id], self.telling, self.day) for each in stored)

    def _whole(
        self, stored: Sequence[Stored], changes: Mapping[str, datetime]
    ) -> Iterator[Service]:
        history = revisions.of_services(self.db, [each.id for each in stored])
        for each in stored:
            past = history.get(each.id, [])
            yield whole_service(each, past, changes[each.id], self.telling, self.day)

    def _organization(self, body: Body, asked: Asked) -> Any:
        if not (asked.full or asked.full_service):
            return brief_organization(body.organization)
        told = whole_organization(body.organization, body.runs, body.commissions)
        if not asked.full_service:
            return told
        run = [self.finding.roll.services[identifier("service", key)] for key, _ in body.runs]
        return OrganizationInFull(
            id=told.id,
            name=told.name,
            description=told.description,
            organization_identifiers=told.organization_identifiers,
            services=tuple(self._told(run, self._whole)),
            commissions=told.commissions,
        )

    def _at_locations(self, pairs: Sequence[tuple[Entry, int]], asked: Asked) -> Iterator[Any]:
        keys = list(dict.fromkeys(entry.key for entry, _ in pairs))
        found = {each.id: each for each in services.find(self.db, keys)}
        for entry, number in pairs:
            stored = found[entry.key]
            whole = self._places(stored)[number]
            if asked.full:
                yield whole
                continue
            yield ListedAtLocation(
                id=whole.id,
                service_id=whole.service_id,
                location_id=whole.location_id,
                location=replace(whole.location, addresses=()),
                service=brief_service(stored, self.finding.changed(entry), self.telling, self.day),
            )

    def _places(self, stored: Stored) -> tuple[ServiceAtLocation, ...]:
        return at_locations(shown_service(evidence.publish(stored, self.day)), self.telling)


def call_the_roll(db: Database, day: date) -> Roll:
    """Return the roll of a database on a day.

    Args:
        db: to read.
        day: in Japan.
    """
    return roll_of(services.everything(db), changes.last_instants(db), day)


def library(
    db: Database, roll: Roll, telling: Telling, now: datetime, source: Source | None = None
) -> Library:
    """Return what answers questions on a database.

    Args:
        db: to read.
        roll: of that database, today.
        telling: what else is needed to tell of a service.
        now: with a zone.
        source: of that database, for searches; None to read it anew.
    """
    doubted = reports.doubted_channels(db)
    finding = Finding(source or db, roll, telling.gazetteer, now, reports.doubts_changed(db))
    return Library(db, finding, replace(telling, doubted=doubted))


def _listing(found: Sequence[Any], tell: Callable[[Sequence[Any]], Iterator[Any]]) -> Listing:
    return Listing(len(found), lambda start, stop: tell(found[start:stop]))
