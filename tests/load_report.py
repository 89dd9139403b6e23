"""Gather what tests measured, print it, and write it into the docs where that is asked for."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parent.parent / "docs" / "benchmark.md"
TITLES = {
    "slow": "While others hold connections slowly",
    "crowd": "When twice as many come as can be answered",
    "cluster": "When machines of a cluster are lost",
}


@dataclass(frozen=True)
class Measured:
    """One figure."""

    what: str
    figure: str


@dataclass
class Report:
    """Hold the figures of one run, by table, for one place in the docs.

    Args:
        place: the word of its markers there.
    """

    place: str
    tables: dict[str, list[Measured]] = field(default_factory=dict)

    def add(self, table: str, *figures: Measured) -> None:
        """Add figures to a table, and print them."""
        self.tables.setdefault(table, []).extend(figures)
        for each in figures:
            print(f"{each.what}: {each.figure}")

    def write(self) -> None:
        """Write the tables between the markers, where ``SOSDIR_MEASURED`` asks for it."""
        if not os.environ.get("SOSDIR_MEASURED") or not self.tables:
            return
        begin, end = f"<!-- {self.place} -->", f"<!-- end of {self.place} -->"
        text = BENCHMARK.read_text(encoding="utf-8")
        written, found = re.subn(
            f"{re.escape(begin)}.*?{re.escape(end)}",
            lambda _: f"{begin}\n{self._text()}\n{end}",
            text,
            flags=re.DOTALL,
        )
        assert found == 1, f"{begin} stands not once in {BENCHMARK}"
        BENCHMARK.write_text(written, encoding="utf-8")

    def _text(self) -> str:
        day = datetime.now(UTC).date().isoformat()
        where = f"{platform.machine()} with {os.cpu_count()} processors, {platform.system()}"
        made = f"Python {platform.python_version()}, granian {version('granian')}"
        tables = "\n\n".join(self._table(name) for name in self.tables)
        return f"Measured on {day} on {where}, {made}.\n\n{tables}"

    def _table(self, name: str) -> str:
        rows = [f"| {each.what} | {each.figure} |" for each in self.tables[name]]
        return "\n".join((f"**{TITLES[name]}**", "", "| what | figure |", "|---|---|", *rows))


report = Report("load")
