"""A whole data package goes into the database, and comes out again, whole or not at all."""

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from sosdir import cli, db, exporting
from sosdir.models import DataPackage, Organization
from sosdir.store import packages, services, versions
from tests.cast import a_package, a_service, an_importable_service


@pytest.fixture
def told(package: DataPackage) -> DataPackage:
    """Give a small package of two services."""
    other = an_importable_service("kakushi-line", hold="理由", checked_on=None)
    return a_package(package, other, an_importable_service())


@pytest.fixture
def empty() -> Iterator[Database]:
    """Give a database into which nothing was loaded."""
    database = db.open_in_memory()
    yield database
    database.close()


def index_of(database: Database) -> list[tuple[object, ...]]:
    """Return the index by service, without the numbers of its rows."""
    sql = (
        "SELECT i.service_id, i.withheld_from, i.looked_at, i.channels, i.needs,"
        " i.name_key, t.open, t.guarded"
        " FROM service_index i JOIN service_text t ON t.rowid = i.number ORDER BY i.service_id"
    )
    return list(database.execute(sql).fetchall())


def load(home: Path, folder: Path) -> tuple[int, str]:
    """Run ``sosdir load`` and return its exit status and what it said."""
    result = CliRunner().invoke(cli.main, ["load", str(folder)], env={"SOSDIR_HOME": str(home)})
    return result.exit_code, result.output


def dump_of(home: Path) -> list[str]:
    """Return all that the database of a home holds."""
    database = db.open_for_reading(home / "sosdir.db")
    lines = list(database.conn.iterdump())
    database.close()
    return lines


def add_a_fault(path: Path) -> None:
    """Change the first service's name for good and its focus for ill."""
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    table[1][1], table[1][2] = "別の名前", "sos"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


def test_what_was_put_in_is_taken_out_the_same(empty: Database, told: DataPackage) -> None:
    packages.replace_all(empty, told)
    assert packages.take_out(empty) == told


def test_the_shipped_package_is_taken_out_as_it_was_put_in(
    shipped: Database, package: DataPackage
) -> None:
    assert packages.take_out(shipped) == package


def test_an_organization_without_a_service_is_kept(empty: Database, told: DataPackage) -> None:
    alone = Organization("zenkoku", "見本の会")
    package = replace(told, organizations=(*told.organizations, alone))
    packages.replace_all(empty, package)
    assert packages.take_out(empty) == package


def test_loading_again_gives_the_same_rows(empty: Database, told: DataPackage) -> None:
    packages.replace_all(empty, told)
    once = index_of(empty)
    packages.replace_all(empty, told)
    assert packages.take_out(empty) == told
    assert index_of(empty) == once
    assert empty.table("channel").count == sum(len(each.channels) for each in told.services)


def test_loading_replaces_all_that_was_there(database: Database, told: DataPackage) -> None:
    packages.replace_all(database, told)
    assert packages.take_out(database) == told
    assert database.table("service_index").count == 1


def test_each_loading_has_a_version_of_its_own(empty: Database, told: DataPackage) -> None:
    packages.replace_all(empty, told)
    first = versions.current(empty), versions.current(empty, versions.PLACES)
    packages.replace_all(empty, told)
    assert versions.current(empty) not in {0, first[0]}
    assert versions.current(empty, versions.PLACES) not in {0, first[1]}


def test_a_database_is_empty_until_the_first_load(empty: Database, told: DataPackage) -> None:
    assert packages.is_empty(empty)
    packages.replace_all(empty, replace(told, services=(), organizations=()))
    assert not packages.is_empty(empty)


def test_services_are_counted_with_those_on_hold(empty: Database, told: DataPackage) -> None:
    assert packages.count(empty) == 0
    packages.replace_all(empty, told)
    assert packages.count(empty) == 2


def test_progress_is_told_for_every_service(empty: Database, told: DataPackage) -> None:
    done: list[int] = []
    packages.replace_all(empty, told, done.append)
    assert sum(done) == 2
    packages.reindex(empty, done.append)
    assert sum(done) == 4


def test_a_load_that_stops_midway_leaves_all_as_it_was(
    database: Database, told: DataPackage
) -> None:
    before = list(database.conn.iterdump())

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        packages.replace_all(database, told, stop)
    assert list(database.conn.iterdump()) == before


def test_a_load_that_fails_midway_leaves_all_as_it_was(
    database: Database, told: DataPackage
) -> None:
    before = list(database.conn.iterdump())
    clash = a_service("zzz", channels=told.services[0].channels)
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*channel\.id"):
        packages.replace_all(database, replace(told, services=(*told.services, clash)))
    assert list(database.conn.iterdump()) == before


def test_a_fresh_index_is_the_one_that_saving_keeps(database: Database) -> None:
    services.remove(database, "minato-sos")
    services.save(database, a_service())
    before, version = index_of(database), versions.current(database)
    packages.reindex(database)
    assert index_of(database) == before
    assert versions.current(database) == version + 1


def test_an_emptied_index_is_made_anew(database: Database) -> None:
    before = index_of(database)
    database.execute("DELETE FROM service_text")
    database.execute("DELETE FROM service_index")
    packages.reindex(database)
    assert index_of(database) == before


def test_a_package_with_one_fault_changes_nothing(tmp_path: Path, told: DataPackage) -> None:
    home, folder = tmp_path / "home", tmp_path / "package"
    exporting.write_package(told, folder)
    assert load(home, folder)[0] == 0
    before = dump_of(home)
    add_a_fault(folder / "service.csv")
    status, said = load(home, folder)
    assert status == 1
    assert "service.csv:2:focus: " in said
    assert "何も書き換えていません" in said
    assert dump_of(home) == before
