"""A counselor collects lines, opens the sheet, shares it, and prints it without a line split."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from sosdir.models import Service
from tests.browser.visiting import Visit
from tests.cast import a_channel, a_service
from tests.conftest import DATA

A4 = (210, 297)  # millimetres
POINTS = 25.4 / 72  # millimetres of one point
_BONES = re.compile(r"[0-9A-Za-zぁ-ゖァ-ヺー/.@-]")
YOKOHAMA = "ninshin-sos-yokohama"
LONG_NAME = "とてもながいなまえのにんしんとしゅっさんとこそだてのそうだんまどぐち"
# The one with the most channels, the longest name, the longest hours, a LINE, withheld ones.
EIGHT = (
    YOKOHAMA,
    "edogawa-kenko-support-center",
    "smwh-iryo-fukushi-soudan",
    "mothers-tree-japan",
    "kagoshima-kagopre-hotline",
    "ninshin-sos-tokyo",
    "kyoto-city-ninshin-mail-sodan",
    "jikei-sos-akachan-okaasan",
)


def public_ids() -> list[str]:
    with (DATA / "service.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if not row["hold"]]


def pages_of(page: Page) -> list[str]:
    """Print to PDF as the browser does; return the text of each page, each of A4."""
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for each in printed.pages:
        size = (each.mediabox.width * POINTS, each.mediabox.height * POINTS)
        assert [round(float(side)) for side in size] == list(A4)
    return [bones(each.extract_text()) for each in printed.pages]


def bones(text: str) -> str:
    """Return the kana, digits and Latin letters of a text: a PDF writes some kanji as others."""
    return "".join(_BONES.findall(unicodedata.normalize("NFKC", text)))


def torn(pages: list[str], names: Iterable[str], ids: Iterable[str]) -> list[str]:
    """Return the lines that do not stand whole, from name to address, on one page."""
    found = []
    for name, service_id in zip(names, ids, strict=True):
        whole = re.compile(f"{re.escape(name)}.*?{re.escape(bones(f'/services/{service_id}'))}")
        if [len(whole.findall(each)) for each in pages if whole.search(each)] != [1]:
            found.append(service_id)
    return found


def decoded(page: Page, selector: str) -> list[str]:
    """Return what a camera reads in each picture."""
    found = []
    for picture in page.locator(selector).all():
        seen = Image.open(io.BytesIO(picture.screenshot()))
        (code,) = zxingcpp.read_barcodes(seen)
        found.append(code.text)
    return found


def test_two_lines_are_collected_and_handed_over(anyone: Visit) -> None:
    page = anyone.page
    anyone.open("/?q=横浜市")
    first, second = (page.get_by_role("article").nth(number) for number in (0, 1))
    names = [each.get_by_role("heading").inner_text() for each in (first, second)]

    first.get_by_role("link", name="紹介票に入れる").click()
    expect(page.get_by_text("紹介票:1件")).to_be_visible()
    expect(first.get_by_role("heading")).to_be_in_viewport()
    expect(first.get_by_role("link", name="紹介票から外す")).to_be_visible()
    second.get_by_role("link", name="紹介票に入れる").click()
    expect(page.get_by_text("紹介票:2件")).to_be_visible()
    expect(second.get_by_role("heading")).to_be_in_viewport()

    page.get_by_role("link", name="ひらく", exact=False).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("相談先のご案内")
    titles = page.get_by_role("article").get_by_role("heading")
    expect(titles).to_have_text([f"{number} {name}" for number, name in enumerate(names, 1)])


def test_what_was_collected_is_taken_off_and_emptied(anyone: Visit) -> None:
    page = anyone.page
    anyone.open(f"/services/{YOKOHAMA}?ids={YOKOHAMA},ninshin-sos-kumamoto")

    page.get_by_role("link", name="紹介票から外す").click()
    expect(page.get_by_text("紹介票:1件")).to_be_visible()
    page.get_by_role("link", name="空にする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("にんしんSOSヨコハマ")
    expect(page.get_by_role("complementary", name="紹介票")).to_have_count(0)


def test_the_bar_covers_nothing_that_has_the_focus(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone")
    visitor.open(f"/?q=横浜市&ids={YOKOHAMA}")
    page = visitor.page
    bar = page.get_by_role("complementary", name="紹介票").bounding_box()
    assert bar is not None
    for _ in range(40):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => {
              const focused = document.activeElement;
              const bar = document.querySelector(".collected");
              if (bar.contains(focused)) return false;
              const top = bar.getBoundingClientRect().top;
              return focused.getBoundingClientRect().top > top
                && focused.getBoundingClientRect().bottom < innerHeight;
            }"""
        )
        assert not covered


@pytest.mark.parametrize("number", [1, 3, 8])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_no_line_is_split_between_two_sheets_of_paper(
    visit: Callable[..., Visit], number: int, device: str
) -> None:
    visitor = visit(device)
    visitor.open(f"/sheet?ids={','.join(EIGHT[:number])}")
    articles = visitor.page.get_by_role("article")
    expect(articles).to_have_count(number)
    names = [bones(each.get_by_role("heading").inner_text()) for each in articles.all()]

    pages = pages_of(visitor.page)

    assert len(pages) <= 1 + number // 2
    assert torn(pages, names, EIGHT[:number]) == []


def test_lines_with_many_channels_stay_whole_too(
    visit: Callable[..., Visit],
    serve: Callable[[Path], str],
    cast_home: Callable[..., Path],
) -> None:
    ids = ("first", "second", "third")
    visitor = visit("desktop", site=serve(cast_home(*map(a_long_service, ids))))
    visitor.open(f"/sheet?ids={','.join(ids)}")

    pages = pages_of(visitor.page)

    assert torn(pages, [f"{number}{LONG_NAME}" for number in (1, 2, 3)], ids) == []


def a_long_service(service_id: str) -> Service:
    """Return a service with as many channels as the largest has, each at hours of its own."""
    channels = tuple(
        a_channel(
            service_id,
            number,
            hours=f"Mo-Fr {number:02}:00-12:00,13:00-{number + 14}:00; PH off",
            hours_text="平日の午前と午後、くわしい時間はその月のおしらせにのっています" * 2,
            note="土曜と日曜は、となりの区の窓口につながることがあります",
        )
        for number in range(1, 9)
    )
    return a_service(service_id, name=LONG_NAME, channels=channels)


def test_a_line_that_is_split_would_be_seen(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.open(f"/sheet?ids={','.join(EIGHT)}")
    articles = visitor.page.get_by_role("article")
    names = [bones(each.get_by_role("heading").inner_text()) for each in articles.all()]

    visitor.page.evaluate(
        """() => document.querySelectorAll(".referral").forEach((each) => {
          each.style.cssText = "display: block; break-inside: auto; padding-block: 30mm";
        })"""
    )

    assert torn(pages_of(visitor.page), names, EIGHT) != []


def test_each_code_leads_where_it_says(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.open(f"/sheet?ids={YOKOHAMA},kagoshima-kagopre-hotline")

    assert decoded(visitor.page, ".code__picture") == [
        "tel:0456625524",
        f"{visitor.site}/services/{YOKOHAMA}",
        "https://line.me/R/ti/p/@kagopre",
        f"{visitor.site}/services/kagoshima-kagopre-hotline",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_of_a_card_is_read_by_a_camera(visit: Callable[..., Visit], scheme: str) -> None:
    visitor = visit("phone", color_scheme=scheme, device_scale_factor=2)
    visitor.open(f"/sheet?ids={YOKOHAMA}&form=card")

    assert decoded(visitor.page, ".wallet__code") == [f"{visitor.site}/services/{YOKOHAMA}"]


def test_ten_cards_fit_a_page_and_none_is_cut(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    page, ids = visitor.page, public_ids()
    for start in range(0, len(ids), 20):
        chosen = ids[start : start + 20]
        visitor.open(f"/sheet?ids={','.join(chosen)}&form=card")
        page.emulate_media(media="print")
        sizes = page.locator(".wallet").evaluate_all(
            "(all) => all.map((each) => [each.offsetWidth, each.offsetHeight])"
        )
        assert {tuple(each) for each in sizes} == {(321, 204)}  # 85 by 54 mm
        full = page.locator(".wallet").evaluate_all(
            """(all) => all
              .filter((each) => each.scrollHeight > each.clientHeight + 1
                || each.scrollWidth > each.clientWidth + 1)
              .map((each) => each.innerText)"""
        )
        assert full == []
        page.emulate_media(media=None)
        assert len(pages_of(page)) == -(-len(chosen) // 10)


def test_notes_are_printed_as_typed_and_go_nowhere(anyone: Visit) -> None:
    page = anyone.page
    anyone.open(f"/sheet?ids={YOKOHAMA}")

    page.get_by_label("メモ").fill("げつようのごごにでんわする\nほけんしつのタナカまで")

    printed = "".join(pages_of(page))
    assert "げつようのごごにでんわする" in printed
    assert "ほけんしつのタナカまで" in printed
    sent = [(each.method, unquote(each.url), each.post_data) for each in anyone.requests]
    assert [each for each in sent if each[0] != "GET" or "タナカ" in each[1] or each[2]] == []


def test_long_notes_are_printed_to_their_end(scripted: Visit) -> None:
    scripted.open(f"/sheet?ids={YOKOHAMA}")
    scripted.page.get_by_label("メモ").fill("行\n" * 120 + "おしまい")

    assert "おしまい" in pages_of(scripted.page)[-1]


def test_nothing_to_press_is_printed(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    for form in ("sheet", "card"):
        visitor.open(f"/sheet?ids={YOKOHAMA}&form={form}")
        visitor.page.emulate_media(media="print")
        for hidden in (".exit-bar", "button", ".sheet__share", ".footer", ".notes__promise"):
            expect(visitor.page.locator(hidden).filter(visible=True)).to_have_count(0)


def test_without_a_script_the_link_and_the_text_are_there(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone", script=False)
    visitor.open(f"/sheet?ids={YOKOHAMA}")
    page = visitor.page
    expect(page.get_by_role("button")).to_have_count(0)

    page.get_by_text("リンクと、文章だけの紹介票").click()

    link = page.get_by_label("この紹介票のリンク").input_value()
    assert parse_qs(urlsplit(link).query) == {"ids": [YOKOHAMA]}
    assert "電話:045-662-5524" in page.get_by_label("文章だけの紹介票").input_value()


def test_the_text_is_copied_by_a_button(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone", permissions=["clipboard-read", "clipboard-write"])
    visitor.open(f"/sheet?ids={YOKOHAMA}")
    page = visitor.page

    page.get_by_role("button", name="文章をコピーする").click()

    expect(page.get_by_role("status").filter(has_text="コピーしました")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("文章だけの紹介票").input_value()


def test_where_copying_is_refused_the_text_is_shown_and_chosen(
    visit: Callable[..., Visit],
) -> None:
    visitor = visit("phone")
    visitor.page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))"
    )
    visitor.open(f"/sheet?ids={YOKOHAMA}")
    page = visitor.page

    page.get_by_role("button", name="文章をコピーする").click()

    expect(page.get_by_label("文章だけの紹介票")).to_be_visible()
    assert "045-662-5524" in page.evaluate("getSelection().toString()")


def test_the_phones_own_share_button_gets_the_link(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone")
    visitor.page.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    visitor.open(f"/sheet?ids={YOKOHAMA}&at=2026-11-28T20:00")
    page = visitor.page

    page.get_by_role("button", name="共有する").click()

    shared = page.evaluate("window.shared")
    assert shared["title"] == "相談先のご案内"
    assert parse_qs(urlsplit(shared["url"]).query) == {
        "ids": [YOKOHAMA],
        "at": ["2026-11-28T20:00"],
    }


def test_where_a_device_shares_nothing_there_is_no_button(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone")
    visitor.page.add_init_script("delete Navigator.prototype.share")
    visitor.open(f"/sheet?ids={YOKOHAMA}")

    expect(visitor.page.get_by_role("button", name="印刷する")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="共有する")).to_have_count(0)
