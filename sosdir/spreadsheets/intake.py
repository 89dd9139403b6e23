"""Read an upload that is kept, in batches, so that others may write and its progress be seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from threading import Thread

from sosdir import db
from sosdir.errors import SosdirError, UploadError
from sosdir.revising import Author
from sosdir.spreadsheets import decoding, known
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.store import import_rows, imports
from sosdir.store.imports import Status

BATCH = 500
# Up to here the reading takes less than a person waits for.
AT_ONCE = 200_000
KEPT_FOR = timedelta(days=30)
_BROKEN = "読み取りの途中で止まりました。「もう一度読む」を押してください。"


def receive(path: Path, name: str, content: bytes, author: Author, now: datetime) -> int:
    """Keep an upload and return its id; uploads that nobody closed in 30 days are dropped.

    Args:
        path: of the database.
        name: of the file.
        content: its bytes.
        author: who sent it.
        now: with a zone.

    Raises:
        UploadError: it is no CSV that can be read; nothing is kept.
    """
    decoding.read(content)
    with db.changing(path) as database:
        imports.close_older(database, now - KEPT_FOR, now)
        return imports.add(database, name, content, author, now)


def start(path: Path, import_id: int, today: date) -> Thread | None:
    """Read an upload: a small one at once, a big one in a thread, which is returned.

    Args:
        path: of the database.
        import_id: of the upload.
        today: in Japan.

    Raises:
        NotFoundError: there is none, or it is closed.
    """
    with db.changing(path) as database:
        attempt = imports.begin(database, import_id)
        size = len(imports.content(database, import_id))
    if size <= AT_ONCE:
        read(path, import_id, attempt, today)
        return None
    # Not kept from ending with the server: what it leaves can be read again.
    thread = Thread(target=read, args=(path, import_id, attempt, today), daemon=True)
    thread.start()
    return thread


def read(path: Path, import_id: int, attempt: int, today: date) -> None:
    """Read an upload to the end, unless another attempt or an end to it came meanwhile.

    Args:
        path: of the database.
        import_id: of the upload.
        attempt: as ``imports.begin`` gave it.
        today: in Japan.
    """
    try:
        _read(path, import_id, attempt, today)
    except UploadError as error:
        _finish(path, import_id, attempt, Status.FAILED, "", (str(error),))
    except SosdirError:
        _finish(path, import_id, attempt, Status.FAILED, "", (_BROKEN,))


def _read(path: Path, import_id: int, attempt: int, today: date) -> None:
    with db.reading(path) as source:
        sheet = decoding.read(imports.content(source, import_id))
        directory = known.read(source, today)
        reader = reader_for(sheet, directory)
        total, done = len(sheet.rows), 0
        told = preview(reader, sheet, directory)
        while rows := list(islice(told, BATCH)):
            done += len(rows)
            with db.changing(path) as target:
                if not imports.is_current(target, import_id, attempt):
                    return
                import_rows.put(target, import_id, rows, done, total)
    _finish(path, import_id, attempt, Status.READY, reader.layout, reader.warnings)


def _finish(
    path: Path,
    import_id: int,
    attempt: int,
    status: Status,
    layout: str,
    warnings: tuple[str, ...],
) -> None:
    with db.changing(path) as database:
        if imports.is_current(database, import_id, attempt):
            imports.finish(database, import_id, status, layout, warnings)
