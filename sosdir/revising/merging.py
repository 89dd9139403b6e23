"""Merge two changes of one service that were made from the same state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from sosdir.models import Channel, Service, Source, Statistic
from sosdir.revising.differences import Change, compare
from sosdir.revising.facts import (
    OWN_FIELDS,
    PART_FIELDS,
    PARTS,
    Part,
    channel_prefix,
    next_ids,
    part_key,
    parts_of,
    source_prefix,
    with_facts,
)
from sosdir.revising.wording import AreaName, label, part_label, part_text, value_text

Named = TypeVar("Named", Channel, Source)


# What follows from sources and checks, and is one fact: nobody is asked to choose half of it.
STANDING = ("evidence", "newest_source_year", "checked_on")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold one fact that both changed, each in another way.

    Args:
        path: of the fact, or of a whole part that one removed and the other changed.
        label: its name.
        base: as both found it, as text.
        mine: as the one who saves now has it.
        theirs: as it was saved meanwhile.
    """

    path: str
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Hold what comes of two changes.

    Args:
        service: with both changes, and mine where they conflict.
        conflicts: where a person must choose.
        taken: what the other changed since the base.
        again: merges anew with theirs at the paths given.
    """

    service: Service
    conflicts: tuple[Conflict, ...]
    taken: tuple[Change, ...]
    again: Callable[[Collection[str]], Service] = field(repr=False, compare=False)

    def choosing(self, paths: Collection[str]) -> Service:
        """Return the service with theirs at the conflicts named, and mine at the others.

        Args:
            paths: of conflicts.
        """
        return self.again(paths)


@dataclass(slots=True)
class _Merger:
    base: Service
    mine: Service
    theirs: Service
    area_name: AreaName
    chosen: Collection[str] = ()
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self) -> Service:
        own = {name: self._own(name) for name in OWN_FIELDS if name not in STANDING}
        own |= _standing_of(self.base, self.mine, self.theirs)
        parts = {name: list(self._parts(name)) for name in PARTS}
        return _with_known_sources(with_facts(self.mine, own, parts))

    def _own(self, name: str) -> Any:
        values = [getattr(each, name) for each in (self.base, self.mine, self.theirs)]
        texts = [value_text(name, value, self.area_name) for value in values]
        return self._settled(name, label(name), values, texts)

    def _parts(self, name: str) -> Iterator[Part]:
        base, mine, theirs = (parts_of(each, name) for each in (self.base, self.mine, self.theirs))
        for key in _order(list(base), list(mine), list(theirs)):
            part = self._part(PARTS[name], key, base.get(key), mine.get(key), theirs.get(key))
            if part is not None:
                yield part

    def _part(
        self, word: str, key: str, base: Part | None, mine: Part | None, theirs: Part | None
    ) -> Part | None:
        if base is not None and mine is not None and theirs is not None:
            return self._part_in_all(word, key, base, mine, theirs)
        values = [base, mine, theirs]
        texts = [part_text(each) if each else "" for each in values]
        named = part_label(word, base or mine or theirs)
        settled: Part | None = self._settled(f"{word}/{key}", named, values, texts)
        return settled

    def _part_in_all(self, word: str, key: str, base: Part, mine: Part, theirs: Part) -> Part:
        told: dict[str, Any] = {}
        for name in PART_FIELDS[word]:
            values = [getattr(each, name) for each in (base, mine, theirs)]
            texts = [value_text(name, value, self.area_name) for value in values]
            named = f"{part_label(word, mine)}:{label(name, word)}"
            told[name] = self._settled(f"{word}/{key}/{name}", named, values, texts)
        return replace(mine, **told)

    def _settled(self, path: str, named: str, values: list[Any], texts: list[str]) -> Any:
        base, mine, theirs = values
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        self.conflicts.append(Conflict(path, named, *texts))
        return theirs if path in self.chosen else mine


def merge(base: Service, mine: Service, theirs: Service, area_name: AreaName = str) -> Merge:
    """Return both changes of one service in one.

    What one of them left alone takes the other's value. Parts that both added stay apart.

    Args:
        base: the state from which both were made.
        mine: as the one who saves now has it.
        theirs: as it was saved meanwhile.
        area_name: names an area code.
    """
    apart = _with_ids_of_its_own(base, mine, theirs)

    def again(paths: Collection[str]) -> Service:
        return _Merger(base, apart, theirs, area_name, paths).merged()

    merger = _Merger(base, apart, theirs, area_name)
    service = merger.merged()
    return Merge(service, tuple(merger.conflicts), compare(base, theirs, area_name), again)


def _standing_of(base: Service, mine: Service, theirs: Service) -> dict[str, Any]:
    """Return how well the service is known: from who changed it, of two from the later check."""
    told = {each: _standing(each) for each in (base, mine, theirs)}
    if told[mine] == told[base]:
        return dict(zip(STANDING, told[theirs], strict=True))
    checks = {each: each.checked_on or date.min for each in (mine, theirs)}
    if told[theirs] == told[base] or checks[mine] > checks[theirs]:
        return dict(zip(STANDING, told[mine], strict=True))
    return dict(zip(STANDING, told[theirs], strict=True))


def _standing(service: Service) -> tuple[Any, ...]:
    return tuple(getattr(service, name) for name in STANDING)


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Return all keys in the order of whoever changed it, mine first; what is new goes last."""
    if mine == base:
        return list(dict.fromkeys([*theirs, *base]))
    kept = [key for key in base if key in mine and key in theirs]
    i_moved, they_moved = ([key for key in each if key in kept] != kept for each in (mine, theirs))
    first, second = (theirs, mine) if they_moved and not i_moved else (mine, theirs)
    return list(dict.fromkeys([*first, *second, *base]))


def _with_ids_of_its_own(base: Service, mine: Service, theirs: Service) -> Service:
    """Give another id to what both added under one id."""
    sources, renamed = _apart(mine.sources, base.sources, theirs.sources, source_prefix(mine.id))
    channels, _ = _apart(mine.channels, base.channels, theirs.channels, channel_prefix(mine.id))
    told = replace(mine, sources=tuple(sources), channels=tuple(channels))
    return _pointing(told, lambda key: renamed.get(key, key))


def _pointing(service: Service, at: Callable[[str], str | None]) -> Service:
    """Let channels and figures point at other sources, or at none where there is none."""

    def ids(part: Channel | Statistic) -> tuple[str, ...]:
        return tuple(found for key in part.source_ids if (found := at(key)) is not None)

    return replace(
        service,
        channels=tuple(replace(each, source_ids=ids(each)) for each in service.channels),
        statistics=tuple(replace(each, source_ids=ids(each)) for each in service.statistics),
    )


def _apart(
    mine: Iterable[Named], base: Iterable[Named], theirs: Iterable[Named], prefix: str
) -> tuple[list[Named], dict[str, str]]:
    mine = list(mine)
    known: set[str] = {each.id for each in base}
    added: dict[str, Named] = {each.id: each for each in theirs if each.id not in known}
    fresh = next_ids(prefix, [*known, *added, *(part_key(each) for each in mine)])
    renamed = {each.id: next(fresh) for each in mine if each.id in added and each != added[each.id]}
    return [replace(each, id=renamed.get(each.id, each.id)) for each in mine], renamed


def _with_known_sources(service: Service) -> Service:
    """Take away what points at a source that one of the two removed."""
    known = {each.id for each in service.sources}
    return _pointing(service, lambda key: key if key in known else None)
