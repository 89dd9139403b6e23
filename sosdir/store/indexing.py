"""Keep the search index of the public services in step with the services.

Two texts are indexed apart: what is always shown, and what evidence may withhold; so a search
for a withheld number finds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from sosdir import evidence, languages
from sosdir.models import Channel, ChannelKind, Service
from sosdir.schedules import answering_hours, is_live
from sosdir.text import bigrams, fold, runs
from sosdir.vocabulary import ANSWERS_FOR_LABELS, CHANNEL_LABELS, FOCUS_LABELS

# People type these words; each line is one, whether or not its own texts say so.
WHAT_EVERY_LINE_IS = "妊娠の相談窓口"
# The key of a service that rests: closed at every instant.
RESTING = json.dumps([[ChannelKind.PHONE, "off"]])


def add(db: Database, service: Service) -> None:
    """Index a service, unless it is on hold or has ended.

    Args:
        db: to write.
        service: not yet indexed.
    """
    if not evidence.is_listed(service):
        return
    cursor = db.execute(
        "INSERT INTO service_index"
        " (service_id, withheld_from, looked_at, availability, channels, languages, name_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            service.id,
            evidence.withheld_from(service).isoformat(),
            evidence.looked_at(service).isoformat(),
            availability_key(service),
            json.dumps(sorted({channel.kind for channel in service.channels})),
            json.dumps(service.all_languages),
            fold(service.name),
        ],
    )
    db.execute(
        "INSERT INTO service_text (rowid, open, guarded) VALUES (?, ?, ?)",
        [cursor.lastrowid, terms(_open_texts(service)), terms(_guarded_texts(service))],
    )


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


def availability_key(service: Service) -> str:
    """Return the kinds and hours that decide a service's state, as JSON.

    Many services share one key, so a state is worked out once for them all.

    Args:
        service: as stored.
    """
    if evidence.is_resting(service):
        return RESTING
    pairs = {
        (str(channel.kind), _deciding_hours(channel))
        for channel in service.channels
        if evidence.is_reachable(service, channel)
    }
    return json.dumps(sorted(pairs, key=str), ensure_ascii=False)


def _deciding_hours(channel: Channel) -> str | None:
    return answering_hours(channel) if is_live(channel.kind, channel.hours) else None


def terms(texts: Iterable[str]) -> str:
    """Return the index terms of texts, parted by spaces.

    Each run of letters gives its bigrams and its last letter, so that a word of one letter
    is found at a run's end too.

    Args:
        texts: as written.
    """
    return " ".join(term for text in texts for run in runs(text) for term in _terms_of_run(run))


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
    yield from (service.eligibility or "", service.confidentiality or "")
    yield from (*service.partners, *service.programs)
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
    yield service.address or ""
    for channel in service.channels:
        told = (channel.hours_text, channel.caller_id, channel.reply, channel.note)
        yield from (text for text in told if text)
        # What is not shown must not be told letter by letter by what a search finds.
        if not evidence.is_resting(service):
            yield channel.value or ""
