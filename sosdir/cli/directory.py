"""The commands that run and ask the directory: serve, load, export, search, hours, reindex."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from werkzeug.datastructures import MultiDict

from sosdir import db, exporting, formats, importing, publishing
from sosdir.cli.group import log, main, progress
from sosdir.config import LogForm, Settings
from sosdir.errors import DatabaseError, HoursError
from sosdir.forms.query import read_query
from sosdir.paths import bundled
from sosdir.presentation import Presenter, Result
from sosdir.revising import Author
from sosdir.schedules import TOKYO, availability
from sosdir.search import Query, label_of, search
from sosdir.store import geography, packages, reports, services, versions

# Who stands in history for what a load changes.
LOADER = Author(None, "sosdir load")


@main.command()
@click.option("--host", help="Address to listen on (SOSDIR_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (PORT).")
@click.option("--on-admin-port", is_flag=True, hidden=True)
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, on_admin_port: bool) -> None:
    """Serve the site until it is stopped."""
    # The server is loaded by the command that needs it: the others start without it.
    from sosdir import serving

    host, port = host or settings.host, port or settings.port
    db.open_for_reading(settings.database).close()
    if settings.log is LogForm.TEXT:
        click.echo(f"http://{host}:{port}/")
    serving.serve(settings, host, port, on_admin_port=on_admin_port)


@main.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--if-empty", is_flag=True, help="Do nothing when data was loaded before.")
@click.pass_obj
def load(settings: Settings, folder: Path | None, if_empty: bool) -> None:
    """Make the database say what a data package says.

    FOLDER is the package to load; without it, the one that ships with sosdir.
    """
    if if_empty and _was_loaded(settings.database):
        return
    # A faulty package must not leave an empty database behind, so it is read first.
    package = importing.read_package(folder or bundled("data"))
    with (
        db.changing(settings.database) as database,
        progress("読み込み", len(package.services)) as advance,
    ):
        before = {each.id: each for each in services.everything(database)}
        packages.replace_all(database, package, advance)
        publishing.keep_history_of_load(database, before, LOADER, datetime.now(UTC))
    click.echo(f"{len(package.services)} 件の窓口を {settings.database} に読み込みました。")
    log("package loaded", services=len(package.services))


def _was_loaded(path: Path) -> bool:
    if not path.is_file():
        return False
    with db.writing(path) as database:
        if versions.index_is_stale(database):
            packages.reindex(database)
        return not packages.is_empty(database)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(settings: Settings, folder: Path) -> None:
    """Write the database as a data package to FOLDER."""
    with db.reading(settings.database) as database:
        package = packages.take_out(database)
    for path in exporting.write_package(package, folder):
        click.echo(path)


@main.command()
@click.pass_obj
def reindex(settings: Settings) -> None:
    """Make the search index anew."""
    if not settings.database.is_file():
        raise DatabaseError(f"There is no database at {settings.database}. Make it: sosdir load")
    with (
        db.writing(settings.database) as database,
        progress("索引", packages.count(database)) as advance,
    ):
        packages.reindex(database, advance)
    log("index made")


@main.command()
@click.argument("expression")
@click.option("--at", "instant", help="ISO 8601; without a zone Asia/Tokyo; now if left out.")
def hours(expression: str, instant: str | None) -> None:
    """Print the state of an opening_hours EXPRESSION and its next change."""
    try:
        answer = availability(expression, _instant(instant))
    except HoursError as error:
        raise click.UsageError(str(error)) from error
    change = answer.next_change
    click.echo(f"{answer.state}\t{change.isoformat() if change else '-'}")


@main.command("search")
@click.argument("text", nargs=-1)
@click.option("--at", "instant", help="ISO 8601; without a zone Asia/Tokyo; now if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON as /services.json gives it.")
@click.pass_obj
def find(settings: Settings, text: tuple[str, ...], instant: str | None, as_json: bool) -> None:
    """Find services by place and words, such as 横浜 LINE."""
    query = _query(" ".join(text), instant)
    with db.reading(settings.database) as database:
        gazetteer = geography.gazetteer(database)
        presenter = Presenter(
            gazetteer,
            query.at,
            lambda key: f"/services/{key}",
            is_present=instant is None,
            doubted=reports.doubted_channels(database),
        )
        page = search(database, gazetteer, query)
        results = presenter.results(page.hits, page.place)
    if as_json:
        document = formats.results_json(page, results, presenter.now)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    if page.candidates:
        names = "、".join(place.full_name for place in page.candidates)
        click.echo(f"どちらですか: {names}")
    if page.recognised:
        labels = (label_of(each.facet, each.value) for each in page.recognised)
        click.echo(f"条件: {'、'.join(labels)}")
    click.echo(f"{page.total}件・{presenter.at_label()}")
    Console().print(_table(results))


def _table(results: tuple[Result, ...]) -> Table:
    table = Table("窓口", "状態", "対象地域", "連絡先", box=None, pad_edge=False)
    for result in results:
        table.add_row(result.name, result.state_text, result.area_label, _contact(result))
    return table


def _contact(result: Result) -> str:
    fitting = [each for each in result.channels if each.fits and each.value]
    shown = next((each for each in (*fitting, *result.channels) if each.value), None)
    if shown is None:
        return "確認中"
    return f"{shown.value}(番号の確認中)" if shown.doubted else str(shown.value)


def _query(text: str, instant: str | None) -> Query:
    """Read a query as the site reads it: ``--at`` moves the hours, never what may be shown."""
    parameters = MultiDict({"q": text, "at": instant or ""})
    return read_query(parameters, datetime.now(UTC).astimezone(TOKYO))


def _instant(text: str | None) -> datetime:
    return _query("", text).at
