"""Tell in which facts two notices differ, and put two changes of one notice together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sosdir.notices.records import KIND_LABELS, Kind, Link, Notice
from sosdir.revising import Change, Conflict
from sosdir.revising.wording import AreaName

FIELD_LABELS: Mapping[str, str] = {
    "title": "題",
    "body": "本文",
    "kind": "種類",
    "day": "お知らせの日",
    "links": "リンク",
    "services": "関係する窓口",
    "areas": "関係する地域",
    "until": "最初のページに出す最後の日",
}
_NAMES = tuple(each.name for each in fields(Notice) if each.name != "id")


@dataclass(frozen=True, slots=True)
class Merge:
    """Hold what comes of two changes of one notice.

    Args:
        notice: with both changes, and mine where both touched one fact.
        taken: what the other changed.
        conflicts: what both changed, each in another way.
    """

    notice: Notice
    taken: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def compare(before: Notice | None, after: Notice, area_name: AreaName = str) -> tuple[Change, ...]:
    """Return every fact in which a notice differs.

    Args:
        before: as it was, None when it is new.
        after: as it is.
        area_name: names an area code.
    """
    told = []
    for name in _NAMES:
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new:
            texts = (_text(name, value, area_name) for value in (old, new))
            told.append(Change(name, FIELD_LABELS[name], *texts))
    return tuple(each for each in told if each.before or each.after)


def merge(base: Notice, mine: Notice, theirs: Notice, area_name: AreaName = str) -> Merge:
    """Put together two changes that were made from the same state.

    Args:
        base: as both found it.
        mine: as the one who saves now has it.
        theirs: as it was saved meanwhile.
        area_name: names an area code.
    """
    taken, conflicts = dict[str, Any](), list[Conflict]()
    for name in _NAMES:
        old, my, their = (getattr(each, name) for each in (base, mine, theirs))
        if their in (old, my):
            continue
        if my == old:
            taken[name] = their
        else:
            texts = (_text(name, value, area_name) for value in (old, my, their))
            conflicts.append(Conflict(name, FIELD_LABELS[name], *texts))
    return Merge(replace(mine, **taken), compare(base, theirs, area_name), tuple(conflicts))


def _text(name: str, value: Any, area_name: AreaName) -> str:
    if value is None:
        return ""
    if name == "areas":
        return "、".join(area_name(each) for each in value)
    if isinstance(value, tuple):
        return "\n".join(
            f"{each.label} {each.url}" if isinstance(each, Link) else each for each in value
        )
    if isinstance(value, Kind):
        return KIND_LABELS[value]
    return value.isoformat() if isinstance(value, date) else str(value)
