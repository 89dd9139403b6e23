"""Keep what came of asking the addresses that the directory points at."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from sosdir.channels import is_web_address
from sosdir.links.records import FAILURES, Outcome, Verdict
from sosdir.store.instants import instant_of, text_of

# A server may rest for a day; an address that fails so many runs in a row is called dead.
DEAD_AFTER = 3

# Where the public pages point: not at LINE or X, which answer no robot.
_USES = """
    SELECT service.id AS service_id, service.name AS service_name, used.url, used.place
    FROM service JOIN (
        SELECT id AS service_id, website AS url, 'website' AS place FROM service
        UNION ALL SELECT service_id, url, 'source' FROM source
        UNION ALL SELECT service_id, value, 'channel' FROM channel
            WHERE kind IN ('web_form', 'chat', 'chatbot')
    ) AS used ON used.service_id = service.id
    WHERE service.hold IS NULL AND service.status <> 'defunct' AND used.url IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Use:
    """Name where an address stands.

    Args:
        service_id: of the service.
        service_name: of the service.
        place: ``website``, ``source`` or ``channel``.
    """

    service_id: str
    service_name: str
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    """Hold what is known of an address that the directory points at.

    Args:
        verdict: what came of asking it last.
        checked_at: with a zone.
        failing_since: when the first of its failures in a row was, None while it answers.
        failures: how many runs in a row it failed.
        uses: where it stands.
    """

    verdict: Verdict
    checked_at: datetime
    failing_since: datetime | None
    failures: int
    uses: tuple[Use, ...]

    @property
    def is_dead(self) -> bool:
        """Tell whether somebody has to look for another address."""
        outcome = self.verdict.outcome
        return outcome is Outcome.GONE or (outcome in FAILURES and self.failures >= DEAD_AFTER)


def urls(db: Database, checked_before: datetime | None = None) -> list[str]:
    """Return the addresses that public services point at, the longest unasked first.

    Args:
        db: to read.
        checked_before: pass over those asked since; None for all.
    """
    known = {row["url"]: row["checked_at"] for row in db.query("SELECT url, checked_at FROM link")}
    limit = None if checked_before is None else text_of(checked_before)
    wanted = [url for url in _uses(db) if limit is None or url not in known or known[url] < limit]
    return sorted(wanted, key=lambda url: (known.get(url, ""), url))


def save(db: Database, verdicts: Iterable[Verdict], now: datetime) -> None:
    """Keep what came of asking addresses, and count failures in a row.

    Args:
        db: to write, within a transaction.
        verdicts: one an address.
        now: when they were asked, with a zone.
    """
    for verdict in verdicts:
        failed = verdict.outcome in FAILURES
        db.execute(
            "INSERT INTO link (url, checked_at, outcome, status_code, leads_to, detail,"
            " failing_since, failures) VALUES (:url, :now, :outcome, :status_code, :leads_to,"
            " :detail, CASE WHEN :failed THEN :now END, :failed)"
            " ON CONFLICT (url) DO UPDATE SET checked_at = :now, outcome = :outcome,"
            " status_code = :status_code, leads_to = :leads_to, detail = :detail,"
            " failing_since = CASE WHEN :failed THEN COALESCE(failing_since, :now) END,"
            " failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END",
            {
                "url": verdict.url,
                "now": text_of(now),
                "outcome": str(verdict.outcome),
                "status_code": verdict.status_code,
                "leads_to": verdict.leads_to,
                "detail": verdict.detail,
                "failed": int(failed),
            },
        )


def dead(db: Database) -> list[Link]:
    """Return the addresses that are gone, or failed several runs in a row, longest dead first.

    Args:
        db: to read.
    """
    return [link for link in _links(db, FAILURES) if link.is_dead]


def to_look_at(db: Database) -> list[Link]:
    """Return every address that failed or moved: the dead first, then those failing, then moved.

    Args:
        db: to read.
    """
    found = _links(db, FAILURES | {Outcome.MOVED})
    return sorted(found, key=lambda link: (not link.is_dead, link.failures == 0))


def last_checked(db: Database) -> datetime | None:
    """Return when an address was asked last, None if none ever was.

    Args:
        db: to read.
    """
    (found,) = db.execute("SELECT MAX(checked_at) FROM link").fetchone()
    return instant_of(found)


def _links(db: Database, outcomes: frozenset[Outcome]) -> list[Link]:
    """Return the addresses still in use that had one of these outcomes."""
    sql = (
        "SELECT * FROM link WHERE outcome IN (SELECT value FROM json_each(?))"
        " ORDER BY failing_since, url"
    )
    rows = list(db.query(sql, [json.dumps(sorted(outcomes))]))
    uses = _uses(db, [row["url"] for row in rows])
    return [_link(row, uses[row["url"]]) for row in rows if row["url"] in uses]


def _uses(db: Database, among: list[str] | None = None) -> dict[str, list[Use]]:
    """Return where each address of the web stands, by address; only of some where they are told."""
    if among == []:
        return {}
    found: dict[str, list[Use]] = defaultdict(list)
    some = " AND used.url IN (SELECT value FROM json_each(?))" if among else ""
    sql = f"{_USES}{some} ORDER BY service.name, service.id, used.place"
    for row in db.query(sql, [json.dumps(among)] if among else []):
        use = Use(row["service_id"], row["service_name"], row["place"])
        if (use.place != "channel" or is_web_address(row["url"])) and use not in found[row["url"]]:
            found[row["url"]].append(use)
    return {url: each for url, each in found.items() if each}


def _link(row: dict[str, Any], uses: list[Use]) -> Link:
    since = row["failing_since"]
    return Link(
        verdict=Verdict(
            url=row["url"],
            outcome=Outcome(row["outcome"]),
            status_code=row["status_code"],
            leads_to=row["leads_to"],
            detail=row["detail"],
        ),
        checked_at=datetime.fromisoformat(row["checked_at"]),
        failing_since=instant_of(since),
        failures=row["failures"],
        uses=tuple(uses),
    )
