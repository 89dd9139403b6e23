"""Measure everything, print it, and write it into ``docs/benchmark.md``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from sosdir import db, importing
from sosdir.areas import Gazetteer
from sosdir.models import DataPackage
from sosdir.opendata import published
from sosdir.paths import bundled
from sosdir.store import packages
from sosdir.store.publication import publication
from tests.bench import doors, growth, pages, profile, report
from tests.synthetic import COLLECTED_ON


def main() -> None:
    """Measure what is named, or all."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=["speed", "pages", []], help="speed, pages")
    parser.add_argument("--sizes", type=int, nargs="+", default=growth.SIZES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = importing.read_package(bundled("data"))
        home = _home(Path(folder), package)
        if "speed" in asked.what or not asked.what:
            _speed(Path(folder), home, package, asked.sizes)
        if "pages" in asked.what or not asked.what:
            pages.measure(home)


def _speed(folder: Path, home: Path, package: DataPackage, sizes: list[int]) -> None:
    gazetteer = Gazetteer(
        [outline.prefecture for outline in package.outlines], package.municipalities, package.wards
    )
    given_away = folder / "sosdir.db"
    chosen = published(package.services, COLLECTED_ON)
    given_away.write_bytes(publication(chosen, gazetteer, frozenset()))
    found = doors.measure(home, given_away)
    report.write("doors", report.of_doors(found, doors.packed_sizes(home)))
    report.write("profile", report.of_profile(profile.measure(home)))
    grown = growth.measure(folder, package, gazetteer, sizes)
    report.write("growth", report.of_growth(grown))
    report.write("targets", report.of_targets(found, grown))


def _home(folder: Path, package: DataPackage) -> Path:
    home = folder / "home"
    database = db.open_for_writing(home / "sosdir.db")
    packages.replace_all(database, package)
    database.close()
    return home


if __name__ == "__main__":
    main()
