"""Editors write notices, publishers decide on them, and nothing anyone wrote is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sosdir.accounts import Role
from sosdir.models import EvidenceLevel
from sosdir.notices import Action
from tests import noticing, reviewing
from tests.admins import AdminClient
from tests.cast import a_service
from tests.noticing import a_notice
from tests.reading import read

KEY = "2026-11-25-1"
TYPED = {
    "title": "新しい窓口ができました",
    "kind": "new_line",
    "day": "2026-11-25",
    "body": "横浜市で始まりました。\r\n\r\nくわしくはページへ。",
    "links-0-label": "横浜市のページ",
    "links-0-url": "https://example.jp/new",
    "services": "https://sosdir.example/services/minato-sos?q=x\nnihon-always",
    "areas": "横浜市\n神奈川県",
    "until": "",
    "why": "市から連絡があった",
}


@pytest.fixture
def editor(admin: Callable[..., AdminClient]) -> AdminClient:
    return admin(Role.EDITOR)


@pytest.fixture
def publisher(admin: Callable[..., AdminClient]) -> AdminClient:
    return admin(Role.PUBLISHER)


def write(client: AdminClient, button: str, path: str = "new", **changes: Any) -> Any:
    return client.post(f"/admin/notices/{path}", {**TYPED, **changes, "do": button})


def decide(client: AdminClient, what: str, opened: int = 1, why: str = "") -> Any:
    return client.post(f"/admin/notices/{KEY}/{what}", {"opened": opened, "why": why})


def test_a_notice_is_read_as_it_was_typed(publisher: AdminClient) -> None:
    assert write(publisher, "publish").location == f"/admin/notices/{KEY}"
    notice = noticing.standing(publisher.database).opened
    assert notice.title == "新しい窓口ができました"
    assert notice.paragraphs == (("横浜市で始まりました。",), ("くわしくはページへ。",))
    assert notice.services == ("minato-sos", "nihon-always")
    assert notice.areas == ("141003", "14")
    assert [(each.label, each.url) for each in notice.links] == [
        ("横浜市のページ", "https://example.jp/new")
    ]
    assert notice.until is None


def test_an_editors_notice_waits_and_stands_on_the_desk(
    editor: AdminClient, publisher: AdminClient
) -> None:
    assert write(editor, "save_draft").status_code == 303
    for client in (editor, publisher):
        assert f"/admin/notices/{KEY}" in read(client.get("/admin/")).links
    assert publisher.client.get(f"/notices/{KEY}").status_code == 404
    page = read(editor.get(f"/admin/notices/{KEY}")).text
    assert "公開担当の人が決めます" in page
    assert decide(editor, "publish").status_code == 403
    assert write(editor, "publish").status_code == 403
    assert decide(publisher, "publish").status_code == 303
    assert publisher.client.get(f"/notices/{KEY}").status_code == 200
    assert f"/admin/notices/{KEY}" not in read(editor.get("/admin/")).links


def test_a_draft_is_put_aside_with_a_reason(editor: AdminClient, publisher: AdminClient) -> None:
    write(editor, "save_draft")
    assert decide(publisher, "reject").status_code == 422
    assert decide(publisher, "reject", why="出典がほしいです").status_code == 303
    standing = noticing.standing(editor.database)
    assert standing.newest.action is Action.REJECTED
    assert standing.draft is None
    assert "出典がほしいです" in read(editor.get(f"/admin/notices/{KEY}")).text


def test_a_notice_is_taken_down_and_brought_back(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(publisher, "publish")
    assert decide(editor, "withdraw").status_code == 403
    assert decide(publisher, "withdraw").status_code == 303
    assert publisher.client.get(f"/notices/{KEY}").status_code == 410
    path = f"/admin/notices/{KEY}/history/1"
    assert "この版に戻す" in read(publisher.get(path)).text
    restored = publisher.post(f"{path}/restore", {"opened": 2, "why": "やはり正しい"})
    assert restored.status_code == 303
    assert publisher.client.get(f"/notices/{KEY}").status_code == 200
    assert noticing.standing(publisher.database).newest.action is Action.RESTORED


def test_an_editor_brings_a_version_back_as_a_draft(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(publisher, "publish")
    write(publisher, "publish", f"{KEY}/edit", opened="1", title="ちがう題")
    editor.post(f"/admin/notices/{KEY}/history/1/restore", {"opened": 2})
    standing = noticing.standing(editor.database)
    assert standing.draft is not None
    assert standing.draft.notice.title == TYPED["title"]
    assert standing.public is not None
    assert standing.public.notice.title == "ちがう題"


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("title", "", "題を書いてください。"),
        ("title", "あ" * 81, "80文字までにしてください。"),
        ("body", " \n ", "本文を書いてください。"),
        ("body", "あ" * 2001, "2000文字までにしてください。"),
        ("day", "", "日付を 2026-11-25 のように書いてください。"),
        ("day", "きのう", "日付を 2026-11-25 のように書いてください。"),
        ("day", "0001-01-01", "日付を 2026-11-25 のように書いてください。"),
        ("until", "2026-13-01", "日付を 2026-11-25 のように書いてください。"),
        ("until", "2026-11-01", "お知らせの日より前です。"),
        ("kind", "advertisement", "選択肢の中から選び直してください。"),
        ("links-0-url", "javascript:alert(1)", "ウェブの住所ではありません。"),
        ("links-0-url", "", "ことばと住所を、両方書いてください。"),
        ("links-2-label", "ことばだけ", "ことばと住所を、両方書いてください。"),
        ("services", "nobody", "「nobody」という窓口はありません。"),
        ("areas", "どこか", "「どこか」という地域は見つかりません。"),
        ("areas", "府中市", "「府中市」はいくつかあります"),
        ("title", "03-0000-0005 が変わります", "「03-0000-0005」は書けません。"),
        ("body", "03-3235-2638 へ", "使ってはならない番号です"),
        ("body", "ひみつは０３ー００００ー０００６", "いまは公開していません。"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_field_and_nothing_typed_is_lost(
    publisher: AdminClient, field: str, typed: str, reason: str
) -> None:
    response = write(publisher, "publish", **{field: typed})
    assert response.status_code == 422
    page = read(response)
    told = [link for link in page.links if link.startswith("#")]
    where = f"{field.removesuffix('label')}url" if field == "links-2-label" else field
    assert f"#{where}" in told
    assert reason in page.text
    kept = {attrs.get("value") for tag, attrs in page.tags if tag == "input"}
    assert TYPED["why"] in kept
    assert field in ("links-0-url", "links-2-label") or TYPED["links-0-url"] in kept
    if typed.strip() and field not in ("kind", "body", "services", "areas"):
        assert typed in kept
    assert "<textarea" in response.text
    with pytest.raises(Exception, match="no notice"):
        noticing.standing(publisher.database)


@pytest.mark.parametrize("button", ["save_draft", "preview"])
def test_no_button_lets_a_withheld_number_in(editor: AdminClient, button: str) -> None:
    response = write(editor, button, body="03-0000-0005")
    assert response.status_code == 422
    assert "「03-0000-0005」は書けません。" in read(response).text


def test_full_width_days_and_strange_characters_are_read_kindly(publisher: AdminClient) -> None:
    write(publisher, "publish", day="２０２６／１１／２５", title="題\x00\u202e\x0bです")
    notice = noticing.standing(publisher.database).opened
    assert (notice.day.isoformat(), notice.title) == ("2026-11-25", "題です")


def test_a_preview_shows_the_notice_and_saves_nothing(editor: AdminClient) -> None:
    response = write(editor, "preview", body="新しい番号は045-999-8888です。<b>")
    text = read(response).text
    assert response.status_code == 200
    assert "公開すると、こう見えます" in text
    assert "045-999-8888 は、いまこの案内にのっている窓口の番号ではありません。" in text
    assert "<b>" in text
    assert "まだ保存していません。" in text
    assert "まだありません" in read(editor.get("/admin/notices")).text


def test_the_second_of_two_is_told_what_changed_and_keeps_both(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(publisher, "publish")
    write(publisher, "publish", f"{KEY}/edit", opened="1", body="相手の本文", title="相手の題")
    response = write(editor, "save_draft", f"{KEY}/edit", opened="1", title="わたしの題")
    assert response.status_code == 409
    page = read(response)
    assert "開いているあいだに変わりました" in page.text
    assert "相手の題" in page.text
    values = {attrs.get("name"): attrs.get("value") for tag, attrs in page.tags if tag == "input"}
    assert values["title"] == "わたしの題"
    assert values["opened"] == "2"
    assert "相手の本文</textarea>" in response.text
    assert len(noticing.standing(editor.database).newest.notice.title) == len("相手の題")
    again = write(
        editor, "save_draft", f"{KEY}/edit", opened="2", title="わたしの題", body="相手の本文"
    )
    assert again.status_code == 303


def test_a_decision_on_what_changed_meanwhile_is_refused(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(editor, "save_draft")
    write(editor, "save_draft", f"{KEY}/edit", opened="1", title="直した題")
    response = decide(publisher, "publish", opened=1)
    assert response.status_code == 409
    assert "直した題" in read(response).text
    path = f"/admin/notices/{KEY}/history/1/restore"
    assert publisher.post(path, {"opened": 1}).status_code == 409


def test_a_draft_whose_number_is_withheld_by_now_is_refused(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(editor, "save_draft", body="03-0000-0001 へ")
    reviewing.keep(publisher.database, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    response = decide(publisher, "publish")
    assert response.status_code == 422
    assert "「03-0000-0001」は書けません。" in read(response).text
    restored = publisher.post(f"/admin/notices/{KEY}/history/1/restore", {"opened": 1})
    assert restored.status_code == 422


def test_a_published_notice_that_is_out_of_sight_says_why(publisher: AdminClient) -> None:
    write(publisher, "publish", body="03-0000-0001 へ")
    reviewing.keep(publisher.database, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    text = read(publisher.get(f"/admin/notices/{KEY}")).text
    assert "公開中ですが、いまは出ていません。" in text
    assert "「03-0000-0001」は書けません。" in text


def test_a_draft_shows_what_it_would_change(editor: AdminClient, publisher: AdminClient) -> None:
    write(publisher, "publish")
    write(editor, "save_draft", f"{KEY}/edit", opened="1", title="直した題")
    text = read(publisher.get(f"/admin/notices/{KEY}")).text
    assert "公開中の内容から変わるところ" in text
    assert "直した題" in text
    assert "の下書き" in read(editor.get(f"/admin/notices/{KEY}/edit")).text
    versions = read(publisher.get(f"/admin/notices/{KEY}/history/2"))
    assert "前の版から変わったところ" in versions.text


def test_all_notices_are_listed_with_their_state(
    editor: AdminClient, publisher: AdminClient
) -> None:
    write(publisher, "publish")
    write(editor, "save_draft", title="二つめ")
    noticing.keep(publisher.database, a_notice("2026-11-20-1"))
    noticing.keep(publisher.database, a_notice("2026-11-20-1"), Action.WITHDRAWN, opened=1)
    text = read(editor.get("/admin/notices")).text
    for said in ("お知らせ(3件)", "公開中", "確認待ちの下書き", "取り下げ", "二つめ"):
        assert said in text


@pytest.mark.parametrize("path", ["nobody", "nobody/edit", "nobody/history/1", f"{KEY}/history/9"])
def test_what_never_was_is_not_found(publisher: AdminClient, path: str) -> None:
    write(publisher, "publish")
    assert publisher.get(f"/admin/notices/{path}").status_code == 404
