"""Targets for files that people send: sheets in any encoding, a whole data package."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sosdir import importing
from sosdir.errors import DataPackageError, Fault, UploadError
from sosdir.spreadsheets import decoding
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.store.import_rows import Outcome
from sosdir.tabular import TABLES
from tests.fuzz.world import World

# Every file of a package without a single row.
EMPTY = {table.file: f"{','.join(table.header)}\n".encode() for table in TABLES}
EMPTY[importing.OUTLINES_FILE] = b'{"features":[]}'
FILES = tuple(EMPTY)


def sheet(world: World, data: bytes) -> None:
    """An upload is refused as a whole, or each of its rows comes to something."""
    try:
        told = decoding.read(data)
        reader = reader_for(told, world.directory)
    except UploadError:
        return
    assert all(len(row.cells) >= len(told.header) for row in told.rows)
    rows = list(preview(reader, told, world.directory))
    assert [row.line for row in rows] == [row.line for row in told.rows]
    assert all(row.faults for row in rows if row.outcome is Outcome.REFUSED)


def package(_world: World, data: bytes) -> None:
    """A file of a data package is read, or its faults are told by file and line."""
    name = FILES[data[0] % len(FILES)] if data else FILES[0]
    with TemporaryDirectory(prefix="sosdir-fuzz-") as made:
        folder = Path(made)
        for each in FILES:
            (folder / each).write_bytes(EMPTY[each])
        (folder / name).write_bytes(data[1:])
        try:
            importing.read_package(folder)
        except DataPackageError as error:
            _are_placed(error.faults)


def _are_placed(faults: tuple[Fault, ...]) -> None:
    assert faults
    assert all(fault.file in FILES and fault.reason for fault in faults)


TARGETS = {each.__name__: each for each in (sheet, package)}
