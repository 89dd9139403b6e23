"""Read a data package from its folder, with every fault by file, line and column."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sosdir import records
from sosdir.checking import OUTLINES_FILE, Line, Lines, check
from sosdir.errors import DataPackageError, Fault, InputError
from sosdir.models import DataPackage, Organization, Outline, Prefecture, Service
from sosdir.tabular import TABLES, Table, read_value

__all__ = ["MAX_BYTES", "OUTLINES_FILE", "read_package"]

# Ten thousand services take about 15 MB; a file beyond this is some other file.
MAX_BYTES = 100_000_000
_PREFECTURE_NAMES = ("code", "name", "name_kana", "name_en")
_FILES = (*(table.file for table in TABLES), OUTLINES_FILE)


def read_package(folder: Path) -> DataPackage:
    """Return the data package that a folder holds.

    Args:
        folder: with the files that ``tabular.TABLES`` names, and the outlines.

    Raises:
        DataPackageError: with every fault found; nothing is half read.
    """
    faults: list[Fault] = []
    lines = {table.name: list(_read_table(folder, table, faults)) for table in TABLES}
    outlines = _read_outlines(folder, faults)
    faults.extend(check(lines, outlines, tuple(faults)))
    if faults:
        raise DataPackageError(tuple(sorted(faults, key=_place)))
    return _assemble(lines, outlines)


def _place(fault: Fault) -> tuple[int, int]:
    return _FILES.index(fault.file), fault.line


def _read_table(folder: Path, table: Table, faults: list[Fault]) -> Iterator[Line]:
    text = _read_text(folder / table.file, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        header = next(reader, [])
        if tuple(header) != table.header:
            reason = f"見出しが違います。次のとおりにしてください: {','.join(table.header)}"
            faults.append(Fault(table.file, 1, "", reason))
            return
        begins = reader.line_num + 1
        for cells in reader:
            yield from _read_line(table, begins, cells, faults)
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(table.file, begins, "", f"CSVとして読めません({error})。"))


def _read_text(path: Path, faults: list[Fault]) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            reason = f"大きすぎます。{MAX_BYTES // 1_000_000} MBまで読めます。"
            faults.append(Fault(path.name, 0, "", reason))
            return None
        content = path.read_bytes()
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "ファイルがありません。"))
        return None
    except OSError as error:
        faults.append(Fault(path.name, 0, "", f"読めません({error.strerror})。"))
        return None
    return _decode(path.name, content, faults)


def _decode(name: str, content: bytes, faults: list[Fault]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(name, line, "", "UTF-8ではありません。UTF-8で保存してください。"))
        return None


def _read_line(table: Table, number: int, cells: list[str], faults: list[Fault]) -> Iterator[Line]:
    """Read one line; a cell at fault is left empty in it, and noted."""
    if len(cells) != len(table.columns):
        reason = f"{len(table.columns)}列のはずが{len(cells)}列あります。"
        faults.append(Fault(table.file, number, "", reason))
        return
    row: dict[str, Any] = {}
    unread: set[str] = set()
    for column, cell in zip(table.columns, cells, strict=True):
        try:
            row[column.name] = read_value(column, cell)
        except InputError as error:
            faults.append(Fault(table.file, number, column.name, str(error)))
            unread.add(column.name)
            row[column.name] = () if column.datatype == "list" else None
    yield Line(number, row, frozenset(unread))


def _read_outlines(folder: Path, faults: list[Fault]) -> tuple[Outline, ...]:
    text = _read_text(folder / OUTLINES_FILE, faults)
    if text is None:
        return ()
    try:
        return tuple(_outline(feature) for feature in json.loads(text)["features"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"都道府県の輪郭として読めません({error})。"
        faults.append(Fault(OUTLINES_FILE, getattr(error, "lineno", 1), "", reason))
        return ()


def _outline(feature: Mapping[str, Any]) -> Outline:
    properties = feature["properties"]
    prefecture = Prefecture(**{name: str(properties[name]) for name in _PREFECTURE_NAMES})
    return Outline(prefecture, json.dumps(feature["geometry"], separators=(",", ":")))


def _assemble(lines: Lines, outlines: tuple[Outline, ...]) -> DataPackage:
    organizations = [records.organization(line.row) for line in lines["organization"]]
    by_id = {each.id: each for each in organizations}
    return DataPackage(
        organizations=tuple(organizations),
        services=tuple(_services(lines, by_id)),
        municipalities=tuple(records.municipality(line.row) for line in lines["municipality"]),
        wards=tuple(records.ward(line.row) for line in lines["ward"]),
        retired_numbers=tuple(records.retired_number(line.row) for line in lines["retired_number"]),
        outlines=outlines,
    )


def _services(lines: Lines, organizations: Mapping[str, Organization]) -> Iterator[Service]:
    channel_rows, area_rows = _grouped(lines["channel"]), _grouped(lines["service_area"])
    source_rows, statistic_rows = _grouped(lines["source"]), _grouped(lines["statistic"])
    for line in lines["service"]:
        key = line.row["id"]
        yield records.service(
            line.row,
            organizations,
            channels=channel_rows[key],
            service_areas=area_rows[key],
            sources=source_rows[key],
            statistics=statistic_rows[key],
        )


def _grouped(lines: Iterable[Line]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        groups[line.row["service_id"]].append(line.row)
    return groups
