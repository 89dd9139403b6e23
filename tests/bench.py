"""Measure the public doors against a bare Flask answer on the same server, in one run.

Ratios are what counts: machines differ and are noisy, so every door is asked in turn, round by
round, and its median is set beside that of the bare answer. Bytes are those on the wire. Then
``bench_pages`` measures the pages in Chromium.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from werkzeug.serving import make_server

from sosdir import create_app, db, importing
from sosdir.config import Settings
from sosdir.paths import bundled
from sosdir.schedules import TOKYO
from sosdir.store import packages
from tests import bench_pages

ROUNDS = 60
WARM_UP = 5
AT = datetime(2026, 11, 25, 20, 15, tzinfo=TOKYO)
HELLO = "/hello"

DOORS = (
    "/",
    f"/?q={quote('横浜市')}",
    "/services/ninshin-sos-yokohama",
    "/areas/14",
    "/map",
    "/services.json",
    f"/services.json?q={quote('横浜市')}",
    f"/services.json?q={quote('にんしんSOS')}",
    "/services.csv",
    "/services.geojson",
)

# What a browser fetches for the map page, and must be under 200 KB in all.
MAP_PARTS = (
    "/map",
    "/map.js",
    "/map/outlines.js",
    "/static/leaflet/leaflet.js",
    "/static/leaflet/leaflet.css",
)


@dataclass
class Door:
    """Gather the times of one address."""

    path: str
    size: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Return the middle time in milliseconds."""
        return statistics.median(self.seconds) * 1000

    @property
    def late(self) -> float:
        """Return the time that 95 of 100 answers keep, in milliseconds."""
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


def main() -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as port:
        doors = [Door(path) for path in (HELLO, *DOORS)]
        for number in range(WARM_UP + ROUNDS):
            for door in doors:
                _ask(port, door, counted=number >= WARM_UP)
        map_bytes = _bytes_of_map(port)
        _print(doors, map_bytes)
        bench_pages.measure(Path(folder))


@contextmanager
def _served(home: Path) -> Iterator[int]:
    settings = Settings(home=home)
    database = db.open_for_writing(settings.database)
    packages.replace_all(database, importing.read_package(bundled("data")))
    database.close()
    app = create_app(settings, clock=lambda: AT)
    app.add_url_rule(HELLO, "hello", lambda: "hello")
    server = make_server("127.0.0.1", 0, _silent(app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def _silent(app: Flask) -> Flask:
    import logging

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return app


def _ask(port: int, door: Door, *, counted: bool) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    begin = time.perf_counter()
    connection.request("GET", door.path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    elapsed = time.perf_counter() - begin
    connection.close()
    if response.status != 200:
        sys.exit(f"{door.path} answered {response.status}")
    door.size = len(body)
    if counted:
        door.seconds.append(elapsed)


def _bytes_of_map(port: int) -> int:
    ours = [f"/static/css/{name}.css" for name in ("map",)]
    ours += [
        f"/static/js/{name}.js" for name in ("exit", "progressive", "offline", "map", "map_areas")
    ]
    parts = [Door(path) for path in (*MAP_PARTS, *ours)]
    for part in parts:
        _ask(port, part, counted=False)
    return sum(part.size for part in parts)


def _print(doors: list[Door], map_bytes: int) -> None:
    bare = doors[0].median
    print(f"{platform.machine()}, Python {platform.python_version()}, {ROUNDS} rounds")
    print(f"{'median ms':>10} {'95 % ms':>8} {'× hello':>8} {'bytes gz':>9}  address")
    for door in doors:
        ratio = door.median / bare
        print(f"{door.median:10.2f} {door.late:8.2f} {ratio:8.1f} {door.size:9}  {door.path}")
    print(f"The map page with all that it loads: {map_bytes / 1024:.0f} KB (limit 200)")
    print(f"The first page: {doors[1].size / 1024:.1f} KB (limit 40)")


if __name__ == "__main__":
    main()
