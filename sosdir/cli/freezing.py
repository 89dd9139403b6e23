"""The command that writes the public site to plain files."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from sosdir.cli.group import main, progress
from sosdir.config import Settings
from sosdir.freezing import freeze
from sosdir.locales import JAPANESE, LOCALES

# Japanese has no code in addresses, and needs a word here.
_BY_WORD = {each.code or JAPANESE.tag: each for each in LOCALES}


@main.command("freeze")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--language",
    "languages",
    type=click.Choice(list(_BY_WORD)),
    multiple=True,
    help="Freeze Japanese and this language, not all; may be given again.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="one for each processor",
    help="Make pages in so many processes.",
)
@click.pass_obj
def freeze_site(settings: Settings, folder: Path, languages: tuple[str, ...], workers: int) -> None:
    """Write every public page to FOLDER as plain files, to be served when this site is lost.

    The pages show which lines answer at the moment of the run: run it often. FOLDER is new,
    empty, or of a former freeze; what is served is FOLDER/site/public.
    """
    outcome = freeze(
        settings,
        folder,
        datetime.now(UTC),
        partial(progress, "書き出し"),
        [each for word, each in _BY_WORD.items() if not languages or word in languages],
        workers,
    )
    click.echo(
        f"{outcome.answers} 件の住所を {folder} に書き出しました"
        f"(新しいファイル {outcome.written}、なくなったファイル {outcome.gone})。"
    )
