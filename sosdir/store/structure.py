"""Compare the tables of a database with those that this version makes."""

from __future__ import annotations

import re
from typing import Any

from sqlite_utils import Database

from sosdir import db as databases
from sosdir.migrations import SCHEMA

# What SQLite keeps for itself, and what Litestream keeps in a database that it copies.
_OTHERS = ("sqlite_", "_litestream_")

Structure = dict[str, tuple[Any, ...]]


def lacking(db: Database) -> list[str]:
    """Return what a database should have and has not, or has otherwise: ``trigger x``.

    Args:
        db: to read.
    """
    found, wanted = _structure(db), _wanted()
    return sorted(name for name, made in wanted.items() if found.get(name) != made)


def unexpected(db: Database) -> list[str]:
    """Return what a database has that nothing of this version makes.

    Args:
        db: to read.
    """
    return sorted(_structure(db).keys() - _wanted().keys())


def newer_steps(db: Database) -> list[str]:
    """Return the steps that a newer version has taken and this one does not know.

    Args:
        db: to read.
    """
    known = {each.name for each in SCHEMA.applied(databases.open_in_memory())}
    return [each.name for each in SCHEMA.applied(db) if each.name not in known]


def _wanted() -> Structure:
    fresh = databases.open_in_memory()
    try:
        return _structure(fresh)
    finally:
        fresh.close()


def _structure(db: Database) -> Structure:
    rows = db.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {
        f"{kind} {name}": _columns(db, name) if kind == "table" else (_plain(sql),)
        for kind, name, sql in rows
        if not name.startswith(_OTHERS)
    }


def _columns(db: Database, table: str) -> tuple[Any, ...]:
    """Return what a table holds; how its statement is written depends on who changed it last."""
    columns = db.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?)', [table]
    ).fetchall()
    keys = db.execute(
        'SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(?)', [table]
    ).fetchall()
    return (*map(tuple, columns), *sorted(map(tuple, keys)))


def _plain(sql: str | None) -> str:
    return re.sub(r"\s+", " ", sql or "").strip()
