"""A counselor narrows the list down, and every step can be taken back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visiting import Visit, is_small


def show_filters(page: Page) -> None:
    """Unfold the filters where the screen is too small for them to stand open."""
    if is_small(page):
        page.get_by_text("しぼりこむ", exact=True).click()


def total(page: Page) -> int:
    shown = page.locator(".results-head strong").text_content()
    assert shown is not None
    return int(shown)


def test_a_channel_narrows_the_list_to_its_count_and_is_taken_off_in_one_tap(
    anyone: Visit,
) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市")
    everything = total(page)
    show_filters(page)
    line = page.locator(".filters").get_by_role("link", name=re.compile("^LINE"))
    count = int(re.sub(r"\D", "", line.inner_text()))

    line.click()

    chip = page.get_by_role("link", name=re.compile(r"^LINE\s*外すと\d+件$"))
    expect(chip).to_be_in_viewport(ratio=1)
    assert total(page) == count < everything
    expect(page.locator("article")).to_have_count(count)  # those folded away as well

    chip.click()

    expect(chip).to_have_count(0)
    assert total(page) == everything


def test_an_empty_list_shows_the_ways_out(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?area=141003&channel=chat&anonymous=1")
    expect(
        page.get_by_role("heading", name="この条件に合う窓口は見つかりませんでした")
    ).to_be_visible()

    way = page.get_by_role("main").get_by_role("link", name=re.compile(r"を外す\(\d+件\)")).first
    promised = int(re.findall(r"(\d+)件", way.inner_text())[0])
    way.click()

    expect(page.get_by_role("article").first).to_be_visible()
    assert total(page) == promised > 0


def test_the_state_of_another_day_can_be_asked(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市")
    show_filters(page)

    page.get_by_label("日時をえらぶ").fill("2026-11-28T09:00")
    page.get_by_role("button", name="この日時の状態を見る").click()

    expect(page.get_by_text("11月28日(土)9時00分の予定")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    own_line = page.locator("article").filter(has_text="にんしんSOSヨコハマ")
    expect(own_line).to_have_count(1)
    expect(own_line.get_by_text("話せます")).to_have_count(0)


def test_a_long_list_is_turned_page_by_page_and_back(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?focus=pregnancy_sos")
    first_names = page.get_by_role("article").get_by_role("heading").all_inner_texts()
    expect(page.get_by_role("link", name="前へ")).to_have_count(0)

    page.get_by_role("link", name="次へ").click()

    expect(page.get_by_text("2ページ目")).to_be_visible()
    second_names = page.get_by_role("article").get_by_role("heading").all_inner_texts()
    assert set(second_names).isdisjoint(first_names)

    page.get_by_role("link", name="前へ").click()

    expect(page.get_by_text("1ページ目")).to_be_visible()
    assert page.get_by_role("article").get_by_role("heading").all_inner_texts() == first_names


def test_the_order_can_be_changed_to_the_nearer_area(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市")
    show_filters(page)

    page.get_by_role("link", name="近い地域の順").click()

    expect(page).to_have_url(re.compile("sort=near"))
    show_filters(page)
    chosen = page.get_by_role("link", name="近い地域の順")
    expect(chosen).to_have_attribute("aria-current", "true")
