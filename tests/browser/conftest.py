"""What every browser test may ask for: a browser, the site, and visits that leave no trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from sosdir import create_app
from sosdir.accounts import Role
from sosdir.auth import cookies
from sosdir.config import Settings
from sosdir.schedules import TOKYO
from tests import noticing
from tests.admins import AGENT, an_account, cookie_for
from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium
from tests.browser.public_pages import PublicPage
from tests.browser.visiting import DEVICES, PATIENCE, Visit

expect.set_options(timeout=PATIENCE)

# The line that the notice is about.
NOTICED = "ninshin-sos-yokohama"

# A Wednesday that is no holiday, in the evening.
EVENING = datetime(2026, 11, 25, 20, 15, tzinfo=TOKYO)


class _QuietHandler(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of single requests."""


def _whole(app: Flask) -> Callable[..., list[bytes]]:
    """Read each answer whole and close it: the server leaves one open whose reader goes away."""

    def answer(environ: dict[str, object], start: Callable[..., object]) -> list[bytes]:
        parts = app(environ, start)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; give where it is."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True, request_handler=_QuietHandler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium, started once."""
    path = find_chromium()
    if path is None:
        decline = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        decline(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def told_home(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with the shipped data and what admins add to it: a notice."""
    home = tmp_path_factory.mktemp("told")
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    noticing.keep(home / "sosdir.db", noticing.a_notice(services=(NOTICED,)))
    return home


@pytest.fixture(scope="session")
def site(told_home: Path) -> Iterator[str]:
    """Give the address of the site with the shipped data, where it is always that evening."""
    with serving(create_app(Settings(home=told_home), clock=lambda: EVENING)) as address:
        yield address


@pytest.fixture
def serve(make_app: Callable[..., Flask]) -> Iterator[Callable[[Path], str]]:
    """Give a maker of sites with another home, open as long as the test."""
    opened = []

    def start(home: Path) -> str:
        opened.append(serving(make_app(home, EVENING)))
        return opened[-1].__enter__()

    yield start
    for each in opened:
        each.__exit__(None, None, None)


@pytest.fixture
def visit(
    browser: Browser, site: str, serve: Callable[[Path], str]
) -> Iterator[Callable[..., Visit]]:
    """Give a maker of visits; in the end none may have left a trace.

    It asks for ``serve`` so that every site is open until the last visit has ended.
    """
    visits: list[Visit] = []

    def start(
        device: str = "phone",
        *,
        script: bool = True,
        site: str = site,
        leaves_for: str | None = None,
        may_keep: frozenset[str] = frozenset(),
        **options: object,
    ) -> Visit:
        wanted = {**DEVICES[device], "java_script_enabled": script, **options}
        visits.append(Visit(browser, site, wanted, leaves_for, may_keep))
        return visits[-1]

    yield start
    assert _end(visits) == []


@dataclass(frozen=True)
class AdminSite:
    """A site of its own for one test, with the invented cast, that may be changed.

    Args:
        app: of the same home and clock as the one that is served.
        address: where it is served.
    """

    app: Flask
    address: str


@pytest.fixture
def admin_site(
    cast_home: Callable[..., Path],
    make_app: Callable[..., Flask],
    serve: Callable[[Path], str],
) -> AdminSite:
    """Give a site with the invented cast, that may be changed."""
    home = cast_home()
    return AdminSite(make_app(home, EVENING), serve(home))


@pytest.fixture
def admin_visit(admin_site: AdminSite, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Give a maker of visits by admins: signed in by role, or with None still before the door."""

    def start(role: Role | None = Role.EDITOR, device: str = "desktop", **options: object) -> Visit:
        keeps = frozenset({cookies.NAME})
        wanted = {"site": admin_site.address, "may_keep": keeps, "user_agent": AGENT, **options}
        visitor = visit(device, **wanted)
        if role is not None:
            value = cookie_for(admin_site.app, an_account(admin_site.app, role))
            where = {"domain": urlsplit(visitor.site).hostname, "path": cookies.PREFIX}
            visitor.context.add_cookies([{"name": cookies.NAME, "value": value, **where}])
        return visitor

    return start


@pytest.fixture(scope="module")
def tour(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Give what opens a page in a window kept for the module: opening a window takes its time."""
    windows: dict[str, Visit] = {}

    def look_at(public: PublicPage, device: str, **options: object) -> Visit:
        wanted = {**DEVICES[device], **options}
        if str(wanted) not in windows:
            windows[str(wanted)] = Visit(browser, site, wanted)
        window = windows[str(wanted)]
        response = window.open(public.path)
        assert response.status == public.status
        return window

    yield look_at
    assert _end(windows.values()) == []


def _end(visits: Iterable[Visit]) -> list[str]:
    traces = [trace for each in visits for trace in each.traces()]
    for each in visits:
        each.end()
    return traces


@pytest.fixture(params=list(DEVICES))
def device(request: pytest.FixtureRequest) -> str:
    """Give each device in turn."""
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Give with and without JavaScript in turn."""
    return bool(request.param)


@pytest.fixture
def anyone(visit: Callable[..., Visit], device: str, script: bool) -> Visit:
    """Give a visit on each device, with JavaScript and without."""
    return visit(device, script=script)


@pytest.fixture
def scripted(visit: Callable[..., Visit], device: str) -> Visit:
    """Give a visit on each device, with JavaScript."""
    return visit(device)


@pytest.fixture
def page(scripted: Visit) -> Page:
    """Give the window of a visit on each device, with JavaScript."""
    return scripted.page
