"""Link a service to the terms that describe it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosdir import needs
from sosdir.evidence import Published
from sosdir.hsds import taxonomy
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier
from sosdir.hsds.taxonomy import TaxonomyTerm
from sosdir.models import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """The link of an object to a term that describes it."""

    id: Identifier
    link_id: Identifier
    link_type: str
    link_entity: str
    taxonomy_term_id: Identifier
    taxonomy_term: TaxonomyTerm


def attributes(published: Published) -> tuple[Attribute, ...]:
    """Return the attributes of a service.

    Args:
        published: as it may be shown.
    """
    link = identifier("service", published.service.id)
    return tuple(
        _attribute(published.service.id, link, taxonomy.term(code, value))
        for code, value in dict.fromkeys(described(published))
    )


def described(published: Published) -> Iterator[tuple[str, str]]:
    """Yield the taxonomies and terms that describe a service.

    Args:
        published: as it may be shown.
    """
    service = published.service
    yield taxonomy.FOCUS, service.focus
    yield taxonomy.ANSWERS_FOR, service.answers_for
    yield taxonomy.EVIDENCE, published.level
    yield from ((taxonomy.CHANNEL, each.kind) for each in service.channels)
    yield from ((taxonomy.NEED, each) for each in _needs(published))
    yield from ((taxonomy.OFFER, each) for each in service.offers)
    yield from ((taxonomy.STAFF, each) for each in service.staff)


def _needs(published: Published) -> Iterator[Need]:
    service = published.service
    met = {need for facts in needs.channel_facts(service) for need in facts.needs}
    met.update(needs.offered(service))
    yield from (need for need in Need if need in met)


def _attribute(service_id: str, link: str, term: TaxonomyTerm) -> Attribute:
    return Attribute(
        id=identifier("attribute", service_id, term.taxonomy, term.code),
        link_id=link,
        link_type=term.taxonomy,
        link_entity="service",
        taxonomy_term_id=term.id,
        taxonomy_term=term,
    )
