"""Call the roll: who can be listed, by which UUID, and what filters ask of each.

It is made once for each version of the data and each day, for that is what it depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sosdir import evidence
from sosdir.hsds import taxonomy
from sosdir.hsds.attribute import described
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.location import at_location_id, places
from sosdir.hsds.service import shown_service
from sosdir.hsds.taxonomy import TaxonomyTerm
from sosdir.models import Organization, Service
from sosdir.partnerships import others_than


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what lists and filters need of a service.

    Args:
        key: our id.
        name: of the service.
        id: its UUID.
        organization_id: UUID of who runs it, or None.
        areas: codes of whom it serves.
        terms: UUIDs of the terms that describe it.
        places: UUIDs of the service at each of its places.
        changed: when what is shown of it last changed.
        ended: whether it has ended, and lists leave it out.
    """

    key: str
    name: str
    id: str
    organization_id: str | None
    areas: frozenset[str]
    terms: frozenset[str]
    places: tuple[str, ...]
    changed: datetime
    ended: bool


@dataclass(frozen=True, slots=True)
class Body:
    """Hold an organization with our ids and the names of its listed services."""

    organization: Organization
    runs: tuple[tuple[str, str], ...]
    commissions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """Hold everything that can be listed, each in a steady order.

    Args:
        services: by UUID, in the order of our ids.
        bodies: organizations by UUID, in the order of our ids.
        terms: of our taxonomies, by UUID.
    """

    services: Mapping[str, Entry]
    bodies: Mapping[str, Body]
    terms: Mapping[str, TaxonomyTerm]


def roll_of(services: Iterable[Service], changes: Mapping[str, datetime], day: date) -> Roll:
    """Return the roll of a directory on a day.

    Args:
        services: all, as stored.
        changes: when the public state of each last changed, by our id, where history knows.
        day: in Japan.
    """
    public = sorted(filter(evidence.is_public, services), key=lambda each: each.id)
    listed = [each for each in public if evidence.is_listed(each)]
    entries = (_entry(each, changes.get(each.id), day) for each in public)
    return Roll(
        services={each.id: each for each in entries},
        bodies={identifier("organization", key): body for key, body in _bodies(listed).items()},
        terms={each.id: each for each in _terms(listed)},
    )


def _entry(service: Service, recorded: datetime | None, day: date) -> Entry:
    published = evidence.publish(service, day)
    seen_on, hidden_from = evidence.looked_at(service), evidence.withheld_from(service)
    shown = shown_service(published)
    body = service.organization
    found = places(shown)
    return Entry(
        key=service.id,
        name=service.name,
        id=identifier("service", service.id),
        organization_id=identifier("organization", body.id) if body else None,
        areas=frozenset(service.service_areas),
        terms=frozenset(taxonomy.term_id(*each) for each in described(published)),
        places=tuple(at_location_id(service.id, n) for n in range(1, len(found) + 1)),
        changed=evidence.changed_at(seen_on, hidden_from, recorded, day),
        ended=not evidence.is_listed(service),
    )


def _bodies(listed: list[Service]) -> dict[str, Body]:
    known: dict[str, Organization] = {}
    runs: dict[str, list[tuple[str, str]]] = {}
    commissions: dict[str, list[tuple[str, str]]] = {}
    for service in listed:
        named = (service.id, service.name)
        if service.organization:
            known[service.organization.id] = service.organization
            runs.setdefault(service.organization.id, []).append(named)
        for each in others_than(service.organization, service.commissioners):
            known[each.id] = each
            commissions.setdefault(each.id, []).append(named)
    return {
        key: Body(known[key], tuple(runs.get(key, ())), tuple(commissions.get(key, ())))
        for key in sorted(known)
    }


def _terms(listed: list[Service]) -> Iterator[TaxonomyTerm]:
    yield from taxonomy.closed_terms()
    offers = (offer for each in listed for offer in each.offers)
    staff = (word for each in listed for word in each.staff)
    yield from taxonomy.open_terms(offers, staff)
