"""A draft is read fact by fact, then published or put aside with a reason."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from sosdir.accounts import Role
from sosdir.models import EvidenceLevel
from sosdir.revising import Action, Reason
from tests import reviewing
from tests.admins import AdminClient
from tests.cast import NOON, TODAY, a_channel, a_service, an_importable_service
from tests.reading import Page, read
from tests.reviewing import a_line, without_source


@pytest.fixture
def publisher(admin: Callable[..., AdminClient]) -> AdminClient:
    """Give a publisher of a site whose first line may be published."""
    client = admin(Role.PUBLISHER)
    reviewing.keep(client.database, a_line())
    return client


def page_of(client: AdminClient, service_id: str = "minato-sos") -> Page:
    return read(client.get(f"/admin/drafts/{service_id}"))


def opened(client: AdminClient, service_id: str = "minato-sos") -> str:
    """Return the revision that the page of a draft carries."""
    page = client.get(f"/admin/drafts/{service_id}").get_data(as_text=True)
    found = re.search(r'name="opened" value="(\d+)"', page)
    assert found
    return found[1]


def decide(client: AdminClient, what: str, **form: str) -> TestResponse:
    """Publish or reject the draft of the first line, as its page says unless told otherwise."""
    told = form if "opened" in form else {"opened": opened(client), **form}
    return client.post(f"/admin/drafts/minato-sos/{what}", told)


def test_no_draft_waits_at_first(publisher: AdminClient) -> None:
    assert "待っている下書きはありません" in read(publisher.get("/admin/drafts")).text
    assert publisher.get("/admin/drafts/minato-sos").status_code == 404
    assert publisher.get("/admin/drafts/nobody").status_code == 404


def test_the_oldest_draft_is_first_with_who_when_and_why(publisher: AdminClient) -> None:
    path = publisher.database
    new = an_importable_service("atarashii", name="新しい窓口")
    reviewing.draft(path, new, NOON - timedelta(days=2), Reason("県の発表"))
    reviewing.draft(path, a_line(name="案の名前"))
    page = read(publisher.get("/admin/drafts"))
    assert "確認待ちの下書き(2件)" in page.text
    first, second = page.text.index("新しい窓口"), page.text.index("案の名前")
    assert first < second
    assert "山田花子・2026年11月23日 12:00 県の発表" in page.text


def test_many_drafts_are_paged(publisher: AdminClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosdir.views.admin.drafts.PER_PAGE", 1)
    for key in ("atarashii", "atarashii-2"):
        reviewing.draft(publisher.database, an_importable_service(key, name=f"案 {key}"))
    first, second = (read(publisher.get(f"/admin/drafts?page={page}")) for page in (1, 2))
    assert ("案 atarashii-2" in first.text, "案 atarashii-2" in second.text) == (False, True)
    assert "確認待ちの下書き(2件)" in second.text
    assert "/admin/drafts?page=2" in first.links


def test_each_fact_is_shown_before_and_after(publisher: AdminClient) -> None:
    changed = a_line(name="案の名前", service_areas=("14", "13"))
    reviewing.draft(publisher.database, changed)
    page = page_of(publisher)
    assert "変わるところ(2か所)" in page.text
    assert "窓口の名前 前みなとSOS 後案の名前" in page.text
    assert "対象地域 前横浜市 後神奈川県、東京都" in page.text
    assert [tag for tag, _ in page.tags if tag in {"del", "ins"}] == ["del", "ins"] * 2
    assert "電話で聞いた" in page.text
    assert "https://example.jp/page" in page.links


def test_what_the_public_will_see_is_said(publisher: AdminClient) -> None:
    for changes, words in (
        ({"evidence": EvidenceLevel.UNCONFIRMED}, "番号、アドレス、住所は出ません"),
        ({"hold": "見直し中"}, "公開されません。公開しない理由:見直し中"),
    ):
        reviewing.draft(publisher.database, a_line(**changes))
        assert words in page_of(publisher).text


def test_a_publisher_makes_it_public(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    response = decide(publisher, "publish", why="見ました")
    assert (response.status_code, response.location) == (303, "/admin/services/minato-sos")
    assert "「案の名前」を公開しました" in read(publisher.get(response.location)).text
    public = publisher.client.application.test_client()
    assert "案の名前" in public.get("/services/minato-sos").get_data(as_text=True)
    last = reviewing.history(publisher.database)[-1]
    assert (last.action, last.author.name, last.why) == (
        Action.PUBLISHED,
        "publisherの花子",
        "見ました",
    )


def test_an_editor_reads_and_does_not_decide(
    admin: Callable[..., AdminClient], publisher: AdminClient
) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    editor = admin(Role.EDITOR)
    page = page_of(editor)
    assert "公開担当の人が決めます" in page.text
    for what in ("publish", "reject"):
        response = decide(editor, what, opened="1", why="だめ")
        assert response.status_code == 403
    assert reviewing.stored(publisher.database).name == "みなとSOS"


def test_a_draft_of_ones_own_is_called_so(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    assert "あなた" not in page_of(publisher).text


def test_a_draft_is_put_aside_with_a_reason(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    response = decide(publisher, "reject", why=" 番号が古い ")
    assert (response.status_code, response.location) == (303, "/admin/drafts")
    last = reviewing.history(publisher.database)[-1]
    assert (last.action, last.why) == (Action.REJECTED, "番号が古い")
    assert reviewing.stored(publisher.database) == a_line()
    assert publisher.get("/admin/drafts/minato-sos").status_code == 404


@pytest.mark.parametrize("why", ["", "   ", "あ" * 1001])
def test_without_a_fit_reason_nothing_is_put_aside(publisher: AdminClient, why: str) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    response = decide(publisher, "reject", why=why)
    assert response.status_code == 422
    page = read(response)
    assert "次のところを直してください" in page.text
    assert "#why" in page.links
    assert reviewing.history(publisher.database)[-1].action is Action.DRAFTED


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 19, "²", "1.5"])
def test_a_lost_revision_is_refused(publisher: AdminClient, number: str) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    for what in ("publish", "reject"):
        response = decide(publisher, what, opened=number, why="x")
        assert response.status_code == 422
        assert "開き直して" in read(response).text
    assert reviewing.stored(publisher.database) == a_line()


def test_what_stands_in_the_way_is_said_before_and_refused(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, without_source(a_line()))
    page = page_of(publisher)
    assert "このままでは公開できません" in page.text
    assert "連絡手段の1番目" in page.text
    assert "公開する連絡手段には出典が要ります" in page.text
    assert "公開する" not in [text for text in page.text.split() if text == "公開する"]
    response = decide(publisher, "publish")
    assert response.status_code == 422
    assert "出典が要ります" in read(response).text
    assert reviewing.stored(publisher.database) == a_line()


def test_a_draft_changed_since_it_was_read_is_not_published(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="一つ目"))
    read_at = opened(publisher)
    reviewing.draft(publisher.database, a_line(name="二つ目"))
    for what in ("publish", "reject"):
        response = decide(publisher, what, opened=read_at, why="理由")
        assert response.status_code == 409
        page = read(response)
        assert "開いたあとに、ほかの人が変えました" in page.text
        assert "前一つ目 後二つ目" in page.text
        assert "理由" in response.get_data(as_text=True)
    assert reviewing.stored(publisher.database) == a_line()


def test_a_check_made_meanwhile_is_kept(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    reviewing.check(publisher.database)
    assert "変わるところ(1か所)" in page_of(publisher).text
    assert decide(publisher, "publish").status_code == 303
    published = reviewing.stored(publisher.database)
    assert (published.name, published.checked_on) == ("案の名前", TODAY)


def test_a_conflict_is_shown_and_sent_to_the_form(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(service_areas=("14",)))
    reviewing.keep(publisher.database, a_line(service_areas=("13",)))
    page = page_of(publisher)
    assert "食いちがうところ" in page.text
    assert "もと横浜市 下書き神奈川県 いま公開中東京都" in page.text
    assert "/admin/services/minato-sos/edit" in page.links
    assert decide(publisher, "publish").status_code == 409
    assert reviewing.stored(publisher.database).service_areas == ("13",)


def test_a_new_service_is_shown_whole_and_published(publisher: AdminClient) -> None:
    new = an_importable_service("atarashii", name="新しい窓口")
    reviewing.draft(publisher.database, new)
    assert "新しい窓口の内容" in page_of(publisher, "atarashii").text
    told = {"opened": opened(publisher, "atarashii")}
    assert publisher.post("/admin/drafts/atarashii/publish", told).status_code == 303
    assert reviewing.stored(publisher.database, "atarashii") == new


def test_a_draft_that_is_settled_is_gone(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    number = opened(publisher)
    assert decide(publisher, "publish").status_code == 303
    assert decide(publisher, "publish", opened=number).status_code == 404


def test_nothing_is_decided_without_a_token(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    number = opened(publisher)
    for what in ("publish", "reject"):
        response = publisher.client.post(
            f"/admin/drafts/minato-sos/{what}",
            data={"opened": number, "why": "x"},
            headers={"User-Agent": "sosdir-tests"},
        )
        assert response.status_code == 400
    assert reviewing.stored(publisher.database) == a_line()


def test_hostile_words_stay_text(publisher: AdminClient) -> None:
    evil = "<script>alert(1)</script>{{7*7}}"
    channel = a_channel("minato-sos", value="189", note=evil)
    reviewing.draft(
        publisher.database,
        a_line(name=evil, channels=(channel,)),
        reason=Reason(evil, "javascript:alert(1)"),
    )
    for page in (page_of(publisher), read(publisher.get("/admin/drafts"))):
        assert evil in page.text
        assert page.dangers() == []


def test_other_services_of_the_cast_stay_as_they_are(publisher: AdminClient) -> None:
    reviewing.draft(publisher.database, a_line(name="案の名前"))
    decide(publisher, "publish")
    assert reviewing.stored(publisher.database, "nihon-always").name == "にほん妊娠ホットライン"
    assert a_service().name == "みなとSOS"
