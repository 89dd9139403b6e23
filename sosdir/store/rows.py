"""Turn typed rows into SQL values and back, by the columns of the data package."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
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
    return _read(_readers(table), row)


@lru_cache(maxsize=4096)
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
    readers = _readers(table)
    return [_read(readers, row) for row in found]


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


_Readers = tuple[tuple[str, Callable[[Any], Any] | None], ...]


def _read(readers: _Readers, row: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, read in readers:
        value = row[name]
        found[name] = value if value is None or read is None else read(value)
    return found


@cache
def _readers(table: Table) -> _Readers:
    """Return what reads each column of a table; None for one that is as it should be."""
    return tuple((column.name, _reader(column)) for column in table.columns)


def _reader(column: Column) -> Callable[[Any], Any] | None:
    if column.enum is not None:
        return {str(each): each for each in column.enum}.__getitem__
    match column.datatype:
        case "list":
            return decode_list
        case "date":
            return date.fromisoformat
        case "boolean":
            return bool
    return None
