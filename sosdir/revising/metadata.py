"""Derive the metadata of HSDS from history: what changed in public, and nothing that may not be.

Open Referral HSDS 3.1, metadata: one entry for each fact that a change touched. It is public, so
it follows the rule of evidence as of the day it is asked, and is stricter on ways to be reached:
an old number rings at a stranger's home. Such a fact is told by its new value alone, and only
where that is what the public pages show on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5

from sosdir import evidence
from sosdir.models import Service
from sosdir.revising.differences import Change, compare
from sosdir.revising.records import Revision
from sosdir.schedules import TOKYO
from sosdir.text import fold

# The names of all our resources are made within this one; it must never change.
NAMESPACE = UUID("5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21")
UPDATED_BY = "sosdir"

# What evidence withholds of a whole service, and what leads to it.
_OF_SERVICE = frozenset({"address", "position", "statistic", "website", "confidentiality"})
_OF_CHANNEL = frozenset({"value", "hours", "hours_text", "note", "toll_free", "caller_id", "reply"})
# Digits that are codes and days, and pages that are evidence: nobody answers there.
_HARMLESS = frozenset(
    {"service_areas", "municipality_code", "collected_on", "checked_on", "source"}
)
# What could be dialled, in any writing, within a text; six digits reach a neighbour.
_NUMBER = re.compile(r"[0-9](?:[-ー\s()・.]*[0-9]){5,}")
_ORDERS = frozenset({"channel", "source", "statistic"})
_MAIL = re.compile(r"\S@\S")


@dataclass(frozen=True, slots=True)
class MetadataEntry:
    """Hold one entry, with the names of HSDS."""

    id: str
    resource_id: str
    resource_type: str
    last_action_date: str
    last_action_type: str
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: str = UPDATED_BY


def resource_id(kind: str, key: str) -> str:
    """Return the UUID that stands for one of our ids, the same each time.

    Args:
        kind: of the resource, such as ``service``.
        key: our id.
    """
    return str(uuid5(NAMESPACE, f"{kind}/{key}"))


def metadata(
    history: Iterable[Revision], stored: Service | None, day: date
) -> tuple[MetadataEntry, ...]:
    """Return what the public may know of the history of a service, the oldest first.

    Args:
        history: of that service, in any order.
        stored: as it is now; None where it is no longer there.
        day: in Japan, on which it is asked.
    """
    if stored is None or not evidence.is_public(stored):
        return ()
    seen = [each for each in history if each.is_public and evidence.is_public(each.service)]
    seen.sort(key=lambda each: each.version)
    return tuple(_entries(seen, shown_facts(stored, day)))


def shown_facts(stored: Service, day: date) -> dict[str, str]:
    """Return what the public pages show of a service on a day, as text by path.

    Args:
        stored: as it is now; must be public.
        day: in Japan.
    """
    return {each.path: each.after for each in compare(None, _shown(stored, day))}


def told_changes(former: Service, latter: Service, shown: dict[str, str]) -> tuple[Change, ...]:
    """Return what the public may know of one change.

    Args:
        former: the service before it.
        latter: the service after it.
        shown: what is shown of it today, as ``shown_facts`` gives it.
    """
    changes = (_told(each, shown) for each in compare(_known(former), _known(latter)))
    return tuple(each for each in changes if each is not None)


def _entries(seen: list[Revision], shown: dict[str, str]) -> Iterator[MetadataEntry]:
    if seen:
        yield _entry(seen[0], "create", Change("id", "", "", seen[0].service_id))
    for former, revision in pairwise(seen):
        for change in told_changes(former.service, revision.service, shown):
            yield _entry(revision, "update", change)


def _entry(revision: Revision, action: str, change: Change) -> MetadataEntry:
    key = f"{revision.service_id}/{revision.version}/{change.path}"
    return MetadataEntry(
        id=resource_id("metadata", key),
        resource_id=resource_id("service", revision.service_id),
        resource_type="service",
        last_action_date=revision.made_at.astimezone(TOKYO).date().isoformat(),
        last_action_type=action,
        field_name=change.path,
        previous_value=change.before,
        replacement_value=change.after,
    )


def _shown(stored: Service, day: date) -> Service:
    return _known(evidence.without_rest(evidence.publish(stored, day)).service)


def _known(service: Service) -> Service:
    """Take out what only admins ever see."""
    channels = tuple(replace(each, editor_note=None) for each in service.channels)
    return replace(service, operator_text=None, editor_note=None, hold=None, channels=channels)


def _told(change: Change, shown: dict[str, str]) -> Change | None:
    """Return a change with what may be told of it, None where nothing is left."""
    if change.path in _ORDERS:
        return None
    if _is_whole_part(change.path):
        # Its text names its number; the facts of one that was added follow by themselves.
        verb = "" if change.after else "removed"
        return replace(change, before=verb, after="added" if change.after else "")
    after = change.after if _may_tell(change.path, change.after, shown) else ""
    before = change.before if _may_tell(change.path, change.before, {}) else ""
    # A fact of which nothing is told would still tell that there was one.
    return replace(change, before=before, after=after) if before or after else None


def _may_tell(path: str, text: str, shown: dict[str, str]) -> bool:
    if shown.get(path) == text:
        return True
    if _reaches(path):
        return False
    return path.partition("/")[0] in _HARMLESS or not _names_a_number(text)


def _is_whole_part(path: str) -> bool:
    return path.partition("/")[0] in {"channel", "source"} and path.count("/") == 1


def _reaches(path: str) -> bool:
    """Tell whether a fact is, or belongs to, a way to reach somebody."""
    word, _, rest = path.partition("/")
    if word == "channel":
        return rest.rpartition("/")[2] in _OF_CHANNEL
    return word in _OF_SERVICE


def _names_a_number(text: str) -> bool:
    return bool(_NUMBER.search(fold(text)) or _MAIL.search(fold(text)))
