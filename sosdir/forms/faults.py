"""Bring every fault of a service to the field in which it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sosdir.errors import Fault, InputError
from sosdir.forms.parts import kept_positions
from sosdir.forms.service import ServiceForm

_AREA = "対象地域が決まっていません。市区町村か都道府県の名前を入れて加えてください。"
# Where a column of the data package stands in the form, if not under its own name.
_FIELDS = {
    "organization_id": "organization",
    "commissioner_ids": "commissioners",
    "prefecture_code": "seat",
    "municipality_code": "seat",
    "position_precision": "precision",
    "service_area_basis": "basis",
    "successor_id": "successor",
}
_PARTS = {"channel.csv": "channels", "source.csv": "sources", "statistic.csv": "statistics"}
_PART_FIELDS = {"source_ids": "sources", "id": "key"}
_PATTERN_SAID = {
    "id": "英小文字と数字を、ハイフンでつないで書いてください(例 minato-sos)。",
}


class FaultyFormError(InputError):
    """Say that a form cannot be saved as it stands.

    Args:
        reasons: by the id of the field, at least one.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(" ".join(reasons.values()))
        self.reasons = dict(reasons)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Hold one fault as the summary shows it.

    Args:
        field_id: of the field that mends it.
        label: of that field, with the part it belongs to.
        reason: what to do.
    """

    field_id: str
    label: str
    reason: str


def place_faults(form: ServiceForm, faults: Iterable[Fault]) -> dict[str, str]:
    """Return the first reason for each field of the form that a fault belongs to.

    Args:
        form: whose service was checked.
        faults: as the check gives them.
    """
    placed: dict[str, str] = {}
    for fault in faults:
        name, reason = _place(form, fault)
        placed.setdefault(name, reason)
    return placed


def mark(form: ServiceForm, reasons: Mapping[str, str]) -> None:
    """Write reasons at their fields, before what the fields themselves say.

    Args:
        form: to be shown again.
        reasons: by the id of the field.
    """
    fields = dict(_fields(form))
    for name, reason in reasons.items():
        if name in fields:
            found = fields[name][0]
            found.errors = [reason, *(each for each in found.errors if isinstance(each, str))]


def troubles(form: ServiceForm, reasons: Mapping[str, str]) -> list[Trouble]:
    """Return what is wrong in the order of the form, for the summary above it.

    Args:
        form: validated and marked.
        reasons: those whose field is not in the form stand first.
    """
    fields = dict(_fields(form))
    lost = [
        Trouble("name", "この窓口", reason)
        for name, reason in reasons.items()
        if name not in fields
    ]
    told = [
        Trouble(name, label, field.errors[0])
        for name, (field, label) in fields.items()
        if field.errors and isinstance(field.errors[0], str)
    ]
    return lost + told


def _fields(form: ServiceForm) -> Iterator[tuple[str, tuple[Any, str]]]:
    for field in form:
        yield field.id, (field, field.label.text)
        for number, part in enumerate(getattr(field, "entries", ()), 1):
            for inner in part.form:
                yield inner.id, (inner, f"{field.label.text}{number}:{inner.label.text}")


def _place(form: ServiceForm, fault: Fault) -> tuple[str, str]:
    if fault.file in _PARTS:
        return _place_in_part(form, fault), fault.reason
    if fault.file == "organization.csv":
        return "organization", fault.reason
    if fault.file == "service_area.csv":
        return "area_name", fault.reason
    if fault.column == "id" and "service_area" in fault.reason:
        return "area_name", _AREA
    reason = (
        _PATTERN_SAID.get(fault.column, fault.reason) if "書き方" in fault.reason else fault.reason
    )
    return _FIELDS.get(fault.column, fault.column), reason


def _place_in_part(form: ServiceForm, fault: Fault) -> str:
    rows = form[_PARTS[fault.file]]
    kept = kept_positions(rows)
    # The first row of a file stands on its second line.
    index = fault.line - 2
    if not 0 <= index < len(kept):
        return str(rows.name)
    column = fault.column.split(",")[0]
    return f"{rows.name}-{kept[index]}-{_PART_FIELDS.get(column, column)}"
