"""The copy for when there is no network: kept by a button alone, shown offline, gone by one tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.public_pages import PUBLIC_PAGES
from tests.browser.visiting import Visit

KEEP = "この端末に残す"
WIPE = "この端末から消す"
DATED = "取り出した一覧です"


@pytest.fixture
def keeping(visit: Callable[..., Visit]) -> Visit:
    """Give a visit on whose device the lines of Kanagawa are kept."""
    visitor = visit()
    visitor.open("/offline?area=14")
    visitor.page.get_by_role("button", name=KEEP).click()
    expect(visitor.page.get_by_role("status").filter(has_text="残しました")).to_be_visible()
    return visitor


def cut_off(visitor: Visit) -> None:
    """Take the network away; that the browser says so of single files is no fault."""
    visitor.context.set_offline(True)


def forgive(visitor: Visit) -> None:
    """Give the network back, and pass over what the browser said of its absence."""
    visitor.context.set_offline(False)
    visitor.complaints.clear()


@pytest.mark.parametrize("path", ["/", "/areas/13", "/services/across-japan", "/nowhere"])
def test_any_page_is_the_kept_copy_while_there_is_no_network(keeping: Visit, path: str) -> None:
    cut_off(keeping)

    keeping.page.goto(keeping.site + path)

    expect(keeping.page.locator(".copy-date")).to_have_text(f"2026年11月25日に{DATED}")
    expect(keeping.page.get_by_role("heading", name="にんしんSOSヨコハマ")).to_be_visible()
    assert keeping.complaints == []
    forgive(keeping)
    keeping.forget()


def test_the_copy_is_whole_without_a_network(keeping: Visit) -> None:
    cut_off(keeping)
    keeping.page.goto(f"{keeping.site}/")

    call = keeping.page.get_by_role("link", name="電話する").first
    expect(call).to_have_attribute("href", "tel:07042835199")
    icon = keeping.page.locator(".call .icon").first
    assert icon.evaluate("(each) => each.querySelector('use').getBBox().width") > 0
    background = "getComputedStyle(document.querySelector('.exit')).backgroundColor"
    assert keeping.page.evaluate(background) == "rgb(20, 38, 43)"
    keeping.page.keyboard.press("Shift")
    expect(keeping.page.locator("[data-exit-status]")).to_contain_text("あと2回")
    forgive(keeping)
    keeping.forget()


def test_with_a_network_every_page_is_the_true_one(keeping: Visit) -> None:
    keeping.open("/areas/13")

    expect(keeping.page.get_by_role("heading", level=1)).to_have_text("東京都からつながる窓口")
    expect(keeping.page.get_by_text(DATED)).to_have_count(0)
    keeping.forget()


def test_nothing_but_the_copy_and_its_parts_is_ever_put_away(keeping: Visit) -> None:
    for path in ("/", "/?q=横浜市", "/services/ninshin-sos-yokohama", "/areas/13"):
        keeping.open(path)

    names = "caches.open('kept').then((kept) => kept.keys()).then((all) => all.map((e) => e.url))"
    kept = [url.removeprefix(keeping.site) for url in keeping.page.evaluate(names)]
    assert kept[0] == "/offline/14"
    assert all(each.startswith("/static/") for each in kept[1:])
    assert keeping.page.evaluate("caches.keys()") == ["kept"]
    keeping.forget()


@pytest.mark.parametrize("path", ["/", "/services/ninshin-sos-yokohama", "/map", "/offline"])
def test_one_tap_on_any_page_takes_the_copy_away(keeping: Visit, path: str) -> None:
    keeping.open(path)

    keeping.page.get_by_role("button", name=WIPE).click()

    expect(keeping.page.get_by_text("消しました。")).to_be_visible()
    assert keeping.traces() == []
    keeping.open("/about")
    expect(keeping.page.get_by_role("button", name=WIPE)).to_have_count(0)


def test_the_copy_can_be_taken_away_without_a_network(keeping: Visit) -> None:
    cut_off(keeping)
    keeping.page.goto(f"{keeping.site}/areas/13")

    keeping.page.get_by_role("button", name=WIPE).click()

    expect(keeping.page.get_by_text("消しました。")).to_be_visible()
    expect(keeping.page.get_by_text(DATED)).to_have_count(0)
    forgive(keeping)
    keeping.open("/about")
    assert keeping.traces() == []


def test_after_a_wipe_no_page_comes_back(keeping: Visit) -> None:
    keeping.page.get_by_role("button", name=WIPE).click()
    expect(keeping.page.get_by_text("消しました。")).to_be_visible()
    cut_off(keeping)

    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        keeping.page.goto(f"{keeping.site}/areas/13")

    forgive(keeping)
    keeping.open("/about")
    assert keeping.traces() == []


def test_another_prefecture_takes_the_place_of_the_first(keeping: Visit) -> None:
    keeping.open("/offline?area=13")
    keeping.page.get_by_role("button", name=KEEP).click()
    expect(keeping.page.get_by_role("status").filter(has_text="残しました")).to_be_visible()
    cut_off(keeping)

    keeping.page.goto(f"{keeping.site}/")

    expect(keeping.page.get_by_role("heading", level=1)).to_have_text("東京都からつながる窓口")
    forgive(keeping)
    keeping.forget()


def test_what_cannot_be_fetched_leaves_nothing_behind(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open("/offline?area=14")
    cut_off(visitor)

    visitor.page.get_by_role("button", name=KEEP).click()

    expect(visitor.page.get_by_text("残せませんでした")).to_be_visible()
    forgive(visitor)
    assert visitor.traces() == []


def test_no_visit_alone_ever_keeps_anything(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    for public in PUBLIC_PAGES:
        visitor.open(public.path)
    visitor.open("/offline?area=14")

    assert visitor.traces() == []
    assert not [each.url for each in visitor.requests if each.url.endswith("/sw.js")]


def test_without_script_the_page_says_what_to_do_instead(visit: Callable[..., Visit]) -> None:
    visitor = visit(script=False)
    visitor.open("/offline?area=14")

    expect(visitor.page.get_by_role("button", name=KEEP)).to_have_count(0)
    expect(visitor.page.get_by_text("一覧をひらいて印刷するか")).to_be_visible()
    visitor.page.get_by_role("link", name="残す一覧を先に見る").click()
    expect(visitor.page.get_by_text(DATED)).to_be_visible()
