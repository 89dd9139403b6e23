"""Write the published facts as a database of their own, made anew so that nothing else is in it."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from sosdir import languages, records
from sosdir.areas import Gazetteer, Place
from sosdir.evidence import Published
from sosdir.models import NATIONWIDE, Channel, Organization, Service
from sosdir.store.open_tables import OPEN_TABLES, OPEN_VIEWS, SEARCH_TABLE
from sosdir.store.rows import encode, insert
from sosdir.tabular import Table
from sosdir.vocabulary import ANSWERS_FOR_LABELS, CHANNEL_LABELS, FOCUS_LABELS, NATIONWIDE_LABEL

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
# A word of up to so many letters is found wherever it stands in a text.
LONGEST_WORD = 8
Rows = dict[str, list[dict[str, Any]]]


def publication(
    published: Sequence[Published], gazetteer: Gazetteer, doubted: frozenset[str]
) -> bytes:
    """Return a SQLite file of published facts, the same bytes for the same facts.

    Args:
        published: what may be shown of the services, by id.
        gazetteer: of all places.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """
    connection = sqlite3.connect(":memory:")
    db = Database(connection)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        with db.atomic():
            _write(db, published, gazetteer, doubted)
        return connection.serialize()
    finally:
        db.close()


def _write(
    db: Database, published: Sequence[Published], gazetteer: Gazetteer, doubted: frozenset[str]
) -> None:
    for table in OPEN_TABLES:
        db.execute(_definition(table))
    rows = _rows(published, doubted)
    rows["area"] = list(_area_rows(gazetteer))
    for table in OPEN_TABLES:
        insert(db, table, (encode(table, row) for row in rows[table.name]))
    for view in OPEN_VIEWS:
        db.execute(f"CREATE VIEW {view.name} AS {view.sql}")
    _index(db, published, gazetteer)


def _definition(table: Table) -> str:
    columns = [
        f'"{each.name}" {_TYPES.get(each.datatype, "TEXT")}{" NOT NULL" if each.required else ""}'
        for each in table.columns
    ]
    keys = [f"PRIMARY KEY ({', '.join(_quoted(table.key))})"]
    keys += [
        f'FOREIGN KEY ("{column}") REFERENCES "{target}" ("{_KEYS[target]}")'
        for column, target in table.foreign
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join((*columns, *keys))}) STRICT'


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return (f'"{name}"' for name in names)


_KEYS = {table.name: table.key[0] for table in OPEN_TABLES}


def _rows(published: Iterable[Published], doubted: frozenset[str]) -> Rows:
    rows: Rows = {table.name: [] for table in OPEN_TABLES}
    bodies: dict[str, Organization] = {}
    for each in published:
        service = each.service
        runner = (service.organization,) if service.organization else ()
        bodies |= {body.id: body for body in (*runner, *service.commissioners)}
        told = {"evidence": each.level, "withheld": each.withheld}
        rows["service"].append({**records.service_row(service), **told})
        for name, children in _children(service, doubted).items():
            rows[name] += children
    rows["organization"] = [records.plain_row(bodies[key]) for key in sorted(bodies)]
    for number, row in enumerate(rows["language"], 1):
        row["id"] = number
    return rows


def _children(service: Service, doubted: frozenset[str]) -> Rows:
    rows: Rows = records.child_rows(service)
    for row in rows["channel"]:
        row["doubted"] = row["value"] is not None and row["id"] in doubted
    mine = {"service_id": service.id}
    rows["commissioner"] = [{**mine, "organization_id": each.id} for each in service.commissioners]
    rows["channel_source"] = [
        {"channel_id": channel.id, "source_id": key}
        for channel in service.channels
        for key in channel.source_ids
    ]
    rows["language"] = [
        {**mine, "channel_id": channel and channel.id, "code": code, "name": languages.name(code)}
        for channel, code in _spoken(service)
    ]
    return rows


def _spoken(service: Service) -> Iterator[tuple[Channel | None, str]]:
    yield from ((None, code) for code in service.languages)
    yield from ((channel, code) for channel in service.channels for code in channel.languages)


def _area_rows(gazetteer: Gazetteer) -> Iterator[dict[str, Any]]:
    nowhere = {"name_kana": None, "prefecture_code": None, "latitude": None, "longitude": None}
    yield {"code": NATIONWIDE, "name": NATIONWIDE_LABEL, "level": "country", **nowhere}
    for place in gazetteer.prefectures:
        yield {**_area_row(place), "level": "prefecture", "prefecture_code": None}
    for place in gazetteer.municipalities:
        yield {**_area_row(place), "level": "municipality"}


def _area_row(place: Place) -> dict[str, Any]:
    return {
        "code": place.code,
        "name": place.full_name,
        "name_kana": place.name_kana,
        "prefecture_code": place.prefecture_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _index(db: Database, published: Iterable[Published], gazetteer: Gazetteer) -> None:
    """Index what a service is called, by every piece of up to eight letters.

    SQLite's own ways to cut text find no word of two letters in Japanese, and most have two.
    """
    db.execute(f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5 (terms, content='')")
    numbers = dict(db.execute("SELECT id, rowid FROM service").fetchall())
    for each in published:
        found = frozenset[str]().union(*map(_terms, _texts(each.service, gazetteer)))
        terms = " ".join(sorted(found))
        number = numbers[each.service.id]
        db.execute(f"INSERT INTO {SEARCH_TABLE} (rowid, terms) VALUES (?, ?)", [number, terms])


def _texts(service: Service, gazetteer: Gazetteer) -> Iterator[str]:
    """Give what is always shown of a service: with what evidence guards, an index would tell it."""
    yield service.name
    if service.organization:
        yield service.organization.name
    yield from (each.name for each in service.commissioners)
    for code in service.service_areas:
        yield NATIONWIDE_LABEL if code == NATIONWIDE else gazetteer.get(code).full_name
    yield from (*service.programs, *service.offers, *service.staff)
    yield from languages.names(service.all_languages)
    yield from (FOCUS_LABELS[service.focus], ANSWERS_FOR_LABELS[service.answers_for])
    yield from (CHANNEL_LABELS[channel.kind] for channel in service.channels)


# Most texts are those of many services: names of places, labels, what is offered.
@lru_cache(maxsize=8192)
def _terms(text: str) -> frozenset[str]:
    """Return the words of a text and every piece of them, in letters that stand for one another.

    They are folded no further, for whoever asks the file has no folding of ours.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return frozenset(words).union(*map(_pieces, words))


def _pieces(word: str) -> set[str]:
    lengths = range(1, min(len(word), LONGEST_WORD) + 1)
    return {word[at : at + length] for length in lengths for at in range(len(word) - length + 1)}
