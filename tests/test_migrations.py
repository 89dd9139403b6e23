"""The schema is made once, and made up to date without loss."""

import sqlite3

import pytest
from sqlite_utils import Database

from sosdir import db
from sosdir.migrations import SCHEMA
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


def test_a_column_takes_only_what_its_type_allows() -> None:
    database = db.open_in_memory()
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        database.execute("INSERT INTO meta VALUES ('other', 'many')")
    database.close()
