"""Write a data package to its folder, byte for byte the same where nothing changed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sosdir import records
from sosdir.importing import OUTLINES_FILE
from sosdir.models import DataPackage, Outline, Service
from sosdir.tabular import TABLES, Table, descriptor, write_value


def write_package(package: DataPackage, folder: Path) -> list[Path]:
    """Write all files of a package and return them.

    Each file is written beside its place and then put there at once, so that a full disk or a
    kill leaves the old one.

    Args:
        package: to write.
        folder: made if need be.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name, text) for name, text in package_files(package).items()]


def package_files(package: DataPackage) -> dict[str, str]:
    """Return the text of every file of a package, by name.

    Args:
        package: to write.
    """
    rows = _rows(package)
    texts = {table.file: table_text(table, rows[table.name]) for table in TABLES}
    texts[OUTLINES_FILE] = _outlines_text(package.outlines)
    texts["datapackage.json"] = json.dumps(descriptor(), ensure_ascii=False, indent=2) + "\n"
    return texts


def table_text(table: Table, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a table as CSV with its header.

    Args:
        table: of the rows.
        rows: typed values by column name.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    for row in rows:
        writer.writerow(write_value(column, row[column.name]) for column in table.columns)
    return out.getvalue()


def _rows(package: DataPackage) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        "organization": [records.plain_row(each) for each in package.organizations],
        "municipality": [records.plain_row(each) for each in package.municipalities],
        "ward": [records.plain_row(each) for each in package.wards],
        "retired_number": [records.plain_row(each) for each in package.retired_numbers],
        "service": [records.service_row(each) for each in package.services],
    }
    return rows | _child_rows(package.services)


def _child_rows(services: Iterable[Service]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("channel", "service_area", "source", "statistic")
    }
    for service in services:
        for name, children in records.child_rows(service).items():
            rows[name].extend(children)
    return rows


def _outlines_text(outlines: Iterable[Outline]) -> str:
    features = ",\n".join(_feature_text(outline) for outline in outlines)
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'


def _feature_text(outline: Outline) -> str:
    prefecture = outline.prefecture
    feature = {
        "type": "Feature",
        "id": prefecture.code,
        "properties": {
            "code": prefecture.code,
            "name": prefecture.name,
            "name_kana": prefecture.name_kana,
            "name_en": prefecture.name_en,
        },
        "geometry": json.loads(outline.geometry),
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> Path:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
