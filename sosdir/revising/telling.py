"""Tell a whole service as an admin reads it, with what the public never sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosdir.models import Service, Source
from sosdir.revising.facts import OWN_FIELDS, PART_FIELDS, PARTS, Part, parts_of
from sosdir.revising.wording import AreaName, label, part_label, part_text, value_text


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one fact as text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PartSheet:
    """Hold one part of a service with its facts.

    Args:
        title: in a few words.
        facts: those that say something.
    """

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a whole service as text.

    Args:
        facts: of the service itself, those that say something.
        parts: its channels, sources and dated figures, by what they are called.
    """

    facts: tuple[Fact, ...]
    parts: tuple[tuple[str, tuple[PartSheet, ...]], ...]


def tell(service: Service, area_name: AreaName = str) -> Sheet:
    """Return everything that is stored of a service.

    Args:
        service: as stored.
        area_name: names an area code.
    """
    own = tuple(_facts(service, OWN_FIELDS, "service", area_name))
    parts = (
        (part_label(word, None), tuple(_part_sheets(service, name)))
        for name, word in PARTS.items()
        if getattr(service, name)
    )
    return Sheet(own, tuple(parts))


def _facts(
    record: Service | Part, names: tuple[str, ...], table: str, area_name: AreaName
) -> Iterator[Fact]:
    for name in names:
        text = value_text(name, getattr(record, name), area_name)
        if text:
            yield Fact(label(name, table), text)


def _part_sheets(service: Service, name: str) -> Iterator[PartSheet]:
    word = PARTS[name]
    names = tuple(each for each in PART_FIELDS[word] if each != "source_ids")
    for part in parts_of(service, name).values():
        facts = [*_facts(part, names, word, str), *_sources(service, part)]
        title = part.publisher if isinstance(part, Source) else part_text(part)
        yield PartSheet(title, tuple(facts))


def _sources(service: Service, part: Part) -> Iterator[Fact]:
    """Name the sources of a channel or figure by what they are, not by their ids."""
    if not isinstance(part, Source):
        stated = (each for each in service.sources if each.id in part.source_ids)
        text = "、".join(part_text(each) for each in stated)
        yield Fact(part_label("source", None), text or "なし")
