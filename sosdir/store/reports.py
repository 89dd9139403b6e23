"""Keep what the public says is wrong, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sosdir.errors import AnsweredError, NotFoundError
from sosdir.reports import AN_HOUR, Answer, Message, Reply, Report, Subject, may_label
from sosdir.store.instants import text_of

# A number that has been corrected since is another number, and nobody doubts that one.
_LABELLED = (
    "SELECT DISTINCT channel_id FROM report LEFT JOIN channel ON channel.id = channel_id"
    " WHERE answer IS NULL AND labels = 1 AND channel.value IS reported_value"
)


def add(db: Database, message: Message, now: datetime) -> Report:
    """Keep a report and return it.

    A report of a wrong number labels its channel until it is answered, as long as few enough
    numbers are labelled; beyond that it waits without a label.

    Args:
        db: to write, within a transaction.
        message: as sent; its channel, if any, is one whose value is shown.
        now: with a zone.
    """
    labels = _labels(db, message, now)
    cursor = db.execute(
        "INSERT INTO report (service_id, channel_id, subject, words, contact, received_at, labels,"
        " reported_value) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT value FROM channel WHERE id = ?))",
        [
            message.service_id,
            message.channel_id,
            str(message.subject),
            message.words,
            message.contact,
            text_of(now),
            int(labels),
            message.channel_id,
        ],
    )
    return get(db, int(cursor.lastrowid or 0))


def get(db: Database, number: int) -> Report:
    """Return one report.

    Args:
        db: to read.
        number: its id.

    Raises:
        NotFoundError: none bears that id.
    """
    found = _select(db, "WHERE id = ?", [number])
    if not found:
        raise NotFoundError(f"There is no report {number}.")
    return found[0]


def waiting(db: Database) -> list[Report]:
    """Return the reports that nobody has answered, the oldest first.

    Args:
        db: to read.
    """
    return _select(db, "WHERE answer IS NULL ORDER BY id", [])


def waiting_for(db: Database, service_id: str) -> list[Report]:
    """Return the reports on one service that nobody has answered, the oldest first.

    Args:
        db: to read.
        service_id: of the service.
    """
    return _select(db, "WHERE answer IS NULL AND service_id = ? ORDER BY id", [service_id])


def count_waiting(db: Database) -> int:
    """Return how many reports nobody has answered.

    Args:
        db: to read.
    """
    (count,) = db.execute("SELECT count(*) FROM report WHERE answer IS NULL").fetchone()
    return int(count)


def answered(db: Database, limit: int) -> list[Report]:
    """Return the reports answered last, the newest answer first.

    Args:
        db: to read.
        limit: at most so many.
    """
    tail = "WHERE answer IS NOT NULL ORDER BY answered_at DESC, id DESC LIMIT ?"
    return _select(db, tail, [limit])


def answer(db: Database, number: int, reply: Reply) -> Report:
    """Answer a report: its label is lifted and the visitor's contact erased.

    Args:
        db: to write, within a transaction.
        number: its id.
        reply: what was found.

    Raises:
        NotFoundError: none bears that id.
        AnsweredError: somebody has answered it before.
    """
    if not get(db, number).is_waiting:
        raise AnsweredError(f"Report {number} has been answered.")
    # What is erased must not stay readable in the file.
    db.execute("PRAGMA secure_delete = ON")
    db.execute(
        "UPDATE report SET answer = ?, answer_words = ?, answered_at = ?, answered_by = ?,"
        " contact = NULL WHERE id = ?",
        [str(reply.answer), reply.words, text_of(reply.made_at), reply.made_by, number],
    )
    return get(db, number)


def doubted_channels(db: Database) -> frozenset[str]:
    """Return the ids of the channels whose number, as it is, a waiting report calls wrong.

    Args:
        db: to read.
    """
    return frozenset(row[0] for row in db.execute(_LABELLED))


def doubts_changed(db: Database) -> dict[str, datetime]:
    """Return when a report last labelled a number of a service or was answered, by its id.

    Args:
        db: to read.
    """
    sql = (
        "SELECT service_id, max(max(received_at, coalesce(answered_at, ''))) AS changed"
        " FROM report WHERE labels = 1 GROUP BY service_id"
    )
    return {row["service_id"]: datetime.fromisoformat(row["changed"]) for row in db.query(sql)}


def _labels(db: Database, message: Message, now: datetime) -> bool:
    if message.subject is not Subject.NUMBER or message.channel_id is None:
        return False
    labelled = doubted_channels(db)
    return message.channel_id in labelled or may_label(_labelled_since(db, now), len(labelled))


def _labelled_since(db: Database, now: datetime) -> int:
    """Count the numbers labelled in the last hour, those already answered too."""
    (count,) = db.execute(
        "SELECT COUNT(DISTINCT channel_id) FROM report WHERE labels = 1 AND received_at > ?",
        [text_of(now - AN_HOUR)],
    ).fetchone()
    return int(count)


def _select(db: Database, tail: str, values: list[Any]) -> list[Report]:
    return [_report(row) for row in db.query(f"SELECT * FROM report {tail}", values)]


def _report(row: dict[str, Any]) -> Report:
    return Report(
        id=row["id"],
        message=Message(
            service_id=row["service_id"],
            channel_id=row["channel_id"],
            subject=Subject(row["subject"]),
            words=row["words"],
            contact=row["contact"],
        ),
        received_at=datetime.fromisoformat(row["received_at"]),
        labels=bool(row["labels"]),
        reply=_reply(row),
    )


def _reply(row: dict[str, Any]) -> Reply | None:
    if row["answer"] is None:
        return None
    return Reply(
        answer=Answer(row["answer"]),
        words=row["answer_words"],
        made_at=datetime.fromisoformat(row["answered_at"]),
        made_by=row["answered_by"],
    )
