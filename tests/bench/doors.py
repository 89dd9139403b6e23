"""Ask our pages and data doors beside a bare Flask, a file by Caddy, and Datasette."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from sosdir import db
from sosdir.areas import Gazetteer
from sosdir.store import geography
from tests.bench import load, servers
from tests.bench.load import Told
from tests.synthetic import addresses, searches

ROUNDS = 7
SECONDS = 1.0
QUERIES = 500
# As every browser asks.
BROWSER = "gzip, deflate, br"
HELLO = "Flask “hello”"
WIRE = "the start page as a file, by Caddy"
DATASETTE = "Datasette, full-text search, JSON"
# All that comes before and after each request, and nothing in between.
NOTHING = "a page that looks for nothing `/robots.txt`, made anew"
UNCACHED = "search, JSON, each made anew"
_ONE = "/services/ninshin-sos-yokohama"
_YOKOHAMA = urlencode({"q": "横浜市"})
CACHED = {
    "start `/`": "/",
    "results `/?q=横浜市`": f"/?{_YOKOHAMA}",
    f"one line `{_ONE}`": _ONE,
    "a prefecture `/areas/14`": "/areas/14",
    "map `/map`": "/map",
    "search, JSON `/services.json?q=横浜市`": f"/services.json?{_YOKOHAMA}",
}


@dataclass(slots=True)
class Door:
    """Gather what the rounds told of one door.

    Args:
        name: as printed.
        base: of its server.
        paths: asked in turn.
        packing: as ``Accept-Encoding`` says it.
        told: one a round.
    """

    name: str
    base: str
    paths: Sequence[str]
    packing: str = "identity"
    told: list[Told] = field(default_factory=list)

    def middle(self, name: str) -> float:
        """Return the median of the rounds.

        Args:
            name: of a figure of ``Told``.
        """
        return statistics.median(getattr(each, name) for each in self.told)

    def beside(self, other: Door) -> float:
        """Return how much faster it answered than another, round by round, in the median.

        Args:
            other: asked in the same rounds.
        """
        pairs = zip(self.told, other.told, strict=True)
        return statistics.median(one.rate / two.rate for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Doors:
    """Hold what all doors told, and of our server its memory and how soon it was there.

    Args:
        doors: by name.
        megabytes: of our worker, after all was asked of it.
        ready: seconds from the start of our server to its first answer, of several starts.
    """

    doors: dict[str, Door]
    megabytes: float
    ready: tuple[float, ...]

    def beside(self, name: str, other: str) -> float:
        """Return the ratio of the rates of two doors.

        Args:
            name: of the one.
            other: of the one it is measured by.
        """
        return self.doors[name].beside(self.doors[other])


def measure(home: Path, given_away: Path) -> Doors:
    """Measure every door.

    Args:
        home: with a database of the shipped data.
        given_away: the same data as the open data gives it away.
    """
    with db.reading(home / "sosdir.db") as database:
        gazetteer = geography.gazetteer(database)
    with ExitStack() as stack:
        started = stack.enter_context
        kept, anew = started(servers.ours(home)), started(servers.ours(home, 0))
        bare, searched = started(servers.hello()), started(servers.datasette(given_away))
        wire = started(servers.a_file(_page(kept.base, given_away.parent / "wire")))
        words = [query["q"] for query in searches(gazetteer, QUERIES) if "q" in query]
        found = [
            Door(HELLO, bare.base, ["/"]),
            Door(WIRE, wire.base, ["/"]),
            *(Door(name, kept.base, [path], BROWSER) for name, path in CACHED.items()),
            Door(UNCACHED, anew.base, _of_us(words)),
            Door(NOTHING, anew.base, ["/robots.txt"]),
            Door("results, HTML, each made anew", anew.base, _of_us(words, "/")),
            Door("search as people search, JSON, each made anew", anew.base, _mixed(gazetteer)),
            Door(DATASETTE, searched.base, _of_datasette(words)),
        ]
        for number in range(ROUNDS + 1):
            for door in found:
                told = load.ask(door.base, door.paths, SECONDS, packing=door.packing)
                # The first round warms up.
                if number:
                    door.told.append(told)
        ready = tuple(_start(home) for _ in range(5))
        return Doors({door.name: door for door in found}, kept.megabytes, ready)


def packed_sizes(home: Path) -> dict[str, tuple[float, float, float]]:
    """Return the bytes on the wire of each page: plain, as gzip, as brotli, heads included.

    Args:
        home: with a database of the shipped data.
    """
    with servers.ours(home) as kept:
        return {
            name: tuple(  # type: ignore[misc]
                load.ask(kept.base, [path], SECONDS, 1, packing).size
                for packing in ("identity", "gzip", "br")
            )
            for name, path in CACHED.items()
        }


def _start(home: Path) -> float:
    with servers.ours(home) as found:
        return found.seconds


def _page(base: str, folder: Path) -> Path:
    folder.mkdir()
    (folder / "index.html").write_bytes(urlopen(f"{base}/").read())
    return folder


def _of_us(words: Sequence[str], path: str = "/services.json") -> list[str]:
    return addresses([{"q": each} for each in words], path)


def _mixed(gazetteer: Gazetteer) -> list[str]:
    return addresses(searches(gazetteer, QUERIES))


def _of_datasette(words: Sequence[str]) -> list[str]:
    asked = [{"_search": each, "_shape": "array", "_size": "20"} for each in words]
    return addresses(asked, "/sosdir/service.json")
