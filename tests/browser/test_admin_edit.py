"""An admin adds and changes a service: by mouse, by keyboard alone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from sosdir import db, publishing
from sosdir.accounts import Role
from sosdir.config import Settings
from sosdir.models import Organization, Service
from sosdir.revising import Author, Reason
from sosdir.store import services
from tests.browser.conftest import EVENING, AdminSite
from tests.browser.layout import clipped, targets, too_wide, unfold
from tests.browser.visiting import Visit
from tests.cast import a_source, an_importable_service

Enter = Callable[..., Visit]

WICKED = "<script>alert(1)</script>${alert(1)}{{7*7}}\"'<img src=x onerror=alert(3)>"
ROLES: tuple[Literal["textbox", "combobox"], ...] = ("textbox", "combobox")
NEW = "/admin/services/new"
EDIT = "/admin/services/minato-sos/edit"
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
CHANNELS = (
    ("phone", "１８９", "Mo-Fr 10:00-16:00; PH off"),
    ("email", "soudan@example.jp", ""),
    ("line", "@toudai", ""),
)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def put(site: AdminSite, service: Service) -> None:
    """Save a service behind everyone's back."""
    settings: Settings = site.app.config["SETTINGS"]
    with db.changing(settings.database) as database:
        services.save(database, service)


def publish_as_another(site: AdminSite, **changes: object) -> None:
    """Publish a change of the service behind her back."""
    settings: Settings = site.app.config["SETTINGS"]
    with db.changing(settings.database) as database:
        edition = publishing.open_edition(database, "minato-sos")
        service = replace(edition.service, **changes)  # type: ignore[arg-type]
        other = Author(None, "ほかの人")
        publishing.publish(database, service, edition.revision, other, Reason(), EVENING)


def field(page: Page, label: str) -> Locator:
    """Return a field by its name, as it is read out."""
    boxes = [page.get_by_role(role, name=label, exact=True) for role in ROLES]
    return boxes[0].or_(boxes[1])


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).click()


def fill_in(page: Page) -> None:
    """Fill in a new service with one source and three channels, with the buttons of the form."""
    field(page, "窓口の名前").fill("灯台SOS")
    field(page, "何の窓口か").select_option("pregnancy_sos")
    field(page, "どういう主体が答えるか").select_option("npo")
    field(page, "対象地域を加える").fill("横浜市")
    press(page, "この地域を加える")
    expect(page.get_by_text("神奈川県横浜市", exact=True)).to_be_visible()
    page.locator("#sources-0-url").fill("https://example.jp/toudai")
    page.locator("#sources-0-publisher").fill("灯台の会")
    page.locator("#sources-0-kind").select_option("operator")
    for number, (kind, value, hours) in enumerate(CHANNELS):
        if number:
            press(page, "連絡手段を加える")
            expect(page.locator(f"#channels-{number}-kind")).to_be_focused()
        page.locator(f"#channels-{number}-kind").select_option(kind)
        page.locator(f"#channels-{number}-value").fill(value)
        page.locator(f"#channels-{number}-hours").fill(hours)
    page.locator("#channels-2-languages").fill("英語\nTiếng Việt")


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_service_with_three_channels_is_added_and_published(
    admin_visit: Enter, device: str, script: bool
) -> None:
    visitor = admin_visit(Role.PUBLISHER, device, script=script)
    visitor.open(NEW)
    fill_in(visitor.page)
    press(visitor.page, "公開する")
    expect(visitor.page.locator(".flash").first).to_contain_text("公開しました")
    visitor.open(visitor.path.removeprefix("/admin"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("灯台SOS")
    for told in ("189", "soudan@example.jp", "@toudai", "ことば:英語・ベトナム語"):
        expect(visitor.page.get_by_text(told).first).to_be_visible()


def test_what_an_editor_drafts_is_public_once_a_publisher_says_so(
    admin_visit: Enter, visit: Enter
) -> None:
    editor = admin_visit(Role.EDITOR)
    editor.open(NEW)
    fill_in(editor.page)
    press(editor.page, "下書きに保存")
    expect(editor.page.locator(".flash").first).to_contain_text("下書きを保存しました")
    key = editor.path.rpartition("/")[2]
    anyone = visit(site=editor.site)
    assert anyone.context.request.get(f"{editor.site}/services/{key}").status == 404

    publisher = admin_visit(Role.PUBLISHER)
    publisher.open("/admin/")
    publisher.page.get_by_role("link", name="灯台SOS").click()
    press(publisher.page, "公開する")
    expect(publisher.page.get_by_text("「灯台SOS」を公開しました。")).to_be_visible()

    anyone.open(f"/services/{key}")
    answer = anyone.context.request.get(f"{editor.site}/services.json?area=141003").json()
    (listed,) = [each for each in answer["services"] if each["id"] == key]
    for channel, (kind, _, _) in zip(listed["channels"], CHANNELS, strict=True):
        assert channel["kind"] == kind
        expect(anyone.page.get_by_text(channel["value"]).first).to_be_visible()


def tab_to(page: Page, target: Locator) -> None:
    """Go on by the Tab key until a control has the focus."""
    wanted = target.element_handle()
    for _ in range(200):
        if page.evaluate("(each) => each === document.activeElement", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key never comes there")


def test_a_service_is_added_by_the_keyboard_alone(admin_visit: Enter) -> None:
    visitor = admin_visit(Role.PUBLISHER)
    visitor.open(NEW)
    page = visitor.page

    def type_in(locator: str, text: str) -> None:
        tab_to(page, page.locator(locator))
        page.keyboard.type(text)

    def choose(locator: str, value: str) -> None:
        tab_to(page, page.locator(locator))
        for _ in range(12):
            if page.locator(locator).input_value() == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys never come to {value}")

    type_in("#name", "Toudai SOS")
    choose("#focus", "pregnancy_sos")
    choose("#answers_for", "npo")
    type_in("#area_name", "全国")
    tab_to(page, page.get_by_role("button", name="この地域を加える"))
    page.keyboard.press("Enter")
    expect(page.locator("#area_name")).to_be_focused()
    type_in("#sources-0-url", "https://example.jp/")
    type_in("#sources-0-publisher", "Toudai")
    choose("#sources-0-kind", "operator")
    choose("#channels-0-kind", "phone")
    type_in("#channels-0-value", "189")
    for number, (kind, value) in ((1, ("email", "a@example.jp")), (2, ("line", "@toudai"))):
        tab_to(page, page.get_by_role("button", name="連絡手段を加える"))
        page.keyboard.press("Enter")
        expect(page.locator(f"#channels-{number}-kind")).to_be_focused()
        choose(f"#channels-{number}-kind", kind)
        type_in(f"#channels-{number}-value", value)
    tab_to(page, page.get_by_role("button", name="公開する"))
    page.keyboard.press("Enter")
    expect(page.locator(".flash").first).to_contain_text("公開しました")


def test_enter_in_a_field_takes_nothing_away(admin_visit: Enter, script: bool) -> None:
    visitor = admin_visit(Role.PUBLISHER, script=script)
    visitor.open(EDIT)
    visitor.page.locator("#name").fill("打っただけの名前")
    visitor.page.locator("#name").press("Enter")
    expect(visitor.page.locator("#channels-0-value")).to_be_visible()
    expect(visitor.page.locator("#name")).to_have_value("打っただけの名前")
    assert visitor.path == EDIT


def test_a_channel_taken_away_is_put_back(admin_visit: Enter, script: bool) -> None:
    visitor = admin_visit(Role.EDITOR, script=script)
    visitor.open(EDIT)
    press(visitor.page, "連絡手段1を取り除く")
    back = visitor.page.get_by_role("button", name="元に戻す")
    expect(back).to_be_focused()
    back.click()
    expect(visitor.page.locator("#channels-0-value")).to_have_value("03-0000-0001")


def test_faults_stand_on_top_and_lead_to_their_fields(admin_visit: Enter, script: bool) -> None:
    visitor = admin_visit(Role.EDITOR, script=script)
    visitor.open(EDIT)
    visitor.page.locator("#channels-0-hours").fill("平日")
    visitor.page.locator("#department").fill("失われない部署")
    press(visitor.page, "下書きに保存")
    summary = visitor.page.locator("#error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="連絡手段1:受付時間(式)").click()
    expect(visitor.page.locator("#channels-0-hours")).to_be_focused()
    expect(visitor.page.locator("#department")).to_have_value("失われない部署")


def test_a_number_and_hours_are_checked_while_typed(admin_visit: Enter) -> None:
    visitor = admin_visit(Role.EDITOR)
    visitor.open(EDIT)
    part = visitor.page.locator("#channels-0")
    part.locator("#channels-0-value").fill("０３－１２３４－５６７８")
    expect(part.locator("[data-check=value]")).to_contain_text("03-1234-5678")
    part.locator("#channels-0-value").fill("12")
    expect(part.locator("[data-check=value]")).to_contain_text("電話番号ではありません")
    part.locator("#channels-0-hours").fill("Mo-Su 20:00-22:00; PH off")
    expect(part.locator("[data-week] table")).to_contain_text("20:00〜22:00")
    expect(part.locator("[data-week]")).to_contain_text("平日10時から16時")
    visitor.page.locator("#area_name").fill("横浜")
    options = visitor.page.locator("#area-list option")
    expect(options.first).to_have_attribute("value", "神奈川県横浜市")


def test_leaving_with_unsaved_words_is_asked_back(admin_visit: Enter) -> None:
    visitor = admin_visit(Role.EDITOR)
    visitor.open(EDIT)
    visitor.page.locator("#department").fill("まだ保存していない部署")
    expect(visitor.page.get_by_text("まだ保存していません")).to_be_visible()
    visitor.page.get_by_role("link", name="窓口の一覧へ").click()
    expect(visitor.page.locator("#department")).to_have_value("まだ保存していない部署")
    assert visitor.path == EDIT
    assert [each for each in visitor.complaints if each.startswith("beforeunload")]
    visitor.complaints.clear()


def test_the_marker_is_moved_by_buttons_and_by_dragging(admin_visit: Enter) -> None:
    visitor = admin_visit(Role.EDITOR)
    visitor.open(EDIT)
    page = visitor.page
    north = page.locator("#latitude")
    press(page, "北へ")
    expect(page.locator("#precision")).to_have_value("address")
    moved = float(north.input_value())
    assert moved > 35.45033
    dot = page.locator(".leaflet-marker-icon")
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 16, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + 16, box["y"] + 66, steps=5)
    page.mouse.up()
    assert float(north.input_value()) < moved


PAGES = ("/admin/services", NEW, EDIT)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("device", "scheme"), [("phone", "light"), ("phone", "dark"), ("desktop", "light")]
)
def test_axe_finds_nothing_and_all_fits(
    admin_visit: Enter, path: str, device: str, scheme: str
) -> None:
    visitor = admin_visit(Role.PUBLISHER, device, color_scheme=scheme)
    visitor.open(path)
    unfold(visitor.page)
    assert violations(visitor.page) == []
    assert too_wide(visitor.page) == []
    assert clipped(visitor.page) == []
    assert [each for each in targets(visitor.page) if min(each[1:]) < 24] == []


def test_axe_finds_nothing_in_a_form_that_came_back(admin_visit: Enter) -> None:
    visitor = admin_visit(Role.PUBLISHER, "phone")
    visitor.open(NEW)
    visitor.page.locator("#area_name").fill("府中市")
    press(visitor.page, "この地域を加える")
    assert violations(visitor.page) == []
    press(visitor.page, "公開する")
    press(visitor.page, "連絡手段1を取り除く")
    assert violations(visitor.page) == []
    assert too_wide(visitor.page) == []


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_the_change_of_another_is_told_and_chosen(
    admin_site: AdminSite, admin_visit: Enter, device: str, script: bool
) -> None:
    put(admin_site, an_importable_service())
    visitor = admin_visit(Role.PUBLISHER, device, script=script)
    visitor.open(EDIT)
    page = visitor.page
    page.locator("#name").fill("わたしの名前")
    publish_as_another(admin_site, name="相手の名前")
    press(page, "公開する")
    expect(page.locator("#clash")).to_be_focused()
    expect(page.locator("#clash")).to_contain_text("ほかの人")
    assert not script or violations(page) == []
    assert too_wide(page) == []
    page.get_by_role("checkbox", name="相手の値を使う").check()
    press(page, "公開する")
    expect(page.get_by_role("heading", level=1)).to_contain_text("相手の名前")


def test_hostile_texts_are_only_text(admin_site: AdminSite, admin_visit: Enter) -> None:
    put(
        admin_site,
        an_importable_service(
            name=WICKED,
            organization=Organization("wicked", WICKED),
            department=WICKED,
            area_served=WICKED,
            staff=(WICKED,),
            editor_note=WICKED,
            sources=(a_source("minato-sos"),),
        ),
    )
    visitor = admin_visit(Role.PUBLISHER)
    for path in ("/admin/services", EDIT):
        visitor.open(path)
        assert visitor.page.locator("main script, main img").count() == 0
    page = visitor.page
    expect(page.locator("#name")).to_have_value(WICKED)
    page.locator("#channels-0-hours_text").fill(WICKED)
    expect(page.locator("#channels-0 [data-words]")).to_have_text(WICKED)
    page.locator("#area_name").fill(WICKED)
    press(page, "見直す")
    expect(page.locator("#error-summary")).to_be_visible()
    assert page.locator("main script, main img").count() == 0
    page.locator("#area_name").fill("")
    press(page, "公開する")
    expect(page.locator(".flash").first).to_contain_text("公開しました")
    for path in ("/services/minato-sos", "/map?area=14"):
        visitor.open(path)
        assert page.locator("main script, main img").count() == 0
