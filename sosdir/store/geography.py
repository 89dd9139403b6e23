"""Read and write the gazetteer's tables and the prefectures' outlines."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from sosdir import records
from sosdir.areas import Gazetteer
from sosdir.models import Municipality, Prefecture, Ward
from sosdir.store.rows import select
from sosdir.tabular import TABLE


def gazetteer(db: Database) -> Gazetteer:
    """Return the gazetteer of all places.

    Args:
        db: to read.
    """
    return Gazetteer(prefectures(db), municipalities(db), wards(db))


def prefectures(db: Database) -> list[Prefecture]:
    """Return the prefectures by code.

    Args:
        db: to read.
    """
    rows = db.query("SELECT code, name, name_kana, name_en FROM prefecture ORDER BY code")
    return [Prefecture(**row) for row in rows]


def municipalities(db: Database) -> list[Municipality]:
    """Return the municipalities by code.

    Args:
        db: to read.
    """
    return [records.municipality(row) for row in select(db, TABLE["municipality"], "ORDER BY code")]


def wards(db: Database) -> list[Ward]:
    """Return the wards of the designated cities, in the order of the package.

    Args:
        db: to read.
    """
    return [records.ward(row) for row in select(db, TABLE["ward"], "ORDER BY position")]


def outlines(db: Database) -> dict[str, Any]:
    """Return the prefectures' outlines as a GeoJSON FeatureCollection.

    Args:
        db: to read.
    """
    rows = db.query("SELECT * FROM prefecture ORDER BY code")
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    names = ("code", "name", "name_kana", "name_en")
    return {
        "type": "Feature",
        "id": row["code"],
        "properties": {name: row[name] for name in names},
        "geometry": json.loads(row["geometry"]),
    }
