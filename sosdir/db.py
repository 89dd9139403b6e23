"""Open the database, one connection for each request; nothing else opens it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, current_app, g
from sqlite_utils import Database

from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.kept import Kept
from sosdir.migrations import SCHEMA
from sosdir.stamps import Stamp, stamp

__all__ = [
    "Database",
    "SqliteError",
    "changing",
    "close_current",
    "current",
    "damage",
    "init_app",
    "is_open",
    "open_for_reading",
    "open_for_writing",
    "open_in_memory",
    "prepare",
    "reading",
    "writing",
]

SqliteError = sqlite3.Error
# How long a writer waits for another before it gives up: longer than the longest write, an
# import of ten thousand services.
BUSY_SECONDS = 30.0
_looked_at = Kept[tuple[Path, Stamp], None]()
_RESTORE = "Put a backup back: sosdir restore FILE"


def open_for_reading(path: Path) -> Database:
    """Open a database that cannot be changed through this connection.

    Args:
        path: of the file.

    Raises:
        DatabaseError: the file is missing, no database, or of an older version of sosdir.
    """
    if not path.is_file():
        raise DatabaseError(f"There is no database at {path}. Make it with: sosdir load")
    before = stamp(path)
    try:
        db = _connect(f"file:{_uri(path)}?mode=ro")
        with _closed_on_error(db):
            _refuse_older_once(db, path, before)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} cannot be read ({error}). {_RESTORE}") from error
    return db


def open_for_writing(path: Path) -> Database:
    """Open a database to write it, made and brought up to date if need be.

    Args:
        path: of the file; its folder is made.

    Raises:
        DatabaseError: the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_private(path)
        db = _connect(f"file:{_uri(path)}?mode=rwc")
        with _closed_on_error(db):
            db.enable_wal()
            prepare(db)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"{path} cannot be written: {error}") from error
    return db


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Lend a database to read, as it is at the first look, and close it.

    Args:
        path: of the file.

    Raises:
        DatabaseError: it cannot be opened or read.
    """
    with _lent(open_for_reading(path), path) as db:
        # Whatever is written meanwhile, what is read belongs together.
        db.conn.execute("BEGIN")
        yield db


@contextmanager
def writing(path: Path) -> Iterator[Database]:
    """Lend a database to write, and close it.

    Args:
        path: of the file.

    Raises:
        DatabaseError: it cannot be opened or written, or another writer holds it too long.
    """
    with _lent(open_for_writing(path), path) as db:
        yield db


@contextmanager
def changing(path: Path, patience: float | None = None) -> Iterator[Database]:
    """Lend a database within one transaction that no other writer can come between.

    What was read in it is still so when it is written. It is kept when the block ends, and
    undone whole when the block raises.

    Args:
        path: of the file.
        patience: seconds to wait for another writer, None for as long as the longest write takes.

    Raises:
        DatabaseError: it cannot be written, or another writer holds it too long.
    """
    with writing(path) as db:
        if patience is not None:
            db.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        # Taken at the start: a reader that becomes a writer midway would be refused at once.
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            db.conn.rollback()
            raise


def open_in_memory() -> Database:
    """Open an empty database that lives as long as the connection, for tests."""
    db = _configure(sqlite3.connect(":memory:"))
    prepare(db)
    return db


def prepare(db: Database) -> None:
    """Bring a database to the schema of this version.

    Args:
        db: empty or older.
    """
    SCHEMA.apply(db)


def current() -> Database:
    """Return the connection of the request at hand, opened at its first use.

    Litestream cannot apply changes under a connection that stays open, so none outlives a request.
    """
    if "db" not in g:
        settings: Settings = current_app.config["SETTINGS"]
        g.db = open_for_reading(settings.database)
        # One view of the data for the whole request, whatever is written meanwhile.
        g.db.conn.execute("BEGIN")
    db: Database = g.db
    return db


def is_open() -> bool:
    """Tell whether the request at hand has opened its connection."""
    return "db" in g


def close_current(_error: BaseException | None = None) -> None:
    """Close the connection of the request that ends."""
    db: Database | None = g.pop("db", None)
    if db is not None:
        db.close()


def damage(path: Path, error: SqliteError) -> DatabaseError | None:
    """Return what to say of a database that turned out damaged, None where that is not it.

    Args:
        path: of its file.
        error: that SQLite raised.
    """
    # Of an extended code, the lowest byte is the kind.
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return DatabaseError(f"{path} cannot be read ({error}). {_RESTORE}")
    return None


def init_app(app: Flask) -> None:
    """Close connections when requests end.

    Args:
        app: to register with.
    """
    app.teardown_appcontext(close_current)


def _refuse_older_once(db: Database, path: Path, before: Stamp) -> None:
    """Refuse an older database; one that was not written since it was looked at is not asked."""
    if before.is_settled:
        _looked_at.get((path, before), lambda: _refuse_older(db, path))
    else:
        _refuse_older(db, path)


def _refuse_older(db: Database, path: Path) -> None:
    if SCHEMA.pending(db):
        command = "reindex" if db.table("meta").exists() else "load"
        raise DatabaseError(f"{path} is of an older version. Bring it up to date: sosdir {command}")
    if db.execute("SELECT 1 FROM meta WHERE name = 'index_is_stale' AND value").fetchone():
        raise DatabaseError(f"The search index of {path} has to be made anew: sosdir reindex")


def _make_private(path: Path) -> None:
    """Make a file that only its owner reads, for it is to hold secrets; one that is there stays."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _closed_on_error(db: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


@contextmanager
def _lent(db: Database, path: Path) -> Iterator[Database]:
    try:
        yield db
    except sqlite3.Error as error:
        raise damage(path, error) or DatabaseError(
            f"{path} failed: {error}. Nothing was changed; try again."
        ) from error
    finally:
        db.close()


def _uri(path: Path) -> str:
    return path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _connect(uri: str) -> Database:
    return _configure(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS))


def _configure(connection: sqlite3.Connection) -> Database:
    connection.execute("PRAGMA foreign_keys = ON")
    return Database(connection)
