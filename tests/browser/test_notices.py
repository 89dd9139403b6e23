"""A notice from its editor to a visitor, by keyboard alone, and without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from sosdir.accounts import Role
from sosdir.config import Settings
from sosdir.notices import Action
from tests import noticing
from tests.browser.conftest import AdminSite
from tests.browser.layout import clipped, targets, too_wide
from tests.browser.visiting import Visit
from tests.noticing import a_notice

OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
PAGES = (
    "/admin/",
    "/admin/notices",
    "/admin/notices/new",
    "/admin/notices/2026-11-25-1",
    "/admin/notices/2026-11-25-1/edit",
    "/admin/notices/2026-11-25-1/history/2",
)

axe = Axe()


def tab_to(page: Page, wanted: Locator, limit: int = 80) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _ in range(limit):
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted} within {limit} steps")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_editor_writes_a_publisher_publishes_and_a_visitor_reads(
    admin_visit: Callable[..., Visit], visit: Callable[..., Visit], script: bool
) -> None:
    editor = admin_visit(Role.EDITOR, java_script_enabled=script)
    page = editor.page
    editor.open("/admin/notices")
    page.get_by_role("link", name="新しいお知らせ").click()
    page.get_by_label("題").fill("みなとSOSが土曜日も話せます")
    page.get_by_label("新しい窓口").check()
    page.get_by_label("本文").fill("03-0000-0005 にかけてください。")
    page.get_by_label("関係する窓口").fill("minato-sos")
    page.get_by_label("関係する地域").fill("横浜市")
    page.get_by_role("button", name="下書きに保存").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="「03-0000-0005」は書けません。").click()
    expect(page.get_by_label("本文")).to_be_focused()
    page.get_by_label("本文").fill("くわしくは窓口のページを見てください。")
    page.get_by_role("button", name="下書きに保存").click()
    expect(page.get_by_text("の下書きを保存しました。")).to_be_visible()

    publisher = admin_visit(Role.PUBLISHER, java_script_enabled=script)
    publisher.open("/admin/")
    publisher.page.get_by_role("link", name="みなとSOSが土曜日も話せます").click()
    publisher.page.get_by_role("button", name="公開する").click()
    expect(publisher.page.get_by_text("を公開しました。")).to_be_visible()

    anyone = visit(site=publisher.site, script=script)
    anyone.open("/")
    anyone.page.get_by_role("link", name="みなとSOSが土曜日も話せます").click()
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("みなとSOSが土曜日も話せます")
    anyone.page.get_by_role("main").get_by_role("link", name="みなとSOS", exact=True).click()
    expect(anyone.page.get_by_role("heading", name="お知らせ")).to_be_visible()
    feed = anyone.context.request.get(f"{publisher.site}/feed.xml").text()
    assert "みなとSOSが土曜日も話せます" in feed


def test_a_notice_is_written_and_published_by_keyboard_alone(
    admin_visit: Callable[..., Visit],
) -> None:
    publisher = admin_visit(Role.PUBLISHER)
    page = publisher.page
    publisher.open("/admin/notices/new")
    for label, words in (("題", "キーだけで書いた題"), ("本文", "本文です。")):
        tab_to(page, page.get_by_label(label))
        page.keyboard.insert_text(words)
    # Enter in a field looks whether all is well, and saves nothing.
    tab_to(page, page.get_by_label("この変更について"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="公開すると、こう見えます")).to_be_visible()
    expect(page.locator("#preview")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="公開する"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("「キーだけで書いた題」を公開しました。")).to_be_visible()


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_pages_of_the_admins_keep_the_rules_of_all_pages(
    admin_site: AdminSite, admin_visit: Callable[..., Visit], device: str
) -> None:
    settings: Settings = admin_site.app.config["SETTINGS"]
    noticing.keep(settings.database, a_notice())
    noticing.keep(settings.database, a_notice(title="直した題"), Action.DRAFTED, opened=1)
    publisher = admin_visit(Role.PUBLISHER, device)
    for path in PAGES:
        assert publisher.open(path).status == 200
        found = axe.run(publisher.page, options=OPTIONS).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
        assert too_wide(publisher.page) == clipped(publisher.page) == [], path
        assert [each for each in targets(publisher.page) if min(each[1:]) < 24] == [], path
