"""An admin takes a table in: with a bad row in it, by keyboard, without JavaScript, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sosdir.accounts import Role
from tests.browser.conftest import AdminSite
from tests.browser.test_accessibility import violations
from tests.browser.visiting import DEVICES, Visit
from tests.cast import an_importable_service

KEY = "minato-sos"
TABLE = f"id,name,fee\n{KEY},みなと相談,500円\n良くないid,だれか,\nrusu-line,るすの相談,\n"


@pytest.fixture
def cast_home(cast_home: Callable[..., object]) -> Callable[..., object]:
    """Give a home whose services may be published."""
    told = (
        an_importable_service(),
        an_importable_service("rusu-line", name="るすの窓口"),
        an_importable_service("sagami-night", name="さがみ夜の妊娠ライン"),
    )
    return lambda: cast_home(*told)


def send(page: Page, text: str = TABLE) -> None:
    """Choose a file and send it."""
    file = {"name": "直した表.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("CSVのファイル").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="送って確かめる").click()


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_rest_of_a_table_with_a_bad_row_is_published(
    admin_visit: Callable[..., Visit], admin_site: AdminSite, device: str, script: bool
) -> None:
    visit = admin_visit(Role.PUBLISHER, device, script=script)
    page = visit.page
    visit.open("/admin/imports")
    send(page)
    expect(page.get_by_role("heading", name="取り込めない行(1件)")).to_be_visible()
    expect(page.get_by_text("は識別子にできません")).to_be_visible()
    page.get_by_role("button", name="変わる 2").click()
    page.get_by_label("るすの相談").uncheck()
    page.get_by_role("button", name="選んだ行を公開する").click()
    expect(page.get_by_role("status").first).to_contain_text("1件を公開しました。")
    visit.open(f"/services/{KEY}")
    expect(page.get_by_role("heading", name="みなと相談")).to_be_visible()
    visit.open("/services/rusu-line")
    expect(page.get_by_role("heading", name="るすの窓口")).to_be_visible()


def test_a_table_is_taken_in_by_keyboard_alone(admin_visit: Callable[..., Visit]) -> None:
    visit = admin_visit(Role.PUBLISHER)
    page = visit.page
    visit.open("/admin/imports")
    page.get_by_label("CSVのファイル").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    press_until(page, "送って確かめる", "Enter")
    press_until(page, "変わる 2", "Enter")
    press_until(page, "3行目 るすの相談".replace("3", "4"), "Space")
    expect(page.get_by_label("るすの相談")).not_to_be_checked()
    press_until(page, "選んだ行を公開する", "Enter")
    expect(page.get_by_role("status").first).to_contain_text("1件を公開しました。")


def press_until(page: Page, name: str, key: str) -> None:
    """Go on by Tab until what bears a name has the focus, and press a key there."""
    named = page.get_by_role("button", name=name).or_(page.get_by_label(name))
    for _ in range(80):
        page.keyboard.press("Tab")
        if named.first.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("device", DEVICES)
def test_axe_finds_nothing_and_nothing_runs_over(
    admin_visit: Callable[..., Visit], device: str
) -> None:
    visit = admin_visit(Role.PUBLISHER, device)
    page = visit.page
    visit.open("/admin/imports")
    look_at(page)
    page.get_by_label("CSVのファイル").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"PK\x03\x04"}
    )
    page.get_by_role("button", name="送って確かめる").click()
    expect(page.get_by_role("alert")).to_contain_text("Excelのブック")
    look_at(page)
    long = "とても長い名称" * 30
    send(page, TABLE.replace("みなと相談", long) + "atarashii,あたらしい,\n")
    look_at(page)
    page.get_by_role("button", name="変わる").click()
    look_at(page)


def look_at(page: Page) -> None:
    """Ask axe, and whether a page is wider than its window."""
    assert violations(page) == []
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0


def test_the_bar_moves_while_a_big_table_is_read(
    admin_visit: Callable[..., Visit], admin_site: AdminSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = admin_visit(Role.EDITOR)
    page = visit.page
    with monkeypatch.context() as held:
        held.setattr("sosdir.spreadsheets.intake.read", lambda *_given: None)
        visit.open("/admin/imports")
        send(page)
        expect(page.get_by_role("progressbar")).to_be_visible()
        look_at(page)
    page.get_by_role("button", name="もう一度読む").click()
    expect(page.get_by_role("heading", name="取り込めない行(1件)")).to_be_visible()
