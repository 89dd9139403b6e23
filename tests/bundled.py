"""The gazetteer of the bundled data, for tests that ask about real places."""

import csv
import json
from collections.abc import Iterator
from functools import cache

from sosdir.areas import Gazetteer
from sosdir.models import Municipality, Prefecture, Ward
from sosdir.paths import bundled

DATA = bundled("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def prefectures() -> list[Prefecture]:
    outlines = json.loads((DATA / "prefecture.geojson").read_text(encoding="utf-8"))
    return [Prefecture(**feature["properties"]) for feature in outlines["features"]]


def municipalities() -> list[Municipality]:
    return [
        Municipality(
            row["code"],
            row["name"],
            row["name_kana"],
            float(row["latitude"]),
            float(row["longitude"]),
        )
        for row in rows("municipality.csv")
    ]


def wards() -> list[Ward]:
    return [Ward(**row) for row in rows("ward.csv")]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(prefectures(), municipalities(), wards())
