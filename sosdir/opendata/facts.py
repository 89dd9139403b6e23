"""Choose the facts that may be given away: those of the pages, and nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sosdir import evidence
from sosdir.evidence import Published
from sosdir.models import DataPackage, Service


def published(services: Iterable[Service], day: date) -> tuple[Published, ...]:
    """Return what may be shown of the listed services on a day, by id.

    Args:
        services: as stored, those on hold too.
        day: in Japan.
    """
    listed = (evidence.publish(each, day) for each in services if evidence.is_listed(each))
    return tuple(sorted((evidence.without_rest(each) for each in listed), key=_id))


def published_package(package: DataPackage, day: date) -> DataPackage:
    """Return a data package of the published facts, that can be loaded like any other.

    Only the organizations that its services name stand in it, and no number that is out of use:
    those ring at strangers.

    Args:
        package: all that the database holds.
        day: in Japan.
    """
    services = tuple(_as_known(each) for each in published(package.services, day))
    named = {each.id for service in services for each in service.commissioners}
    named |= {each.organization.id for each in services if each.organization}
    organizations = tuple(each for each in package.organizations if each.id in named)
    return replace(package, services=services, organizations=organizations, retired_numbers=())


def _as_known(each: Published) -> Service:
    """Return a service whose evidence is that of the day, for its values are."""
    return replace(each.service, evidence=each.level, successor_id=None)


def _id(each: Published) -> str:
    return each.service.id
