"""The command that asks whether the pages we point at are still there."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import click

from sosdir import db
from sosdir.cli.group import log, main, progress
from sosdir.config import Settings
from sosdir.links import LABELS, Outcome, Verdict
from sosdir.links.transport import Network
from sosdir.links.verify import verify
from sosdir.store import links

# Whoever stops the command loses at most so many answers.
BATCH = 20


def network() -> Network:
    """Return the ways out: the net itself."""
    return Network()


@main.command("verify-links")
@click.option(
    "--only-older-than",
    "days",
    type=click.IntRange(0),
    metavar="DAYS",
    help="Pass over what was asked within so many days.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask at most so many.")
@click.pass_obj
def verify_links(settings: Settings, days: int | None, limit: int | None) -> None:
    """Ask politely whether the pages we point at are still there; no fact is changed."""
    before = None if days is None else datetime.now(UTC) - timedelta(days=days)
    with db.reading(settings.database) as database:
        wanted = links.urls(database, before)[:limit]
    with progress("リンクの確認", len(wanted)) as advance:
        counted = asyncio.run(_ask(settings, wanted, advance))
    click.echo(f"{len(wanted)} 件のリンクを確認しました。")
    for outcome in Outcome:
        if counted[outcome]:
            click.echo(f"{LABELS[outcome]}: {counted[outcome]}")
    log("links checked", links=len(wanted), **{str(each): counted[each] for each in Outcome})


async def _ask(
    settings: Settings, wanted: list[str], advance: Callable[[int], None]
) -> Counter[Outcome]:
    """Ask all, keep the answers batch by batch, and count them."""
    about = f"{settings.url.rstrip('/')}/about" if settings.url else None
    counted: Counter[Outcome] = Counter()
    batch: list[Verdict] = []
    async with aclosing(verify(wanted, network(), about)) as verdicts:
        async for verdict in verdicts:
            batch.append(verdict)
            counted[verdict.outcome] += 1
            advance(1)
            if len(batch) == BATCH:
                _keep(settings, batch)
                batch = []
    _keep(settings, batch)
    return counted


def _keep(settings: Settings, batch: list[Verdict]) -> None:
    if not batch:
        return
    with db.changing(settings.database) as database:
        links.save(database, batch, datetime.now(UTC))
