"""Someone reports a wrong number, the label shows, an admin answers, the label is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from sosdir.accounts import Role
from sosdir.auth import cookies
from tests.admins import AGENT, an_account, cookie_for
from tests.browser.conftest import EVENING, serving
from tests.browser.test_keyboard import tab_to
from tests.browser.visiting import Visit

LABEL = "番号の確認中"


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    """Give a site with the invented cast whose clock goes on by three seconds a request."""
    app = make_app(cast_home(), EVENING)
    ticks = count()

    def clock() -> datetime:
        return EVENING + timedelta(seconds=3 * next(ticks))

    app.config["CLOCK"] = clock
    return app


@pytest.fixture
def here(app: Flask) -> Iterator[str]:
    """Give the address of that site."""
    with serving(app) as address:
        yield address


def send(page: Page, choice: str = "電話 03-0000-0001 がちがう・つながらない") -> None:
    """Fill in the form that is open, and send it."""
    page.get_by_label(choice).check()
    page.get_by_label("くわしいこと").fill("ちがう人が出ました")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "知らせてくださり、ありがとうございます"
    )


# ``here`` is asked for before ``visit``, so that the site is open until the last visit has ended.
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_report_labels_the_number_until_an_admin_answers(
    app: Flask, here: str, visit: Callable[..., Visit], script: bool
) -> None:
    visitor = visit("phone", site=here, script=script)
    page = visitor.page
    visitor.open("/services/minato-sos")
    page.get_by_role("link", name="知らせてください").click()
    send(page)

    page.get_by_role("link", name="みなとSOS").click()
    expect(page.get_by_text(LABEL)).to_be_visible()
    expect(page.get_by_role("link", name="03-0000-0001")).to_be_visible()
    visitor.open("/?q=横浜市")
    expect(page.get_by_text(LABEL)).to_have_count(1)

    answer_as_publisher(app, visit, here, script)

    visitor.open("/services/minato-sos")
    expect(page.get_by_role("link", name="03-0000-0001")).to_be_visible()
    expect(page.get_by_text(LABEL)).to_have_count(0)


def answer_as_publisher(app: Flask, visit: Callable[..., Visit], here: str, script: bool) -> None:
    keeps = frozenset({cookies.NAME})
    admin = visit("desktop", site=here, script=script, may_keep=keeps, user_agent=AGENT)
    value = cookie_for(app, an_account(app, Role.PUBLISHER))
    admin.context.add_cookies(
        [{"name": cookies.NAME, "value": value, "domain": "127.0.0.1", "path": cookies.PREFIX}]
    )
    page = admin.page
    admin.open("/admin/reports")
    page.get_by_role("link", name="みなとSOS").click()
    expect(page.get_by_text("ちがう人が出ました")).to_be_visible()
    page.get_by_label("確かめた。ちがいはなかった").check()
    page.get_by_role("button", name="答えを残す").click()
    expect(page.get_by_text("答えを待っている報告はありません")).to_be_visible()


def test_a_report_is_sent_by_keyboard_alone(here: str, visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop", site=here)
    page = visitor.page
    visitor.open("/services/minato-sos")
    tab_to(page, page.get_by_role("link", name="知らせてください"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("情報のちがいを知らせる")

    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("受付時間がちがう")).to_be_checked()
    tab_to(page, page.get_by_label("くわしいこと"))
    page.keyboard.insert_text("土曜も休みでした")
    # The field for robots is no stop on the way.
    page.keyboard.press("Tab")
    expect(page.get_by_label("あなたの連絡先")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="送る")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "知らせてくださり、ありがとうございます"
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_fault_is_led_to_and_nothing_typed_is_lost(
    here: str, visit: Callable[..., Visit], script: bool
) -> None:
    visitor = visit("phone", site=here, script=script)
    page = visitor.page
    visitor.open("/report/minato-sos")
    page.get_by_label("くわしいこと").fill("<b>太字</b>{{7*7}}")
    page.get_by_role("button", name="送る").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("どこがちがうか、ひとつえらんでください")
    expect(page.get_by_label("くわしいこと")).to_have_value("<b>太字</b>{{7*7}}")
    summary.get_by_role("link").click()
    expect(page.get_by_role("group", name="どこがちがいますか")).to_be_in_viewport()
    page.get_by_label("もうやっていない").check()
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ありがとうございます")


def test_the_way_out_is_there(here: str, visit: Callable[..., Visit]) -> None:
    visitor = visit("phone", site=here)
    visitor.open("/report/minato-sos")
    expect(visitor.page.locator("[data-exit]")).to_be_in_viewport(ratio=1)


def test_the_call_comes_before_the_report(here: str, visit: Callable[..., Visit]) -> None:
    page_of = visit("phone", site=here)
    page_of.open("/services/minato-sos")
    call = page_of.page.get_by_role("link", name="03-0000-0001").bounding_box()
    link = page_of.page.get_by_role("link", name="知らせてください").bounding_box()
    assert call is not None
    assert link is not None
    assert call["y"] < link["y"]
    assert call["height"] > link["height"]
