"""Check the lines of a data package against each other and against the rules of the directory."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from sosdir import channels, records
from sosdir.areas import is_valid_code
from sosdir.errors import ChannelError, Fault, HoursError
from sosdir.models import NATIONWIDE, Outline, RetiredNumber
from sosdir.schedules import normalise as normalise_hours
from sosdir.tabular import TABLE, TABLES, Table
from sosdir.text import fold

OUTLINES_FILE = "prefecture.geojson"
_PLACE = ("latitude", "longitude", "position_precision")

# The free texts that the public reads: no retired number may stand in them.
_PUBLIC_TEXTS: Mapping[str, tuple[str, ...]] = {
    "organization": ("name",),
    "service": (
        "name",
        "department",
        "partners",
        "programs",
        "address",
        "area_served",
        "eligibility",
        "fee",
        "languages",
        "staff",
        "offers",
        "established",
    ),
    "channel": ("value", "hours", "hours_text", "note"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one row with the line it begins on.

    Args:
        number: 1-based; the header is line 1.
        row: typed values by column name.
        unread: the columns whose cell could not be read; the row holds nothing there.
    """

    number: int
    row: Mapping[str, Any]
    unread: frozenset[str]


Lines = Mapping[str, list[Line]]


def check(lines: Lines, outlines: Iterable[Outline], known: tuple[Fault, ...]) -> Iterator[Fault]:
    """Give the faults that show only between lines.

    What could not be read is not held against the lines that refer to it.

    Args:
        lines: by table name.
        outlines: of the prefectures.
        known: the faults found in reading.
    """
    broken = frozenset(fault.file for fault in known if not fault.column)
    prefectures = [each.prefecture.code for each in outlines]
    yield from _check_keys(lines, broken)
    yield from _check_outlines(prefectures)
    yield from _check_codes(lines["municipality"])
    if not broken & {"municipality.csv", OUTLINES_FILE}:
        municipalities = [line.row["code"] for line in lines["municipality"]]
        yield from _check_places(lines, {NATIONWIDE, *prefectures, *municipalities})
    dead = _dead_numbers(lines["retired_number"])
    yield from _check_channels(lines, broken, dead)
    yield from _check_texts(lines, dead)
    yield from _check_services(lines, broken)
    yield from _check_sources(lines["source"])


def _check_codes(lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        code = line.row["code"]
        if code is not None and not is_valid_code(code):
            reason = f"「{code}」は全国地方公共団体コードではありません(検査数字が違います)。"
            yield Fault("municipality.csv", line.number, "code", reason)


def _check_keys(lines: Lines, broken: frozenset[str]) -> Iterator[Fault]:
    for table in TABLES:
        yield from _repeats(table, lines[table.name])
        for column, target in table.foreign:
            if TABLE[target].file not in broken:
                yield from _dangling(table, column, target, lines)
    if "organization.csv" not in broken:
        yield from _dangling(TABLE["service"], "commissioner_ids", "organization", lines)


def _repeats(table: Table, lines: Iterable[Line]) -> Iterator[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        if line.unread & set(table.key):
            continue
        key = tuple(line.row[name] for name in table.key)
        if key in seen:
            reason = f"{seen[key]}行目と同じです。どちらかを消してください。"
            yield Fault(table.file, line.number, ",".join(table.key), reason)
        seen.setdefault(key, line.number)


def _dangling(table: Table, column: str, target: str, lines: Lines) -> Iterator[Fault]:
    (key,) = TABLE[target].key
    known = {line.row[key] for line in lines[target]}
    for line in lines[table.name]:
        for value in _each(line.row[column]):
            if value not in known:
                reason = f"「{value}」は {target}.csv にありません。"
                yield Fault(table.file, line.number, column, reason)


def _each(value: Any) -> tuple[str, ...]:
    """Return the texts of a cell, whether it holds none, one or a list."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _check_outlines(prefectures: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(prefectures).items():
        if times > 1:
            yield Fault(OUTLINES_FILE, 0, "", f"「{code}」が二度あります。")


def _check_places(lines: Lines, codes: Set[str]) -> Iterator[Fault]:
    named = (
        ("service_area", "area_code"),
        ("service", "prefecture_code"),
        ("service", "municipality_code"),
    )
    for table, column in named:
        for line in lines[table]:
            code = line.row[column]
            if code is not None and code not in codes:
                reason = f"「{code}」という地域はありません。"
                yield Fault(f"{table}.csv", line.number, column, reason)


def _dead_numbers(lines: Iterable[Line]) -> dict[str, RetiredNumber]:
    retired = [records.retired_number(line.row) for line in lines if not line.unread]
    return {channels.dialled_digits(each.number): each for each in retired}


def _check_channels(
    lines: Lines, broken: frozenset[str], dead: Mapping[str, RetiredNumber]
) -> Iterator[Fault]:
    # What is on hold is kept as found; it must be whole before it can be published.
    public = {line.row["id"] for line in lines["service"] if line.row["hold"] is None}
    sources: dict[str, set[str]] = defaultdict(set)
    for line in lines["source"]:
        sources[line.row["service_id"]].add(line.row["id"])
    for line in lines["channel"]:
        row, strict = line.row, line.row["service_id"] in public
        reasons = {"value": _value_fault(row, strict, dead), "hours": _hours_fault(row)}
        if "source.csv" not in broken and "source_ids" not in line.unread:
            reasons["source_ids"] = _sources_fault(row, strict, sources)
        for column, reason in reasons.items():
            if reason is not None:
                yield Fault("channel.csv", line.number, column, reason)


def _value_fault(
    row: Mapping[str, Any], strict: bool, dead: Mapping[str, RetiredNumber]
) -> str | None:
    value = row["value"]
    if value is None:
        return None
    if row["kind"] in channels.DIALLED and (found := dead.get(channels.dialled_digits(value))):
        return f"「{value}」は使ってはならない番号です: {found.reason}"
    if not strict:
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
    row: Mapping[str, Any], strict: bool, sources: Mapping[str, set[str]]
) -> str | None:
    known = sources.get(row["service_id"], set())
    strange = [each for each in row["source_ids"] if each not in known]
    if strange:
        return f"「{strange[0]}」はこの窓口の出典ではありません。"
    if strict and not row["source_ids"]:
        return "出典がありません。公開する連絡手段には出典が要ります。"
    return None


def _check_texts(lines: Lines, dead: Mapping[str, RetiredNumber]) -> Iterator[Fault]:
    written = {number: _in_any_writing(number) for number in dead}
    for table, columns in _PUBLIC_TEXTS.items():
        for line in lines[table]:
            for column in columns:
                # The value of a number is checked as a number.
                if column == "value" and line.row["kind"] in channels.DIALLED:
                    continue
                text = fold(" / ".join(_each(line.row[column])))
                for number in (each for each in dead if written[each].search(text)):
                    told = f"{dead[number].number}({dead[number].reason})"
                    reason = f"使ってはならない番号です: {told}"
                    yield Fault(f"{table}.csv", line.number, column, reason)


def _in_any_writing(number: str) -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])" + r"[-ー\s()・.]*".join(number) + r"(?![0-9])")


def _check_services(lines: Lines, broken: frozenset[str]) -> Iterator[Fault]:
    served = {line.row["service_id"] for line in lines["service_area"]}
    for line in lines["service"]:
        row = line.row
        unserved = "id" not in line.unread and row["id"] not in served
        if unserved and "service_area.csv" not in broken:
            reason = "対象地域が service_area.csv にありません。"
            yield Fault("service.csv", line.number, "id", reason)
        empty = {name for name in _PLACE if row[name] is None}
        if 0 < len(empty) < len(_PLACE) and not line.unread & empty:
            reason = "緯度・経度・位置の確かさは、三つそろえるか、三つとも空にしてください。"
            yield Fault("service.csv", line.number, "latitude", reason)
        website = row["website"]
        if website is not None and channels.website_href(website) is None:
            reason = f"「{website}」はウェブの住所ではありません。"
            yield Fault("service.csv", line.number, "website", reason)


def _check_sources(lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        url = line.row["url"]
        if url is not None and not channels.is_web_address(url):
            reason = f"「{url}」はウェブの住所ではありません。https:// から書いてください。"
            yield Fault("source.csv", line.number, "url", reason)
