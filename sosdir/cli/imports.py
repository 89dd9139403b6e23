"""The commands that take a spreadsheet in and give the directory out as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from sosdir import db
from sosdir.cli.group import log, main, progress
from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.revising import Author
from sosdir.schedules import TOKYO
from sosdir.spreadsheets import decoding, known
from sosdir.spreadsheets.applying import apply_rows
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.spreadsheets.writing import sheet_text
from sosdir.store import services
from sosdir.store.import_rows import APPLICABLE, OUTCOME_LABELS, ImportRow, Outcome

# Whom history names when nobody is signed in.
COMMAND = Author(None, "command")
_NOTHING_WRITTEN = "何も書き換えていません。"


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what each row comes to and write nothing.")
@click.option("--draft", is_flag=True, help="Write drafts, which wait for a publisher.")
@click.option(
    "--only", "lines", type=click.IntRange(2), multiple=True, metavar="LINE",
    help="Take only the row that begins on this line of the file; may be repeated.",
)  # fmt: skip
@click.option("--skip-refused", is_flag=True, help="Write the other rows though some are refused.")
@click.pass_obj
def import_file(
    settings: Settings,
    file: Path,
    dry_run: bool,
    draft: bool,
    lines: tuple[int, ...],
    skip_refused: bool,
) -> None:
    """Take in a CSV: ours, as `export-sheet` writes it, or the municipal standard's.

    Fails when any row is refused, and then writes nothing unless told to skip those.
    """
    if not settings.database.is_file():
        raise DatabaseError(f"There is no database at {settings.database}. Make it: sosdir load")
    rows = _previewed(settings.database, file)
    if lines:
        rows = [row for row in rows if row.line in lines]
    for row in rows:
        _tell(row)
    counted = Counter(row.outcome for row in rows)
    _summarise(counted)
    is_faulty = counted[Outcome.REFUSED] > 0
    if not dry_run and (skip_refused or not is_faulty):
        is_faulty |= _apply(settings.database, file.name, rows, draft)
    else:
        click.echo(_NOTHING_WRITTEN)
    if is_faulty:
        raise SystemExit(1)


@main.command("export-sheet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_sheet(settings: Settings, file: Path) -> None:
    """Write all services to FILE as one CSV for a spreadsheet, which `import` reads back."""
    with db.reading(settings.database) as database:
        text = sheet_text(services.everything(database))
    file.write_text(text, encoding="utf-8", newline="")
    click.echo(file)


def _previewed(path: Path, file: Path) -> list[ImportRow]:
    if file.stat().st_size > decoding.MAX_BYTES:
        raise click.UsageError(f"{file} は大きすぎます({decoding.MAX_BYTES // 1_000_000} MBまで)。")
    sheet = decoding.read(file.read_bytes())
    with db.reading(path) as database:
        directory = known.read(database, datetime.now(TOKYO).date())
        reader = reader_for(sheet, directory)
        for warning in reader.warnings:
            click.echo(warning, err=True)
        with progress("読み取り", len(sheet.rows)) as advance:
            return _counted(preview(reader, sheet, directory), advance)


def _counted(rows: Iterable[ImportRow], advance: Callable[[int], None]) -> list[ImportRow]:
    found = []
    for row in rows:
        found.append(row)
        advance(1)
    return found


def _apply(path: Path, name: str, rows: list[ImportRow], as_draft: bool) -> bool:
    """Write the rows that may be written; tell whether some could not be after all."""
    wanted = [row for row in rows if row.outcome in APPLICABLE]
    failed, written = [], 0
    now = datetime.now(UTC)
    with (
        db.changing(path) as database,
        progress("書き込み", len(wanted)) as advance,
    ):
        for row in apply_rows(database, wanted, name, COMMAND, now, as_draft=as_draft):
            advance(1)
            written += row.applied_at is not None
            if row.applied_at is None:
                failed.append(row)
    for row in failed:
        _tell(row)
    click.echo(f"{written} 件を{'下書きとして' if as_draft else ''}書き込みました。")
    log("import written", rows=written, failed=len(failed), as_draft=as_draft)
    return bool(failed)


def _tell(row: ImportRow) -> None:
    named = " ".join(filter(None, (row.service_id, row.service_name)))
    click.echo(f"{row.line}行目 {OUTCOME_LABELS[row.outcome]}: {named}")
    if row.outcome is Outcome.CHANGED:
        for each in row.changes:
            click.echo(f"  {each.label}: {each.before or 'なし'} → {each.after or 'なし'}")
    for note in row.notes:
        click.echo(f"  ({note})")
    for fault in row.faults:
        where = f"{fault.column}: " if fault.column else ""
        click.echo(f"  {where}{fault.reason}")


def _summarise(counted: Counter[Outcome]) -> None:
    told = [f"{OUTCOME_LABELS[each]} {counted[each]}" for each in Outcome if counted[each]]
    click.echo("、".join(told) or "行がありません。")
