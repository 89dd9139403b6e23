"""Keep the history of the services: revisions are added and read, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from sosdir import languages, records
from sosdir.errors import NotFoundError
from sosdir.models import Service
from sosdir.revising import Action, Author, Reason, Revision
from sosdir.store.instants import text_of
from sosdir.store.rows import decode, encode
from sosdir.tabular import TABLE

_COLUMNS = (
    "number, service_id, version, action, made_at, account_id, account_name, why, given_source,"
    " based_on, content"
)


NO_REASON = Reason()


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what is to be added to a history.

    Args:
        service: as it is after the change.
        action: what was done.
        author: who did it.
        made_at: with a zone.
        reason: what the author says of it.
        based_on: number of the revision it was made from, or None.
    """

    service: Service
    action: Action
    author: Author
    made_at: datetime
    reason: Reason = NO_REASON
    based_on: int | None = None


def add(db: Database, entry: Entry) -> Revision:
    """Add a revision to the history of its service and return it.

    Args:
        db: to write, within a transaction.
        entry: what to add.
    """
    version = _last_version(db, entry.service.id) + 1
    cursor = db.execute(
        "INSERT INTO revision (service_id, version, action, made_at, account_id, account_name,"
        " why, given_source, based_on, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            entry.service.id,
            version,
            str(entry.action),
            text_of(entry.made_at),
            entry.author.account_id,
            entry.author.name,
            entry.reason.why,
            entry.reason.given_source,
            entry.based_on,
            content_of(entry.service),
        ],
    )
    return Revision(
        number=int(cursor.lastrowid or 0),
        service_id=entry.service.id,
        version=version,
        action=entry.action,
        made_at=entry.made_at.astimezone(UTC),
        author=entry.author,
        why=entry.reason.why,
        given_source=entry.reason.given_source,
        based_on=entry.based_on,
        service=entry.service,
    )


def newest_number(db: Database, service_id: str) -> int | None:
    """Return the number of the newest revision of a service, or None.

    Args:
        db: to read.
        service_id: whose.
    """
    sql = "SELECT number FROM revision WHERE service_id = ? ORDER BY version DESC LIMIT 1"
    found = db.execute(sql, [service_id]).fetchone()
    return int(found[0]) if found else None


def get(db: Database, number: int) -> Revision:
    """Return one revision.

    Args:
        db: to read.
        number: in the whole history.

    Raises:
        NotFoundError: there is none.
    """
    return _one(db, f"SELECT {_COLUMNS} FROM revision WHERE number = ?", [number])


def version(db: Database, service_id: str, version: int) -> Revision:
    """Return one revision by its place in the history of its service.

    Args:
        db: to read.
        service_id: whose history.
        version: from 1.

    Raises:
        NotFoundError: there is none.
    """
    sql = f"SELECT {_COLUMNS} FROM revision WHERE service_id = ? AND version = ?"
    return _one(db, sql, [service_id, version])


def of_service(
    db: Database, service_id: str, limit: int | None = None, offset: int = 0
) -> list[Revision]:
    """Return the history of a service, newest first.

    Args:
        db: to read.
        service_id: whose.
        limit: at most so many, None for all.
        offset: how many of the newest to pass over.
    """
    sql = (
        f"SELECT {_COLUMNS} FROM revision WHERE service_id = ?"
        " ORDER BY version DESC LIMIT ? OFFSET ?"
    )
    most = -1 if limit is None else limit
    return [_revision(row) for row in db.query(sql, [service_id, most, offset])]


def count(db: Database, service_id: str) -> int:
    """Return how many versions the history of a service has.

    Args:
        db: to read.
        service_id: whose.
    """
    return _last_version(db, service_id)


def latest(db: Database, service_id: str) -> Revision | None:
    """Return the newest revision of a service, drafts among them, or None.

    Args:
        db: to read.
        service_id: whose.
    """
    sql = f"SELECT {_COLUMNS} FROM revision WHERE service_id = ? ORDER BY version DESC LIMIT 1"
    return next((_revision(row) for row in db.query(sql, [service_id])), None)


def latest_public(db: Database, service_id: str) -> Revision | None:
    """Return the newest revision of a service that reached the public state, or None.

    Args:
        db: to read.
        service_id: whose.
    """
    sql = (
        f"SELECT {_COLUMNS} FROM revision WHERE service_id = ?"
        " AND action NOT IN ('drafted', 'rejected') ORDER BY version DESC LIMIT 1"
    )
    return next((_revision(row) for row in db.query(sql, [service_id])), None)


def latest_numbers(db: Database) -> dict[str, int]:
    """Return the number of the newest revision of every service that has a history, by id.

    Args:
        db: to read.
    """
    rows = db.query("SELECT service_id, max(number) AS number FROM revision GROUP BY service_id")
    return {row["service_id"]: row["number"] for row in rows}


def of_services(db: Database, service_ids: Sequence[str]) -> dict[str, list[Revision]]:
    """Return the histories of services by id, newest first; those without one are left out.

    Args:
        db: to read.
        service_ids: whose.
    """
    sql = (
        f"SELECT {_COLUMNS} FROM revision"
        " WHERE service_id IN (SELECT value FROM json_each(?)) ORDER BY service_id, version DESC"
    )
    found: dict[str, list[Revision]] = {}
    for row in db.query(sql, [json.dumps(list(service_ids))]):
        found.setdefault(row["service_id"], []).append(_revision(row))
    return found


def is_known(db: Database, service_id: str) -> bool:
    """Tell whether a service of that id was ever in the directory; ids are never used again.

    Args:
        db: to read.
        service_id: to look for.
    """
    sql = (
        "SELECT EXISTS (SELECT 1 FROM revision WHERE service_id = :id)"
        " OR EXISTS (SELECT 1 FROM service WHERE id = :id)"
    )
    (known,) = db.execute(sql, {"id": service_id}).fetchone()
    return bool(known)


def part_ids(db: Database, service_id: str) -> frozenset[str]:
    """Return the ids that channels and sources of a service ever bore.

    Args:
        db: to read.
        service_id: whose.
    """
    sql = (
        "SELECT part.value ->> 'id' AS id FROM revision,"
        " json_each(json_array(content -> '$.channel', content -> '$.source')) AS list,"
        " json_each(list.value) AS part WHERE service_id = :id"
        " UNION SELECT id FROM channel WHERE service_id = :id"
        " UNION SELECT id FROM source WHERE service_id = :id"
    )
    return frozenset(row["id"] for row in db.query(sql, {"id": service_id}))


def content_of(service: Service) -> str:
    """Return a whole service as JSON, with the names of its organizations.

    Args:
        service: to keep.
    """
    bodies = {each.id: each.name for each in _bodies(service)}
    content: dict[str, Any] = {
        "organization": bodies,
        "service": encode(TABLE["service"], records.service_row(service)),
    }
    for name, rows in records.child_rows(service).items():
        content[name] = [encode(TABLE[name], row) for row in rows]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def service_of(content: str) -> Service:
    """Return the service that JSON keeps; the inverse of ``content_of``.

    Args:
        content: as kept.
    """
    kept = _as_written_today(json.loads(content))
    organizations = {
        key: records.organization({"id": key, "name": name})
        for key, name in kept["organization"].items()
    }
    children = {
        name: [decode(TABLE[name], row) for row in kept[name]]
        for name in ("channel", "service_area", "source", "statistic")
    }
    return records.service(
        decode(TABLE["service"], kept["service"]),
        organizations,
        channels=children["channel"],
        service_areas=children["service_area"],
        sources=children["source"],
        statistics=children["statistic"],
    )


def _as_written_today(kept: dict[str, Any]) -> dict[str, Any]:
    """Return kept content with what versions of before wrote otherwise, in place.

    Channels had no languages of their own, and languages were kept as words; nothing was kept of
    secrecy, of the number that shows and of how a reply comes. Figures did not say which source
    states them: any one of the service's then.
    """
    pages = json.dumps([source["id"] for source in kept["source"]])
    for figure in kept["statistic"]:
        figure.setdefault("source_ids", pages)
    for channel in kept["channel"]:
        channel.setdefault("languages", "[]")
        channel.setdefault("caller_id", None)
        channel.setdefault("reply", None)
    kept["service"].setdefault("confidentiality", None)
    words = json.loads(kept["service"]["languages"])
    kept["service"]["languages"] = json.dumps([languages.code_or_word(word) for word in words])
    return kept


def _bodies(service: Service) -> Iterator[Any]:
    if service.organization:
        yield service.organization
    yield from service.commissioners


def _last_version(db: Database, service_id: str) -> int:
    sql = "SELECT coalesce(max(version), 0) FROM revision WHERE service_id = ?"
    (version,) = db.execute(sql, [service_id]).fetchone()
    return int(version)


def _one(db: Database, sql: str, values: Sequence[Any]) -> Revision:
    for row in db.query(sql, list(values)):
        return _revision(row)
    raise NotFoundError("There is no such revision.")


def _revision(row: dict[str, Any]) -> Revision:
    return Revision(
        number=row["number"],
        service_id=row["service_id"],
        version=row["version"],
        action=Action(row["action"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        author=Author(row["account_id"], row["account_name"]),
        why=row["why"],
        given_source=row["given_source"],
        based_on=row["based_on"],
        service=service_of(row["content"]),
    )
