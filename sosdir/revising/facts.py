"""Lay a service out as single facts with a path each, and build it again from them.

Paths: ``name`` for a fact of the service itself, ``channel/<id>`` for a part as a whole,
``channel/<id>/hours`` for a fact of a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from sosdir.models import Channel, Service, Source, Statistic

Part = Channel | Source | Statistic

# The fields of a service that hold its parts, and the word that begins their paths.
PARTS: Mapping[str, str] = {"channels": "channel", "sources": "source", "statistics": "statistic"}
_PART_CLASSES: tuple[type[Part], ...] = (Channel, Source, Statistic)
PART_FIELDS: Mapping[str, tuple[str, ...]] = {
    word: tuple(field.name for field in fields(kind) if field.name != "id")
    for word, kind in zip(PARTS.values(), _PART_CLASSES, strict=True)
}
OWN_FIELDS: tuple[str, ...] = tuple(
    field.name for field in fields(Service) if field.name not in {"id", *PARTS}
)


def part_key(part: Part) -> str:
    """Return what tells a part from the others of its service.

    Args:
        part: a channel, source or statistic.
    """
    if isinstance(part, Statistic):
        return f"{part.name}@{part.on.isoformat()}"
    return part.id


def parts_of(service: Service, field: str) -> dict[str, Part]:
    """Return the parts of one kind by key, in order.

    Args:
        service: that holds them.
        field: a key of ``PARTS``.
    """
    held: Iterable[Part] = getattr(service, field)
    return {part_key(each): each for each in held}


def with_facts(
    service: Service, own: Mapping[str, Any], parts: Mapping[str, Iterable[Part]]
) -> Service:
    """Return a service with some facts and parts in place of its own.

    Args:
        service: to change.
        own: values by field.
        parts: the parts by field of ``PARTS``.
    """
    told: dict[str, Any] = {field: tuple(held) for field, held in parts.items()}
    return replace(service, **own, **told)


def next_ids(prefix: str, used: Iterable[str]) -> Iterator[str]:
    """Give ids that no part ever bore: the prefix with numbers above all that are used.

    Args:
        prefix: such as ``minato-sos-`` for channels and ``minato-sos-s`` for sources.
        used: ids of that service in all its history; those of another form are passed over.
    """
    tails = (each.removeprefix(prefix) for each in used if each.startswith(prefix))
    number = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    while True:
        number += 1
        yield f"{prefix}{number}"


def channel_prefix(service_id: str) -> str:
    """Return how the ids of a service's channels begin."""
    return f"{service_id}-"


def source_prefix(service_id: str) -> str:
    """Return how the ids of a service's sources begin."""
    return f"{service_id}-s"
