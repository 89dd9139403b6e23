"""She types what she needs: it is understood, shown, and taken back in one tap."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.test_filters import show_filters, total
from tests.browser.test_search_by_typing import ask
from tests.browser.visiting import Visit

LINE = re.compile(r"^LINE\s*外すと\d+件$")
NIGHT = re.compile(r"^夜も受け付け\s*外すと(\d+)件$")


def test_what_she_needs_is_shown_and_taken_off_in_one_tap(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")

    ask(page, "横浜市 夜 LINE")

    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    first = page.get_by_role("article").first
    expect(first.get_by_role("heading")).to_have_text("にんしんSOSヨコハマ")
    expect(first.get_by_role("link", name="電話する")).to_have_count(0)
    expect(page.get_by_role("link", name=LINE)).to_be_in_viewport(ratio=1)
    night = page.get_by_role("link", name=NIGHT)
    promised = int(re.findall(r"\d+", night.inner_text())[0])

    night.click()

    expect(night).to_have_count(0)
    expect(page.get_by_role("link", name=LINE)).to_be_visible()
    assert total(page) == promised


def test_a_time_to_plan_for_is_one_tap_away(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市 LINE")
    show_filters(page)

    page.locator(".filters").get_by_role("link", name="土曜日20時").click()

    expect(page.get_by_text(re.compile(r"\(土\)20時00分の予定")).first).to_be_visible()


def test_a_search_can_leave_no_word_in_the_address(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")
    page.get_by_role("searchbox").fill("横浜市 夜 LINE")
    page.get_by_text("アドレスに言葉を残したくないとき").click()

    page.get_by_role("button", name="アドレスに言葉を残さずにさがす").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    assert anyone.path == "/search"

    page.get_by_role("button", name=NIGHT).click()

    expect(page.get_by_role("button", name=NIGHT)).to_have_count(0)
    expect(page.get_by_role("button", name=LINE)).to_be_visible()
    assert anyone.path == "/search"
    assert [each.url for each in anyone.requests if urlsplit(each.url).query] == []
