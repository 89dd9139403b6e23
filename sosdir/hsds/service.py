"""Tell a service whole, in brief, or that it has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sosdir import evidence
from sosdir.evidence import Published
from sosdir.hsds import channel, money
from sosdir.hsds.attribute import Attribute, attributes
from sosdir.hsds.channel import Phone, Url, Way
from sosdir.hsds.identifiers import identifier, web_address
from sosdir.hsds.language import Language, of_service
from sosdir.hsds.location import ServiceAtLocation, at_locations
from sosdir.hsds.metadata import Metadata, metadata
from sosdir.hsds.money import CostOption, Funding, Program
from sosdir.hsds.organization import Organization, brief_organization
from sosdir.hsds.schedule import Schedule, schedules
from sosdir.hsds.service_area import ServiceArea, service_areas
from sosdir.hsds.shape import Day, Identifier, Instant, MailAddress, WebAddress, own
from sosdir.hsds.telling import Telling
from sosdir.models import EvidenceLevel, ServiceStatus, SourceKind
from sosdir.models import Service as Stored
from sosdir.revising import Revision
from sosdir.schedules import TOKYO

_OFFERS = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The part of the organization that answers; no person is named."""

    id: Identifier
    service_id: Identifier
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Profile: a page that states facts of a service."""

    id: str
    url: WebAddress
    publisher: str
    kind: SourceKind
    page_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Profile: a dated figure, with the ids of the sources that state it."""

    name: str
    value: int
    on: Day
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A help line, with everything that may be shown of it."""

    id: Identifier
    organization_id: Identifier | None = None
    program_id: Identifier | None = None
    name: str
    description: str | None = None
    url: WebAddress | None = None
    additional_urls: tuple[Url, ...] = ()
    email: MailAddress | None = None
    status: ServiceStatus
    fees_description: str | None = None
    eligibility_description: str | None = None
    assured_date: Day | None = None
    alert: str | None = None
    last_modified: Instant
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    service_at_locations: tuple[ServiceAtLocation, ...] = ()
    languages: tuple[Language, ...] = ()
    organization: Organization | None = None
    funding: tuple[Funding, ...] = ()
    cost_options: tuple[CostOption, ...] = ()
    program: Program | None = None
    contacts: tuple[Contact, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    metadata: tuple[Metadata, ...] = ()
    slug: str | None = own("Our own id, as in the address of the page.")
    page: WebAddress | None = own("The page that people read.")
    evidence: EvidenceLevel | None = own("How well it is known on the day it is asked.")
    contact_withheld: bool | None = own(
        "Whether its numbers, addresses, hours and ids are held back, being old or unsure."
    )
    contact_missing: bool | None = own("Whether no source gives any way to reach it.")
    collected_on: Day | None = own("The day the facts were collected; no check by a person.")
    newest_source_year: int | None = own("The year of its newest dated source.")
    anonymous: bool | None = own("Whether no name is needed; absent where no source says.")
    confidentiality: str | None = own("Who may be told, in the words of a source.")
    established: str | None = own("Since when, in the words of a source.")
    partners: tuple[str, ...] = own("Who works with it, in the words of the sources.", ())
    programs: tuple[str, ...] = own("All its programmes, in the words of the sources.", ())
    channels: tuple[Way, ...] = own("All ways to reach it, those too that are not shown.", ())
    sources: tuple[Page, ...] = own("The pages that state all this.", ())
    statistics: tuple[Figure, ...] = own(
        "Dated figures with the ids of the sources that state them.", ()
    )


def whole_service(
    stored: Stored,
    history: Iterable[Revision],
    changed: datetime,
    telling: Telling,
    day: date,
) -> Service:
    """Return a service with everything that may be shown of it.

    Args:
        stored: public, as it is now.
        history: of it.
        changed: when what is shown of it last changed.
        telling: what else is needed.
        day: in Japan, on which it is asked.
    """
    published = evidence.publish(stored, day)
    shown = shown_service(published)
    return replace(
        _outline(published, shown, changed, telling),
        additional_urls=channel.urls(shown, telling.doubted),
        phones=channel.phones(shown, telling.doubted),
        schedules=schedules(shown),
        service_areas=service_areas(shown, telling),
        service_at_locations=at_locations(shown, telling),
        languages=of_service(shown.id, shown.all_languages),
        funding=money.funding(shown),
        cost_options=money.cost_options(shown),
        contacts=_contacts(shown),
        attributes=attributes(replace(published, service=shown)),
        metadata=metadata(history, stored, day),
        partners=shown.partners,
        programs=shown.programs,
        channels=channel.ways(shown, telling.doubted),
        sources=_pages(shown),
        statistics=_figures(shown),
    )


def brief_service(stored: Stored, changed: datetime, telling: Telling, day: date) -> Service:
    """Return a service with what stands in it once: no lists, but its organization.

    Args:
        stored: public, as it is now.
        changed: when what is shown of it last changed.
        telling: what else is needed.
        day: in Japan, on which it is asked.
    """
    published = evidence.publish(stored, day)
    return _outline(published, shown_service(published), changed, telling)


def ended_service(stored: Stored, changed: datetime) -> Service:
    """Return what is left to tell of a service that has ended: that, and no way to reach it.

    Args:
        stored: public once.
        changed: when it ended.
    """
    return Service(
        id=identifier("service", stored.id),
        name=stored.name,
        status=ServiceStatus.DEFUNCT,
        alert=stored.status_note,
        last_modified=instant(changed),
        slug=stored.id,
    )


def shown_service(published: Published) -> Stored:
    """Return what may be shown of a service; nobody is sent to one that rests.

    Args:
        published: as evidence has it.
    """
    return evidence.without_rest(published).service


def instant(at: datetime) -> str:
    """Return an instant as RFC 3339 has it, in the time of Japan.

    Args:
        at: with a zone.
    """
    return at.astimezone(TOKYO).isoformat(timespec="seconds")


def _outline(published: Published, service: Stored, changed: datetime, telling: Telling) -> Service:
    body, program = service.organization, money.program(service)
    return Service(
        id=identifier("service", service.id),
        organization_id=identifier("organization", body.id) if body else None,
        program_id=program.id if program else None,
        name=service.name,
        description=_OFFERS.join(service.offers) or None,
        url=web_address(service.website),
        email=channel.email(service),
        status=service.status,
        fees_description=money.fees(service),
        eligibility_description=service.eligibility,
        assured_date=service.checked_on.isoformat() if service.checked_on else None,
        alert=service.status_note,
        last_modified=instant(changed),
        organization=brief_organization(body) if body else None,
        program=program,
        slug=service.id,
        page=telling.service_page(service.id),
        evidence=published.level,
        contact_withheld=published.withheld,
        contact_missing=service.contact_missing,
        collected_on=service.collected_on.isoformat(),
        newest_source_year=service.newest_source_year,
        anonymous=service.anonymous,
        confidentiality=service.confidentiality,
        established=service.established,
    )


def _contacts(service: Stored) -> tuple[Contact, ...]:
    if service.department is None:
        return ()
    made, owner = identifier("contact", service.id), identifier("service", service.id)
    return (Contact(id=made, service_id=owner, department=service.department),)


def _pages(service: Stored) -> tuple[Page, ...]:
    found = ((each, web_address(each.url)) for each in service.sources)
    return tuple(
        Page(
            id=each.id,
            url=address,
            publisher=each.publisher,
            kind=each.kind,
            page_date=each.page_date,
        )
        for each, address in found
        if address is not None
    )


def _figures(service: Stored) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            name=each.name,
            value=each.value,
            on=each.on.isoformat(),
            source_ids=each.source_ids,
        )
        for each in service.statistics
    )
