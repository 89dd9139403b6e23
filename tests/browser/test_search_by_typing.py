"""She types where she lives, and the first screen holds a number that answers now."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visit, is_small

LINE = "にんしんSOSヨコハマ"
NUMBER = "tel:0456625524"


def ask(page: Page, words: str) -> None:
    field = page.get_by_role("searchbox")
    field.fill(words)
    field.press("Enter")
    page.wait_for_url("**/?q=*")


def test_a_town_leads_to_its_own_line_that_answers_now(anyone: Visit) -> None:
    anyone.open("/")

    ask(anyone.page, "横浜市")

    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    first = anyone.page.get_by_role("article").first
    expect(first.get_by_role("heading")).to_have_text(LINE)
    expect(first.get_by_text("いま話せます・22時まで").first).to_be_visible()
    expect(first.get_by_role("link", name="電話する")).to_have_attribute("href", NUMBER)
    expect(first.get_by_role("link", name="電話する")).to_contain_text("045-662-5524")


def test_the_number_stands_on_the_first_screen_and_fits_a_thumb(anyone: Visit) -> None:
    anyone.open("/")

    ask(anyone.page, "横浜市")

    call = anyone.page.locator(f'a[href="{NUMBER}"]').first
    expect(call).to_be_in_viewport(ratio=1)
    box = call.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert anyone.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("words", ["よこはま", "ヨコハマ", "yokohama", "横浜", "横浜市鶴見区"])
def test_the_town_may_be_written_as_one_likes(page: Page, site: str, words: str) -> None:
    page.goto(site)

    ask(page, words)

    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    expect(page.get_by_role("article").first).to_contain_text(LINE)


def test_a_name_of_two_towns_is_asked_back_and_one_tap_chooses(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")

    ask(page, "府中市")

    expect(page.get_by_role("heading", level=1)).to_have_text("どちらの府中市ですか")
    expect(page.get_by_role("article")).to_have_count(0)
    page.get_by_role("link", name="広島県").click()
    expect(page).to_have_url(re.compile(r"area=342084"))
    expect(page.get_by_role("heading", level=1)).to_have_text("府中市からつながる窓口")
    expect(page.get_by_role("article").first).to_be_visible()


def test_an_empty_field_is_answered_with_what_to_do(anyone: Visit) -> None:
    anyone.open("/")

    anyone.page.get_by_role("button", name="さがす", exact=True).click()

    alert = anyone.page.get_by_role("alert")
    expect(alert).to_contain_text("市区町村か都道府県の名前を入れてください")
    alert.get_by_role("link").click()
    expect(anyone.page.get_by_role("searchbox")).to_be_focused()


def test_the_place_can_be_changed_without_losing_the_filter(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市&channel=line")
    if is_small(page):  # on a wide screen the field stands open
        page.get_by_text("場所を変える").click()

    ask(page, "川崎市")

    expect(page.get_by_role("heading", level=1)).to_have_text("川崎市からつながる窓口")
    expect(page.get_by_role("link", name=re.compile(r"^LINE\s*外すと\d+件$"))).to_be_visible()
