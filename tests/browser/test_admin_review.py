"""Review, history and the desk in a browser: by keyboard alone, and without JavaScript too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from sosdir import db
from sosdir.accounts import Role
from sosdir.config import Settings
from sosdir.links import Outcome, Verdict
from sosdir.models import ChannelKind, EvidenceLevel
from sosdir.reports import Message, Subject
from sosdir.store import links, reports
from tests import reviewing
from tests.browser.conftest import AdminSite
from tests.browser.layout import clipped, targets, too_wide, unfold
from tests.browser.visiting import Visit
from tests.cast import NOON, a_channel, an_importable_service
from tests.reviewing import a_line, without_source

OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
PAGES = (
    "/admin/",
    "/admin/?done=6&next=mukashi-sos&keys=on",
    "/admin/services/minato-sos",
    "/admin/drafts",
    "/admin/drafts/minato-sos",
    "/admin/drafts/sagami-night",
    "/admin/services/minato-sos/history",
    "/admin/services/minato-sos/history/2",
    "/admin/services/minato-sos/history/compare?from=1&to=2",
    "/admin/services/minato-sos/history/1/restore",
    "/admin/reports",
    "/admin/reports/1",
    "/admin/links",
)

OLD = an_importable_service(
    "mukashi-sos",
    name="むかし妊娠SOS",
    evidence=EvidenceLevel.UNCONFIRMED,
    checked_on=None,
    service_areas=("14",),
)

PHONED = re.compile("電話で確認.*むかし妊娠SOS")

axe = Axe()


@pytest.fixture
def path(admin_site: AdminSite) -> Path:
    """Give the database of a site where two lines wait: a prefecture's, then a town's."""
    settings: Settings = admin_site.app.config["SETTINGS"]
    reviewing.keep(settings.database, a_line(evidence=EvidenceLevel.UNCONFIRMED))
    reviewing.keep(settings.database, OLD)
    return settings.database


def tab_to(page: Page, wanted: Locator, limit: int = 80) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _ in range(limit):
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted} within {limit} steps")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_draft_is_published_and_seen_by_everyone(
    path: Path, admin_visit: Callable[..., Visit], visit: Callable[..., Visit], script: bool
) -> None:
    reviewing.draft(path, a_line(name="みなとSOS 新しい名前"))
    publisher = admin_visit(Role.PUBLISHER, java_script_enabled=script)
    page = publisher.page
    publisher.open("/admin/")
    page.get_by_role("link", name="みなとSOS 新しい名前").click()
    expect(page.get_by_role("deletion").first).to_have_text("みなとSOS")
    expect(page.get_by_role("insertion").first).to_have_text("みなとSOS 新しい名前")
    page.get_by_role("button", name="公開する").click()
    expect(page.get_by_text("「みなとSOS 新しい名前」を公開しました。")).to_be_visible()

    anyone = visit(site=publisher.site)
    anyone.open("/services/minato-sos")
    heading = anyone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("みなとSOS 新しい名前")
    answer = anyone.context.request.get(f"{publisher.site}/services.json?area=141003").json()
    assert "みなとSOS 新しい名前" in [each["name"] for each in answer["services"]]


def test_a_draft_is_put_aside_with_a_reason(path: Path, admin_visit: Callable[..., Visit]) -> None:
    reviewing.draft(path, without_source(a_line()))
    publisher = admin_visit(Role.PUBLISHER)
    page = publisher.page
    publisher.open("/admin/drafts/minato-sos")
    expect(page.get_by_role("button", name="公開する")).to_have_count(0)
    page.get_by_role("button", name="差し戻す").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("理由")).to_be_focused()
    page.get_by_label("理由").fill("出典をつけてください")
    page.get_by_role("button", name="差し戻す").click()
    expect(page.get_by_text("下書きを差し戻しました。")).to_be_visible()


def test_an_old_version_comes_back(path: Path, admin_visit: Callable[..., Visit]) -> None:
    reviewing.publish(path, a_line(name="まちがえた名前"))
    publisher = admin_visit(Role.PUBLISHER)
    page = publisher.page
    publisher.open("/admin/services/minato-sos/history")
    page.get_by_role("link", name=re.compile("この版に戻す.*第1版")).click()
    page.get_by_label("理由").fill("書きまちがい")
    page.get_by_role("button", name="この内容を公開する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("みなとSOS")
    assert reviewing.stored(path).name == "みなとSOS"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_check_is_made_and_taken_back_by_keyboard_alone(
    path: Path, admin_visit: Callable[..., Visit], script: bool
) -> None:
    editor = admin_visit(Role.EDITOR, java_script_enabled=script)
    page = editor.page
    editor.open("/admin/")
    tab_to(page, page.get_by_role("button", name=PHONED))
    page.keyboard.press("Enter")
    told = page.locator("#told")
    expect(told).to_contain_text("「むかし妊娠SOS」を電話で確認しました(11月25日・editorの花子)。")
    expect(page.locator("#check-minato-sos")).to_be_focused()
    expect(told).to_be_in_viewport(ratio=1)
    assert reviewing.stored(path, OLD.id).evidence is EvidenceLevel.CONFIRMED

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="元に戻す")).to_be_focused()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("確認を取り消しました")
    expect(page.locator("#check-mukashi-sos")).to_be_focused()
    assert reviewing.stored(path, OLD.id).evidence is EvidenceLevel.UNCONFIRMED


def test_single_keys_do_the_work_where_they_are_wanted(
    path: Path, admin_visit: Callable[..., Visit]
) -> None:
    editor = admin_visit(Role.EDITOR)
    page = editor.page
    editor.open("/admin/")
    page.keyboard.press("j")
    expect(page.locator("[data-task]:focus")).to_have_count(0)
    page.get_by_text("キーで操作する").click()
    page.get_by_role("link", name="文字のキーを使う").click()

    page.wait_for_url("**keys=on")
    page.keyboard.press("p")  # no task is at hand
    page.keyboard.press("j")
    expect(page.locator("#check-mukashi-sos")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#check-minato-sos")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Control+s")
    page.keyboard.press("s")
    expect(page.locator("#told")).to_contain_text("「むかし妊娠SOS」をサイトで確認しました")
    expect(page.locator("#check-minato-sos")).to_be_focused()
    assert "keys=on" in page.url
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_have_attribute("open", "")
    page.get_by_role("link", name="文字のキーを使わない").click()
    page.wait_for_url(editor.site + "/admin/")
    page.keyboard.press("j")
    expect(page.locator("[data-task]:focus")).to_have_count(0)


def prepare(path: Path) -> None:
    """Leave something of every kind on every page."""
    reviewing.publish(path, a_line(evidence=EvidenceLevel.UNCONFIRMED, name="二つ目の名前"))
    long = "とても長い覚え書き" * 12 + "https://example.jp/" + "a" * 90
    fax = a_channel("minato-sos", 3, ChannelKind.FAX, None, None, None, editor_note=long)
    reviewing.draft(path, a_line(channels=(*a_line().channels[1:], fax), area_served=long))
    reviewing.draft(
        path, without_source(a_line(id="sagami-night", channels=(), statistics=(), sources=()))
    )
    assert reviewing.check(path).number == 6
    message = Message("minato-sos", None, Subject.CLOSED, long, "soudan@example.jp")
    dead = Verdict("https://example.jp/minato", Outcome.GONE, 404)
    with db.changing(path) as database:
        reports.add(database, message, NOON)
        links.save(database, [dead], NOON)
        assert len(links.dead(database)) == 1


@pytest.mark.parametrize(
    ("device", "scheme"), [("phone", "light"), ("phone", "dark"), ("desktop", "light")]
)
def test_every_page_is_sound(
    path: Path, admin_visit: Callable[..., Visit], device: str, scheme: str
) -> None:
    prepare(path)
    publisher = admin_visit(Role.PUBLISHER, device, color_scheme=scheme)
    page = publisher.page
    for address in PAGES:
        assert publisher.open(address).status == 200, address
        unfold(page)
        found = axe.run(page, options=OPTIONS).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], address
        assert too_wide(page) == clipped(page) == [], address
        assert [each for each in targets(page) if min(each[1:]) < 24] == [], address
        buttons = [each for each in targets(page) if each[0].startswith(("<button", "<input"))]
        # A round box is small; the words beside it, which do the same, are not.
        pressed = [each for each in buttons if 'type="radio"' not in each[0]]
        assert [each for each in pressed if each[2] < 44] == [], address
        words = page.locator(".tick label").all()
        heights = [(each.bounding_box() or {"height": 0})["height"] for each in words]
        assert [each for each in heights if each < 44] == [], address
