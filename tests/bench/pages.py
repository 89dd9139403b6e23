"""Measure in Chromium how soon a page is there and answers, on a bad network and on a good one.

The server is the real one, as `sosdir serve` runs it; each load has a cold cache. Chromium itself
slows the network (each answer waits a round trip, the line carries so much) and the processor.
"""

from __future__ import annotations

import platform
import statistics
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench import report, servers
from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium

RUNS = 5
PAGES = {
    "start (`/`)": "/",
    "results (`/?q=横浜市`)": f"/?q={quote('横浜市')}",
    "one line (`/services/ninshin-sos-yokohama`)": "/services/ninshin-sos-yokohama",
    "map (`/map`)": "/map",
}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

_WATCH = """() => {
  const seen = (window.seen = { lcp: 0, cls: 0, task: 0, tap: 0 });
  const watch = (type, take, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true, ...options });
  watch("largest-contentful-paint", (each) => { seen.lcp = each.startTime; });
  watch("layout-shift", (each) => { if (!each.hadRecentInput) seen.cls += each.value; });
  watch("longtask", (each) => { seen.task = Math.max(seen.task, each.duration); });
  const answered = ({ interactionId, duration }) => {
    if (interactionId) seen.tap = Math.max(seen.tap, duration);
  };
  watch("event", answered, { durationThreshold: 16 });
}"""
_TOLD = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const [navigation] = performance.getEntriesByType("navigation");
  return { ...window.seen, fcp: paint.startTime, load: navigation.loadEventEnd };
}"""


@dataclass(frozen=True)
class Network:
    """Name a network and a device.

    Args:
        name: as printed.
        latency: milliseconds of a round trip.
        kbits: a second, both ways; 0 for as fast as it goes.
        slower: by how much the processor is slowed.
    """

    name: str
    latency: int
    kbits: int
    slower: int


NETWORKS = (
    Network("3G: 400 ms round trip, 400 kbit/s; processor 4 times slower", 400, 400, 4),
    Network("no throttling", 0, 0, 1),
)


@dataclass(frozen=True)
class Load:
    """Hold what one load of a page took: times in milliseconds, bytes on the wire."""

    fcp: float
    lcp: float
    load: float
    task: float
    tap: float
    cls: float
    size: int
    requests: int


def measure(home: Path) -> None:
    """Measure every page on every network and write the tables.

    Args:
        home: with a database of the shipped data.
    """
    path = find_chromium()
    if path is None:
        print(f"Pages are not measured. {MISSING}")
        return
    with servers.ours(home) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        told = "\n".join(_table(browser, server.base, each) for each in NETWORKS)
        told = f"{_machine(browser.version)}\n{told}"
        browser.close()
    report.write("pages", told)


def _table(browser: Browser, address: str, network: Network) -> str:
    rows = [
        f"\n**{network.name}**\n",
        "| page | first paint ms | largest paint ms | loaded ms | longest task ms"
        " | tap answered ms | layout shift | KB | requests |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, path in PAGES.items():
        loads = [_load(browser, address + path, network) for _ in range(RUNS)]
        rows.append(f"| {name} | {_row(loads)} |")
    return "\n".join(rows)


def _row(loads: list[Load]) -> str:
    def middle(name: str) -> float:
        return statistics.median(getattr(each, name) for each in loads)

    times = [f"{middle(name):.0f}" for name in ("fcp", "lcp", "load")]
    times += [f"{middle('task'):.0f}" if middle("task") else "under 50"]
    times += [f"{middle('tap'):.0f}" if middle("tap") else "under 16"]
    size = middle("size") / 1024
    return " | ".join((*times, f"{middle('cls'):.3f}", f"{size:.1f}", f"{middle('requests'):.0f}"))


def _load(browser: Browser, url: str, network: Network) -> Load:
    context = browser.new_context(locale="ja-JP", **PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(f"({_WATCH})()")
    devtools = context.new_cdp_session(page)
    received = _slow_down(devtools, network)
    page.goto(url, wait_until="load", timeout=120_000)
    page.wait_for_timeout(500)
    _tap(page)
    told = page.evaluate(_TOLD)
    context.close()
    return Load(**told, size=sum(received), requests=len(received))


def _slow_down(devtools: CDPSession, network: Network) -> list[int]:
    """Slow the network and the processor; return where the bytes of each answer will stand."""
    received: list[int] = []
    devtools.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
    devtools.send("Network.enable")
    bytes_a_second = network.kbits * 1000 / 8 or -1
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": network.slower})
    return received


def _tap(page: Page) -> None:
    """Tap the search field, else the first thing that unfolds, else the title."""
    for wanted in ("main input[type=search]", "main summary", "h1"):
        found = page.locator(wanted).locator("visible=true").first
        if found.count():
            found.tap()
            break
    page.wait_for_timeout(700)


def _machine(chromium: str) -> str:
    return (
        f"Measured on {date.today().isoformat()} on {platform.machine()} with {cpu_count()}"
        f" processors, {platform.system()}, Python {platform.python_version()}, granian"
        f" {version('granian')}, Chromium {chromium}; the median of {RUNS} loads, each with a cold"
        " cache."
    )
