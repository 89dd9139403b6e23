"""Planners' pages work by keyboard, on a phone and on paper."""

import re

from playwright.sync_api import expect

from tests.browser.test_map import focused, shapes, tab_to
from tests.browser.visiting import Visit


def test_the_map_is_crossed_and_entered_by_keyboard(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/coverage")
    expect(shapes(page)).to_have_count(47)

    first = tab_to(page, "path.map-area")
    expect(first).to_have_accessible_name(re.compile(r"^北海道 \d+件$"))
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_accessible_name(re.compile("^青森県"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("青森県の窓口の空白")
    assert scripted.path == "/coverage/02"


def test_hours_are_called_hours_on_the_map(scripted: Visit) -> None:
    scripted.open("/coverage?show=night")
    expect(shapes(scripted.page).first).to_have_accessible_name(re.compile(r"^北海道 \d+時間$"))


def test_a_table_wider_than_the_page_scrolls_by_itself_and_by_keyboard(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/coverage")
    region = page.get_by_role("group", name="都道府県ごとの窓口")

    region.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_function("() => document.querySelector('.scroll--long').scrollLeft > 0")
    head = region.get_by_role("rowheader", name="北海道")
    expect(head).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_table_is_sorted_without_a_script(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/coverage/14")
    page.get_by_role("group", name="市区町村ごとの窓口").get_by_role("link", name="電話").click()
    assert "sort=phone" in anyone.path
    expect(page.get_by_role("columnheader", name="電話")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_paper_shows_the_whole_table(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/coverage")
    page.emulate_media(media="print")
    region = page.locator(".scroll--long")
    assert region.evaluate("each => each.scrollHeight <= each.clientHeight + 1")
