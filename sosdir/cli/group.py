"""The command group, and what every command shares."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from sosdir import __version__, config, logs
from sosdir.config import LogForm
from sosdir.errors import DataPackageError, InputError, SosdirError

# That of the commands as a whole, whatever runs in them.
_log = logging.getLogger("sosdir.cli")


class _Commands(click.Group):
    """Turn our own errors into a sentence and a failing exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DataPackageError as error:
            for fault in error.faults:
                click.echo(str(fault), err=True)
            click.echo(
                f"{len(error.faults)} 件の誤りがあります。何も書き換えていません。", err=True
            )
            ctx.exit(1)
        except InputError as error:
            raise click.UsageError(str(error), ctx) from error
        except (SosdirError, OSError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="sosdir")
@click.pass_context
def main(context: click.Context) -> None:
    """Run the directory of Japan's pregnancy SOS lines."""
    settings = context.obj = config.from_environment(os.environ)
    if settings.log is LogForm.JSON:
        logs.begin(settings.log)


def log(event: str, **fields: float | bool) -> None:
    """Log what a command did, for whoever keeps its log; a person is told on standard output.

    Args:
        event: in a few words.
        fields: how many, and the like; no name and no address.
    """
    _log.info(event, extra=fields)


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal and none in a pipe.

    Args:
        label: in front of the bar.
        length: how many steps there are.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
