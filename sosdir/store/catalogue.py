"""List services for those who keep them: drafts and those on hold too, which no index holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.text import fold, words

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what an admin looks for.

    Args:
        text: words, each of which must stand in the id, a name, the organization or a value.
        area: two or six digits or 00; a prefecture holds its municipalities.
        status: a value of ``ServiceStatus``, ``hold``, ``draft``, or empty for all.
        evidence: a value of ``EvidenceLevel``, or empty for all.
    """

    text: str = ""
    area: str = ""
    status: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one service as the list shows it; ``is_new`` marks a draft that was never public."""

    id: str
    name: str
    organization: str | None
    area_codes: tuple[str, ...]
    status: ServiceStatus
    evidence: EvidenceLevel
    is_held: bool
    has_draft: bool
    is_new: bool
    looked_at: date
    is_checked: bool


_SERVICES = """
    SELECT s.id, s.name, s.status, s.evidence, s.hold IS NOT NULL AS is_held, 0 AS is_new,
           s.checked_on, s.collected_on, o.name AS organization,
           EXISTS (SELECT 1 FROM draft AS d WHERE d.service_id = s.id) AS has_draft,
           (SELECT group_concat(area_code) FROM service_area WHERE service_id = s.id) AS areas,
           (SELECT group_concat(value, ' ') FROM channel WHERE service_id = s.id) AS channel_values
    FROM service AS s LEFT JOIN organization AS o ON o.id = s.organization_id
"""
# A draft of a service that is not there yet is known by its revision alone.
_NEW = """
    SELECT d.service_id AS id, r.content ->> '$.service.name' AS name,
           r.content ->> '$.service.status' AS status,
           r.content ->> '$.service.evidence' AS evidence,
           (r.content ->> '$.service.hold') IS NOT NULL AS is_held, 1 AS is_new,
           r.content ->> '$.service.checked_on' AS checked_on,
           r.content ->> '$.service.collected_on' AS collected_on,
           NULL AS organization, 1 AS has_draft,
           (SELECT group_concat(value ->> 'area_code')
            FROM json_each(r.content -> '$.service_area')) AS areas,
           (SELECT group_concat(value ->> 'value', ' ')
            FROM json_each(r.content -> '$.channel')) AS channel_values
    FROM draft AS d JOIN revision AS r ON r.number = d.revision
    WHERE NOT EXISTS (SELECT 1 FROM service AS s WHERE s.id = d.service_id)
"""


def find(db: Database, wanted: Wanted) -> list[Item]:
    """Return the services an admin looks for, by name.

    Args:
        db: to read.
        wanted: what she looks for.
    """
    rows = (*db.query(_SERVICES), *db.query(_NEW))
    terms = words(wanted.text)
    found = [row for row in rows if _matches(row, wanted, terms)]
    return sorted(map(_item, found), key=lambda each: (fold(each.name), each.id))


def _matches(row: dict[str, Any], wanted: Wanted, terms: tuple[str, ...]) -> bool:
    if wanted.evidence and row["evidence"] != wanted.evidence:
        return False
    if wanted.status and not _has_status(row, wanted.status):
        return False
    if wanted.area and not any(_is_within(each, wanted.area) for each in _areas(row)):
        return False
    return not terms or _says(row, terms)


def _has_status(row: dict[str, Any], status: str) -> bool:
    if status in ("hold", "draft"):
        return bool(row["is_held"] if status == "hold" else row["has_draft"])
    return bool(row["status"] == status)


def _is_within(code: str, area: str) -> bool:
    return code == area or (len(area) == 2 and area != "00" and code.startswith(area))


def _says(row: dict[str, Any], terms: tuple[str, ...]) -> bool:
    told = (row["id"], row["name"], row["organization"], row["channel_values"])
    text = " ".join(words(" ".join(each for each in told if each)))
    return all(term in text for term in terms)


def _areas(row: dict[str, Any]) -> Iterator[str]:
    yield from (row["areas"] or "").split(",")


def _item(row: dict[str, Any]) -> Item:
    return Item(
        id=row["id"],
        name=row["name"],
        organization=row["organization"],
        area_codes=tuple(_areas(row)),
        status=ServiceStatus(row["status"]),
        evidence=EvidenceLevel(row["evidence"]),
        is_held=bool(row["is_held"]),
        has_draft=bool(row["has_draft"]),
        is_new=bool(row["is_new"]),
        looked_at=date.fromisoformat(row["checked_on"] or row["collected_on"]),
        is_checked=row["checked_on"] is not None,
    )
