"""In every language the pages fit, can be read out, and lead to a line; pictured here for the docs.

``make pictures`` takes those of docs/languages.md anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sosdir.locales import EASY_JAPANESE, LOCALES, Locale
from tests.browser.languages import (
    MAIN_PAGES,
    PAGES,
    Tour,
    every_language,
    in_language,
    pages,
)
from tests.browser.layout import clipped, space_out, targets, too_wide
from tests.browser.public_pages import YOKOHAMA_LINE
from tests.browser.test_layout import MAIN, MAIN_CONTROLS, NARROW
from tests.browser.visiting import Visit

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images" / "languages"
PICTURES = {
    "home": "/",
    "results": "/?area=141003",
    "service": YOKOHAMA_LINE,
    "map": "/map",
    "traces": "/traces",
}


@every_language
def test_long_words_and_tall_letters_break_no_page(tour: Tour, locale: Locale) -> None:
    for visitor in pages(tour, locale, "desktop", viewport=NARROW):
        found = [*too_wide(visitor.page), *clipped(visitor.page)]
        assert found == [], visitor.path
        space_out(visitor.page)
        found = [*too_wide(visitor.page), *clipped(visitor.page)]
        assert found == [], f"{visitor.path}, spaced out"


@every_language
def test_what_matters_can_be_hit_with_a_thumb(tour: Tour, locale: Locale) -> None:
    for visitor in pages(tour, locale, "phone", among=MAIN_PAGES):
        found = targets(visitor.page)
        mains = [each for each in found if any(name in each[0] for name in MAIN_CONTROLS)]
        assert mains, visitor.path
        assert [each for each in mains if min(each[1:]) < MAIN] == [], visitor.path


@every_language
def test_a_page_is_read_out_in_its_language(tour: Tour, locale: Locale) -> None:
    visitor = tour(in_language(PAGES[0], locale), "phone")
    assert visitor.page.locator("html").get_attribute("lang") == locale.tag


# By these names a person calls her town in her own letters.
@pytest.mark.parametrize(
    ("code", "typed", "heading"),
    [
        ("en", "Yokohama", "Yokohama\u2011shi"),
        ("vi", "Yokohama LINE", "Yokohama\u2011shi"),
        ("ja-easy", "よこはま", "横浜市"),
    ],
)
def test_from_the_question_to_the_number_in_her_language(
    anyone: Visit, code: str, typed: str, heading: str
) -> None:
    page = anyone.page
    anyone.open(f"/{code}/")
    page.get_by_role("searchbox").fill(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading[:2])
    assert anyone.path.startswith(f"/{code}/")
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("a.call").first).to_be_visible()
    assert anyone.path.startswith(f"/{code}/services/")


def test_the_language_is_changed_by_a_tap_and_the_page_stays(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/areas/14?channel=line")
    page.get_by_role("link", name="Language").click()
    page.locator("footer").get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert anyone.path == "/vi/areas/14?channel=line"
    page.locator("footer").get_by_role("link", name="日本語", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert anyone.path == "/areas/14?channel=line"


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], Path]:
    """Give what takes a picture: for the docs where that is wanted, else only to see it work."""
    folder = IMAGES if os.environ.get("SOSDIR_PICTURES") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> Path:
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
        return folder / f"{name}.png"

    return take


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.code or "ja")
def test_the_main_pages_are_pictured_in_each_language(
    visit: Callable[..., Visit], picture: Callable[[Page, str], Path], locale: Locale
) -> None:
    visitor = visit("phone")
    called = locale.code if locale == EASY_JAPANESE else locale.tag
    for name, path in PICTURES.items():
        visitor.open(locale.prefix + path)
        visitor.page.wait_for_load_state()
        taken = picture(visitor.page, f"{called}-{name}")
        assert taken.stat().st_size > 10_000
        assert f"languages/{taken.name}" in (ROOT / "docs" / "languages.md").read_text("utf-8")
