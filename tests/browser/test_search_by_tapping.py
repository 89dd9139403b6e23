"""She taps her way from the start page to everything that is known of one line."""

from playwright.sync_api import Locator, expect

from tests.browser.visiting import Visit


def tap(visit: Visit, target: Locator) -> None:
    """Touch on a phone, click at a desk."""
    target.tap() if visit.options.get("has_touch") else target.click()


def test_from_the_prefecture_to_hours_and_sources_of_a_line(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")

    tap(anyone, page.get_by_role("link", name="神奈川県", exact=True))

    expect(page.get_by_role("heading", level=1)).to_have_text("神奈川県からつながる窓口")
    tap(anyone, page.get_by_role("link", name="にんしんSOSヨコハマ"))

    expect(page.get_by_role("heading", level=1)).to_have_text("にんしんSOSヨコハマ")
    for channel in ("電話", "メール", "LINE"):
        expect(page.get_by_role("heading", name=channel, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="電話する").first).to_be_in_viewport()

    table = page.get_by_role("table", name="電話の受付時間")
    expect(table).to_be_hidden()
    tap(anyone, page.get_by_text("これから1週間の受付時間").first)
    expect(table).to_be_visible()
    expect(table.locator("tbody").get_by_role("row")).to_have_count(7)
    expect(table.get_by_role("row", name="きょう")).to_contain_text("10:00〜22:00")


def test_a_source_is_one_tap_from_what_it_states(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/services/ninshin-sos-yokohama")
    expect(page.get_by_text("収集日:2026年11月23日")).to_be_visible()

    tap(anyone, page.get_by_role("link", name="[4]").first)

    source = page.locator("#source-4")
    expect(source).to_be_in_viewport()
    expect(source.get_by_role("link", name="横浜市")).to_have_attribute("href", _city_page())
    covered = page.locator(".exit-bar").bounding_box()
    shown = source.bounding_box()
    assert covered is not None
    assert shown is not None
    assert shown["y"] >= covered["y"] + covered["height"]


def test_a_town_of_the_prefecture_is_two_taps_away(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/")

    tap(anyone, page.get_by_role("link", name="神奈川県", exact=True))
    tap(anyone, page.get_by_role("link", name="横浜市", exact=False).filter(has_text="件").last)

    expect(page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")


def test_other_ways_to_reach_a_line_unfold_in_the_list(anyone: Visit) -> None:
    anyone.open("/?q=横浜市")
    others = anyone.page.get_by_role("article").first.locator("details")
    way = others.locator("a").first
    expect(way).to_be_hidden()

    tap(anyone, others.get_by_text("ほかの方法"))

    expect(way).to_be_visible()


def _city_page() -> str:
    return "https://www.city.yokohama.lg.jp/kosodate-kyoiku/oyakokenko/DV/yokisenu.html"
