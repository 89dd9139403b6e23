"""Check the lines of a data package against each other and against the rules of the directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sosdir import records
from sosdir.areas import is_valid_code
from sosdir.checking.facts import check_facts, check_places, dead_numbers
from sosdir.checking.lines import Line, Lines, each_text, repeats
from sosdir.errors import Fault
from sosdir.models import NATIONWIDE, Outline
from sosdir.tabular import TABLE, TABLES, Table

OUTLINES_FILE = "prefecture.geojson"


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
        yield from check_places(lines, {NATIONWIDE, *prefectures, *municipalities})
    read = (line for line in lines["retired_number"] if not line.unread)
    dead = dead_numbers(records.retired_number(line.row) for line in read)
    yield from check_facts(lines, broken, dead)


def _check_codes(lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        code = line.row["code"]
        if code is not None and not is_valid_code(code):
            reason = f"「{code}」は全国地方公共団体コードではありません(検査数字が違います)。"
            yield Fault("municipality.csv", line.number, "code", reason)


def _check_keys(lines: Lines, broken: frozenset[str]) -> Iterator[Fault]:
    for table in TABLES:
        yield from repeats(table, lines[table.name])
        for column, target in table.foreign:
            if TABLE[target].file not in broken:
                yield from _dangling(table, column, target, lines)
    if "organization.csv" not in broken:
        yield from _dangling(TABLE["service"], "commissioner_ids", "organization", lines)


def _dangling(table: Table, column: str, target: str, lines: Lines) -> Iterator[Fault]:
    (key,) = TABLE[target].key
    known = {line.row[key] for line in lines[target]}
    for line in lines[table.name]:
        for value in each_text(line.row[column]):
            if value not in known:
                reason = f"「{value}」は {target}.csv にありません。"
                yield Fault(table.file, line.number, column, reason)


def _check_outlines(prefectures: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(prefectures).items():
        if times > 1:
            yield Fault(OUTLINES_FILE, 0, "", f"「{code}」が二度あります。")
