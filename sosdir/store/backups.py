"""Copy a database that is in use, prove that the copy is whole, and put a copy back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sosdir import db
from sosdir.errors import DatabaseError
from sosdir.migrations import SCHEMA
from sosdir.store import packages, versions

# What SQLite keeps beside a database in WAL mode.
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """Hold what a copy that was put back came to.

    Args:
        services: how many it holds.
        aside: where the former database is now, None where there was none.
    """

    services: int
    aside: Path | None


def copy_out(source: Path, copy: Path) -> int:
    """Copy a database while others read and write it, and return how many services it holds.

    The copy is one moment of the database, a single file that needs none beside it. It takes
    its name only once it was opened again and found whole.

    Args:
        source: the database.
        copy: made, readable by its owner alone; what bears its name is replaced.

    Raises:
        DatabaseError: the database cannot be read, or the copy cannot be written or is not whole.
    """
    if not source.is_file():
        raise DatabaseError(f"There is no database at {source}.")
    with beside(copy) as new:
        with _opened(source) as database, _opened(new, "rw") as target:
            database.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        return check(new)


def check(copy: Path) -> int:
    """Return how many services a copy holds, once it is proved to be whole.

    Args:
        copy: a single file.

    Raises:
        DatabaseError: it is no database of ours, damaged, or of a newer version of sosdir.
    """
    with _opened(copy, "ro&immutable=1") as connection:
        found = db.Database(connection)
        _refuse_foreign(found, copy)
        _refuse_damaged(found, copy)
        return packages.count(found)


def newest(folder: Path) -> datetime | None:
    """Return when the newest copy in a folder was made, None where there is none.

    Args:
        folder: that `sosdir backup` writes to.
    """
    found = []
    for path in (*folder.glob("*.db"), *folder.glob("*.db.age")):
        with contextlib.suppress(OSError):
            found.append(path.stat().st_mtime)
    return datetime.fromtimestamp(max(found), UTC) if found else None


def put_back(copy: Path, database: Path, now: datetime) -> Restored:
    """Make a database say what a copy says; the former one is put aside.

    Who reads meanwhile reads the former one, or the new one, whole.

    Args:
        copy: a single file.
        database: made where it is not there.
        now: names what is put aside.

    Raises:
        DatabaseError: the copy is not whole, or the database cannot be put aside or written.
    """
    count = check(copy)
    aside = _put_aside(database, now) if database.exists() else None
    with db.writing(database) as target, _opened(copy) as source:
        source.backup(target.conn)
    with db.changing(database) as target:
        if versions.index_is_stale(target):
            packages.reindex(target)
        for what in (versions.SERVICES, versions.PLACES):
            versions.renew(target, what)
    return Restored(count, aside)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Lend a file that only its owner reads, gone when the block ends.

    Args:
        folder: where it is; made if need be.

    Raises:
        DatabaseError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".sosdir-", suffix=".db", dir=folder)
    except OSError as error:
        raise DatabaseError(f"{folder} cannot be written: {error}.") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Lend a file to write beside its place, put there when the block ends and gone if it fails.

    Args:
        path: where it is to be; its folder is made.

    Raises:
        DatabaseError: the folder or the file cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield new
        _sync(new)
        new.replace(path)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error}.") from error
    finally:
        new.unlink(missing_ok=True)


def _put_aside(database: Path, now: datetime) -> Path:
    """Copy the present database aside; one that cannot be read is moved there as it is."""
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    aside = database.with_name(f"{database.stem}.before-{stamp}{database.suffix}")
    try:
        copy_out(database, aside)
    except DatabaseError:
        aside = database.with_name(f"{database.stem}.broken-{stamp}{database.suffix}")
        _move(database, aside)
    return aside


def _move(database: Path, aside: Path) -> None:
    try:
        database.rename(aside)
        for ending in _BESIDE:
            with contextlib.suppress(FileNotFoundError):
                database.with_name(database.name + ending).rename(f"{aside}{ending}")
    except OSError as error:
        raise DatabaseError(f"{database} cannot be put aside: {error}.") from error


@contextmanager
def _opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Lend a file as it is, whatever its version."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} is no whole database, or not to be read: {error}.") from error


def _refuse_damaged(found: db.Database, copy: Path) -> None:
    (answer,) = found.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise DatabaseError(f"{copy} is damaged: {answer}.")
    if found.execute("PRAGMA foreign_key_check").fetchone():
        raise DatabaseError(f"{copy} is damaged: something it holds refers to what is not there.")


def _refuse_foreign(found: db.Database, copy: Path) -> None:
    if not found.table("service").exists():
        raise DatabaseError(f"{copy} is no database of sosdir.")
    with closing(sqlite3.connect(":memory:")) as empty:
        ours = {each.name for each in SCHEMA.pending(db.Database(empty))}
    if not ours.issuperset(each.name for each in SCHEMA.applied(found)):
        raise DatabaseError(f"{copy} is of a newer version of sosdir: install that one first.")


def _sync(path: Path) -> None:
    """Wait until a file stands on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
