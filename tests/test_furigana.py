"""Above every kanji stands its reading, and nothing else of the page changes."""

import re

import pytest

from sosdir.furigana import annotate

KANJI = re.compile(r"[一-龥々]")
RUBY = re.compile(r"<ruby>(.*?)<rp>\(</rp><rt>(.*?)</rt><rp>\)</rp></ruby>")


def without_frame(page: str) -> str:
    """Return a page without the element that holds a text together."""
    return re.sub("</?furi-gana>", "", page)


def read(text: str, **readings: str) -> str:
    """Return a text as it is read out: kanji by what stands above them."""
    return RUBY.sub(lambda found: found[2], without_frame(annotate(text, readings)))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("話せる窓口", "はなせるまどぐち"),
        ("いま話せます・22時まで", "いまはなせます・22じまで"),
        ("11月23日(月・祝)", "11がつ23にち(げつ・しゅく)"),
        ("12月1日", "12がつついたち"),
        ("18時20分と10時5分", "18じ20ぷんと10じ5ふん"),
        ("1人と3人", "ひとりと3にん"),
        ("市区町村", "しくちょうそん"),
        ("お母さん", "おかあさん"),
        ("10代の方が", "10だいのかたが"),
        ("言い換え", "いいかえ"),
        ("助産師・保健師", "じょさんし・ほけんし"),
        ("赤ちゃん", "あかちゃん"),
    ],
)
def test_a_kanji_is_read_as_people_read_it(text: str, reading: str) -> None:
    assert read(text) == reading


def test_only_the_kanji_bear_a_reading() -> None:
    page = annotate("話せる", {})
    assert page == "<furi-gana><ruby>話<rp>(</rp><rt>はな</rt><rp>)</rp></ruby>せる</furi-gana>"


def test_a_name_is_read_as_its_place_reads_it() -> None:
    assert read("匝瑳市の窓口", 匝瑳市="そうさし") == "そうさしのまどぐち"


def test_what_nobody_knows_bears_no_reading() -> None:
    assert without_frame(annotate("彁", {})) == "彁"


@pytest.mark.parametrize(
    "page",
    [
        '<p title="窓口">SOS</p>',
        "<title>窓口</title>",
        "<script>窓口</script>",
        "<textarea>窓口</textarea>",
        "<option>窓口</option>",
        '<span lang="zh-Hans">简体中文</span>',
        "<ruby>窓口<rt>まどぐち</rt></ruby>",
        "<!-- 窓口 -->",
    ],
)
def test_what_is_no_text_for_reading_stays_as_it_is(page: str) -> None:
    assert annotate(page, {}) == page


def test_a_page_goes_on_after_what_is_left_alone() -> None:
    page = annotate('<p><svg><use href="#a"/></svg><br><input value="窓口">窓口</p>', {})
    assert page.startswith(
        '<p><svg><use href="#a"/></svg><br><input value="窓口"><furi-gana><ruby>窓口'
    )


def test_hostile_text_stays_inert() -> None:
    page = annotate("&lt;script&gt;窓口&lt;/script&gt; &amp;amp; 話", {})
    assert "<script" not in page
    assert "&lt;script&gt;<ruby>窓口" in page
    assert "&amp;amp; <ruby>話" in page


def test_a_reading_is_text_too() -> None:
    page = annotate("横浜市", {"横浜市": "<img src=x onerror=alert(1)>"})
    assert "<img" not in page


def test_a_text_longer_than_any_page_stays_bare() -> None:
    assert "<ruby>" not in annotate("窓口" * 10_000, {})
