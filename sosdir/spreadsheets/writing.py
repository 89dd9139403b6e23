"""Write services as one sheet, a row each, that a spreadsheet opens and ``sheet`` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sosdir import records
from sosdir.models import Service
from sosdir.spreadsheets.columns import (
    AREAS,
    COMMISSIONER_NAMES,
    ORGANIZATION_NAME,
    OWN,
    PART,
    SOURCES,
    WORDS,
    names,
)
from sosdir.spreadsheets.repairs import quoted
from sosdir.tabular import write_value

Cells = dict[str, str]
_BYTE_ORDER_MARK = "\ufeff"


def sheet_text(services: Sequence[Service]) -> str:
    """Return services as CSV with a byte order mark, formulas made inert.

    Args:
        services: in the order of the rows.
    """
    counts = {"source": 1, "channel": 1, "statistic": 1}
    for each in services:
        held = {"source": each.sources, "channel": each.channels, "statistic": each.statistics}
        counts = {word: max(count, len(held[word])) for word, count in counts.items()}
    header = names(counts)
    cells = map(cells_of, services)
    return table_text(header, ([each.get(name, "") for name in header] for each in cells))


def table_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV with a byte order mark, formulas made inert.

    Args:
        header: the names of the columns.
        rows: of cells.
    """
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([quoted(cell) for cell in row])
    return out.getvalue()


def cells_of(service: Service) -> Cells:
    """Return the cells of a service by column, as the sheet writes them.

    Args:
        service: to write.
    """
    row: dict[str, Any] = dict(records.service_row(service))
    row[ORGANIZATION_NAME.name] = service.organization.name if service.organization else None
    row[COMMISSIONER_NAMES.name] = tuple(each.name for each in service.commissioners)
    row[AREAS.name] = service.service_areas
    cells = {name: write_value(column, row[name]) for name, column in OWN.items()}
    children = records.child_rows(service)
    numbers = {each.id: str(number) for number, each in enumerate(service.sources, 1)}
    for word in WORDS:
        for number, part in enumerate(children[word], 1):
            for name, text in part_cells(word, part, numbers).items():
                cells[f"{word}_{number}_{name}"] = text
    return cells


def part_cells(word: str, part: Mapping[str, Any], numbers: Mapping[str, str]) -> Cells:
    """Return the cells of a part by column.

    Args:
        word: its kind.
        part: its row of the package.
        numbers: of the service's sources by id, as the sheet counts them.
    """
    row = dict(part)
    if "source_ids" in row:
        row[SOURCES.name] = tuple(numbers.get(key, key) for key in row["source_ids"])
    return {name: write_value(column, row[name]) for name, column in PART[word].items()}
