"""Measure how search, loading and memory grow with the directory, on invented services."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sosdir import exporting
from sosdir.areas import Gazetteer
from sosdir.models import DataPackage
from tests.bench import load, servers
from tests.bench.load import Told
from tests.synthetic import addresses, searches, synthetic_package

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 3
SECONDS = 3.0
QUERIES = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """Hold what a directory of one size told.

    Args:
        services: how many.
        loading: seconds of ``sosdir load`` from a folder, its index made.
        ready: seconds from the start of the server to its first answer.
        told: searches one after another, each made anew; one a round.
        megabytes: of the worker, after all was asked of it.
        on_disk: megabytes of the database.
    """

    services: int
    loading: float
    ready: float
    told: tuple[Told, ...]
    megabytes: float
    on_disk: float

    def middle(self, name: str) -> float:
        """Return the median of the rounds.

        Args:
            name: of a figure of ``Told``.
        """
        return statistics.median(getattr(each, name) for each in self.told)


def measure(
    folder: Path, package: DataPackage, gazetteer: Gazetteer, sizes: Sequence[int] = SIZES
) -> list[Size]:
    """Measure directories of several sizes, one after another.

    Args:
        folder: to work in.
        package: the shipped one.
        gazetteer: of its places.
        sizes: how many services.
    """
    return [_measure(folder / str(size), package, gazetteer, size) for size in sizes]


def _measure(folder: Path, package: DataPackage, gazetteer: Gazetteer, size: int) -> Size:
    data, home = folder / "data", folder / "home"
    exporting.write_package(synthetic_package(package, gazetteer, size), data)
    loading = _load(data, home)
    paths = addresses(searches(gazetteer, QUERIES))
    with servers.ours(home, 0) as found:
        load.ask(found.base, paths, SECONDS, 1)
        told = tuple(load.ask(found.base, paths, SECONDS, 1) for _ in range(ROUNDS))
        database = (home / "sosdir.db").stat().st_size / 1e6
        measured = Size(size, loading, found.seconds, told, found.megabytes, database)
    shutil.rmtree(folder)
    return measured


def _load(data: Path, home: Path) -> float:
    command = [str(servers.PYTHON), "-m", "sosdir", "load", str(data)]
    environ = servers.environment({"SOSDIR_HOME": str(home)})
    begin = time.perf_counter()
    subprocess.run(command, cwd=servers.HERE, env=environ, check=True, capture_output=True)
    return time.perf_counter() - begin
