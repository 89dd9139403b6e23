"""Tell an organization: who it is, and what it runs and commissions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier, own
from sosdir.models import Organization as Stored

_SCHEME = "sosdir"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationIdentifier:
    """An id of an organization in a scheme; ours is that of the data package."""

    id: Identifier
    organization_id: Identifier
    identifier_scheme: str
    identifier_type: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedService:
    """Profile: a service by its id and name."""

    id: Identifier
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body that runs services, or commissions them."""

    id: Identifier
    name: str
    description: str
    organization_identifiers: tuple[OrganizationIdentifier, ...] = ()
    services: tuple[NamedService, ...] = own("The services that it runs.", ())
    commissions: tuple[NamedService, ...] = own("The services that it commissions.", ())


def brief_organization(body: Stored) -> Organization:
    """Return an organization by its name; nothing else is known that stands in it once.

    Args:
        body: of the directory.
    """
    return Organization(
        id=identifier("organization", body.id), name=body.name, description=body.name
    )


def whole_organization(
    body: Stored, runs: Iterable[tuple[str, str]], commissions: Iterable[tuple[str, str]]
) -> Organization:
    """Return an organization with the services that it runs and commissions.

    Args:
        body: of the directory.
        runs: our ids and the names of the listed services that it runs.
        commissions: of those that it commissions.
    """
    made = identifier("organization", body.id)
    return Organization(
        id=made,
        name=body.name,
        description=body.name,
        organization_identifiers=(
            OrganizationIdentifier(
                id=identifier("organization_identifier", body.id, _SCHEME),
                organization_id=made,
                identifier_scheme=_SCHEME,
                identifier_type=_SCHEME,
                identifier=body.id,
            ),
        ),
        services=tuple(map(_named, runs)),
        commissions=tuple(map(_named, commissions)),
    )


def _named(service: tuple[str, str]) -> NamedService:
    key, name = service
    return NamedService(id=identifier("service", key), name=name)
