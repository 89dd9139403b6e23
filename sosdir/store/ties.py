"""Read of every listed service who has to do with it, without the rest of it."""

from __future__ import annotations

from collections import defaultdict

from sqlite_utils import Database

from sosdir.models import Organization
from sosdir.partnerships import Tie
from sosdir.partnerships.ties import others_than
from sosdir.store import organizations
from sosdir.store.rows import decode_list

# What is indexed is what lists may name: neither on hold nor ended. Nothing that is read here
# is ever withheld of those (``evidence.publish``).
_LISTED = (
    "SELECT s.id, s.name, s.organization_id, s.commissioner_ids, s.partners, s.programs,"
    " s.prefecture_code FROM service AS s JOIN service_index AS i ON i.service_id = s.id"
    " ORDER BY i.name_key, s.id"
)
_AREAS = "SELECT service_id, area_code FROM service_area ORDER BY service_id, position"


def everything(db: Database) -> tuple[Tie, ...]:
    """Return what every listed service says of those who have to do with it, by name.

    Args:
        db: to read.
    """
    bodies = {each.id: each for each in organizations.everything(db)}
    areas: dict[str, list[str]] = defaultdict(list)
    for service_id, code in db.execute(_AREAS).fetchall():
        areas[service_id].append(code)
    return tuple(_tie(row, bodies, tuple(areas[row["id"]])) for row in db.query(_LISTED))


def _tie(row: dict[str, str], bodies: dict[str, Organization], areas: tuple[str, ...]) -> Tie:
    operator = bodies.get(row["organization_id"])
    commissioners = (bodies[key] for key in decode_list(row["commissioner_ids"]))
    return Tie(
        row["id"],
        row["name"],
        operator,
        others_than(operator, commissioners),
        decode_list(row["partners"]),
        decode_list(row["programs"]),
        areas,
        row["prefecture_code"],
    )
