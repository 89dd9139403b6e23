"""Check one service by itself, before it is saved or published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from sosdir import records
from sosdir.checking.facts import NO_SOURCE, check_facts, check_places
from sosdir.checking.lines import Line, Lines, repeats
from sosdir.errors import Fault, InputError
from sosdir.models import RetiredNumber, Service
from sosdir.tabular import TABLE, Column, read_value, write_value


def check_service(
    service: Service,
    codes: Set[str],
    dead: Mapping[str, RetiredNumber],
    *,
    needs_sources: bool = True,
) -> list[Fault]:
    """Return why a service may not be saved, as if it stood in a package by itself.

    Args:
        service: to check.
        codes: of all areas, 00 among them.
        dead: the retired numbers, as ``dead_numbers`` gives them.
        needs_sources: whether each channel and figure must point at a source, as to be published.
    """
    lines = _lines_of(service)
    faults = [
        *_check_cells(lines),
        *_check_repeats(lines),
        *check_places(lines, codes),
        *check_facts(lines, frozenset(), dead),
    ]
    if needs_sources:
        return faults
    return [fault for fault in faults if fault.reason != NO_SOURCE.get(fault.file)]


def _lines_of(service: Service) -> dict[str, list[Line]]:
    # In one order, so that a fault is told at the same place each time.
    bodies = dict.fromkeys(filter(None, [service.organization, *service.commissioners]))
    rows: dict[str, list[dict[str, Any]]] = {
        "organization": [records.plain_row(each) for each in bodies],
        "service": [records.service_row(service)],
        **records.child_rows(service),
    }
    return {
        name: [Line(number, row, frozenset()) for number, row in enumerate(held, 2)]
        for name, held in rows.items()
    }


def _check_cells(lines: Lines) -> Iterator[Fault]:
    """Refuse what could not be read back from a file."""
    for name, held in lines.items():
        for line in held:
            for column in TABLE[name].columns:
                reason = _cell_fault(column, line.row[column.name])
                if reason is not None:
                    yield Fault(f"{name}.csv", line.number, column.name, reason)


def _cell_fault(column: Column, value: Any) -> str | None:
    try:
        told = read_value(column, write_value(column, value))
    except InputError as error:
        return str(error)
    if column.datatype == "list" and told != tuple(value):
        return "「;」は使えません。「、」などに置きかえてください。"
    return None


def _check_repeats(lines: Lines) -> Iterator[Fault]:
    for name, held in lines.items():
        yield from repeats(TABLE[name], held)
