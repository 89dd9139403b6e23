"""Tell field by field what a change changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sosdir.models import Service
from sosdir.revising.facts import OWN_FIELDS, PART_FIELDS, PARTS, Part, parts_of
from sosdir.revising.wording import AreaName, label, part_label, part_text, value_text

ValueText = Callable[[str, Any], str]


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one fact that differs.

    Args:
        path: of the fact, such as ``channel/minato-sos-1/hours``.
        label: its name, such as 連絡手段「電話 189」:受付時間.
        before: as text, empty where there was none.
        after: as text, empty where there is none.
    """

    path: str
    label: str
    before: str
    after: str


def compare(
    before: Service | None, after: Service, area_name: AreaName = str
) -> tuple[Change, ...]:
    """Return every fact in which a service differs, in the order of its record.

    Args:
        before: the service as it was, None when it is new.
        after: the service as it is.
        area_name: names an area code; codes stand for themselves without it.
    """
    changes = list(_own_changes(before, after, area_name))
    for field in PARTS:
        changes.extend(_part_changes(field, before, after, area_name))
    return tuple(changes)


def _own_changes(before: Service | None, after: Service, area_name: AreaName) -> Iterator[Change]:
    for field in OWN_FIELDS:
        old, new = getattr(before, field, None), getattr(after, field)
        if old != new:
            texts = (value_text(field, value, area_name) for value in (old, new))
            # A new service says nothing by what it leaves out.
            change = Change(field, label(field), *texts)
            if before is not None or change.after:
                yield change


def _part_changes(
    field: str, before: Service | None, after: Service, area_name: AreaName
) -> Iterator[Change]:
    word = PARTS[field]
    old = parts_of(before, field) if before else {}
    new = parts_of(after, field)
    name = _name_with_sources(before, after, area_name)
    for key in [*new, *(each for each in old if each not in new)]:
        yield from _changes_of_part(word, key, old.get(key), new.get(key), name)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        texts = ("、".join(part_text(each) for each in held.values()) for held in (old, new))
        yield Change(word, f"{part_label(word, None)}の順", *texts)


def _name_with_sources(before: Service | None, after: Service, area_name: AreaName) -> ValueText:
    """Return what says a value of a part; sources are said by their publisher."""
    sources = (*(before.sources if before else ()), *after.sources)
    publishers = {each.id: each.publisher for each in sources}

    def say(field: str, value: Any) -> str:
        if field == "source_ids":
            value = tuple(publishers.get(key, key) for key in value or ())
        return value_text(field, value, area_name)

    return say


def _changes_of_part(
    word: str, key: str, old: Part | None, new: Part | None, say: ValueText
) -> Iterator[Change]:
    path = f"{word}/{key}"
    if old is None or new is None:
        part = old or new
        texts = (part_text(each) if each else "" for each in (old, new))
        yield Change(path, part_label(word, part), *texts)
    if new is None:
        return
    for field in PART_FIELDS[word]:
        values = (getattr(old, field, None), getattr(new, field))
        if values[0] == values[1]:
            continue
        texts = (say(field, value) for value in values)
        change = Change(f"{path}/{field}", f"{part_label(word, new)}:{label(field, word)}", *texts)
        if old is not None or change.after:
            yield change
