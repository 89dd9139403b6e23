"""What a screen reader is given of the list and of the map: names, roles and order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visit

# The order is that of what matters: how many, what is chosen, then each line with its state first,
# its name, whom it is for, how to reach it, and at the end what it rests on.
LIST = """
- main:
  - heading "横浜市から つながる窓口" [level=1]
  - status:
    - strong: /\\d+/
    - text: /件/
  - list "しぼりこみ中の条件":
    - listitem:
      - link /LINE 外すと\\d+件/
    - listitem:
      - link /夜も受け付け 外すと\\d+件/
"""
CARD = """
- article:
  - paragraph: /いま話せます・/
  - heading "にんしんSOSヨコハマ" [level=2]:
    - link "にんしんSOSヨコハマ"
  - paragraph:
    - strong: 横浜市
    - text: 妊娠SOS(専用の窓口)
  - paragraph: /対象:/
  - list:
    - listitem: 名前を言わなくてよい
    - listitem: 相談は無料
  - link "公式ページからLINEへ"
  - paragraph: /受付時間:/
  - group: /ほかの方法:/
  - paragraph: /運営:横浜市 .* 収集日:/
  - link "紹介票に入れる"
"""
MAP = """
- region "窓口の地図":
  - group "都道府県の地図":
    - img:
      - link /北海道 \\d+件/
      - link /青森県 \\d+件/
    - button "拡大"
    - button "縮小"
"""


def test_the_list_is_read_in_the_order_of_what_matters(visit: Callable[..., Visit]) -> None:
    visitor = visit("phone")
    visitor.open("/?q=横浜市 夜 LINE")
    expect(visitor.page.get_by_role("main")).to_match_aria_snapshot(LIST)
    expect(visitor.page.get_by_role("article").first).to_match_aria_snapshot(CARD)


def test_each_prefecture_on_the_map_is_a_link_with_its_number(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.open("/map")
    drawn = visitor.page.get_by_role("region", name="窓口の地図")
    expect(drawn).to_match_aria_snapshot(MAP)
    expect(drawn.get_by_role("link")).to_have_count(47)


@pytest.mark.parametrize(("code", "place"), [("en", "Hokkaido"), ("ne", "Hokkaido")])
def test_the_map_is_read_out_in_the_readers_language(
    visit: Callable[..., Visit], code: str, place: str
) -> None:
    visitor = visit("desktop")
    visitor.open(f"/{code}/map")
    named = visitor.page.locator(".leaflet-container").get_by_role("link")
    expect(named).to_have_count(47)
    assert (named.first.get_attribute("aria-label") or named.first.inner_text()).startswith(place)
