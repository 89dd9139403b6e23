"""A small site to freeze: two prefectures, three municipalities, the cast, and who has ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sosdir import db
from sosdir.config import Settings
from sosdir.freezing import Outcome, freeze
from sosdir.locales import JAPANESE, Locale
from sosdir.models import DataPackage, ServiceStatus
from sosdir.notices import Action
from sosdir.store import packages, services
from tests.cast import KAWASAKI, NOON, YOKOHAMA, a_channel, a_package, a_service, the_cast
from tests.noticing import a_notice, keep

SITE = "https://sosdir.example.jp"
# Two that have ended: one names who took its place.
ENDED, MERGED = (
    a_service(
        key,
        name=name,
        status=ServiceStatus.DEFUNCT,
        successor_id=successor,
        channels=(a_channel(key, value=number),),
    )
    for key, name, successor, number in (
        ("owari-line", "おわった窓口", None, "03-0000-0007"),
        ("mae-line", "まえの窓口", "minato-sos", "03-0000-0008"),
    )
)
WITH_PROGRAM = replace(the_cast()[1], programs=("見本事業",))
_TOWNS = (YOKOHAMA, KAWASAKI, "131016")


def a_home(folder: Path, shipped: DataPackage) -> Path:
    """Make a home with the small site."""
    near = a_package(shipped)
    places = replace(
        near,
        municipalities=tuple(each for each in near.municipalities if each.code in _TOWNS),
        wards=tuple(each for each in near.wards if each.municipality_code == YOKOHAMA)[:2],
        services=(),
    )
    told = {each.id: each for each in (*the_cast(), ENDED, MERGED, WITH_PROGRAM)}
    with db.writing(folder / "sosdir.db") as database:
        packages.replace_all(database, places)
        for each in told.values():
            services.save(database, each)
    withdrawn = a_notice("2026-11-25-2", title="とりさげたお知らせ")
    keep(folder / "sosdir.db", a_notice())
    opened = keep(folder / "sosdir.db", withdrawn).version
    keep(folder / "sosdir.db", withdrawn, Action.WITHDRAWN, opened=opened)
    return folder


@contextmanager
def silent(_length: int) -> Iterator[Any]:
    """Show nothing of how far a freeze is."""
    yield lambda _done: None


def frozen(home: Path, folder: Path, *locales: Locale, now: Any = NOON, **settings: Any) -> Outcome:
    """Freeze a site, in Japanese unless told otherwise, in this process."""
    chosen = Settings(home=home, **{"url": SITE, **settings})
    return freeze(chosen, folder, now, silent, locales or (JAPANESE,))


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of what is served from a folder."""
    found: dict[str, Any] = json.loads((folder / "site" / "manifest.json").read_text("utf-8"))
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files that are served from a folder, by their names."""
    site = (folder / "site").resolve()
    return {
        each.relative_to(site).as_posix(): each.read_bytes()
        for part in ("public", "gone")
        for each in sorted((site / part).rglob("*"))
        if each.is_file()
    }
