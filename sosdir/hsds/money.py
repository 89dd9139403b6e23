"""Tell who pays for a service, under which programme, and what it costs who asks."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier, own
from sosdir.models import Organization, Service
from sosdir.partnerships import others_than, program_of

FREE = "無料"


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Who commissions a service, or a programme that it belongs to."""

    id: Identifier
    service_id: Identifier
    source: str
    commissioner_id: Identifier | None = own("The UUID of the organization that commissions it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A programme, by its national name where the words of the sources surely mean one."""

    id: Identifier
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOption:
    """What a service costs who asks; an amount only where a source says that it is free."""

    id: Identifier
    service_id: Identifier
    currency: str | None = None
    amount: int | None = None
    amount_description: str


def funding(service: Service) -> tuple[Funding, ...]:
    """Return who commissions a service and its programmes; who runs it commissions nobody.

    Args:
        service: published.
    """
    others = others_than(service.organization, service.commissioners)
    return (
        *(_commissioned(service, each) for each in others),
        *(_under(service, each) for each in service.programs),
    )


def program(service: Service) -> Program | None:
    """Return the programme of a service, None where it has none or several.

    Several wordings may mean one; they stand in the service and in its funding.

    Args:
        service: published.
    """
    meant = {each.slug: each.name for each in map(program_of, service.programs)}
    if len(meant) != 1:
        return None
    ((slug, name),) = meant.items()
    return Program(id=identifier("program", slug), name=name, description=name)


def cost_options(service: Service) -> tuple[CostOption, ...]:
    """Return what a service costs, nothing where no source says.

    Args:
        service: published.
    """
    words = fees(service)
    if words is None:
        return ()
    costs_nothing = service.fee == "free"
    return (
        CostOption(
            id=identifier("cost_option", service.id),
            service_id=identifier("service", service.id),
            currency="JPY" if costs_nothing else None,
            amount=0 if costs_nothing else None,
            amount_description=words,
        ),
    )


def fees(service: Service) -> str | None:
    """Return the words on what a service costs, None where no source says.

    Args:
        service: published.
    """
    return FREE if service.fee == "free" else service.fee


def _commissioned(service: Service, body: Organization) -> Funding:
    return Funding(
        id=identifier("funding", service.id, "commissioner", body.id),
        service_id=identifier("service", service.id),
        source=body.name,
        commissioner_id=identifier("organization", body.id),
    )


def _under(service: Service, name: str) -> Funding:
    return Funding(
        id=identifier("funding", service.id, "program", name),
        service_id=identifier("service", service.id),
        source=name,
    )
