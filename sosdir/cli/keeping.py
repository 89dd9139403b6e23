"""The commands that keep the database: backup, restore and doctor."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from sosdir import __version__, doctor, sealing
from sosdir.cli.group import log, main
from sosdir.config import Settings
from sosdir.doctor import Patient
from sosdir.errors import DatabaseError
from sosdir.store import backups


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="Encrypt for the holder of this key of age; may be given again.",
)
@click.pass_obj
def backup(settings: Settings, file: Path, recipients: tuple[str, ...]) -> None:
    """Copy the database to FILE while it is in use, and prove the copy.

    FILE may be a folder; the copy is then named after the present time. The copy holds password
    hashes and the words of reports: encrypt it where others can come near it.
    """
    if file.is_dir():
        ending = ".db.age" if recipients else ".db"
        file /= f"sosdir-{_now():%Y%m%dT%H%M%SZ}{ending}"
    if file.exists():
        raise DatabaseError(f"{file} is there already: name another file.")
    if not recipients:
        count = backups.copy_out(settings.database, file)
    else:
        count = _sealed(settings.database, file, recipients)
    click.echo(f"{count} 件の窓口を {file} に写しました。")
    log("backup made", services=count, sealed=bool(recipients), bytes=file.stat().st_size)


def _sealed(database: Path, file: Path, recipients: tuple[str, ...]) -> int:
    """Copy a database and encrypt the copy; the plain one never leaves the home."""
    with backups.scratch(database.parent) as plain:
        count = backups.copy_out(database, plain)
        with backups.beside(file) as new:
            sealing.seal(plain, new, recipients)
    return count


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the secret key of age that opens FILE.",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Prove that FILE is whole; change nothing."
)
@click.pass_obj
def restore(settings: Settings, file: Path, identity: Path | None, only_check: bool) -> None:
    """Make the database say what FILE says, a copy that `sosdir backup` made.

    The former database is put aside, never deleted. The site may go on running.
    """
    if not sealing.is_sealed(file):
        _restore(settings.database, file, only_check)
        return
    if identity is None:
        raise DatabaseError(f"{file} is encrypted: name the key that opens it with --identity.")
    with backups.scratch(settings.home) as plain:
        sealing.unseal(file, plain, identity)
        _restore(settings.database, plain, only_check)


def _restore(database: Path, copy: Path, only_check: bool) -> None:
    if only_check:
        count = backups.check(copy)
        click.echo(f"{count} 件の窓口があります。壊れていません。")
        log("backup proved", services=count)
        return
    restored = backups.put_back(copy, database, _now())
    if restored.aside is not None:
        click.echo(f"これまでのデータベースは {restored.aside} にあります。")
    click.echo(f"{restored.services} 件の窓口を {database} に戻しました。")
    log("backup put back", services=restored.services)


@main.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a monitor.")
@click.option(
    "--backups",
    type=click.Path(path_type=Path),
    help="Folder that backups go to (SOSDIR_BACKUPS): is the newest of last night?",
)
@click.pass_context
def examine(context: click.Context, as_json: bool, backups: Path | None) -> None:
    """Examine the installation; exit with 1 for a warning, 2 for a fault."""
    settings: Settings = context.obj
    now = _now()
    findings = doctor.examine(
        Patient(
            settings.database,
            now,
            is_copy=settings.read_only,
            backups=backups or settings.backups,
        )
    )
    worst = doctor.worst(findings)
    if as_json:
        told = [
            {"check": each.check, "verdict": each.verdict.name.lower(), "detail": each.detail}
            for each in findings
        ]
        document = {
            "verdict": worst.name.lower(),
            "examined_at": now.isoformat(timespec="seconds"),
            "version": __version__,
            "findings": told,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for each in findings:
            click.echo(f"{each.verdict.name.lower():8} {each.check:11} {each.detail}")
    context.exit(int(worst))


def _now() -> datetime:
    return datetime.now(UTC)
