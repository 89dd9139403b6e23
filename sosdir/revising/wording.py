"""Say facts and their names as an admin reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from sosdir import languages
from sosdir.errors import Fault
from sosdir.models import (
    AnswersFor,
    Basis,
    Channel,
    ChannelKind,
    EvidenceLevel,
    Focus,
    Organization,
    Position,
    Precision,
    ServiceStatus,
    Source,
    SourceKind,
    Statistic,
)
from sosdir.revising.facts import Part
from sosdir.revising.records import Action
from sosdir.tabular import TABLE
from sosdir.vocabulary import (
    ANSWERS_FOR_LABELS,
    CHANNEL_LABELS,
    EVIDENCE_LABELS,
    FOCUS_LABELS,
    SERVICE_STATUS_LABELS,
    SOURCE_KIND_LABELS,
)

AreaName = Callable[[str], str]

ACTION_LABELS: Mapping[Action, str] = {
    Action.LOADED: "読み込み",
    Action.ADDED: "読み込みで追加",
    Action.IMPORTED: "ファイルの取り込み",
    Action.DRAFTED: "下書き",
    Action.REJECTED: "下書きの差し戻し",
    Action.PUBLISHED: "公開",
    Action.CHECKED_BY_PHONE: "電話で確認・変更なし",
    Action.CHECKED_ON_SITE: "サイトで確認・変更なし",
    Action.UNDONE: "確認の取り消し",
    Action.RESTORED: "前の版に戻す",
}

_VOCABULARIES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Focus: FOCUS_LABELS,
    AnswersFor: ANSWERS_FOR_LABELS,
    ChannelKind: CHANNEL_LABELS,
    EvidenceLevel: EVIDENCE_LABELS,
    ServiceStatus: SERVICE_STATUS_LABELS,
    SourceKind: SOURCE_KIND_LABELS,
    Basis: {Basis.STATED: "ページに書かれている", Basis.PRESUMED: "推定(要確認)"},
    Precision: {Precision.ADDRESS: "住所の場所", Precision.MUNICIPALITY: "役所の場所"},
}
_AREAS = frozenset({"service_areas", "prefecture_code", "municipality_code"})
# One fact here that is several columns, or none, in the tables; and what the form calls otherwise.
_OWN_LABELS: Mapping[tuple[str, str], str] = {
    ("service", "name"): "窓口の名前",
    ("service", "organization"): "運営する団体",
    ("service", "department"): "部署",
    ("service", "commissioners"): "委託元の団体",
    ("service", "position"): "地図の位置",
    ("service", "service_areas"): "対象地域",
    ("service", "area_served"): "対象地域(出典のことば)",
    ("service", "service_area_basis"): "対象地域の根拠",
    ("service", "eligibility"): "対象の方",
    ("service", "contact_missing"): "連絡先を述べるページが見つからない",
    ("service", "editor_note"): "管理者だけの覚え書き",
    ("channel", "hours"): "受付時間(式)",
    ("channel", "hours_text"): "受付時間(運営者のことば)",
    ("channel", "editor_note"): "管理者だけの覚え書き",
}
_PART_LABELS: Mapping[str, str] = {
    "channel": "連絡手段",
    "source": "出典",
    "statistic": "日付のある数",
}


def label(field: str, table: str = "service") -> str:
    """Return the name of a fact.

    Args:
        field: of the record.
        table: whose record it is.
    """
    own = _OWN_LABELS.get((table, field))
    if own is not None:
        return own
    titles = {column.name: column.title for column in TABLE[table].columns}
    return titles[field].partition("(")[0]


def part_label(word: str, part: Part | None) -> str:
    """Return the name of a part, such as 連絡手段「電話 03-0000-0001」.

    Args:
        word: its kind: channel, source or statistic.
        part: to name; None for the parts of that kind together.
    """
    if part is None:
        return _PART_LABELS[word]
    return f"{_PART_LABELS[word]}「{part_text(part)}」"


def part_text(part: Part) -> str:
    """Return a part in a few words.

    Args:
        part: a channel, source or statistic.
    """
    if isinstance(part, Channel):
        return f"{CHANNEL_LABELS[part.kind]} {part.value or ''}".strip()
    if isinstance(part, Source):
        return f"{part.publisher} {part.url}"
    return f"{part.name} {part.on.isoformat()}"


def fault_place(fault: Fault) -> str:
    """Return where a fault of a service is, such as 連絡手段の2番目・受付時間.

    Args:
        fault: of a service checked by itself.
    """
    table = TABLE[fault.file.removesuffix(".csv")]
    known = {column.name for column in table.columns}
    column = label(fault.column, table.name) if fault.column in known else ""
    if table.name == "service":
        return column
    return "・".join(filter(None, (f"{table.title}の{fault.line - 1}番目", column)))


def value_text(field: str, value: Any, area_name: AreaName) -> str:
    """Return a value as text, empty where there is none.

    Args:
        field: of the record, to know areas by.
        value: of any field of a service or its parts.
        area_name: names an area code.
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(value_text(field, each, area_name) for each in value)
    if field == "languages":
        return languages.name(value)
    if field in _AREAS:
        return area_name(value)
    if (field, value) == ("fee", "free"):
        return "無料"
    return _plain_text(value)


def _plain_text(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, StrEnum):
        return _VOCABULARIES.get(type(value), {}).get(value, str(value))
    if isinstance(value, Organization):
        return value.name
    if isinstance(value, Position):
        how = _plain_text(value.precision)
        return f"{value.latitude:.5f}, {value.longitude:.5f}({how})"
    if isinstance(value, (Channel, Source, Statistic)):
        return part_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
