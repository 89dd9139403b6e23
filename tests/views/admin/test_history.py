"""Every version can be read, held against any other, and brought back as a new one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.accounts import Role
from sosdir.revising import Action, Reason
from sosdir.store import services
from tests import reviewing
from tests.admins import AdminClient
from tests.cast import NOON, an_importable_service
from tests.reading import Page, read
from tests.reviewing import a_line

HISTORY = "/admin/services/minato-sos/history"


@pytest.fixture
def editor(admin: Callable[..., AdminClient]) -> AdminClient:
    """Give an editor of a site whose first line has three versions."""
    client = admin()
    reviewing.keep(client.database, a_line())
    reviewing.publish(client.database, a_line(name="二つ目の名前"), NOON - timedelta(days=1))
    reviewing.publish(client.database, a_line(name="三つ目の名前", fee=None), reason=Reason())
    return client


@pytest.fixture
def publisher(admin: Callable[..., AdminClient], editor: AdminClient) -> AdminClient:
    """Give a publisher of the same site."""
    return admin(Role.PUBLISHER)


def page_of(client: AdminClient, path: str = "", status: int = 200) -> Page:
    response = client.get(HISTORY + path)
    assert response.status_code == status
    return read(response)


def restore(client: AdminClient, version: int, **form: str) -> TestResponse:
    """Bring a version back, as its page asks."""
    address = f"{HISTORY}/{version}/restore"
    found = re.search(r'name="opened" value="(\d+)"', client.get(address).get_data(as_text=True))
    assert found
    return client.post(address, {"opened": found[1], **form})


def test_every_version_says_who_when_what_and_why(editor: AdminClient) -> None:
    page = page_of(editor)
    assert "三つ目の名前の履歴(3版)" in page.text
    assert "第2版 公開 山田花子・2026年11月24日 12:00 電話で聞いた" in page.text
    assert "出典:https://example.jp/page" in page.text
    assert "第1版 読み込み 履歴のはじまり" in page.text
    assert page.text.index("第3版 公開") < page.text.index("第2版 公開")
    assert page.text.count("いま公開中") == 1


def test_any_two_versions_are_compared(editor: AdminClient) -> None:
    page = page_of(editor, "/compare?from=1&to=3")
    assert "第1版と第3版のちがい" in page.text
    assert "窓口の名前 前みなとSOS 後三つ目の名前" in page.text
    assert "後(なし)" in page.text
    back = page_of(editor, "/compare?from=3&to=1")
    assert "窓口の名前 前三つ目の名前 後みなとSOS" in back.text
    assert "内容にちがいはありません" in page_of(editor, "/compare?from=2&to=2").text


@pytest.mark.parametrize(
    "query",
    ["", "?from=1", "?from=0&to=1", "?from=1&to=4", "?from=a&to=b", f"?from=1&to={'9' * 30}"],
)
def test_versions_that_never_were_cannot_be_compared(editor: AdminClient, query: str) -> None:
    page = page_of(editor, f"/compare{query}", 400)
    assert "1から3までの番号" in page.text


def test_a_version_is_shown_whole_with_what_it_changed(editor: AdminClient) -> None:
    page = page_of(editor, "/3")
    assert "窓口の名前 前二つ目の名前 後三つ目の名前" in page.text
    assert "管理者だけの覚え書き" in page.text
    assert {f"{HISTORY}/2", f"{HISTORY}/3/restore"} <= set(page.links)
    assert "ひとつ前の版から" not in page_of(editor, "/1").text


@pytest.mark.parametrize("version", ["0", "4", "-1", "x", "9" * 30, "999999999"])
def test_a_version_that_never_was_is_not_found(editor: AdminClient, version: str) -> None:
    for path in (f"/{version}", f"/{version}/restore"):
        assert editor.get(HISTORY + path).status_code == 404


def test_without_history_it_says_so(editor: AdminClient) -> None:
    page = read(editor.get("/admin/services/sagami-night/history"))
    assert "まだ変更されていません" in page.text
    assert editor.get("/admin/services/sagami-night/history/compare").status_code == 404
    assert editor.get("/admin/services/nobody/history").status_code == 404


def test_long_histories_are_paged(editor: AdminClient) -> None:
    for number in range(40):
        reviewing.publish(editor.database, a_line(name=f"名前{number}"))
    first, last = page_of(editor), page_of(editor, "?page=3")
    assert "第43版" in first.text
    assert "第23版" not in first.text
    assert "第1版" in last.text
    assert f"{HISTORY}?page=2" in first.links
    assert page_of(editor, "?page=99").text == last.text
    assert page_of(editor, "?page=x").text == first.text


def test_a_service_that_is_gone_keeps_its_history(publisher: AdminClient) -> None:
    with db.changing(publisher.database) as database:
        services.remove(database, "minato-sos")
    page = page_of(publisher)
    assert "いまは登録されていません" in page.text
    assert "いま公開中" not in page.text
    assert restore(publisher, 1).status_code == 303
    assert reviewing.stored(publisher.database) == a_line()


def test_a_rejected_new_service_keeps_its_history(publisher: AdminClient) -> None:
    new = an_importable_service("atarashii", name="新しい窓口")
    number = reviewing.draft(publisher.database, new).number
    address = "/admin/services/atarashii/history"
    assert "下書きが確認を待っています" in read(publisher.get(address)).text
    publisher.post("/admin/drafts/atarashii/reject", {"opened": str(number), "why": "重複"})
    page = read(publisher.get(address))
    assert "第2版 下書きの差し戻し" in page.text
    assert "重複" in page.text
    assert publisher.get("/admin/services/atarashii").status_code == 404


def test_the_change_is_shown_before_a_version_comes_back(publisher: AdminClient) -> None:
    page = page_of(publisher, "/1/restore")
    assert "いまの内容から変わるところ(2か所)" in page.text
    assert "窓口の名前 前三つ目の名前 後みなとSOS" in page.text
    assert "番号や受付時間がそのまま出ます" in page.text
    assert "この内容を公開する" in page.text
    assert reviewing.stored(publisher.database).name == "三つ目の名前"


def test_a_publisher_brings_a_version_back_in_public(publisher: AdminClient) -> None:
    response = restore(publisher, 1, why="まちがい", given_source="https://example.jp/x")
    assert (response.status_code, response.location) == (303, "/admin/services/minato-sos")
    assert "第1版の内容に戻しました" in read(publisher.get(response.location)).text
    assert reviewing.stored(publisher.database) == a_line()
    last = reviewing.history(publisher.database)[-1]
    assert (last.action, last.version, last.why, last.given_source) == (
        Action.RESTORED,
        4,
        "まちがい",
        "https://example.jp/x",
    )


def test_an_editor_brings_a_version_back_as_a_draft(editor: AdminClient) -> None:
    assert "下書きにします" in page_of(editor, "/1/restore").text
    response = restore(editor, 1)
    assert "第1版の内容を下書きにしました" in read(editor.get(response.location)).text
    assert reviewing.stored(editor.database).name == "三つ目の名前"
    assert reviewing.history(editor.database)[-1].action is Action.DRAFTED


def test_a_draft_that_would_be_settled_is_told_of(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    assert "その下書きは確認待ちから外れます" in page_of(publisher, "/1/restore").text
    assert restore(publisher, 1).status_code == 303
    assert publisher.get("/admin/drafts/minato-sos").status_code == 404


def test_nothing_comes_back_over_what_came_meanwhile(publisher: AdminClient) -> None:
    address = f"{HISTORY}/1/restore"
    page = publisher.get(address).get_data(as_text=True)
    found = re.search(r'name="opened" value="(\d+)"', page)
    assert found
    reviewing.publish(publisher.database, a_line(name="四つ目の名前"))
    response = publisher.post(address, {"opened": found[1], "why": "理由"})
    assert response.status_code == 409
    told = read(response)
    assert "ほかの人が変えました" in told.text
    assert "前四つ目の名前 後みなとSOS" in told.text
    assert reviewing.stored(publisher.database).name == "四つ目の名前"


def test_a_number_retired_since_does_not_come_back(publisher: AdminClient) -> None:
    reviewing.publish(publisher.database, a_line(channels=()))
    with db.changing(publisher.database) as database:
        database.table("retired_number").insert(
            {"number": "189", "name": "x", "reason": "別の方の番号", "source": "x", "position": 9}
        )
    response = restore(publisher, 1)
    assert response.status_code == 422
    page = read(response)
    assert "連絡手段の1番目" in page.text
    assert "別の方の番号" in page.text
    assert reviewing.stored(publisher.database).channels == ()


@pytest.mark.parametrize("form", [{"opened": ""}, {"opened": "x"}, {"why": "あ" * 1001}])
def test_what_cannot_be_read_brings_nothing_back(
    publisher: AdminClient, form: dict[str, str]
) -> None:
    response = restore(publisher, 1, **form)
    assert response.status_code == 422
    assert reviewing.stored(publisher.database).name == "三つ目の名前"


def test_a_check_is_taken_back_in_history(editor: AdminClient) -> None:
    number = reviewing.check(editor.database).number
    undo = f"/admin/revisions/{number}/undo"
    actions = [attrs.get("action") for _, attrs in page_of(editor).tags]
    assert undo in actions
    response = editor.post(undo, {"back": "service"})
    assert response.location.startswith("/admin/services/minato-sos?done=")
    assert reviewing.history(editor.database)[-1].action is Action.UNDONE
    assert reviewing.stored(editor.database).checked_on is None


def test_a_check_is_not_taken_back_after_something_came(editor: AdminClient) -> None:
    number = reviewing.check(editor.database).number
    reviewing.publish(editor.database, a_line(name="四つ目の名前"))
    response = editor.post(f"/admin/revisions/{number}/undo")
    assert response.status_code == 409
    assert "この確認のあとに、ほかの変更がありました" in read(response).text
    assert reviewing.stored(editor.database).name == "四つ目の名前"


def test_only_a_check_is_taken_back(editor: AdminClient) -> None:
    last = reviewing.history(editor.database)[-1]
    for number in (last.number, 999, "9" * 30):
        assert editor.post(f"/admin/revisions/{number}/undo").status_code == 404


def test_hostile_words_stay_text(editor: AdminClient) -> None:
    evil = "<script>alert(1)</script>{{7*7}}"
    reviewing.publish(editor.database, a_line(name=evil), reason=Reason(evil, evil))
    for path in ("", "/4", "/4/restore", "/compare?from=3&to=4"):
        page = page_of(editor, path)
        assert evil in page.text
        assert page.dangers() == []
