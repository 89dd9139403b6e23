"""*Exit this page*: at once, from anywhere, by any means, and not undone by the Back button."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sosdir.config import DEFAULT_EXIT_URL
from tests.browser.public_pages import PUBLIC_PAGES, PublicPage, every_page
from tests.browser.visiting import Visit

NAME = re.compile(r"^このページを\s*離れる")
MODIFIED = ("A", "Tab", "ArrowRight")


def answer_elsewhere(context: BrowserContext) -> None:
    """Stand in for the page that the exit leads to."""
    page = "<!doctype html><title>elsewhere</title>"
    context.route(
        DEFAULT_EXIT_URL, lambda route: route.fulfill(content_type="text/html", body=page)
    )


def leave_unanswered(context: BrowserContext) -> None:
    """Let the exit lead to nothing (204), so that the window stays as the visitor left it."""
    context.route(DEFAULT_EXIT_URL, lambda route: route.fulfill(status=204))


@pytest.fixture
def leaving(visit: Callable[..., Visit], device: str) -> Visit:
    """Give a visit, with JavaScript, that will end elsewhere."""
    return visit(device, leaves_for=DEFAULT_EXIT_URL)


def expect_to_be_covered(page: Page) -> None:
    expect(page.get_by_text("ページを移動しています")).to_be_visible()
    expect(page.locator("main")).to_have_count(0)
    expect(page).to_have_title("読み込み中")
    window = page.viewport_size
    assert window is not None
    box = page.locator(".curtain").bounding_box()
    assert box == {"x": 0, "y": 0, **window}


def expect_to_be_gone(visit: Visit, times: int = 1) -> None:
    """Expect the page to be covered, the other to have been asked, and nothing else to be kept."""
    expect_to_be_covered(visit.page)
    assert [each.url for each in visit.requests].count(DEFAULT_EXIT_URL) == times
    assert visit.traces() == ["left"]
    visit.forget()


def test_a_click_leaves_for_a_page_that_has_nothing_to_do_with_it(
    visit: Callable[..., Visit], device: str, script: bool
) -> None:
    visitor = visit(device, script=script, leaves_for=DEFAULT_EXIT_URL)
    answer_elsewhere(visitor.context)
    visitor.open("/services/ninshin-sos-yokohama")

    visitor.page.get_by_role("link", name=NAME).click()

    expect(visitor.page).to_have_url(DEFAULT_EXIT_URL)
    exits = [each for each in visitor.requests if each.url == DEFAULT_EXIT_URL]
    assert len(exits) == 1
    assert "referer" not in exits[0].all_headers()


def test_the_page_is_covered_before_the_other_answers(leaving: Visit) -> None:
    leave_unanswered(leaving.context)
    leaving.open("/?q=横浜市")

    leaving.page.get_by_role("link", name=NAME).click()

    expect_to_be_gone(leaving)


def test_shift_three_times_leaves(leaving: Visit) -> None:
    leave_unanswered(leaving.context)
    leaving.open("/?q=横浜市")
    status = leaving.page.locator("[data-exit-status]")

    leaving.page.keyboard.press("Shift")
    expect(status).to_have_text("Shiftをあと2回押すと、このページを離れます")
    leaving.page.keyboard.press("Shift")
    expect(status).to_have_text("Shiftをあと1回押すと、このページを離れます")
    leaving.page.keyboard.press("Shift")

    expect_to_be_gone(leaving)


def test_shift_leaves_also_while_typing(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    leaving.open("/")
    leaving.page.get_by_role("searchbox").focus()

    for _ in range(3):
        leaving.page.keyboard.press("Shift")

    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)


@pytest.mark.parametrize("key", MODIFIED)
def test_shift_with_another_key_does_not_count(visit: Callable[..., Visit], key: str) -> None:
    visitor = visit("desktop")
    visitor.open("/about")

    for _ in range(3):
        visitor.page.keyboard.press(f"Shift+{key}")

    expect(visitor.page.locator("[data-exit-status]")).to_have_text("")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def test_shift_is_forgotten_after_a_while(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.page.clock.install()
    visitor.open("/about")
    status = visitor.page.locator("[data-exit-status]")
    visitor.page.keyboard.press("Shift")
    visitor.page.keyboard.press("Shift")

    visitor.page.clock.run_for(5000)
    expect(status).to_have_text("取り消しました")
    visitor.page.keyboard.press("Shift")

    expect(status).to_have_text("Shiftをあと2回押すと、このページを離れます")


def test_back_does_not_bring_the_pages_back(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    leaving.open("/")
    leaving.open("/?q=横浜市")
    leaving.page.get_by_role("link", name=NAME).click()
    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)
    leave_unanswered(leaving.context)

    leaving.page.evaluate("history.back()")

    expect_to_be_gone(leaving, times=2)


def test_the_page_that_was_left_is_no_longer_in_the_history(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    leaving.open("/about")
    leaving.open("/?q=横浜市")
    before = leaving.page.evaluate("history.length")

    leaving.page.get_by_role("link", name=NAME).click()

    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)
    assert leaving.page.evaluate("history.length") == before


def test_who_comes_again_by_an_address_is_welcome(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    leaving.open("/about")
    leaving.page.get_by_role("link", name=NAME).click()
    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)

    leaving.open("/about")

    expect(leaving.page.get_by_role("heading", level=1)).to_be_visible()
    assert leaving.traces() == []


@every_page
def test_the_exit_stays_at_the_top_and_before_the_content(
    tour: Callable[..., Visit], public: PublicPage, device: str
) -> None:
    page = tour(public, device).page
    link = page.get_by_role("link", name=NAME)
    stops = "[...document.querySelectorAll('a[href], button, input, summary')]"
    assert page.evaluate(f"{stops}.findIndex((each) => 'exit' in each.dataset)") <= 6

    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")

    expect(link).to_be_in_viewport(ratio=1)
    box = link.bounding_box()
    assert box is not None
    assert box["y"] < 80


def test_the_exit_is_reached_by_tab_and_pressed_by_enter(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    leaving.open("/?q=横浜市")
    link = leaving.page.get_by_role("link", name=NAME)
    steps = 0
    while not link.evaluate("(each) => each === document.activeElement"):
        leaving.page.keyboard.press("Tab")
        steps += 1
        assert steps <= 7

    leaving.page.keyboard.press("Enter")

    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)


def test_a_click_leaves_every_page_at_once(visit: Callable[..., Visit]) -> None:
    visitor = visit(leaves_for=DEFAULT_EXIT_URL)
    leave_unanswered(visitor.context)
    for public in PUBLIC_PAGES:
        visitor.open(public.path)
        visitor.page.get_by_role("link", name=NAME).click()
        expect_to_be_gone(visitor)


def test_shift_three_times_leaves_every_page(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop", leaves_for=DEFAULT_EXIT_URL)
    leave_unanswered(visitor.context)
    for public in PUBLIC_PAGES:
        visitor.open(public.path)
        for _ in range(3):
            visitor.page.keyboard.press("Shift")
        expect_to_be_gone(visitor)


def test_without_script_the_exit_leads_away_from_every_page(visit: Callable[..., Visit]) -> None:
    visitor = visit(script=False, leaves_for=DEFAULT_EXIT_URL)
    answer_elsewhere(visitor.context)
    for public in PUBLIC_PAGES:
        visitor.open(public.path)
        visitor.page.get_by_role("link", name=NAME).click()
        expect(visitor.page).to_have_url(DEFAULT_EXIT_URL)


def test_back_brings_no_page_back_that_was_seen_before_leaving(leaving: Visit) -> None:
    answer_elsewhere(leaving.context)
    seen = ("/", "/traces", "/offline?area=14", "/services/ninshin-sos-yokohama")
    for path in seen:
        leaving.open(path)
    leaving.page.get_by_role("link", name=NAME).click()
    expect(leaving.page).to_have_url(DEFAULT_EXIT_URL)

    # The page that was left is out of the history; those before it leave again, each by itself.
    for _ in seen[:-1]:
        with leaving.page.expect_request_finished(lambda each: each.url == DEFAULT_EXIT_URL):
            leaving.page.evaluate("setTimeout(() => history.back())")
        expect(leaving.page).to_have_title("elsewhere")
