"""The map follows the query and does by keyboard what it does by mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import Visit

PREFECTURES = 47


def shapes(page: Page) -> Locator:
    return page.locator("path.map-area[role='link']")


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def tab_to(page: Page, target: str, limit: int = 60) -> Locator:
    """Press Tab until the focus is on something that matches."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            return focused(page)
    raise AssertionError(f"Tab does not lead to {target} within {limit} steps")


def test_the_map_is_reached_from_the_list_and_follows_its_query(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/?channel=line")

    page.get_by_role("main").get_by_role("link", name="地図", exact=True).click()

    assert scripted.path == "/map?channel=line"
    expect(shapes(page)).to_have_count(PREFECTURES)
    assert _counts_on_shapes(page) == _counts_in_list(page)
    narrowed = _counts_on_shapes(page)
    scripted.open("/map")
    everything = _counts_on_shapes(page)
    assert _counts_on_shapes(page) == _counts_in_list(page)
    assert sum(narrowed.values()) < sum(everything.values())


def test_every_shape_and_point_has_a_name(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map?area=14")

    expect(shapes(page)).to_have_count(PREFECTURES)
    for shape in shapes(page).all():
        expect(shape).to_have_accessible_name(re.compile(r"^\S+[都道府県] \d+件"))
    expect(page.locator(".map-point")).not_to_have_count(0)
    for point in page.locator(".map-point").all():
        expect(point).to_have_role("button")
        expect(point).to_have_accessible_name(re.compile(r"\S"))


def test_the_country_is_crossed_by_arrow_keys_and_entered_by_enter(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map")

    first = tab_to(page, "path.map-area")
    expect(first).to_have_accessible_name(re.compile("^北海道"))
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_accessible_name(re.compile("^青森県"))
    expect(page.locator(".map-ring")).to_be_visible()
    expect(page.locator(".map-name")).to_contain_text("青森県")
    page.keyboard.press("End")
    expect(focused(page)).to_have_accessible_name(re.compile("^沖縄県"))
    page.keyboard.press("ArrowLeft")
    expect(focused(page)).to_have_accessible_name(re.compile("^鹿児島県"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("鹿児島県の地図")
    assert scripted.path == "/map?area=46"


def test_the_shapes_are_one_stop_of_the_tab_key(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map")
    tab_to(page, "path.map-area")

    page.keyboard.press("Tab")

    expect(focused(page)).to_have_accessible_name("拡大")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_point_opens_by_keyboard_and_escape_gives_the_focus_back(
    scripted: Visit, key: str
) -> None:
    page = scripted.page
    scripted.open("/map?area=14")
    point = tab_to(page, ".map-point")
    name = point.get_attribute("aria-label") or ""
    expect(point).to_have_attribute("aria-expanded", "false")

    page.keyboard.press(key)

    popup = page.locator(".leaflet-popup")
    expect(popup).to_be_visible()
    expect(page.locator(".map-point[aria-expanded='true']")).to_have_count(1)
    expect(popup.get_by_role("link").first).to_be_focused()
    assert popup.get_by_role("link").first.inner_text() in name

    page.keyboard.press("Escape")

    expect(popup).to_have_count(0)
    expect(focused(page)).to_have_attribute("aria-label", name)
    expect(focused(page)).to_have_attribute("aria-expanded", "false")


def test_the_link_of_a_point_leads_to_its_line(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map?area=14")
    tab_to(page, ".map-point")
    page.keyboard.press("Enter")
    name = page.locator(".leaflet-popup").get_by_role("link").first.inner_text()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_shape_is_chosen_by_mouse_or_finger(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map")
    iwate = page.get_by_role("link", name=re.compile(r"^岩手県 \d+件")).first

    iwate.tap() if scripted.options.get("has_touch") else iwate.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("岩手県の地図")


def test_the_map_is_zoomed_by_keyboard(scripted: Visit) -> None:
    page = scripted.page
    scripted.open("/map")
    width = "document.querySelector('path.map-area').getBoundingClientRect().width"
    before = page.evaluate(width)
    tab_to(page, "path.map-area")

    page.keyboard.press("+")

    page.wait_for_function(f"(before) => {width} > before * 1.5", arg=before)
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)  # Leaflet takes one step at a time
    page.keyboard.press("-")
    page.wait_for_function(f"(before) => {width} < before * 1.1", arg=before)


def test_without_script_the_list_is_there_and_no_empty_box(
    visit: Callable[..., Visit], device: str
) -> None:
    visitor = visit(device, script=False)
    visitor.open("/map?channel=line")

    expect(visitor.page.locator(".folium-map")).to_be_hidden()
    expect(visitor.page.locator(".map-help")).to_be_hidden()
    assert len(_counts_in_list(visitor.page)) == PREFECTURES
    visitor.page.get_by_role("main").get_by_role("link", name=re.compile("^神奈川県")).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("神奈川県の地図")
    assert "channel=line" in visitor.path
    expect(visitor.page.get_by_role("article").first).to_be_visible()


def _counts_on_shapes(page: Page) -> dict[str, int]:
    expect(shapes(page)).to_have_count(PREFECTURES)
    names = shapes(page).evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    return _counts(names)


def _counts_in_list(page: Page) -> dict[str, int]:
    links = page.locator(".regions--counts a.prefecture")
    return _counts(links.evaluate_all("all => all.map((each) => each.textContent)"))


def _counts(texts: list[str]) -> dict[str, int]:
    found = (re.match(r"(\S+?)\s*(\d+)", text.strip()) for text in texts)
    return {each[1]: int(each[2]) for each in found if each}
