"""A data package is written byte for byte the same where nothing changed."""

import errno
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate
from sqlite_utils import Database

from sosdir import db, exporting, importing
from sosdir.models import DataPackage
from sosdir.store import packages, services
from sosdir.tabular import TABLES, descriptor
from tests.bundled import DATA
from tests.cast import a_package, an_importable_service

FILES = [*(table.file for table in TABLES), "prefecture.geojson", "datapackage.json"]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ, as they were and as they are."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old, new) for old, new in pairs if old != new]


def test_the_shipped_package_is_written_back_byte_for_byte(
    package: DataPackage, tmp_path: Path
) -> None:
    written = exporting.write_package(package, tmp_path)
    assert sorted(path.name for path in written) == sorted(FILES)
    assert contents(tmp_path) == contents(DATA)


def test_a_database_of_the_shipped_package_gives_it_back_byte_for_byte(
    shipped: Database, tmp_path: Path
) -> None:
    exporting.write_package(packages.take_out(shipped), tmp_path)
    assert contents(tmp_path) == contents(DATA)


def test_an_edit_changes_only_its_own_line(shipped: Database, package: DataPackage) -> None:
    copy = db.open_in_memory()
    shipped.conn.backup(copy.conn)
    service = package.services[40]
    services.save(copy, replace(service, fee="1回500円"))
    before = exporting.package_files(package)
    after = exporting.package_files(packages.take_out(copy))
    copy.close()
    different = [name for name in FILES if before[name] != after[name]]
    assert different == ["service.csv"]
    ((old, new),) = changed_lines(before["service.csv"], after["service.csv"])
    assert old.startswith(f"{service.id},")
    assert new.startswith(f"{service.id},")
    assert "1回500円" in new


def test_what_is_written_can_be_read_again(package: DataPackage, tmp_path: Path) -> None:
    service = an_importable_service(
        editor_note='「引用」"と", 改行\nと読点', partners=("一, 二", '"三"')
    )
    told = a_package(package, service)
    exporting.write_package(told, tmp_path / "new" / "folder")
    assert importing.read_package(tmp_path / "new" / "folder") == told


def test_writing_twice_leaves_only_the_files_of_the_package(
    package: DataPackage, tmp_path: Path
) -> None:
    for _ in range(2):
        exporting.write_package(a_package(package), tmp_path)
    assert sorted(contents(tmp_path)) == sorted(FILES)


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    package: DataPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    exporting.write_package(a_package(package), tmp_path)
    before = contents(tmp_path)
    write = Path.write_bytes

    def fail(path: Path, content: Any) -> None:
        if step == "write_bytes":
            write(path, content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="No space left"):
        exporting.write_package(
            a_package(package, an_importable_service(name="別の名前")), tmp_path
        )
    assert contents(tmp_path) == before


def test_the_shipped_descriptor_is_that_of_the_tables() -> None:
    text = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert json.loads(text) == descriptor()


def test_the_shipped_package_is_a_valid_data_package() -> None:
    report = validate(str(DATA / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "note"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLES)


def test_another_programme_finds_a_fault_in_an_edited_package(
    package: DataPackage, tmp_path: Path
) -> None:
    exporting.write_package(a_package(package), tmp_path)
    path = tmp_path / "service.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("pregnancy_sos", "sos"), encoding="utf-8")
    assert not validate(str(tmp_path / "datapackage.json")).valid
