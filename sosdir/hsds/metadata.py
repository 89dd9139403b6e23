"""Tell what changed in public: the entries that history may give away, as HSDS has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sosdir.hsds.shape import Day, Identifier
from sosdir.models import Service
from sosdir.revising import Revision
from sosdir.revising import metadata as entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """One fact that changed; nothing of it that may not be told."""

    id: Identifier
    resource_id: Identifier
    resource_type: str
    last_action_date: Day
    last_action_type: str
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: str


def metadata(history: Iterable[Revision], stored: Service, day: date) -> tuple[Metadata, ...]:
    """Return the metadata of a service, the oldest first.

    Args:
        history: of that service.
        stored: as it is now.
        day: in Japan, on which it is asked.
    """
    found = entries.metadata(history, stored, day)
    return tuple(Metadata(**asdict(each)) for each in found)
