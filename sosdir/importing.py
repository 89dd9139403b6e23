"""Read a data package from its folder, with every fault by file, line and column."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sosdir import channels, records
from sosdir.areas import Gazetteer
from sosdir.errors import ChannelError, DataPackageError, Fault, HoursError, InputError
from sosdir.models import (
    ChannelKind,
    DataPackage,
    Organization,
    Outline,
    Prefecture,
    RetiredNumber,
    Service,
)
from sosdir.schedules import normalise as normalise_hours
from sosdir.tabular import TABLES, Table, read_value

OUTLINES_FILE = "prefecture.geojson"
_PREFECTURE_NAMES = ("code", "name", "name_kana", "name_en")
_DIALLED = frozenset({ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS})


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold one row with the line it begins on."""

    number: int
    row: Mapping[str, Any]


_Lines = dict[str, list[_Line]]


def read_package(folder: Path) -> DataPackage:
    """Return the data package that a folder holds.

    Args:
        folder: with the files that ``tabular.TABLES`` names, and the outlines.

    Raises:
        DataPackageError: with every fault found; nothing is half read.
    """
    faults: list[Fault] = []
    lines: _Lines = {table.name: list(_read_table(folder, table, faults)) for table in TABLES}
    outlines = _read_outlines(folder, faults)
    _check_keys(lines, faults)
    _refuse(faults)
    gazetteer = Gazetteer(
        [each.prefecture for each in outlines],
        [records.municipality(line.row) for line in lines["municipality"]],
        [records.ward(line.row) for line in lines["ward"]],
    )
    retired = tuple(records.retired_number(line.row) for line in lines["retired_number"])
    faults.extend(_check_places(lines, gazetteer))
    faults.extend(_check_channels(lines, retired))
    faults.extend(_check_services(lines))
    _refuse(faults)
    return _assemble(lines, outlines, retired)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise DataPackageError(tuple(faults))


def _read_table(folder: Path, table: Table, faults: list[Fault]) -> Iterator[_Line]:
    text = _read_text(folder / table.file, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != table.header:
            reason = f"見出しが違います。次のとおりにしてください: {','.join(table.header)}"
            faults.append(Fault(table.file, 1, "", reason))
            return
        begins = reader.line_num + 1
        for cells in reader:
            row = _read_row(table, begins, cells, faults)
            if row is not None:
                yield _Line(begins, row)
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(table.file, reader.line_num, "", f"CSVとして読めません({error})。"))


def _read_text(path: Path, faults: list[Fault]) -> str | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(path.name, 0, "", f"読めません({error.strerror})。"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(path.name, line, "", "UTF-8ではありません。UTF-8で保存してください。"))
        return None


def _read_row(
    table: Table, line: int, cells: list[str], faults: list[Fault]
) -> dict[str, Any] | None:
    if len(cells) != len(table.columns):
        reason = f"{len(table.columns)}列のはずが{len(cells)}列あります。"
        faults.append(Fault(table.file, line, "", reason))
        return None
    row: dict[str, Any] = {}
    for column, cell in zip(table.columns, cells, strict=True):
        try:
            row[column.name] = read_value(column, cell)
        except InputError as error:
            faults.append(Fault(table.file, line, column.name, str(error)))
    return row if len(row) == len(table.columns) else None


def _read_outlines(folder: Path, faults: list[Fault]) -> tuple[Outline, ...]:
    text = _read_text(folder / OUTLINES_FILE, faults)
    if text is None:
        return ()
    try:
        return tuple(_outline(feature) for feature in json.loads(text)["features"])
    except (ValueError, KeyError, TypeError) as error:
        reason = f"都道府県の輪郭として読めません({error})。"
        faults.append(Fault(OUTLINES_FILE, getattr(error, "lineno", 1), "", reason))
        return ()


def _outline(feature: Mapping[str, Any]) -> Outline:
    properties = feature["properties"]
    prefecture = Prefecture(**{name: str(properties[name]) for name in _PREFECTURE_NAMES})
    return Outline(prefecture, json.dumps(feature["geometry"], separators=(",", ":")))


def _check_keys(lines: _Lines, faults: list[Fault]) -> None:
    for table in TABLES:
        faults.extend(_repeats(table, lines[table.name]))
        for column, target in table.foreign:
            known = _keys(target, lines)
            faults.extend(_dangling(table, column, target, lines[table.name], known))
    known = _keys("organization", lines)
    for line in lines["service"]:
        for key in line.row["commissioner_ids"]:
            if key not in known:
                reason = f"「{key}」は organization.csv にありません。"
                faults.append(Fault("service.csv", line.number, "commissioner_ids", reason))


def _keys(table_name: str, lines: _Lines) -> set[str]:
    key = "code" if table_name == "municipality" else "id"
    return {line.row[key] for line in lines[table_name]}


def _repeats(table: Table, lines: Iterable[_Line]) -> Iterator[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        key = tuple(line.row[name] for name in table.key)
        if key in seen:
            reason = f"{seen[key]}行目と同じです。どちらかを消してください。"
            yield Fault(table.file, line.number, ",".join(table.key), reason)
        seen.setdefault(key, line.number)


def _dangling(
    table: Table, column: str, target: str, lines: Iterable[_Line], known: set[str]
) -> Iterator[Fault]:
    for line in lines:
        value = line.row[column]
        if value is not None and value not in known:
            reason = f"「{value}」は {target}.csv にありません。"
            yield Fault(table.file, line.number, column, reason)


def _check_places(lines: _Lines, gazetteer: Gazetteer) -> Iterator[Fault]:
    for line in lines["service_area"]:
        if not gazetteer.exists(line.row["area_code"]):
            reason = f"「{line.row['area_code']}」という地域はありません。"
            yield Fault("service_area.csv", line.number, "area_code", reason)
    for line in lines["service"]:
        for column in ("prefecture_code", "municipality_code"):
            code = line.row[column]
            if code is not None and not gazetteer.exists(code):
                yield Fault(
                    "service.csv", line.number, column, f"「{code}」という地域はありません。"
                )


def _check_channels(lines: _Lines, retired: tuple[RetiredNumber, ...]) -> Iterator[Fault]:
    held = {line.row["id"] for line in lines["service"] if line.row["hold"] is not None}
    sources: dict[str, set[str]] = defaultdict(set)
    for line in lines["source"]:
        sources[line.row["service_id"]].add(line.row["id"])
    dead = {channels.dialled_digits(each.number): each for each in retired}
    for line in lines["channel"]:
        row = line.row
        checks = {
            "value": _value_fault(row, row["service_id"] in held, dead),
            "hours": _hours_fault(row),
            "source_ids": _sources_fault(row, row["service_id"] in held, sources),
        }
        for column, reason in checks.items():
            if reason is not None:
                yield Fault("channel.csv", line.number, column, reason)


def _value_fault(
    row: Mapping[str, Any], held: bool, dead: Mapping[str, RetiredNumber]
) -> str | None:
    value = row["value"]
    if value is None:
        return None
    if row["kind"] in _DIALLED and channels.dialled_digits(value) in dead:
        return (
            f"「{value}」は使ってはならない番号です: {dead[channels.dialled_digits(value)].reason}"
        )
    if held:
        # What is on hold is kept as found; it must be whole before it can be published.
        return None
    try:
        normal = channels.normalise(row["kind"], value)
    except ChannelError as error:
        return str(error)
    return None if normal == value else f"「{value}」は「{normal}」と書いてください。"


def _hours_fault(row: Mapping[str, Any]) -> str | None:
    hours = row["hours"]
    if hours is None:
        return None
    try:
        normal = normalise_hours(hours)
    except HoursError as error:
        place = "" if error.position is None else f"({error.position + 1}文字目)"
        return f"受付時間「{hours}」を読めません{place}: {error}"
    return None if normal == hours else f"「{hours}」は「{normal}」と書いてください。"


def _sources_fault(
    row: Mapping[str, Any], held: bool, sources: Mapping[str, set[str]]
) -> str | None:
    strange = [each for each in row["source_ids"] if each not in sources[row["service_id"]]]
    if strange:
        return f"「{strange[0]}」はこの窓口の出典ではありません。"
    if not row["source_ids"] and not held:
        return "出典がありません。公開する連絡手段には出典が要ります。"
    return None


def _check_services(lines: _Lines) -> Iterator[Fault]:
    served = {line.row["service_id"] for line in lines["service_area"]}
    for line in lines["service"]:
        row = line.row
        if row["id"] not in served:
            yield Fault(
                "service.csv", line.number, "id", "対象地域が service_area.csv にありません。"
            )
        place = (row["latitude"], row["longitude"], row["position_precision"])
        if None in place and any(part is not None for part in place):
            reason = "緯度・経度・位置の確かさは、三つそろえるか、三つとも空にしてください。"
            yield Fault("service.csv", line.number, "latitude", reason)


def _assemble(
    lines: _Lines, outlines: tuple[Outline, ...], retired: tuple[RetiredNumber, ...]
) -> DataPackage:
    organizations = [records.organization(line.row) for line in lines["organization"]]
    by_id = {each.id: each for each in organizations}
    return DataPackage(
        organizations=tuple(organizations),
        services=tuple(_services(lines, by_id)),
        municipalities=tuple(records.municipality(line.row) for line in lines["municipality"]),
        wards=tuple(records.ward(line.row) for line in lines["ward"]),
        retired_numbers=retired,
        outlines=outlines,
    )


def _services(lines: _Lines, organizations: Mapping[str, Organization]) -> Iterator[Service]:
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


def _grouped(lines: Iterable[_Line]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        groups[line.row["service_id"]].append(line.row)
    return groups
