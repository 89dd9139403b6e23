"""Find what is asked in the roll, and read from the database what a page of it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sosdir import evidence
from sosdir.db import Database
from sosdir.hsds import taxonomy
from sosdir.hsds.asking import Asked
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.location import ServiceAtLocation, at_locations
from sosdir.hsds.organization import brief_organization, whole_organization
from sosdir.hsds.roll import Body, Entry, Roll, roll_of
from sosdir.hsds.service import (
    ListedAtLocation,
    OrganizationInFull,
    Service,
    brief_service,
    ended_service,
    minimal_service,
    shown_service,
    whole_service,
)
from sosdir.hsds.taxonomy import Taxonomy, TaxonomyTerm
from sosdir.hsds.telling import Telling
from sosdir.models import Service as Stored
from sosdir.schedules import TOKYO
from sosdir.search import Query, found_ids
from sosdir.store import reports, revisions, services
from sosdir.text import fold, words


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
        roll: of that version, on that day.
        telling: what else is needed to tell of a service.
        now: with a zone.
        doubts: when the doubts on a service last changed, by our id.
    """

    db: Database
    roll: Roll
    telling: Telling
    now: datetime
    doubts: Mapping[str, datetime]

    @property
    def day(self) -> date:
        """Return the day in Japan, which decides what may be shown."""
        return self.now.astimezone(TOKYO).date()

    def services(self, asked: Asked) -> Listing:
        """Return the services that are asked for.

        Args:
            asked: of the list.
        """
        found = self._found(asked)
        if asked.minimal:
            return _listing(found, lambda part: map(self._minimal, part))
        tell = self._whole if asked.full else self._brief
        return _listing(found, lambda part: self._told(part, tell))

    def organizations(self, asked: Asked) -> Listing:
        """Return the organizations that are asked for.

        Args:
            asked: of the list.
        """
        found = [each for each in self.roll.bodies.values() if self._is_asked(each, asked)]
        return _listing(found, lambda part: (self._organization(each, asked) for each in part))

    def service_at_locations(self, asked: Asked) -> Listing:
        """Return the services at their places that are asked for.

        Args:
            asked: of the list.
        """
        listed = (each for each in self._found(asked) if not each.ended)
        pairs = [(entry, number) for entry in listed for number in range(len(entry.places))]
        return _listing(pairs, lambda part: self._at_locations(part, asked))

    def taxonomies(self, asked: Asked) -> Listing:
        """Return the taxonomies that are asked for.

        Args:
            asked: of the list.
        """
        known = taxonomy.taxonomies(self.telling.profile)
        return _listing([each for each in known if _says(asked, each)], iter)

    def taxonomy_terms(self, asked: Asked) -> Listing:
        """Return the terms that are asked for; none of ours has a parent.

        Args:
            asked: of the list.
        """
        if asked.parent_id is not None:
            return _listing([], iter)
        known = (each for each in self.roll.terms.values() if _says(asked, each))
        wanted = {None, asked.taxonomy_id}
        return _listing(
            [each for each in known if asked.taxonomy_id is None or each.taxonomy_id in wanted],
            iter,
        )

    def service(self, made: str) -> Service | None:
        """Return a listed service whole, None where there is none.

        Args:
            made: its UUID.
        """
        entry = self.roll.services.get(made)
        if entry is None or entry.ended:
            return None
        return next(self._told([entry], self._whole), None)

    def organization(self, made: str, *, full_service: bool = False) -> Any:
        """Return an organization whole, None where there is none.

        Args:
            made: its UUID.
            full_service: whether its services are to be told whole.
        """
        body = self.roll.bodies.get(made)
        asked = Asked(full=True, full_service=full_service)
        return self._organization(body, asked) if body else None

    def service_at_location(self, made: str) -> ServiceAtLocation | None:
        """Return a service at a place, None where there is none.

        Args:
            made: its UUID.
        """
        for entry in self.roll.services.values():
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
        term = self.roll.terms.get(made)
        return replace(term, taxonomy_detail=self.taxonomy(term.taxonomy_id)) if term else None

    def _found(self, asked: Asked) -> list[Entry]:
        entries = [each for each in self._in_order(asked) if self._admits(asked, each)]
        if asked.modified_after is not None:
            ended = (each for each in self.roll.services.values() if each.ended)
            entries += (each for each in ended if self._changed(each) >= asked.modified_after)
        return entries

    def _in_order(self, asked: Asked) -> Iterable[Entry]:
        """Yield the listed services that serve a place and answer a search, else all."""
        if not asked.search.strip() and asked.area_code is None:
            return (each for each in self.roll.services.values() if not each.ended)
        query = Query(at=self.now, today=self.day, text=asked.search, area=asked.area_code)
        ids = found_ids(self.db, self.telling.gazetteer, query)
        return (self.roll.services[identifier("service", each)] for each in ids)

    def _admits(self, asked: Asked, entry: Entry) -> bool:
        return (
            asked.organization_id in {None, entry.organization_id}
            and self._is_described(entry, asked)
            and (asked.modified_after is None or self._changed(entry) >= asked.modified_after)
        )

    def _is_described(self, entry: Entry, asked: Asked) -> bool:
        if asked.taxonomy_term_id is not None and asked.taxonomy_term_id not in entry.terms:
            return False
        if asked.taxonomy_id is None:
            return True
        return any(self.roll.terms[each].taxonomy_id == asked.taxonomy_id for each in entry.terms)

    def _is_asked(self, body: Body, asked: Asked) -> bool:
        if not _holds(asked, body.organization.name):
            return False
        if asked.taxonomy_term_id is None and asked.taxonomy_id is None:
            return True
        run = (self.roll.services[identifier("service", key)] for key, _ in body.runs)
        return any(self._is_described(each, asked) for each in run)

    def _changed(self, entry: Entry) -> datetime:
        return max(entry.changed, self.doubts.get(entry.key, entry.changed))

    def _minimal(self, entry: Entry) -> Any:
        return minimal_service(entry.key, self._changed(entry))

    def _told(
        self,
        entries: Sequence[Entry],
        tell: Callable[[Sequence[Stored], Mapping[str, datetime]], Iterator[Service]],
    ) -> Iterator[Service]:
        """Read services and tell of them in order; of those that ended, only that."""
        found = {each.id: each for each in services.find(self.db, [one.key for one in entries])}
        changes = {each.key: self._changed(each) for each in entries}
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
        run = [self.roll.services[identifier("service", key)] for key, _ in body.runs]
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
                service=brief_service(stored, self._changed(entry), self.telling, self.day),
            )

    def _places(self, stored: Stored) -> tuple[ServiceAtLocation, ...]:
        return at_locations(shown_service(evidence.publish(stored, self.day)), self.telling)


def call_the_roll(db: Database, day: date) -> Roll:
    """Return the roll of a database on a day.

    Args:
        db: to read.
        day: in Japan.
    """
    return roll_of(services.everything(db), revisions.latest_public_instants(db), day)


def library(db: Database, roll: Roll, telling: Telling, now: datetime) -> Library:
    """Return what answers questions on a database.

    Args:
        db: to read.
        roll: of that database, today.
        telling: what else is needed to tell of a service.
        now: with a zone.
    """
    doubted = reports.doubted_channels(db)
    doubts = reports.doubts_changed(db)
    return Library(db, roll, replace(telling, doubted=doubted), now, doubts)


def _listing(found: Sequence[Any], tell: Callable[[Sequence[Any]], Iterator[Any]]) -> Listing:
    return Listing(len(found), lambda start, stop: tell(found[start:stop]))


def _says(asked: Asked, each: Taxonomy | TaxonomyTerm) -> bool:
    code = each.code if isinstance(each, TaxonomyTerm) else ""
    return _holds(asked, f"{each.name} {code} {each.description}")


def _holds(asked: Asked, text: str) -> bool:
    """Tell whether a short text that no index holds has all words of a search."""
    folded = fold(text)
    return all(word in folded for word in words(asked.search))
