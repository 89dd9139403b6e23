"""A day of an admin, as docs/admin.md tells it; its pictures are taken here.

``make pictures`` takes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sosdir import db, publishing
from sosdir.accounts import Role
from sosdir.models import ChannelKind, EvidenceLevel, Service
from sosdir.reports import Message, Subject
from sosdir.revising import Action, Author, Reason
from sosdir.store import reports
from tests.browser.conftest import EVENING, AdminSite
from tests.browser.visiting import Visit
from tests.cast import CITY, a_channel, a_service, a_source, an_importable_service

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "admin.md"
IMAGES = ROOT / "docs" / "images"
HANAKO = Author(None, "編集の花子")
KEY = "minato-sos"

Picture = Callable[[Page, str], None]


def the_directory() -> tuple[Service, ...]:
    """Return services that were never, whose numbers may be published: all may dial 189."""
    night = a_channel("sagami-night", 1, value="189", hours="Mo-Su 18:00-22:00", hours_text=None)
    return (
        an_importable_service(commissioners=(), organization=CITY, checked_on=date(2026, 2, 1)),
        a_service(
            "sagami-night",
            name="さがみ夜の妊娠ライン",
            channels=(night,),
            evidence=EvidenceLevel.UNCONFIRMED,
            service_areas=("14",),
        ),
        a_service("mukashi-sos", name="むかし妊娠SOS", channels=(), checked_on=date(2025, 9, 1)),
    )


@pytest.fixture
def cast_home(cast_home: Callable[..., Path]) -> Callable[[], Path]:
    """Give a home whose services may be published."""
    return lambda: cast_home(*the_directory())


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Give what takes a picture: for the guide where that is wanted, else only to see it work."""
    folder = IMAGES if os.environ.get("SOSDIR_PICTURES") == "1" else tmp_path

    def take(page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        page.screenshot(path=folder / f"{name}.png", animations="disabled")

    return take


@pytest.fixture
def desk(admin_visit: Callable[..., Visit]) -> Visit:
    """Give a visit by one who publishes, on a screen as wide as the guide's page."""
    return admin_visit(Role.PUBLISHER, viewport={"width": 1000, "height": 720})


def change(admin_site: AdminSite, act: Callable[[db.Database], object]) -> None:
    """Do what somebody else did meanwhile."""
    with db.changing(admin_site.app.config["SETTINGS"].database) as database:
        act(database)


def save_draft(database: db.Database) -> None:
    edition = publishing.open_edition(database, KEY)
    channel = replace(edition.service.channels[0], hours="Mo-Fr 10:00-18:00; PH off")
    service = replace(
        edition.service,
        channels=(channel, *edition.service.channels[1:]),
        eligibility="県内に住む方、通う方",
    )
    reason = Reason("4月から夕方も受けるようになった", "https://example.jp/minato-sos-s1")
    publishing.save_draft(database, service, edition.revision, HANAKO, reason, EVENING)


def rename(database: db.Database) -> None:
    edition = publishing.open_edition(database, KEY)
    service = replace(edition.service, name="みなと妊娠SOS", fee="無料(通話料は必要)")
    publishing.publish(
        database, service, edition.revision, HANAKO, Reason("名称が変わった"), EVENING
    )


def report_number(database: db.Database) -> None:
    words = "かけたら、ちがう会社につながりました。"
    message = Message(KEY, f"{KEY}-1", Subject.NUMBER, words, "nurse@example.jp")
    reports.add(database, message, EVENING)


def test_the_desk_shows_what_needs_doing(
    desk: Visit, admin_site: AdminSite, picture: Picture
) -> None:
    change(admin_site, save_draft)
    change(admin_site, report_number)
    desk.open("/admin/")
    expect(desk.page.get_by_text("確認する窓口")).to_be_visible()
    picture(desk.page, "admin-desk")


def test_hours_are_seen_as_a_week_while_they_are_typed(desk: Visit, picture: Picture) -> None:
    desk.open(f"/admin/services/{KEY}/edit")
    hours = desk.page.get_by_label("受付時間(式)").first
    hours.fill("Mo-Sa 10:00-18:00; PH off")
    desk.page.get_by_text("これから1週間の受付時間").first.click()
    expect(desk.page.get_by_text("10:00〜18:00").first).to_be_visible()
    hours.evaluate("field => field.scrollIntoView({block: 'start'}) || scrollBy(0, -80)")
    picture(desk.page, "admin-edit")


def test_a_change_of_somebody_else_is_shown(
    desk: Visit, admin_site: AdminSite, picture: Picture
) -> None:
    page = desk.page
    desk.open(f"/admin/services/{KEY}/edit")
    change(admin_site, rename)
    page.get_by_label("窓口の名前").fill("みなとSOS相談")
    page.get_by_role("button", name="公開する").click()
    expect(page.get_by_role("heading", name="開いているあいだに変わりました")).to_be_visible()
    picture(page, "admin-clash")
    page.get_by_role("button", name="公開する").click()
    expect(page).not_to_have_url(re.compile("/edit$"))
    desk.open(f"/services/{KEY}")
    expect(page.get_by_role("heading", name="みなとSOS相談")).to_be_visible()
    expect(page.get_by_text("無料(通話料は必要)")).to_be_visible()


def test_a_draft_is_read_and_published(
    desk: Visit, admin_site: AdminSite, picture: Picture
) -> None:
    page = desk.page
    change(admin_site, save_draft)
    desk.open(f"/admin/drafts/{KEY}")
    picture(page, "admin-draft")
    page.get_by_role("button", name="公開する").click()
    expect(page).not_to_have_url(re.compile(f"/drafts/{KEY}$"))
    desk.open(f"/services/{KEY}")
    expect(page.get_by_text("県内に住む方、通う方")).to_be_visible()


def test_history_tells_who_did_what(desk: Visit, admin_site: AdminSite, picture: Picture) -> None:
    change(admin_site, save_draft)
    change(
        admin_site,
        lambda found: publishing.check(found, KEY, Action.CHECKED_BY_PHONE, HANAKO, EVENING),
    )
    change(admin_site, rename)
    desk.open(f"/admin/services/{KEY}/history")
    expect(desk.page.get_by_text("編集の花子").first).to_be_visible()
    picture(desk.page, "admin-history")


def test_a_report_stands_beside_the_facts(
    desk: Visit, admin_site: AdminSite, picture: Picture
) -> None:
    change(admin_site, report_number)
    desk.open("/admin/reports/1")
    expect(desk.page.get_by_text("ちがう会社につながりました")).to_be_visible()
    picture(desk.page, "admin-report")


def test_a_sheet_is_looked_at_before_it_is_taken_in(desk: Visit, picture: Picture) -> None:
    page = desk.page
    sheet = (
        f"id,name,fee\n{KEY},みなと妊娠SOS,500円\nmukashi-sos,,free\n"
        "sagami-night,さがみ夜の妊娠ライン,free\n"
    )
    desk.open("/admin/imports")
    file = {"name": "窓口の表.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    page.get_by_label("CSVのファイル").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="送って確かめる").click()
    expect(page.get_by_role("heading", name=re.compile("取り込めない行"))).to_be_visible()
    picture(page, "admin-import")


def test_every_picture_of_the_guide_is_one_of_these() -> None:
    shown = set(re.findall(r"images/(admin-[a-z]+)\.png", GUIDE.read_text("utf-8")))
    taken = set(re.findall(r'"(admin-[a-z]+)"', Path(__file__).read_text("utf-8")))
    assert shown == taken
    assert [name for name in shown if not (IMAGES / f"{name}.png").is_file()] == []


def test_the_guide_pictures_nobody_who_is_there() -> None:
    assert all("example.jp" in each.url for service in the_directory() for each in service.sources)
    assert a_source(KEY).publisher == "見本新聞"
    assert {
        each.value
        for service in the_directory()
        for each in service.channels
        if each.kind is ChannelKind.PHONE
    } == {"189"}
