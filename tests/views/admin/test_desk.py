"""The desk opens on what needs doing; a check is one tap, and can be taken back."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.accounts import Role
from sosdir.models import EvidenceLevel
from sosdir.reports import Message, Subject
from sosdir.revising import Action
from sosdir.schedules import TOKYO
from sosdir.store import reports
from tests import reviewing
from tests.admins import AdminClient, sign_in
from tests.cast import NOON, TODAY, a_service, an_importable_service
from tests.reading import read
from tests.reviewing import a_line

IN_2028 = datetime(2028, 1, 12, 10, 0, tzinfo=TOKYO)


def check(admin: AdminClient, service_id: str = "minato-sos", **form: str) -> TestResponse:
    """Tap a check."""
    return admin.post(f"/admin/services/{service_id}/check", {"how": "phone", **form})


def order(admin: AdminClient, query: str = "") -> list[str]:
    """Return the ids of the tasks on the desk."""
    page = admin.get(f"/admin/{query}").get_data(as_text=True)
    return re.findall(r'id="check-([a-z0-9-]+)"', page)


@pytest.fixture
def line(admin: Callable[..., AdminClient]) -> AdminClient:
    """Give an editor of a site where a line waits to be confirmed that may be."""
    client = admin()
    reviewing.keep(client.database, a_line(evidence=EvidenceLevel.UNCONFIRMED))
    return client


def test_the_desk_shows_what_is_due_with_its_reason_and_how_to_look(
    admin: Callable[..., AdminClient],
) -> None:
    page = read(admin().get("/admin/"))
    assert "むかし妊娠SOS 番号は確認待ちで、公開のページに出ていません" in page.text
    assert {"tel:0300000005", "https://example.jp/minato"} <= set(page.links)
    assert "/admin/services/mukashi-sos/edit" in page.links
    assert page.dangers() == []


def test_everything_comes_due_with_time(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    later = sign_in(make_app(cast_home(), at=IN_2028))
    told = order(later)
    assert told[0] == "mukashi-sos"
    assert sorted(told) == [
        "kawasaki-desk",
        "minato-sos",
        "mukashi-sos",
        "nihon-always",
        "rusu-line",
        "sagami-night",
    ]
    assert "13か月、確認されていません" in read(later.get("/admin/")).text


def test_what_only_admins_may_see_needs_a_sign_in(line: AdminClient) -> None:
    response = line.client.application.test_client().get("/admin/")
    assert response.status_code == 303
    assert "sign-in" in response.location


def test_a_tap_confirms_as_of_today_and_leads_back(line: AdminClient) -> None:
    response = check(line, next="mukashi-sos")
    assert response.status_code == 303
    assert response.location.endswith("&next=mukashi-sos#check-mukashi-sos")
    service = reviewing.stored(line.database)
    assert (service.evidence, service.checked_on) == (EvidenceLevel.CONFIRMED, TODAY)
    page = read(line.get(response.location))
    told = "「みなとSOS」を電話で確認しました(11月25日・editorの花子)。 元に戻す"
    assert told in page.text
    assert "minato-sos" not in order(line)


def test_a_check_on_the_site_is_told_so(line: AdminClient) -> None:
    response = check(line, how="site")
    assert "をサイトで確認しました" in read(line.get(response.location)).text
    assert reviewing.history(line.database)[-1].action is Action.CHECKED_ON_SITE


def test_a_tap_releases_the_number_to_the_public(line: AdminClient) -> None:
    public = line.client.application.test_client()
    assert "189" not in public.get("/services/minato-sos").get_data(as_text=True)
    check(line)
    assert "tel:189" in public.get("/services/minato-sos").get_data(as_text=True)


def test_a_double_tap_is_noted_once(line: AdminClient) -> None:
    first, second = check(line), check(line)
    assert first.location == second.location
    assert len(reviewing.history(line.database)) == 2


def test_the_check_is_taken_back_by_its_button(line: AdminClient) -> None:
    page = read(line.get(check(line).location))
    (undo,) = [attrs["action"] for tag, attrs in page.tags if "undo" in (attrs.get("action") or "")]
    assert undo is not None
    response = line.post(undo, {"back": "desk"})
    assert response.status_code == 303
    assert response.location.endswith("#check-minato-sos")
    assert reviewing.stored(line.database) == a_line(evidence=EvidenceLevel.UNCONFIRMED)
    assert "「みなとSOS」の確認を取り消しました" in read(line.get(response.location)).text


def test_a_check_can_be_taken_back_from_the_page_only_while_nothing_came(
    line: AdminClient,
) -> None:
    location = check(line).location
    reviewing.publish(line.database, a_line(name="新しい名前"))
    assert "/undo" not in line.get(location).get_data(as_text=True)


@pytest.mark.parametrize("number", ["999", "0", "-1", "x", "9" * 30, "9223372036854775807", ""])
def test_a_message_of_nothing_is_none(line: AdminClient, number: str) -> None:
    page = line.get(f"/admin/?done={number}")
    assert page.status_code == 200
    assert 'id="told"' not in page.get_data(as_text=True)


def test_only_a_check_is_told_of(line: AdminClient) -> None:
    published = reviewing.publish(line.database, a_line())
    page = line.get(f"/admin/?done={published.number}").get_data(as_text=True)
    assert 'id="told"' not in page


def test_what_may_not_be_confirmed_says_why_and_what_to_do(
    admin: Callable[..., AdminClient],
) -> None:
    client = admin()
    response = check(client, "mukashi-sos")
    assert response.status_code == 422
    page = read(response)
    assert "連絡手段の1番目・番号・アドレス・ID・場所" in page.text
    assert "何も変わっていません" in page.text
    assert "/admin/services/mukashi-sos/edit" in page.links
    assert reviewing.history(client.database, "mukashi-sos") == []


@pytest.mark.parametrize(
    ("service_id", "how"),
    [("nobody", "phone"), ("minato-sos", "by-heart"), ("minato-sos", ""), ("%00", "site")],
)
def test_a_check_of_nothing_is_not_found(line: AdminClient, service_id: str, how: str) -> None:
    assert check(line, service_id, how=how).status_code == 404


def test_a_check_without_a_token_is_refused(line: AdminClient) -> None:
    response = line.client.post(
        "/admin/services/minato-sos/check",
        data={"how": "phone"},
        headers={"User-Agent": "sosdir-tests"},
    )
    assert response.status_code == 400
    assert reviewing.history(line.database) == []


def test_no_address_elsewhere_can_be_led_to(line: AdminClient) -> None:
    for next_id in ("https://example.com/", "//example.com", "x\r\nSet-Cookie: a=b", "<script>"):
        location = check(line, next=next_id, page="//x", keys="<b>").location
        assert location.startswith("/admin/?")
        assert "\n" not in location
        assert read(line.get(location)).dangers() == []


def test_a_long_list_is_paged_and_the_next_task_may_stand_on_the_next_page(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    many = [a_service(f"line-{number:02}", name=f"窓口{number:02}") for number in range(45)]
    client = sign_in(make_app(cast_home(*many), at=IN_2028))
    first, last = order(client), order(client, "?page=3")
    assert (len(first), len(last)) == (20, 5)
    page = client.get("/admin/").get_data(as_text=True)
    assert re.findall(r'name="next" value="([^"]*)"', page) == [*first[1:], "line-20"]
    assert order(client, "?page=99") == last
    assert order(client, "?page=-1") == order(client, "?page=x") == first


def test_single_keys_work_only_where_they_were_asked_for(line: AdminClient) -> None:
    assert "js/admin/desk." not in line.get("/admin/").get_data(as_text=True)
    page = read(line.get("/admin/?keys=on"))
    assert any("js/admin/desk." in (attrs.get("src") or "") for _, attrs in page.tags)
    assert "keys=on" in check(line, keys="on").location
    assert "/admin/" in page.links


def test_drafts_reports_and_more_stand_on_the_desk(line: AdminClient) -> None:
    reviewing.draft(line.database, a_line(name="案の名前"))
    message = Message("nihon-always", None, Subject.CLOSED, "もうやっていない", None)
    with db.changing(line.database) as database:
        reports.add(database, message, NOON)
    page = read(line.get("/admin/"))
    assert "確認待ちの下書き1件" in page.text
    assert {"/admin/drafts/minato-sos", "/admin/reports/1"} <= set(page.links)
    assert "にほん妊娠ホットライン" in page.text


def test_of_many_drafts_the_desk_counts_all_and_shows_the_oldest(
    line: AdminClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sosdir.views.admin.desk.FIRST", 1)
    for key in ("atarashii", "atarashii-2"):
        reviewing.draft(line.database, an_importable_service(key))
    page = read(line.get("/admin/"))
    assert "確認待ちの下書き2件" in page.text
    links = [each for each in page.links if each.startswith("/admin/drafts/")]
    assert links == ["/admin/drafts/atarashii"]


def test_an_empty_desk_is_warm(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    fresh = a_service(checked_on=date(2026, 11, 24))
    page = read(sign_in(make_app(cast_home(fresh))).get("/admin/"))
    assert "待っている仕事はありません" in page.text
    assert "ありがとうございます" in page.text


def test_a_hostile_name_stays_text(line: AdminClient) -> None:
    name = "<script>alert(1)</script>{{7*7}}"
    reviewing.keep(line.database, a_line(name=name, evidence=EvidenceLevel.UNCONFIRMED))
    page = read(line.get("/admin/"))
    assert name in page.text
    assert page.dangers() == []


@pytest.mark.parametrize("role", Role)
def test_every_role_may_check(admin: Callable[..., AdminClient], role: Role) -> None:
    client = admin(role)
    reviewing.keep(client.database, a_line())
    assert check(client).status_code == 303
