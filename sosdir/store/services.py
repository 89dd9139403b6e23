"""Read and write services, each with everything that belongs to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from sosdir import records
from sosdir.errors import NotFoundError
from sosdir.models import Organization, Service
from sosdir.store import indexing, versions
from sosdir.store.rows import encode, insert, select
from sosdir.tabular import TABLE

_CHILDREN = ("channel", "service_area", "source", "statistic")
_AMONG = "WHERE service_id IN (SELECT value FROM json_each(?)) ORDER BY service_id, position"


def get(db: Database, service_id: str) -> Service:
    """Return one service as stored.

    Args:
        db: to read.
        service_id: its id.

    Raises:
        NotFoundError: none bears that id.
    """
    found = find(db, [service_id])
    if not found:
        raise NotFoundError(f"There is no service {service_id!r}.")
    return found[0]


def find(db: Database, service_ids: Sequence[str]) -> list[Service]:
    """Return the services that bear these ids, in the order asked; unknown ids are passed over.

    Args:
        db: to read.
        service_ids: any number, without repeats.
    """
    if not service_ids:
        return []
    wanted = json.dumps(list(service_ids))
    tail = "WHERE id IN (SELECT value FROM json_each(?))"
    rows = {row["id"]: row for row in select(db, TABLE["service"], tail, [wanted])}
    return _assemble(db, [rows[each] for each in service_ids if each in rows], wanted)


def everything(db: Database) -> list[Service]:
    """Return all services, those on hold too, by id.

    Args:
        db: to read.
    """
    rows = select(db, TABLE["service"], "ORDER BY id")
    return _assemble(db, rows, json.dumps([row["id"] for row in rows]))


def save(db: Database, service: Service) -> None:
    """Write a service and its index, whole or not at all.

    Its organizations are written with it; where one has a new name, all its services are
    indexed by that.

    Args:
        db: to write.
        service: the new or changed service.
    """
    with db.atomic():
        renamed = _save_organizations(db, service)
        _forget(db, service.id)
        insert(db, TABLE["service"], [encode(TABLE["service"], records.service_row(service))])
        for name, rows in records.child_rows(service).items():
            insert(db, TABLE[name], _numbered(name, rows))
        indexing.add(db, service)
        for other in find(db, _ids_of_organizations(db, renamed)):
            indexing.remove(db, other.id)
            indexing.add(db, other)
        versions.advance(db)


def fill(db: Database, services: Sequence[Service]) -> None:
    """Write services that are not there yet; their organizations are.

    Many at once: what has to be asked for each when it is saved is known of new ones.

    Args:
        db: to write, within a transaction.
        services: new ones.
    """
    rows = (encode(TABLE["service"], records.service_row(each)) for each in services)
    insert(db, TABLE["service"], rows)
    belonging = [records.child_rows(each) for each in services]
    for name in _CHILDREN:
        insert(db, TABLE[name], (row for each in belonging for row in _numbered(name, each[name])))
    indexing.fill(db, services)


def remove(db: Database, service_id: str) -> None:
    """Remove a service with everything that belongs to it.

    Args:
        db: to write.
        service_id: its id; an unknown one is passed over.
    """
    with db.atomic():
        _forget(db, service_id)
        versions.advance(db)


def ids_serving(db: Database, codes: Collection[str]) -> frozenset[str]:
    """Return the ids of the public services, ended ones too, that serve one of some areas.

    Args:
        db: to read.
        codes: of the areas.
    """
    sql = (
        "SELECT id FROM service WHERE hold IS NULL AND id IN (SELECT service_id FROM service_area"
        " WHERE area_code IN (SELECT value FROM json_each(?)))"
    )
    return frozenset(row["id"] for row in db.query(sql, [json.dumps(sorted(codes))]))


def ids_of_others(db: Database, service: Service) -> frozenset[str]:
    """Return the ids of a service's channels and sources that belong to another service.

    Args:
        db: to read.
        service: to be saved.
    """
    mine = [each.id for each in service.channels] + [each.id for each in service.sources]
    wanted = json.dumps(mine)
    sql = " UNION ".join(
        f"SELECT id FROM {table} WHERE service_id <> :service_id"
        " AND id IN (SELECT value FROM json_each(:wanted))"
        for table in ("channel", "source")
    )
    rows = db.query(sql, {"service_id": service.id, "wanted": wanted})
    return frozenset(row["id"] for row in rows)


def _forget(db: Database, service_id: str) -> None:
    indexing.remove(db, service_id)
    db.execute("DELETE FROM service WHERE id = ?", [service_id])


def of_renamed_organizations(db: Database, service: Service) -> list[Service]:
    """Return the other services whose organization saving this one would give another name.

    Args:
        db: to read.
        service: to be saved.
    """
    ids = _ids_of_organizations(db, _renamed(db, service))
    return find(db, [each for each in ids if each != service.id])


def _bodies(service: Service) -> tuple[Organization, ...]:
    runner = (service.organization,) if service.organization else ()
    return (*runner, *service.commissioners)


def _renamed(db: Database, service: Service) -> list[str]:
    other_name = "SELECT 1 FROM organization WHERE id = ? AND name <> ?"
    return [
        each.id
        for each in _bodies(service)
        if db.execute(other_name, [each.id, each.name]).fetchone()
    ]


def _save_organizations(db: Database, service: Service) -> list[str]:
    """Write a service's organizations and return the ids of those that had another name."""
    renamed = _renamed(db, service)
    for each in _bodies(service):
        db.execute(
            "INSERT INTO organization (id, name) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            [each.id, each.name],
        )
    return renamed


def _ids_of_organizations(db: Database, organization_ids: list[str]) -> list[str]:
    if not organization_ids:
        return []
    sql = (
        "WITH wanted AS (SELECT value FROM json_each(:ids))"
        " SELECT id FROM service WHERE organization_id IN wanted"
        " OR EXISTS (SELECT 1 FROM json_each(commissioner_ids) WHERE value IN wanted)"
    )
    return [row["id"] for row in db.query(sql, {"ids": json.dumps(organization_ids)})]


def _numbered(name: str, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for position, row in enumerate(rows):
        yield {**encode(TABLE[name], row), "position": position}


def _assemble(db: Database, rows: list[Any], wanted: str) -> list[Service]:
    children: dict[str, dict[str, list[Any]]] = {}
    for name in _CHILDREN:
        children[name] = defaultdict(list)
        for child in select(db, TABLE[name], _AMONG, [wanted]):
            children[name][child["service_id"]].append(child)
    organizations = _organizations(db, rows)
    return [
        records.service(
            row,
            organizations,
            channels=children["channel"][row["id"]],
            service_areas=children["service_area"][row["id"]],
            sources=children["source"][row["id"]],
            statistics=children["statistic"][row["id"]],
        )
        for row in rows
    ]


def _organizations(db: Database, rows: list[Any]) -> dict[str, Organization]:
    wanted = {key for row in rows for key in row["commissioner_ids"]}
    wanted |= {row["organization_id"] for row in rows if row["organization_id"]}
    tail = "WHERE id IN (SELECT value FROM json_each(?))"
    found = select(db, TABLE["organization"], tail, [json.dumps(sorted(wanted))])
    return {row["id"]: records.organization(row) for row in found}
