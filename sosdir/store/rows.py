"""Turn typed rows into SQL values and back, by the columns of the data package."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from sqlite_utils import Database

from sosdir.tabular import Column, Table


def encode(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a typed row as SQL values.

    Args:
        table: whose row it is.
        row: by column name.
    """
    return {column.name: _encode(column, row[column.name]) for column in table.columns}


def decode(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return SQL values as a typed row; the inverse of ``encode``.

    Args:
        table: whose row it is.
        row: by column name; other columns are passed over.
    """
    return {column.name: _decode(column, row[column.name]) for column in table.columns}


def decode_list(value: str) -> tuple[str, ...]:
    """Return the SQL value of a list as a list.

    Args:
        value: of a column of lists.
    """
    return tuple(json.loads(value))


def insert(db: Database, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert typed rows, replacing none.

    Args:
        db: to write.
        table: of the rows.
        rows: SQL values by column, all with the same columns.
    """
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    columns = ", ".join(f'"{name}"' for name in first)
    marks = ", ".join("?" for _ in first)
    sql = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'
    db.conn.executemany(sql, (tuple(row.values()) for row in chain((first,), waiting)))


def select(db: Database, table: Table, tail: str = "", values: Iterable[Any] = ()) -> list[Any]:
    """Return the typed rows of a table.

    Args:
        db: to read.
        table: to read from.
        tail: SQL after the table's name; never made from outside text.
        values: for the question marks in it.
    """
    found = db.query(f'SELECT * FROM "{table.name}" {tail}', list(values))
    return [decode(table, row) for row in found]


def _encode(column: Column, value: Any) -> Any:
    if column.datatype == "list":
        return json.dumps(list(value), ensure_ascii=False)
    if value is None:
        return None
    if column.datatype == "date":
        return value.isoformat()
    if column.datatype == "boolean":
        return int(value)
    return str(value) if column.enum else value


def _decode(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.enum is not None:
        return column.enum(value)
    if column.datatype == "list":
        return decode_list(value)
    if column.datatype == "date":
        return date.fromisoformat(value)
    return bool(value) if column.datatype == "boolean" else value
