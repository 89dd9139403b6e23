"""Put a whole data package into the database, and take it out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from sqlite_utils import Database

from sosdir import records
from sosdir.models import DataPackage, Outline, Prefecture, RetiredNumber, Ward
from sosdir.store import geography, indexing, organizations, retired_numbers, services, versions
from sosdir.store.rows import encode, insert
from sosdir.tabular import TABLE, Table

# So many services are written together: enough to be quick, few enough to show that it goes on.
_AT_ONCE = 500
# Children before parents, so that no reference is left hanging.
_EMPTYING = (
    "service_text",
    "service_index",
    "service",
    "organization",
    "retired_number",
    "ward",
    "municipality",
    "prefecture",
)


def replace_all(
    db: Database, package: DataPackage, progress: Callable[[int], None] = lambda done: None
) -> None:
    """Make the database say what a package says, whole or not at all.

    Args:
        db: to write.
        package: read and checked.
        progress: told how many services were written since the last time.
    """
    with db.atomic():
        for name in _EMPTYING:
            db.execute(f"DELETE FROM {name}")
        _insert_places(db, package)
        insert(db, TABLE["organization"], map(records.plain_row, package.organizations))
        for start in range(0, len(package.services), _AT_ONCE):
            new = package.services[start : start + _AT_ONCE]
            services.fill(db, new)
            progress(len(new))
        versions.index_is_made(db)
        versions.renew(db, versions.SERVICES)
        versions.renew(db, versions.PLACES)


def take_out(db: Database) -> DataPackage:
    """Return all that the database holds.

    Args:
        db: to read.
    """
    return DataPackage(
        organizations=tuple(organizations.everything(db)),
        services=tuple(services.everything(db)),
        municipalities=tuple(geography.municipalities(db)),
        wards=tuple(geography.wards(db)),
        retired_numbers=tuple(retired_numbers.everything(db)),
        outlines=tuple(_outlines(db)),
    )


def reindex(db: Database, progress: Callable[[int], None] = lambda done: None) -> None:
    """Make the search index anew from the services.

    Args:
        db: to write.
        progress: told how many services were indexed since the last time.
    """
    with db.atomic():
        indexing.clear(db)
        stored = services.everything(db)
        for start in range(0, len(stored), _AT_ONCE):
            some = stored[start : start + _AT_ONCE]
            indexing.fill(db, some)
            progress(len(some))
        versions.index_is_made(db)
        versions.advance(db)


def count(db: Database) -> int:
    """Return how many services there are, those on hold too.

    Args:
        db: to read.
    """
    (services_counted,) = db.execute("SELECT count(*) FROM service").fetchone()
    return int(services_counted)


def is_empty(db: Database) -> bool:
    """Tell whether nothing was ever loaded.

    Args:
        db: to read.
    """
    return versions.current(db, versions.PLACES) == 0


def _insert_places(db: Database, package: DataPackage) -> None:
    for outline in package.outlines:
        db.execute(
            "INSERT INTO prefecture (code, name, name_kana, name_en, geometry)"
            " VALUES (:code, :name, :name_kana, :name_en, :geometry)",
            {**asdict(outline.prefecture), "geometry": outline.geometry},
        )
    insert(db, TABLE["municipality"], map(records.plain_row, package.municipalities))
    _insert_in_order(db, TABLE["ward"], package.wards)
    _insert_in_order(db, TABLE["retired_number"], package.retired_numbers)


def _insert_in_order(db: Database, table: Table, kept: Sequence[Ward | RetiredNumber]) -> None:
    for position, each in enumerate(kept):
        values = encode(table, records.plain_row(each))
        insert(db, table, [{**values, "position": position}])


def _outlines(db: Database) -> list[Outline]:
    return [
        Outline(Prefecture(**feature["properties"]), _compact(feature["geometry"]))
        for feature in geography.outlines(db)["features"]
    ]


def _compact(geometry: object) -> str:
    return json.dumps(geometry, separators=(",", ":"))
