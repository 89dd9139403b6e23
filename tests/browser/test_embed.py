"""The list in a frame on a page of another origin, as a city's own would hold it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sosdir.assets import marked
from sosdir.embedding import Frame as Snippet
from tests.browser.conftest import EVENING, serving
from tests.browser.layout import clipped, targets, too_wide, unfold
from tests.browser.test_accessibility import violations
from tests.browser.visiting import PATIENCE, Visit

LOCAL = ("http://127.0.0.1:*",)
EXIT = re.compile(r"このページを\s*離れる")
FRAMES = ("/embed?area=141003", "/embed", "/embed?q=府中市", "/embed?area=x", "/en/embed?area=14")


@dataclass
class City:
    """A city's page with our list in a frame, and what a browser says while it is looked at.

    Args:
        context: of the browser's window.
        site: where our site is.
        host: where the city's page is, on another origin.
    """

    context: BrowserContext
    site: str
    host: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{self.host}/")
        return page

    def wait_for_refusal(self, page: Page) -> None:
        """Wait until the browser says that the policy lets the page hold no frame of ours."""
        latest = time.monotonic() + PATIENCE / 1000
        while not any("frame-ancestors" in each for each in self.complaints):
            assert time.monotonic() < latest, self.complaints
            page.wait_for_timeout(100)


def city(html: str) -> Flask:
    """Return a city's site: a page with the frame, and one to leave for."""
    app = Flask("city")
    head = '<!doctype html><html lang="ja"><meta name="color-scheme" content="light dark">'
    page = f'{head}<title>市</title><h1>子育て</h1><a href="/weather">天気</a>{html}'
    app.add_url_rule("/", "page", lambda: page)
    app.add_url_rule("/weather", "weather", lambda: f"{head}<title>天気</title><h1>天気</h1>")
    app.add_url_rule("/favicon.ico", "icon", lambda: ("", 204))
    return app


@pytest.fixture
def build(
    browser: Browser, shipped_home: Path, make_app: Callable[..., Flask]
) -> Iterator[Callable[..., City]]:
    """Give a maker of cities whose page frames a path of ours, open as long as the test."""
    with ExitStack() as opened:

        def start(path: str, ancestors: tuple[str, ...] = LOCAL, **options: object) -> City:
            app = make_app(shipped_home, EVENING, embed_ancestors=ancestors)
            site = opened.enter_context(serving(app))
            # The very lines that a webmaster copies.
            host = opened.enter_context(serving(city(Snippet(site + path, "相談窓口").html)))
            # Exit leads to a neutral page: here the city's own.
            app.jinja_env.globals["exit_url"] = f"{host}/weather"
            wanted = {"viewport": {"width": 360, "height": 900}, **options}
            context = browser.new_context(locale="ja-JP", **wanted)  # type: ignore[arg-type]
            opened.callback(context.close)
            return City(context, site, host)

        yield start


def test_a_page_of_another_origin_shows_our_list(build: Callable[..., City]) -> None:
    town = build("/embed?area=141003")
    page = town.open()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    expect(frame.get_by_role("link", name="電話する").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert town.complaints == []
    assert town.context.cookies() == []
    assert {url.split("/")[2] for url in town.asked} == {
        town.site.removeprefix("http://"),
        town.host.removeprefix("http://"),
    }
    # Our icons are there, within the sandbox too.
    assert f"{town.site}/static/{marked('img/icons.svg')}" in town.asked


def test_the_city_cannot_be_seen_from_the_frame_nor_named_to_us(build: Callable[..., City]) -> None:
    town = build("/embed?area=141003")
    page = town.context.new_page()
    referrers: list[str | None] = []
    page.on("request", lambda each: referrers.append(each.header_value("referer")))
    page.goto(f"{town.host}/")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()

    assert len(referrers) > 1
    assert not [each for each in referrers if each]


def test_a_page_that_is_not_named_is_refused(build: Callable[..., City]) -> None:
    town = build("/embed?area=141003", ancestors=("https:",))
    page = town.open()
    town.wait_for_refusal(page)

    assert page.frame_locator("iframe").get_by_role("heading", level=1).count() == 0


def test_no_other_page_of_ours_can_be_framed(build: Callable[..., City]) -> None:
    town = build("/areas/141003")
    page = town.open()
    town.wait_for_refusal(page)

    assert page.frame_locator("iframe").get_by_role("heading", level=1).count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_link_leaves_the_frame_for_the_whole_window(
    build: Callable[..., City], script: bool
) -> None:
    town = build("/embed?area=141003", java_script_enabled=script)
    page = town.open()
    page.frame_locator("iframe").get_by_role("link", name="窓口をすべて見る").click()
    page.wait_for_url(f"{town.site}/**")

    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    page.go_back()
    expect(page.get_by_role("heading", name="子育て")).to_be_visible()


@pytest.mark.parametrize("may_be_left", [True, False])
def test_a_number_is_dialled_from_within_the_sandbox(
    build: Callable[..., City], may_be_left: bool
) -> None:
    town = build("/embed?ids=ninshin-sos-kumamoto")
    page = town.open()
    if not may_be_left:
        # What it would be without our permissions: the browser says so, and nothing is dialled.
        page.locator("iframe").evaluate(
            "(frame) => { frame.sandbox = 'allow-same-origin'; frame.src = frame.src; }"
        )
        page.wait_for_load_state("networkidle")
    page.frame_locator("iframe").get_by_role("link", name="電話する").click()
    page.wait_for_timeout(1000)

    assert bool(town.complaints) is not may_be_left
    assert page.url == f"{town.host}/"


def test_exit_leaves_the_city_too(build: Callable[..., City]) -> None:
    town = build("/embed?area=141003")
    page = town.open()
    page.frame_locator("iframe").get_by_role("link", name=EXIT).click()
    page.wait_for_url(f"{town.host}/weather")

    assert len(town.context.pages) == 1


def test_a_search_stays_in_the_frame(build: Callable[..., City]) -> None:
    town = build("/embed")
    page = town.open()
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").fill("府中市")
    frame.get_by_role("searchbox").press("Enter")
    frame.get_by_role("link", name="東京都").click()

    expect(frame.get_by_role("heading", level=1)).to_have_text("府中市からつながる窓口")
    assert page.url == f"{town.host}/"


def test_the_keyboard_goes_through_the_frame_and_out(build: Callable[..., City]) -> None:
    town = build("/embed?ids=ninshin-sos-yokohama")
    page = town.open()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    weather = page.get_by_role("link", name="天気")
    weather.focus()
    page.keyboard.press("Tab")

    expect(frame.get_by_role("link", name=EXIT)).to_be_focused()
    for _ in range(frame.locator("a[href]:visible, summary:visible").count() + 1):
        page.keyboard.press("Tab")
        if weather.evaluate("(link) => link === document.activeElement"):
            break
    # At the end the city's page has the focus again, and no stop was left out on the way.
    expect(weather).to_be_focused()


def test_the_frame_is_as_dark_as_the_page_around_it(build: Callable[..., City]) -> None:
    for scheme, colour in (("light", "rgb(243, 246, 246)"), ("dark", "rgb(14, 23, 26)")):
        page = build("/embed?area=141003", color_scheme=scheme).open()
        body = page.frame_locator("iframe").locator("html")
        expect(body).to_have_css("background-color", colour)


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_of_240_pixels_hides_nothing(visit: Callable[..., Visit], path: str) -> None:
    visitor = visit("phone", viewport={"width": 240, "height": 400}, is_mobile=False)
    visitor.open(path)
    unfold(visitor.page)

    assert too_wide(visitor.page) == []
    assert clipped(visitor.page) == []
    assert [each for each in targets(visitor.page) if min(each[1:]) < 24] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FRAMES)
def test_axe_finds_no_violation_in_a_frame(
    visit: Callable[..., Visit], path: str, scheme: str
) -> None:
    visitor = visit("phone", color_scheme=scheme)
    visitor.open(path)
    unfold(visitor.page)

    assert violations(visitor.page) == []


def test_the_preview_is_what_others_will_see(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.open("/embedding?q=横浜市")
    frame = visitor.page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    copied = visitor.page.get_by_label("一覧を枠の中に出す(iframe)").input_value()
    assert f'src="{visitor.site}/embed?area=141003"' in copied


@pytest.mark.parametrize("path", ["/services/ninshin-sos-yokohama", "/areas/14", "/open-data"])
def test_what_is_said_for_machines_is_data_and_breaks_no_policy(
    visit: Callable[..., Visit], path: str
) -> None:
    visitor = visit("phone")
    visitor.page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error(e.violatedDirective))"
    )
    visitor.open(path)
    text = visitor.page.locator('script[type="application/ld+json"]').text_content()

    assert json.loads(text or "")["@context"] == "https://schema.org"
    assert visitor.traces() == []
