"""Admins read what the public reports, and publishers answer it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sosdir import db
from sosdir.accounts import Role
from sosdir.reports import Answer, Message, Report, Subject
from sosdir.store import reports, services
from tests.admins import AdminClient
from tests.cast import NOON
from tests.reading import read

HOSTILE = "<script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>"
BEFORE = NOON - timedelta(days=3)


def a_report(admin: AdminClient, **told: object) -> Report:
    """Keep a report of a wrong number, changed as told."""
    sent = {
        "service_id": "minato-sos",
        "channel_id": "minato-sos-1",
        "subject": Subject.NUMBER,
        "words": "ちがう人が出た",
        "contact": "hito@example.jp",
        **told,
    }
    with db.changing(admin.database) as database:
        return reports.add(database, Message(**sent), BEFORE)  # type: ignore[arg-type]


def kept(admin: AdminClient, number: int) -> Report:
    with db.reading(admin.database) as database:
        return reports.get(database, number)


def test_the_list_shows_what_waits_and_for_how_long(admin: Callable[..., AdminClient]) -> None:
    editor = admin(Role.EDITOR)
    assert "答えを待っている報告はありません" in read(editor.get("/admin/reports")).text
    a_report(editor)
    page = read(editor.get("/admin/reports"))
    for words in ("みなとSOS", "番号や連絡先がちがう", "3日前", "番号の確認中と表示しています"):
        assert words in page.text
    assert "/admin/reports/1" in page.links
    assert "hito@example.jp" not in page.text


def test_a_report_stands_beside_the_facts(admin: Callable[..., AdminClient]) -> None:
    editor = admin(Role.EDITOR)
    a_report(editor)
    page = read(editor.get("/admin/reports/1"))
    for words in ("ちがう人が出た", "hito@example.jp", "03-0000-0001", "平日10時から16時"):
        assert words in page.text
    assert "/admin/services/minato-sos/edit" in page.links


def test_an_editor_reads_and_does_not_answer(admin: Callable[..., AdminClient]) -> None:
    editor = admin(Role.EDITOR)
    report = a_report(editor)
    page = read(editor.get("/admin/reports/1"))
    assert "答えられるのは" in page.text
    assert [attrs for _, attrs in page.tags if attrs.get("name") == "answer"] == []
    assert editor.post("/admin/reports/1", {"answer": "corrected"}).status_code == 403
    assert kept(editor, report.id).is_waiting


def test_a_publisher_answers_and_the_label_is_lifted(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    report = a_report(publisher)
    assert "番号の確認中" in read(publisher.client.get("/services/minato-sos")).text
    told = {"answer": "nothing_wrong", "words": "電話で確かめた"}
    answer = publisher.post("/admin/reports/1", told)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/admin/reports"
    reply = kept(publisher, report.id).reply
    assert reply is not None
    assert (reply.answer, reply.words, reply.made_at) == (
        Answer.NOTHING_WRONG,
        "電話で確かめた",
        NOON,
    )
    assert kept(publisher, report.id).message.contact is None
    assert "番号の確認中" not in read(publisher.client.get("/services/minato-sos")).text
    listed = read(publisher.get("/admin/reports")).text
    assert "確かめた。ちがいはなかった" in listed
    page = read(publisher.get("/admin/reports/1"))
    assert "答えたときに消しました" in page.text
    assert "電話で確かめた" in page.text


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_an_answer_has_to_be_chosen_and_words_stay(
    admin: Callable[..., AdminClient], answer: str
) -> None:
    publisher = admin(Role.PUBLISHER)
    report = a_report(publisher)
    response = publisher.post("/admin/reports/1", {"answer": answer, "words": "見本の文"})
    assert response.status_code == 422
    page = read(response)
    assert "#answer" in page.links
    assert "見本の文" in page.text
    assert kept(publisher, report.id).is_waiting


def test_the_second_answer_does_not_replace_the_first(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    a_report(publisher)
    publisher.post("/admin/reports/1", {"answer": "corrected"})
    second = publisher.post("/admin/reports/1", {"answer": "spam"})
    assert second.headers["Location"] == "/admin/reports/1"
    assert "ほかの人がもう答えています" in read(publisher.get("/admin/reports/1")).text
    reply = kept(publisher, 1).reply
    assert reply is not None
    assert reply.answer is Answer.CORRECTED


def test_the_label_is_said_to_be_lifted_once_it_is(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    a_report(publisher)
    a_report(publisher)
    for number, is_lifted in ((1, False), (2, True)):
        publisher.post(f"/admin/reports/{number}", {"answer": "nothing_wrong"})
        told = read(publisher.get("/admin/reports")).text
        assert "報告に答えました" in told
        assert ("表示も外しました" in told) is is_lifted
        public = read(publisher.client.get("/services/minato-sos")).text
        assert ("番号の確認中" in public) is not is_lifted


def test_without_a_token_nothing_is_answered(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    a_report(publisher)
    forged = publisher.client.post(
        "/admin/reports/1", data={"answer": "spam"}, headers={"User-Agent": "sosdir-tests"}
    )
    assert forged.status_code == 400
    assert kept(publisher, 1).is_waiting


def test_the_public_sees_no_report(admin: Callable[..., AdminClient]) -> None:
    editor = admin(Role.EDITOR)
    a_report(editor)
    stranger = editor.client.application.test_client()
    for path in ("/admin/reports", "/admin/reports/1"):
        assert stranger.get(path).status_code == 303
    for path in ("/services/minato-sos", "/services.json", "/report/minato-sos"):
        body = stranger.get(path).get_data(as_text=True)
        assert "ちがう人が出た" not in body
        assert "hito@example.jp" not in body


def test_a_report_that_is_not_there_is_not_found(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    assert publisher.get("/admin/reports/9").status_code == 404
    assert publisher.post("/admin/reports/9", {"answer": "spam"}).status_code == 404
    assert publisher.get(f"/admin/reports/{10**20}").status_code == 404


def test_other_reports_on_the_same_line_are_named(admin: Callable[..., AdminClient]) -> None:
    editor = admin(Role.EDITOR)
    a_report(editor)
    a_report(editor, subject=Subject.CLOSED, channel_id=None)
    page = read(editor.get("/admin/reports/1"))
    assert "/admin/reports/2" in page.links
    assert "すべてに答えると外れます" in page.text


def test_a_report_outlives_its_service_and_its_channel(
    admin: Callable[..., AdminClient],
) -> None:
    publisher = admin(Role.PUBLISHER)
    a_report(publisher, channel_id="minato-sos-9")
    assert "その連絡先は、もうありません" in read(publisher.get("/admin/reports/1")).text
    with db.changing(publisher.database) as database:
        services.remove(database, "minato-sos")
    assert "この窓口は、もうありません" in read(publisher.get("/admin/reports/1")).text
    assert "minato-sos" in read(publisher.get("/admin/reports")).text
    assert publisher.post("/admin/reports/1", {"answer": "not_clear"}).status_code == 303


def test_hostile_text_stays_text(admin: Callable[..., AdminClient]) -> None:
    publisher = admin(Role.PUBLISHER)
    a_report(publisher, words=HOSTILE, contact=HOSTILE)
    for path in ("/admin/reports", "/admin/reports/1"):
        page = read(publisher.get(path))
        assert page.dangers() == []
        assert "{{7*7}}" in page.text or "49" not in page.text
        assert [attrs for _, attrs in page.tags if attrs.get("src") == "x"] == []
