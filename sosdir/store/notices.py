"""Keep the history of the notices: versions are added and read, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from sosdir.errors import NotFoundError
from sosdir.notices import Action, Kind, Link, Notice, Standing, Version
from sosdir.revising import Author
from sosdir.store.instants import instant_of, text_of

_NEWEST_FIRST = "ORDER BY version.content ->> '$.day' DESC, notice.public DESC"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what is to be added to the history of a notice.

    Args:
        notice: as it is after that.
        action: what was done.
        author: who did it.
        made_at: with a zone.
        why: what the author says of it, or None.
    """

    notice: Notice
    action: Action
    author: Author
    made_at: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Hold a notice that the public reads, and since when: at all, and as it is."""

    notice: Notice
    published_at: datetime
    updated_at: datetime


def add(db: Database, entry: Entry) -> Version:
    """Add a version to the history of its notice and return it.

    Args:
        db: to write, within a transaction.
        entry: what to add.
    """
    cursor = db.execute(
        "INSERT INTO notice_version"
        " (notice_id, version, action, made_at, account_id, account_name, why, content)"
        " SELECT :id, coalesce(max(version), 0) + 1, :action, :at, :account, :name, :why, :content"
        " FROM notice_version WHERE notice_id = :id",
        {
            "id": entry.notice.id,
            "action": str(entry.action),
            "at": text_of(entry.made_at),
            "account": entry.author.account_id,
            "name": entry.author.name,
            "why": entry.why,
            "content": _content(entry.notice),
        },
    )
    return _versions(db, "WHERE number = ?", [cursor.lastrowid])[0]


def new_id(db: Database, day: date) -> str:
    """Return an id that no notice ever bore, such as 2026-11-25-1.

    Args:
        db: to read, within the transaction that uses it.
        day: on which the notice is begun, in Japan.
    """
    sql = "SELECT DISTINCT notice_id FROM notice_version WHERE notice_id LIKE ? || '-%'"
    (begun,) = db.execute(f"SELECT count(*) FROM ({sql})", [day.isoformat()]).fetchone()
    return f"{day.isoformat()}-{begun + 1}"


def get(db: Database, notice_id: str) -> Standing:
    """Return how a notice stands.

    Args:
        db: to read.
        notice_id: whose.

    Raises:
        NotFoundError: there never was one of that id.
    """
    found = _standings(db, "WHERE id = ?", [notice_id])
    if not found:
        raise NotFoundError(f"There is no notice {notice_id!r}.")
    return found[0]


def everything(db: Database, limit: int = -1, offset: int = 0) -> list[Standing]:
    """Return how each notice stands, the one changed last first.

    Args:
        db: to read.
        limit: how many at most, -1 for all.
        offset: how many to pass over.
    """
    return _standings(db, "ORDER BY newest DESC LIMIT ? OFFSET ?", [limit, offset])


def waiting(db: Database, limit: int = -1) -> list[Standing]:
    """Return the notices of which a draft waits, the oldest first.

    Args:
        db: to read.
        limit: how many at most, -1 for all.
    """
    return _standings(db, "WHERE draft IS NOT NULL ORDER BY draft LIMIT ?", [limit])


def count(db: Database) -> int:
    """Return how many notices there are, in whatever state.

    Args:
        db: to read.
    """
    return _number(db, "SELECT count(DISTINCT notice_id) FROM notice_version")


def count_waiting(db: Database) -> int:
    """Return of how many notices a draft waits.

    Args:
        db: to read.
    """
    return _number(db, "SELECT count(*) FROM notice WHERE draft IS NOT NULL")


def newest_number(db: Database) -> int:
    """Return the number of the newest version of all, 0 where there is none.

    Args:
        db: to read.
    """
    return _number(db, "SELECT coalesce(max(number), 0) FROM notice_version")


def published(db: Database) -> list[Published]:
    """Return every published notice, the newest day first.

    What stands in them may have to be kept back by now: ask ``announcing.shown``.

    Args:
        db: to read.
    """
    rows = db.query(
        "SELECT version.*, notice.published_at FROM notice"
        f" JOIN notice_version AS version ON version.number = notice.public {_NEWEST_FIRST}"
    )
    return [
        Published(
            _notice(row["content"]),
            datetime.fromisoformat(row["published_at"]),
            datetime.fromisoformat(row["made_at"]),
        )
        for row in rows
    ]


def history(db: Database, notice_id: str) -> list[Version]:
    """Return the history of a notice, the newest first.

    Args:
        db: to read.
        notice_id: whose.
    """
    return _versions(db, "WHERE notice_id = ? ORDER BY version DESC", [notice_id])


def version(db: Database, notice_id: str, number: int) -> Version:
    """Return one version of a notice.

    Args:
        db: to read.
        notice_id: whose.
        number: in its own history, from 1.

    Raises:
        NotFoundError: there is none.
    """
    found = _versions(db, "WHERE notice_id = ? AND version = ?", [notice_id, number])
    if not found:
        raise NotFoundError(f"There is no version {number} of notice {notice_id!r}.")
    return found[0]


def _standings(db: Database, tail: str, values: Sequence[Any]) -> list[Standing]:
    rows = list(db.query(f"SELECT * FROM notice {tail}", list(values)))
    numbers = {row[name] for row in rows for name in ("newest", "public", "draft")} - {None}
    marks = ", ".join("?" for _ in numbers)
    found = {each.number: each for each in _versions(db, f"WHERE number IN ({marks})", [*numbers])}
    return [
        Standing(
            newest=found[row["newest"]],
            public=found.get(row["public"]),
            draft=found.get(row["draft"]),
            published_at=instant_of(row["published_at"]),
            was_withdrawn=bool(row["was_withdrawn"]),
        )
        for row in rows
    ]


def _versions(db: Database, tail: str, values: Sequence[Any]) -> list[Version]:
    return [_version(row) for row in db.query(f"SELECT * FROM notice_version {tail}", list(values))]


def _version(row: dict[str, Any]) -> Version:
    return Version(
        number=row["number"],
        version=row["version"],
        action=Action(row["action"]),
        made_at=datetime.fromisoformat(row["made_at"]).astimezone(UTC),
        author=Author(row["account_id"], row["account_name"]),
        why=row["why"],
        notice=_notice(row["content"]),
    )


def _content(notice: Notice) -> str:
    told = asdict(notice)
    told |= {"day": notice.day.isoformat(), "until": _day_text(notice.until)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _notice(content: str) -> Notice:
    told = json.loads(content)
    return Notice(
        id=told["id"],
        title=told["title"],
        body=told["body"],
        kind=Kind(told["kind"]),
        day=date.fromisoformat(told["day"]),
        links=tuple(Link(**each) for each in told["links"]),
        services=tuple(told["services"]),
        areas=tuple(told["areas"]),
        until=date.fromisoformat(told["until"]) if told["until"] else None,
    )


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(db: Database, sql: str) -> int:
    (number,) = db.execute(sql).fetchone()
    return int(number)
