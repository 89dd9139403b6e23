"""The schema is made once, and made up to date without loss."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from sosdir import db
from sosdir.errors import DatabaseError
from sosdir.migrations import SCHEMA
from sosdir.search import public_ids
from sosdir.store import packages, versions
from sosdir.tabular import TABLES
from tests.cast import a_service


def test_an_empty_database_gets_every_table_of_the_package() -> None:
    database = Database(memory=True)
    db.prepare(database)
    for table in TABLES:
        columns = {column.name for column in database.table(table.name).columns}
        assert columns - {"position"} == set(table.header)
    database.close()


def test_a_table_of_the_package_has_the_same_key_in_the_database() -> None:
    database = db.open_in_memory()
    for table in TABLES:
        assert tuple(database.table(table.name).pks) == table.key
    database.close()


def test_a_prepared_database_has_nothing_pending() -> None:
    database = Database(memory=True)
    assert SCHEMA.pending(database)
    db.prepare(database)
    assert not SCHEMA.pending(database)
    database.close()


def test_preparing_again_changes_nothing(database: Database) -> None:
    before = list(database.conn.iterdump())
    db.prepare(database)
    assert list(database.conn.iterdump()) == before
    assert any(a_service().name in line for line in before)


def test_languages_kept_as_words_become_codes_and_none_is_lost() -> None:
    database = Database(memory=True)
    SCHEMA.apply(database, stop_before="add_channel_languages")
    database.execute("INSERT INTO service (id, languages, evidence, name, focus, answers_for,"
        " commissioner_ids, partners, programs, service_area_basis, staff, offers, collected_on,"
        " contact_missing) VALUES ('old', ?, 'reported', 'n', 'maternity', 'npo', '[]', '[]', '[]',"
        " 'stated', '[]', '[]', '2026-11-23', 0)", ['["日本語", "英語など"]'])  # fmt: skip
    database.execute(
        "INSERT INTO service_index (service_id, withheld_from, looked_at, availability, channels,"
        " name_key) VALUES ('old', '9999-12-31', '2026-11-23', '[]', '[]', 'n')"
    )
    SCHEMA.apply(database, stop_before="index_each_channel")
    for table, key in (("service", "id"), ("service_index", "service_id")):
        rows = database.query(f"SELECT languages FROM {table} WHERE {key} = 'old'")
        assert json.loads(next(rows)["languages"]) == ["ja", "英語など"]
    database.close()


def test_an_index_of_before_is_emptied_and_asks_to_be_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    SCHEMA.apply(old, stop_before="index_each_channel")
    old.execute("INSERT INTO service (id, languages, evidence, name, focus, answers_for,"
        " commissioner_ids, partners, programs, service_area_basis, staff, offers, collected_on,"
        " contact_missing) VALUES ('old', '[]', 'confirmed', 'n', 'maternity', 'npo', '[]', '[]',"
        " '[]', 'stated', '[]', '[]', '2026-11-23', 0)")  # fmt: skip
    old.execute("INSERT INTO service_area VALUES ('old', '14', 0)")
    old.conn.commit()
    old.close()
    with pytest.raises(DatabaseError, match="sosdir reindex"):
        db.open_for_reading(path)
    with db.writing(path) as database:
        assert versions.index_is_stale(database)
    with pytest.raises(DatabaseError, match="sosdir reindex"):
        db.open_for_reading(path)
    with db.writing(path) as database:
        packages.reindex(database)
    with db.reading(path) as database:
        assert public_ids(database) == ["old"]


def test_an_empty_database_has_an_index_that_is_whole() -> None:
    database = db.open_in_memory()
    assert not versions.index_is_stale(database)
    database.close()


def test_safety_facts_are_unknown_of_what_was_there_before() -> None:
    database = Database(memory=True)
    SCHEMA.apply(database, stop_before="add_safety_facts")
    database.execute("INSERT INTO service (id, languages, evidence, name, focus, answers_for,"
        " commissioner_ids, partners, programs, service_area_basis, staff, offers, collected_on,"
        " contact_missing) VALUES ('old', '[]', 'reported', 'n', 'maternity', 'npo', '[]', '[]',"
        " '[]', 'stated', '[]', '[]', '2026-11-23', 0)")  # fmt: skip
    SCHEMA.apply(database)
    row = next(database.query("SELECT name, confidentiality FROM service"))
    assert row == {"name": "n", "confidentiality": None}
    assert list(database.query("SELECT caller_id, reply FROM channel")) == []
    database.close()


def test_a_figure_of_before_points_at_every_page_of_its_service() -> None:
    database = Database(memory=True)
    SCHEMA.apply(database, stop_before="add_sources_of_statistics")
    for key in ("old", "bare"):
        database.execute("INSERT INTO service (id, languages, evidence, name, focus, answers_for,"
            " commissioner_ids, partners, programs, service_area_basis, staff, offers,"
            " collected_on, contact_missing) VALUES (?, '[]', 'reported', 'n', 'maternity', 'npo',"
            " '[]', '[]', '[]', 'stated', '[]', '[]', '2026-11-23', 0)", [key])  # fmt: skip
        database.execute("INSERT INTO statistic VALUES (?, '友だち', 3, '2025-04-01', 0)", [key])
    for number in (2, 1):
        database.execute(
            "INSERT INTO source VALUES (?, 'old', 'https://example.jp', 'p', 'news', NULL, ?)",
            [f"old-s{number}", number],
        )
    SCHEMA.apply(database)
    rows = database.query("SELECT service_id, source_ids FROM statistic")
    found = {row["service_id"]: json.loads(row["source_ids"]) for row in rows}
    assert found == {"old": ["old-s1", "old-s2"], "bare": []}
    database.close()


def test_a_column_takes_only_what_its_type_allows() -> None:
    database = db.open_in_memory()
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        database.execute("INSERT INTO meta VALUES ('other', 'many')")
    database.close()
