"""Keep the search index of the public services in step with the services.

Two texts are indexed apart: what is always shown, and what evidence may withhold; so a search
for a withheld number finds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlite_utils import Database

from sosdir import evidence, languages, needs
from sosdir.models import Service
from sosdir.text import bigrams, fold, runs
from sosdir.vocabulary import ANSWERS_FOR_LABELS, CHANNEL_LABELS, FOCUS_LABELS

# People type these words; each line is one, whether or not its own texts say so.
WHAT_EVERY_LINE_IS = "妊娠の相談窓口"


def add(db: Database, service: Service) -> None:
    """Index a service, unless it is on hold or has ended.

    Args:
        db: to write.
        service: not yet indexed.
    """
    fill(db, [service])


def fill(db: Database, services: Iterable[Service]) -> None:
    """Index services, but for those that are on hold or have ended.

    Args:
        db: to write.
        services: not yet indexed.
    """
    listed = [each for each in services if evidence.is_listed(each)]
    (newest,) = db.execute("SELECT coalesce(max(number), 0) FROM service_index").fetchone()
    db.conn.executemany(
        "INSERT INTO service_index"
        " (number, service_id, withheld_from, looked_at, channels, needs, name_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (_row(number, each) for number, each in enumerate(listed, newest + 1)),
    )
    db.conn.executemany(
        "INSERT INTO service_text (rowid, open, guarded) VALUES (?, ?, ?)",
        ((number, *halves(each)) for number, each in enumerate(listed, newest + 1)),
    )


def _row(number: int, service: Service) -> tuple[int | str, ...]:
    return (
        number,
        service.id,
        evidence.withheld_from(service).isoformat(),
        evidence.looked_at(service).isoformat(),
        channels_key(service),
        json.dumps(needs.offered(service)),
        fold(service.name),
    )


def halves(service: Service) -> tuple[str, str]:
    """Return the index terms of what is always shown of a service, and of what may be withheld.

    Args:
        service: as stored.
    """
    return terms(_open_texts(service)), terms(_guarded_texts(service))


def remove(db: Database, service_id: str) -> None:
    """Take a service out of the index.

    Args:
        db: to write.
        service_id: indexed or not.
    """
    number = "SELECT number FROM service_index WHERE service_id = ?"
    db.execute(f"DELETE FROM service_text WHERE rowid IN ({number})", [service_id])
    db.execute("DELETE FROM service_index WHERE service_id = ?", [service_id])


def clear(db: Database) -> None:
    """Empty the index.

    Args:
        db: to write.
    """
    db.execute("DELETE FROM service_text")
    db.execute("DELETE FROM service_index")


def channels_key(service: Service) -> str:
    """Return what can be asked of each channel of a service, as JSON.

    Many services share one key, so what holds of their channels is worked out once for them all.
    What evidence withholds of them is left out by who reads it, for that depends on the day.

    Args:
        service: as stored.
    """
    facts = [
        [each.kind, each.hours, each.languages, each.reachable, sorted(each.needs)]
        for each in needs.channel_facts(service)
    ]
    return json.dumps(facts, ensure_ascii=False)


def terms(texts: Iterable[str]) -> str:
    """Return the index terms of texts, parted by spaces.

    Each run of letters gives its bigrams and its last letter, so that a word of one letter
    is found at a run's end too.

    Args:
        texts: as written.
    """
    return " ".join(filter(None, map(_terms_of_text, texts)))


# Most texts are words of ours or a body's name, and stand in many services.
@lru_cache(maxsize=4096)
def _terms_of_text(text: str) -> str:
    return " ".join(term for run in runs(text) for term in _terms_of_run(run))


def _terms_of_run(run: str) -> Iterator[str]:
    yield from bigrams(run)
    if len(run) > 1:
        yield run[-1]


def _open_texts(service: Service) -> Iterator[str]:
    yield from (service.name, WHAT_EVERY_LINE_IS)
    if service.organization:
        yield service.organization.name
    yield from (each.name for each in service.commissioners)
    yield from (text for text in (service.department, service.area_served) if text)
    yield from (service.eligibility or "", *service.partners, *service.programs)
    yield from (*service.offers, *service.staff)
    yield from languages.names(service.all_languages)
    yield FOCUS_LABELS[service.focus]
    yield ANSWERS_FOR_LABELS[service.answers_for]
    yield from (CHANNEL_LABELS[channel.kind] for channel in service.channels)
    if service.anonymous:
        yield "匿名"
    if service.is_free:
        yield "無料"


def _guarded_texts(service: Service) -> Iterator[str]:
    yield from (service.address or "", service.confidentiality or "")
    for channel in service.channels:
        told = (channel.hours_text, channel.caller_id, channel.reply, channel.note)
        yield from (text for text in told if text)
        # What is not shown must not be told letter by letter by what a search finds.
        if not evidence.is_resting(service):
            yield channel.value or ""
