"""A printed page is a referral sheet: what one needs on paper, and nothing to press."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visit


@pytest.fixture
def paper(visit: Callable[..., Visit]) -> Callable[[str], Page]:
    """Give what opens a page as it is printed."""

    def printed(path: str) -> Page:
        visitor = visit("desktop")
        visitor.open(path)
        visitor.page.emulate_media(media="print")
        return visitor.page

    return printed


def test_a_line_is_printed_with_number_hours_and_addresses(
    paper: Callable[[str], Page],
) -> None:
    page = paper("/services/ninshin-sos-yokohama")

    expect(page.get_by_text("045-662-5524")).to_be_visible()
    expect(page.get_by_text("毎日午前10時から午後10時まで")).to_be_visible()
    expect(page.get_by_text("収集日:2026年11月23日")).to_be_visible()
    written = page.evaluate(
        "getComputedStyle(document.querySelector('.sources a'), '::after').content"
    )
    assert "https://" in written


@pytest.mark.parametrize("path", ["/services/ninshin-sos-yokohama", "/?q=横浜市", "/", "/map"])
def test_nothing_to_press_is_printed(paper: Callable[[str], Page], path: str) -> None:
    page = paper(path)

    expect(page.get_by_role("main")).to_be_visible()
    for hidden in (".exit-bar", "form", "button", ".pagination", ".leaflet-container"):
        expect(page.locator(hidden).filter(visible=True)).to_have_count(0)


def test_a_printed_list_shows_every_number(paper: Callable[[str], Page]) -> None:
    page = paper("/?q=横浜市")

    expect(page.get_by_text("045-662-5524").first).to_be_visible()
    ways = page.get_by_role("article").first.get_by_role("link", name="公式ページから")
    expect(ways.filter(visible=True)).not_to_have_count(0)
