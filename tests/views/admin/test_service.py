"""An admin sees everything that is stored of a service, and what can be done with it."""

from collections.abc import Callable

import pytest

from sosdir import db
from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.reports import Message, Subject
from sosdir.store import reports
from tests import reviewing
from tests.admins import AdminClient
from tests.cast import NOON, a_channel, an_importable_service
from tests.reading import Page, read
from tests.reviewing import a_line


@pytest.fixture
def editor(admin: Callable[..., AdminClient]) -> AdminClient:
    """Give an editor of a site whose first line may be published."""
    client = admin()
    reviewing.keep(client.database, a_line())
    return client


def page_of(client: AdminClient, service_id: str = "minato-sos", query: str = "") -> Page:
    response = client.get(f"/admin/services/{service_id}{query}")
    assert response.status_code == 200
    return read(response)


def test_everything_is_shown_withheld_or_not(editor: AdminClient) -> None:
    page = page_of(editor, "mukashi-sos")
    for fact in ("03-0000-0005", "mukashi@example.jp", "横浜市見本町9-9", "むかしの覚え書き"):
        assert fact in page.text
    assert "管理者だけの覚え書き" in page.text
    assert "番号、アドレス、住所は出ません" in page.text
    assert "神奈川県" in page.text


def test_what_is_on_hold_is_shown_with_its_reason(editor: AdminClient) -> None:
    page = page_of(editor, "kakushi-line")
    assert "公開されません。公開しない理由:公開しない理由" in page.text
    assert "/services/kakushi-line" not in page.links


def test_the_way_on_is_at_hand(editor: AdminClient) -> None:
    links = page_of(editor).links
    assert {
        "/admin/services/minato-sos/edit",
        "/admin/services/minato-sos/history",
        "/services/minato-sos",
        "https://example.jp/minato",
    } <= set(links)


def test_a_channel_names_its_sources_and_not_their_ids(editor: AdminClient) -> None:
    page = page_of(editor)
    assert "見本新聞 https://example.jp/minato-sos-s1" in page.text
    assert "minato-sos-s1 " not in page.text.replace("/minato-sos-s1 ", "")


def test_a_service_that_was_never_changed_says_so(editor: AdminClient) -> None:
    assert "まだ変更されていません" in page_of(editor).text


def test_the_last_versions_are_shown(editor: AdminClient) -> None:
    for number in range(7):
        reviewing.publish(editor.database, a_line(name=f"名前{number}"))
    page = page_of(editor)
    assert "第8版 公開" in page.text
    assert "第4版 公開" in page.text
    assert "第3版" not in page.text
    assert "山田花子" in page.text


def test_a_tap_here_leads_back_here_and_is_taken_back_here(editor: AdminClient) -> None:
    response = editor.post("/admin/services/minato-sos/check", {"how": "phone", "back": "service"})
    assert response.location.startswith("/admin/services/minato-sos?done=")
    page = read(editor.get(response.location))
    assert "「みなとSOS」を電話で確認しました(11月25日・editorの花子)" in page.text
    (undo,) = [attrs["action"] for tag, attrs in page.tags if "undo" in (attrs.get("action") or "")]
    response = editor.post(str(undo), {"back": "service"})
    assert "確認を取り消しました" in read(editor.get(response.location)).text


def test_a_message_is_told_on_the_page_of_its_service_alone(editor: AdminClient) -> None:
    number = reviewing.check(editor.database).number
    assert "確認しました" in page_of(editor, query=f"?done={number}").text
    assert "確認しました" not in page_of(editor, "sagami-night", f"?done={number}").text
    for bad in ("999", "x", "9" * 30):
        page_of(editor, query=f"?done={bad}")


def test_a_draft_and_a_report_that_wait_are_pointed_at(editor: AdminClient) -> None:
    reviewing.draft(editor.database, a_line(name="案の名前"))
    with db.changing(editor.database) as database:
        reports.add(database, Message("minato-sos", None, Subject.CLOSED, None, None), NOON)
    page = page_of(editor)
    assert {"/admin/drafts/minato-sos", "/admin/reports/1"} <= set(page.links)
    assert "案の名前" not in page.text


def test_a_service_that_is_only_drafted_is_shown(editor: AdminClient) -> None:
    reviewing.draft(editor.database, an_importable_service("atarashii", name="新しい窓口"))
    page = page_of(editor, "atarashii")
    assert "まだ公開されていません" in page.text
    assert "/services/atarashii" not in page.links
    assert "変更なし" not in page.text


@pytest.mark.parametrize("service_id", ["nobody", "%00", "MINATO-SOS"])
def test_what_is_not_there_is_not_found(editor: AdminClient, service_id: str) -> None:
    assert editor.get(f"/admin/services/{service_id}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": ServiceStatus.TEMPORARILY_CLOSED}, "休止中と示し"),
        ({"status": ServiceStatus.DEFUNCT}, "次に頼れる窓口への案内"),
        (
            {"status": ServiceStatus.DEFUNCT, "successor_id": "sagami-night"},
            "引き継いだ窓口(sagami-night)へ",
        ),
        ({"contact_missing": True}, "「連絡先は確認中」と示します"),
        ({"evidence": EvidenceLevel.REPORTED}, "報道・他機関によるものとして出ます"),
        ({}, "そのまま出ます"),
    ],
)
def test_what_the_public_sees_is_said(
    editor: AdminClient, changes: dict[str, object], words: str
) -> None:
    reviewing.keep(editor.database, a_line(**changes))
    assert words in page_of(editor).text


def test_hostile_facts_stay_text(editor: AdminClient) -> None:
    evil = "<img src=x onerror=alert(1)>{{7*7}}"
    channel = a_channel("minato-sos", value="javascript:alert(1)", note=evil)
    reviewing.keep(
        editor.database,
        a_line(name=evil, channels=(channel,), website="javascript:alert(1)", editor_note=evil),
    )
    page = page_of(editor)
    assert page.text.count(evil) >= 3
    assert page.dangers() == []
