"""Who comes next when a line does not answer: the same person's own list, from its own search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from sosdir import evidence
from sosdir.areas import Gazetteer, Place
from sosdir.db import Database
from sosdir.models import NATIONWIDE, ChannelKind, Focus, Service
from sosdir.search import WITHIN_THE_PREFECTURE, Hit, Query, Source, read, search
from sosdir.store import services

MOST = 3
# More than any place has: the list is looked through to its end.
_ALL = 500
_COUNTRY = 2
_GENERAL = (Focus.WOMENS_HEALTH, Focus.MATERNITY)


@dataclass(frozen=True, slots=True)
class Onward:
    """Hold the lines to try next, each part in the order of the list.

    Args:
        place: whose lines they are, None for the whole country.
        near: those of the place itself.
        nationwide: those that serve the whole country.
        general: desks for women's health and maternity of the place, not named above.
        relaxed: whether no other line has what was asked for, so that all are offered.
        assumed: code of the place, None where the query names one itself.
    """

    place: Place | None
    near: tuple[Hit, ...]
    nationwide: tuple[Hit, ...]
    general: tuple[Hit, ...]
    relaxed: bool = False
    assumed: str | None = None


def onward(source: Source, gazetteer: Gazetteer, query: Query, service: Service) -> Onward:
    """Return who comes next after a service, for the person who asked the query.

    Where the query names no place, the place is that which the service serves.

    Args:
        source: to read.
        gazetteer: of the same data.
        query: by which the service was found.
        service: the one that does not answer.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    asked = _placed(gazetteer, query, service)
    plain = _plain(gazetteer, asked)
    hits, relaxed = _others(source, gazetteer, asked, service), False
    if not hits:
        hits, relaxed = _others(source, gazetteer, plain, service), asked != plain
    near = _first(hit for hit in hits if hit.nearness < _COUNTRY)
    nationwide = _first(hit for hit in hits if hit.nearness == _COUNTRY)
    desks = _others(source, gazetteer, replace(plain, focus=_GENERAL), service)
    named = {hit.published.service.id for hit in (*near, *nationwide)}
    return Onward(
        place=read(gazetteer, asked).place,
        near=near,
        nationwide=nationwide,
        general=_first(hit for hit in desks if hit.published.service.id not in named),
        relaxed=relaxed and bool(hits),
        assumed=None if _names_a_place(gazetteer, query) else asked.area,
    )


def can_be_tried(hit: Hit) -> bool:
    """Tell whether someone can be sent there: it serves the place, and what we show reaches it.

    A fax decides nothing: who sends one does not know who reads it.

    Args:
        hit: as found.
    """
    service = hit.published.service
    if hit.published.withheld or hit.nearness == WITHIN_THE_PREFECTURE:
        return False
    return any(
        evidence.is_reachable(service, channel)
        for channel in service.channels
        if channel.kind is not ChannelKind.FAX
    )


def successor(db: Database, service: Service) -> Service | None:
    """Return the listed service at the end of the chain of successors, None where it breaks.

    Args:
        db: to read.
        service: one that has ended.
    """
    seen = {service.id}
    while service.successor_id is not None and service.successor_id not in seen:
        seen.add(service.successor_id)
        found = services.find(db, [service.successor_id])
        if not found or not evidence.is_public(found[0]):
            return None
        service = found[0]
        if evidence.is_listed(service):
            return service
    return None


def _placed(gazetteer: Gazetteer, query: Query, service: Service) -> Query:
    # How wide an area is asked for counts lines; it helps nobody who seeks the next one.
    query = replace(query, page=1, per_page=_ALL, scope=())
    if _names_a_place(gazetteer, query):
        return query
    return replace(query, area=service.service_areas[0])


def _names_a_place(gazetteer: Gazetteer, query: Query) -> bool:
    return query.area is not None or bool(read(gazetteer, query).places)


def _plain(gazetteer: Gazetteer, query: Query) -> Query:
    """Return the same place at the same moment, without any other wish."""
    place = read(gazetteer, query).place
    return Query(
        at=query.at,
        today=query.today,
        area=place.code if place else NATIONWIDE,
        sort=query.sort,
        per_page=_ALL,
    )


def _others(
    source: Source, gazetteer: Gazetteer, query: Query, service: Service
) -> tuple[Hit, ...]:
    found = search(source, gazetteer, query).hits
    return tuple(
        hit for hit in found if hit.published.service.id != service.id and can_be_tried(hit)
    )


def _first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(islice(hits, MOST))
