"""The whole way from the question to the number, without mouse or touch."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import Visit


def tab_to(page: Page, wanted: Locator, limit: int = 70) -> None:
    """Press Tab until the focus is on what is wanted, seeing it at each step."""
    page.wait_for_load_state()  # without its style sheets nothing is seen as it is meant
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert _focus_is_seen(page), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {wanted} within {limit} steps")


def _focus_is_seen(page: Page) -> bool:
    """Tell whether the focus has a ring and is not below the bar at the top.

    Within a field for a date the browser itself marks the part that has the focus.
    """
    seen: bool = page.evaluate(
        """() => {
          const focused = document.activeElement;
          const style = getComputedStyle(focused);
          const bar = document.querySelector(".exit-bar");
          const ringed = focused.type === "datetime-local"
            || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
          const free = bar.contains(focused) || focused.matches(".skip")
            || focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().bottom;
          return ringed && free;
        }"""
    )
    return seen


def test_the_first_stop_skips_to_the_content(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市")
    skip = page.get_by_role("link", name="本文へ")

    page.keyboard.press("Tab")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_from_the_question_to_the_number_by_keyboard_alone(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("横浜市")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")

    first = page.get_by_role("article").first
    tab_to(page, first.get_by_role("heading").get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("にんしんSOSヨコハマ")

    tab_to(page, page.get_by_role("link", name="電話する").first)
    hours = page.get_by_text("これから1週間の受付時間").first
    tab_to(page, hours)
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="電話の受付時間")).to_be_visible()


def test_a_name_of_two_towns_is_settled_by_keyboard(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=府中市")

    tab_to(page, page.get_by_role("link", name="東京都"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("府中市からつながる窓口")
