"""The rules that every service keeps, wherever its lines come from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from sosdir import channels, languages
from sosdir.checking.lines import Line, Lines, each_text
from sosdir.errors import ChannelError, Fault, HoursError, InputError
from sosdir.models import RetiredNumber, ServiceStatus
from sosdir.schedules import normalise as normalise_hours
from sosdir.text import fold

# Words that an address needs in the place of a service's id.
RESERVED_IDS = frozenset({"new"})
_PLACE = ("latitude", "longitude", "position_precision")
NO_SOURCE: Mapping[str, str] = {
    "channel.csv": "出典がありません。公開する連絡手段には出典が要ります。",
    "statistic.csv": "出典がありません。公開する数には出典が要ります。",
}
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
        "confidentiality",
        "staff",
        "offers",
        "established",
        "status_note",
    ),
    "channel": ("value", "hours", "hours_text", "caller_id", "reply", "note"),
}


def check_facts(
    lines: Lines, broken: frozenset[str], dead: Mapping[str, RetiredNumber]
) -> Iterator[Fault]:
    """Give the faults of services, channels and sources.

    Args:
        lines: by table name.
        broken: the files that could not be read whole.
        dead: the retired numbers, as ``dead_numbers`` gives them.
    """
    yield from _check_channels(lines, broken, dead)
    yield from _check_statistics(lines, broken)
    yield from _check_texts(lines, dead)
    yield from _check_services(lines, broken)
    yield from _check_sources(lines["source"])


def dead_numbers(retired: Iterable[RetiredNumber]) -> dict[str, RetiredNumber]:
    """Return the retired numbers by the digits that are dialled.

    Args:
        retired: all of them.
    """
    return {channels.dialled_digits(each.number): each for each in retired}


def check_places(lines: Lines, codes: Set[str]) -> Iterator[Fault]:
    """Give the area codes that no area bears.

    Args:
        lines: by table name.
        codes: of all areas, 00 among them.
    """
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


def _check_channels(
    lines: Lines, broken: frozenset[str], dead: Mapping[str, RetiredNumber]
) -> Iterator[Fault]:
    public, sources = _public(lines), _sources(lines)
    for line in lines["channel"]:
        yield from _check_languages("channel.csv", line)
        row, strict = line.row, line.row["service_id"] in public
        reasons = {"value": _value_fault(row, strict, dead), "hours": _hours_fault(row)}
        if "source.csv" not in broken and "source_ids" not in line.unread:
            reasons["source_ids"] = _sources_fault("channel.csv", row, strict, sources)
        for column, reason in reasons.items():
            if reason is not None:
                yield Fault("channel.csv", line.number, column, reason)


def _check_statistics(lines: Lines, broken: frozenset[str]) -> Iterator[Fault]:
    public, sources = _public(lines), _sources(lines)
    for line in lines["statistic"]:
        if "source.csv" in broken or "source_ids" in line.unread:
            continue
        strict = line.row["service_id"] in public
        reason = _sources_fault("statistic.csv", line.row, strict, sources)
        if reason is not None:
            yield Fault("statistic.csv", line.number, "source_ids", reason)


def _public(lines: Lines) -> set[str]:
    # What is on hold is kept as found; it must be whole before it can be published.
    return {line.row["id"] for line in lines["service"] if line.row["hold"] is None}


def _sources(lines: Lines) -> dict[str, set[str]]:
    sources: dict[str, set[str]] = defaultdict(set)
    for line in lines["source"]:
        sources[line.row["service_id"]].add(line.row["id"])
    return sources


def _check_languages(file: str, line: Line) -> Iterator[Fault]:
    for code in line.row["languages"] or ():
        if not languages.is_code(code):
            yield Fault(file, line.number, "languages", _language_reason(code))


def _language_reason(word: str) -> str:
    try:
        return f"「{word}」は「{languages.code_of(word)}」と書いてください。"
    except InputError as error:
        return str(error)


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
        return f"「{hours}」を受付時間として読めません。{error}"
    return None if normal == hours else f"「{hours}」は「{normal}」と書いてください。"


def _sources_fault(
    file: str, row: Mapping[str, Any], strict: bool, sources: Mapping[str, set[str]]
) -> str | None:
    known = sources.get(row["service_id"], set())
    strange = [each for each in row["source_ids"] if each not in known]
    if strange:
        return f"「{strange[0]}」はこの窓口の出典ではありません。"
    if strict and not row["source_ids"]:
        return NO_SOURCE[file]
    return None


def _check_texts(lines: Lines, dead: Mapping[str, RetiredNumber]) -> Iterator[Fault]:
    written = {number: _in_any_writing(number) for number in dead}
    for table, columns in _PUBLIC_TEXTS.items():
        for line in lines[table]:
            for column in columns:
                # The value of a number is checked as a number.
                if column == "value" and line.row["kind"] in channels.DIALLED:
                    continue
                text = fold(" / ".join(each_text(line.row[column])))
                for number in (each for each in dead if written[each].search(text)):
                    told = f"{dead[number].number}({dead[number].reason})"
                    reason = f"使ってはならない番号です: {told}"
                    yield Fault(f"{table}.csv", line.number, column, reason)


def _in_any_writing(number: str) -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])" + r"[-ー\s()・.]*".join(number) + r"(?![0-9])")


def _check_services(lines: Lines, broken: frozenset[str]) -> Iterator[Fault]:
    served = {line.row["service_id"] for line in lines["service_area"]}
    for line in lines["service"]:
        yield from _check_languages("service.csv", line)
        row = line.row
        unserved = "id" not in line.unread and row["id"] not in served
        if unserved and "service_area.csv" not in broken:
            reason = "対象地域が service_area.csv にありません。"
            yield Fault("service.csv", line.number, "id", reason)
        if row["id"] in RESERVED_IDS:
            reason = f"「{row['id']}」は識別子にできません。別のものにしてください。"
            yield Fault("service.csv", line.number, "id", reason)
        empty = {name for name in _PLACE if row[name] is None}
        if 0 < len(empty) < len(_PLACE) and not line.unread & empty:
            reason = "緯度・経度・位置の確かさは、三つそろえるか、三つとも空にしてください。"
            yield Fault("service.csv", line.number, "latitude", reason)
        successor_reason = _successor_fault(row)
        if successor_reason is not None:
            yield Fault("service.csv", line.number, "successor_id", successor_reason)
        website = row["website"]
        if website is not None and channels.website_href(website) is None:
            reason = f"「{website}」はウェブの住所ではありません。"
            yield Fault("service.csv", line.number, "website", reason)


def _successor_fault(row: Mapping[str, Any]) -> str | None:
    successor = row["successor_id"]
    if successor is None:
        return None
    if successor == row["id"]:
        return "この窓口自身は選べません。引き継いだ、ほかの窓口を選んでください。"
    if row["status"] is not ServiceStatus.DEFUNCT:
        return "引き継いだ窓口は、終了した窓口にだけ書けます。"
    return None


def _check_sources(lines: Iterable[Line]) -> Iterator[Fault]:
    for line in lines:
        url = line.row["url"]
        if url is not None and not channels.is_web_address(url):
            reason = f"「{url}」はウェブの住所ではありません。https:// から書いてください。"
            yield Fault("source.csv", line.number, "url", reason)
