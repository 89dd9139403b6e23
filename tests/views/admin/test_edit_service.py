"""The form of a service: what is typed is kept, or refused with reasons; no change is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from sosdir import db, publishing
from sosdir.accounts import Role
from sosdir.errors import DatabaseError
from sosdir.forms.service import ServiceForm
from sosdir.models import EvidenceLevel, Service
from sosdir.revising import Author, Reason
from sosdir.store import drafts, services
from tests.admins import AdminClient
from tests.cast import NOON, TODAY, a_channel, an_importable_service
from tests.forms.filling import fields_of
from tests.reading import Page, read

Enter = Callable[..., AdminClient]
Typed = MultiDict[str, str]

EDIT = "/admin/services/minato-sos/edit"
OTHER = Author(None, "ほかの人")
WICKED = "<script>alert(1)</script>${alert(1)}{{7*7}}\"'<img src=x onerror=alert(3)>"


@pytest.fixture
def publisher(admin: Enter) -> AdminClient:
    """Give a publisher of a site whose service may be published: its number is one all may dial."""
    client = admin(Role.PUBLISHER)
    put(client, an_importable_service())
    return client


@pytest.fixture
def editor(admin: Enter, publisher: AdminClient) -> AdminClient:
    """Give an editor of the same site."""
    return admin(Role.EDITOR)


def put(client: AdminClient, service: Service) -> None:
    """Save a service behind everyone's back."""
    with db.changing(client.database) as database:
        services.save(database, service)


def stored(client: AdminClient, service_id: str = "minato-sos") -> Service:
    """Return a service as the public state has it."""
    with db.reading(client.database) as database:
        return services.get(database, service_id)


def drafted(client: AdminClient, service_id: str = "minato-sos") -> Service | None:
    """Return the draft of a service that waits."""
    with db.reading(client.database) as database:
        found = drafts.find(database, service_id)
    return found.revision.service if found else None


def changed_by_another(client: AdminClient, **changes: Any) -> None:
    """Publish a change as someone else."""
    with db.changing(client.database) as database:
        edition = publishing.open_edition(database, "minato-sos")
        service = replace(edition.service, **changes)
        reason = Reason("電話で聞いた", None)
        publishing.publish(database, service, edition.revision, OTHER, reason, NOON)


def opened(client: AdminClient, path: str = EDIT) -> Typed:
    """Open a form and return what a browser would send of it."""
    response = client.get(path)
    assert response.status_code == 200
    return fields_of(response)


def press(client: AdminClient, typed: Typed, button: str, path: str = EDIT) -> TestResponse:
    """Send a form by one of its buttons."""
    sent = MultiDict(typed)
    sent["do"] = button
    return client.post(path, sent)


def changed(typed: Typed, **changes: str) -> Typed:
    """Return a form with other texts; __ stands for the hyphens in a name."""
    told = MultiDict(typed)
    for name, value in changes.items():
        told[name.replace("__", "-")] = value
    return told


def summary(response: TestResponse) -> dict[str, str]:
    """Return what the summary says, by the field it leads to."""
    assert response.status_code == 422
    page = read(response)
    assert "次のところを直してください" in page.text
    return {link: page.text for link in page.links if link.startswith("#") and len(link) > 1}


def test_a_publisher_changes_a_service(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), name="みなとの窓口", why="名前が変わった")
    response = press(publisher, typed, "publish")
    assert (response.status_code, response.location) == (303, "/admin/services/minato-sos")
    assert stored(publisher) == replace(an_importable_service(), name="みなとの窓口")


def test_saving_without_a_change_leaves_every_fact(publisher: AdminClient) -> None:
    before = stored(publisher)
    assert press(publisher, opened(publisher), "publish").status_code == 303
    assert stored(publisher) == before


def test_an_editor_saves_a_draft_that_the_public_does_not_see(editor: AdminClient) -> None:
    response = press(editor, changed(opened(editor), name="下書きの名前"), "save_draft")
    assert response.status_code == 303
    assert stored(editor).name == "みなとSOS"
    draft = drafted(editor)
    assert draft is not None
    assert draft.name == "下書きの名前"
    assert "下書きの名前" not in editor.client.get("/services/minato-sos").get_data(as_text=True)
    page = read(editor.get(EDIT))
    assert "editorの花子の下書き" in page.text
    assert fields_of(editor.get(EDIT))["name"] == "下書きの名前"


def test_an_editor_cannot_publish_by_asking(editor: AdminClient) -> None:
    assert "公開する" not in buttons(read(editor.get(EDIT)))
    response = press(editor, changed(opened(editor), name="勝手な名前"), "publish")
    assert response.status_code == 403
    assert stored(editor).name == "みなとSOS"


def buttons(page: Page) -> list[str | None]:
    return [attrs.get("value") for tag, attrs in page.tags if tag == "button"]


def test_enter_presses_a_button_that_changes_nothing(publisher: AdminClient) -> None:
    named = [each for each in buttons(read(publisher.get(EDIT))) if each]
    assert named[0] == "preview"
    response = press(publisher, changed(opened(publisher), name="x"), "preview")
    assert response.status_code == 200
    assert "このまま保存できます" in read(response).text
    assert stored(publisher).name == "みなとSOS"


def a_new_service(**changes: str) -> Typed:
    told = {
        "name": "灯台SOS",
        "focus": "pregnancy_sos",
        "answers_for": "npo",
        "area_name": "横浜市",
        "basis": "stated",
        "anonymous": "",
        "status": "active",
        "confirmation": "keep",
        "sources-0-key": "new-1",
        "sources-0-url": "https://example.jp/toudai",
        "sources-0-publisher": "灯台の会",
        "sources-0-kind": "operator",
        "channels-0-key": "new-2",
        "channels-0-kind": "phone",
        "channels-0-value": "１８９",
        "channels-0-hours": "24/7",
        "channels-0-toll_free": "",
        "channels-0-sources": "new-1",
    }
    return MultiDict(told | changes)


def test_a_new_service_is_published(publisher: AdminClient) -> None:
    response = press(publisher, a_new_service(), "publish", "/admin/services/new")
    assert response.status_code == 303
    service = stored(publisher, "yokohama-madoguchi")
    assert (service.service_areas, service.collected_on) == (("141003",), TODAY)
    assert service.channels[0].value == "189"
    assert service.channels[0].source_ids == ("yokohama-madoguchi-s1",)
    assert "灯台SOS" in publisher.client.get(response.location.replace("/admin", "")).get_data(
        as_text=True
    )


def test_a_new_service_of_an_editor_is_listed_as_a_draft(editor: AdminClient) -> None:
    typed = a_new_service(id="toudai-sos")
    assert press(editor, typed, "save_draft", "/admin/services/new").status_code == 303
    assert "新しい下書き" in read(editor.get("/admin/services?q=灯台")).text
    assert editor.get("/admin/services/toudai-sos/edit").status_code == 200
    assert editor.client.get("/services/toudai-sos").status_code == 404


def test_an_id_that_was_ever_used_is_refused(publisher: AdminClient) -> None:
    typed = a_new_service(id="minato-sos")
    response = press(publisher, typed, "publish", "/admin/services/new")
    assert "#id" in summary(response)
    assert fields_of(response)["name"] == "灯台SOS"


@pytest.mark.parametrize(
    ("name", "value", "field_id"),
    [
        ("name", "", "#name"),
        ("website", "not a site", "#website"),
        ("staff", "助産師;保健師", "#staff"),
        ("name", "見え\u200bない", "#name"),
        ("channels-0-value", "12", "#channels-0-value"),
        ("channels-0-hours", "平日", "#channels-0-hours"),
        ("sources-0-url", "javascript:alert(1)", "#sources-0-url"),
        ("seat", "府中市", "#seat"),
        ("latitude", "95", "#latitude"),
        ("area_name", "どこでもない", "#area_name"),
        ("successor", "nobody", "#successor"),
        ("organization", "だれも知らない会", "#organization"),
        ("focus", "ghost", "#focus"),
    ],
)
def test_what_is_wrong_is_told_on_top_and_nothing_is_lost(
    publisher: AdminClient, name: str, value: str, field_id: str
) -> None:
    typed = changed(opened(publisher), department="打ったばかりの部署")
    typed[name] = value
    response = press(publisher, typed, "publish")
    assert field_id in summary(response)
    again = fields_of(response)
    assert again["department"] == "打ったばかりの部署"
    if name != "focus":
        assert again[name] == value
    assert stored(publisher) == an_importable_service()


def test_a_retired_number_is_refused(publisher: AdminClient, package: Any) -> None:
    number = package.retired_numbers[0].number
    typed = changed(opened(publisher), channels__0__value=number)
    for button in ("publish", "save_draft"):
        assert "#channels-0-value" in summary(press(publisher, typed, button))


def test_a_channel_without_a_source_may_be_drafted_but_not_published(
    publisher: AdminClient,
) -> None:
    typed = opened(publisher)
    typed.poplist("channels-0-sources")
    assert "#channels-0-sources" in summary(press(publisher, typed, "publish"))
    assert press(publisher, typed, "save_draft").status_code == 303


def test_a_service_on_hold_leaves_the_public_site(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), hold="番号を確かめるまで")
    assert press(publisher, typed, "publish").status_code == 303
    assert publisher.client.get("/services/minato-sos").status_code == 404
    assert "公開していない" in read(publisher.get("/admin/services?status=hold")).text


@pytest.mark.parametrize("how", ["phone", "site"])
def test_a_check_with_a_change_confirms(publisher: AdminClient, how: str) -> None:
    put(publisher, an_importable_service(evidence=EvidenceLevel.UNCONFIRMED, checked_on=None))
    assert "確認待ち" in read(publisher.get(EDIT)).text
    press(publisher, changed(opened(publisher), confirmation=how), "publish")
    found = stored(publisher)
    assert (found.evidence, found.checked_on) == (EvidenceLevel.CONFIRMED, TODAY)


def test_parts_are_added_moved_and_taken_away_by_buttons_alone(publisher: AdminClient) -> None:
    typed = opened(publisher)
    for _ in range(2):
        typed = fields_of(press(publisher, typed, "add_channel"))
    typed = changed(typed, channels__2__kind="chat", channels__2__value="https://example.jp/chat")
    typed.setlist("channels-2-sources", ["minato-sos-s1"])
    moved = press(publisher, typed, "move_up_channel:2")
    assert autofocused(read(moved)) == "channels-1-up"
    removed = press(publisher, fields_of(moved), "remove_channel:0")
    assert autofocused(read(removed)) == "channels-0-restore"
    assert "取り除きます" in read(removed).text
    assert press(publisher, fields_of(removed), "publish").status_code == 303
    assert [each.id for each in stored(publisher).channels] == ["minato-sos-3", "minato-sos-2"]


def test_what_was_added_has_the_focus(publisher: AdminClient) -> None:
    typed = opened(publisher)
    for button, focus in (
        ("add_channel", "channels-2-kind"),
        ("add_source", "sources-1-url"),
        ("add_statistic", "statistics-1-name"),
    ):
        assert autofocused(read(press(publisher, typed, button))) == focus


def test_a_new_figure_is_published_only_with_its_source(publisher: AdminClient) -> None:
    with_two = fields_of(press(publisher, opened(publisher), "add_source"))
    with_two = changed(
        with_two, sources__1__url="https://example.jp/b", sources__1__publisher="見本市",
        sources__1__kind="government",
    )  # fmt: skip
    typed = fields_of(press(publisher, with_two, "add_statistic"))
    number = max(int(key.split("-")[1]) for key in typed if key.startswith("statistics-"))
    for name, value in (("name", "相談件数"), ("value", "845"), ("on", "2026-03-31")):
        typed[f"statistics-{number}-{name}"] = value
    refused = press(publisher, typed, "publish")
    assert refused.status_code == 422
    assert "公開する数には出典が要ります" in read(refused).text
    typed = fields_of(refused)
    typed.setlist(f"statistics-{number}-sources", ["minato-sos-s1"])
    assert press(publisher, typed, "publish").status_code == 303
    assert stored(publisher).statistics[-1].source_ids == ("minato-sos-s1",)


def autofocused(page: Page) -> str | None:
    (found,) = [attrs.get("id") for _, attrs in page.tags if "autofocus" in attrs]
    return found


def test_an_area_borne_by_several_is_chosen(publisher: AdminClient) -> None:
    response = press(publisher, changed(opened(publisher), area_name="府中市"), "add_area")
    assert "広島県府中市" in read(response).text
    typed = changed(fields_of(response), area_choice="342084")
    again = fields_of(press(publisher, typed, "add_area"))
    assert again.getlist("area_codes") == ["141003", "342084"]
    last = fields_of(press(publisher, again, "remove_area:141003"))
    assert last.getlist("area_codes") == ["342084"]


def test_an_area_that_was_typed_and_not_added_is_not_lost(publisher: AdminClient) -> None:
    press(publisher, changed(opened(publisher), area_name="川崎市"), "publish")
    assert stored(publisher).service_areas == ("141003", "141305")


def test_an_organization_is_found_and_chosen(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), organization="みなと")
    response = press(publisher, typed, "find_organization")
    assert "NPO法人みなと" in read(response).text
    chosen = changed(fields_of(response), organization_choice="minato")
    assert press(publisher, chosen, "publish").status_code == 303
    organization = stored(publisher).organization
    assert organization is not None
    assert organization.id == "minato"


def test_a_new_organization_stays_chosen_while_other_buttons_are_pressed(
    publisher: AdminClient,
) -> None:
    typed = changed(opened(publisher), organization="海辺の会")
    found = press(publisher, typed, "find_organization")
    chosen = changed(fields_of(found), organization_choice="new")
    later = press(publisher, chosen, "add_source")
    assert fields_of(later)["organization_choice"] == "new"


def test_an_organization_that_was_chosen_stands_after_another_button(
    publisher: AdminClient,
) -> None:
    typed = changed(opened(publisher), organization="みなと", organization_choice="minato")
    later = fields_of(press(publisher, typed, "add_source"))
    assert (later["organization"], later["organization_id"]) == ("NPO法人みなと", "minato")


def test_a_commissioner_that_nobody_knows_is_registered_by_a_tick(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), commissioners="とうだいの会")
    response = press(publisher, typed, "publish")
    assert "#commissioners" in summary(response)
    ticked = fields_of(response)
    ticked["new_organizations"] = "とうだいの会"
    assert press(publisher, ticked, "publish").status_code == 303
    assert [each.name for each in stored(publisher).commissioners] == ["とうだいの会"]


def test_an_address_is_placed_without_asking_anyone(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), address="川崎市見本町1-1", seat="", latitude="")
    again = fields_of(press(publisher, typed, "locate"))
    assert (again["seat"], again["precision"]) == ("神奈川県川崎市", "municipality")
    assert "locate_online" not in buttons(read(publisher.get(EDIT)))


def test_the_week_is_shown_beside_the_operators_words(publisher: AdminClient) -> None:
    page = read(press(publisher, opened(publisher), "preview"))
    assert "11月26日(木)" in page.text
    assert "運営者のことば: 平日10時から16時" in page.text


def test_two_admins_change_different_facts_and_both_are_kept(publisher: AdminClient) -> None:
    mine = changed(opened(publisher), department="わたしの部署", why="部署")
    changed_by_another(publisher, established="2021年")
    response = press(publisher, mine, "publish")
    assert response.status_code == 409
    page = read(response)
    for told in ("ほかの人", "電話で聞いた", "2021年", "まだ保存していません"):
        assert told in page.text
    assert stored(publisher).department == "見本課"
    again = fields_of(response)
    assert again["why"] == "部署"
    assert press(publisher, again, "publish").status_code == 303
    assert stored(publisher).department == "わたしの部署"
    assert stored(publisher).established == "2021年"


@pytest.mark.parametrize("choose", [True, False])
def test_two_admins_change_one_fact_and_she_chooses(publisher: AdminClient, choose: bool) -> None:
    mine = changed(opened(publisher), name="わたしの名前", department="わたしの部署")
    changed_by_another(publisher, name="相手の名前")
    response = press(publisher, mine, "publish")
    assert response.status_code == 409
    assert "相手の値を使う" in read(response).text
    again = fields_of(response)
    assert (again["name"], again.getlist("theirs")) == ("わたしの名前", [])
    if choose:
        again["theirs"] = "name"
    assert press(publisher, again, "publish").status_code == 303
    assert stored(publisher).name == ("相手の名前" if choose else "わたしの名前")
    assert stored(publisher).department == "わたしの部署"


def test_her_choice_outlives_another_button(publisher: AdminClient) -> None:
    mine = changed(opened(publisher), name="わたしの名前")
    changed_by_another(publisher, name="相手の名前")
    again = fields_of(press(publisher, mine, "publish"))
    again["theirs"] = "name"
    later = fields_of(press(publisher, again, "add_channel"))
    assert later.getlist("theirs") == ["name"]
    assert press(publisher, later, "publish").status_code == 303
    assert stored(publisher).name == "相手の名前"


def test_new_parts_of_two_admins_stay_apart(publisher: AdminClient) -> None:
    mine = fields_of(press(publisher, opened(publisher), "add_channel"))
    mine = changed(mine, channels__2__kind="email", channels__2__value="mine@example.jp")
    mine.setlist("channels-2-sources", ["minato-sos-s1"])
    other = a_channel("minato-sos", 3, value="110")
    changed_by_another(publisher, channels=(*stored(publisher).channels, other))
    again = fields_of(press(publisher, mine, "publish"))
    assert press(publisher, again, "publish").status_code == 303
    values = {each.id: each.value for each in stored(publisher).channels}
    assert values["minato-sos-3"] == "110"
    assert values["minato-sos-4"] == "mine@example.jp"


def test_a_third_save_meanwhile_is_told_again(publisher: AdminClient) -> None:
    mine = changed(opened(publisher), name="わたしの名前")
    changed_by_another(publisher, department="一度目")
    again = fields_of(press(publisher, mine, "publish"))
    changed_by_another(publisher, department="二度目")
    response = press(publisher, again, "publish")
    assert response.status_code == 409
    assert press(publisher, fields_of(response), "publish").status_code == 303
    assert (stored(publisher).name, stored(publisher).department) == ("わたしの名前", "二度目")


@pytest.mark.parametrize("name", ["opened", "base"])
@pytest.mark.parametrize("value", ["", "-1", "9" * 30, "x", "1"])
def test_no_number_that_was_tampered_with_overwrites(
    publisher: AdminClient, name: str, value: str
) -> None:
    changed_by_another(publisher, department="相手の部署")
    changed_by_another(publisher, department="相手の部署2")
    typed = changed(opened(publisher), name="x")
    typed[name], typed["theirs"] = value, "name"
    response = press(publisher, typed, "publish")
    assert response.status_code in (303, 409)
    if name == "opened":
        assert response.status_code == 409
    assert stored(publisher).department == "相手の部署2"


def test_a_database_that_fails_loses_nothing(
    publisher: AdminClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = changed(opened(publisher), name="失われない名前")

    @contextmanager
    def full(_path: Any) -> Any:
        raise DatabaseError("disk full") from sqlite3.OperationalError("database or disk is full")
        yield

    monkeypatch.setattr(db, "changing", full)
    response = press(publisher, typed, "publish")
    assert response.status_code == 503
    assert "保存できませんでした" in read(response).text
    assert fields_of(response)["name"] == "失われない名前"


def test_a_form_that_is_far_too_long_is_refused(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), editor_note="あ" * 400_000)
    assert press(publisher, typed, "save_draft").status_code == 413


def test_a_form_of_thirty_channels_is_read(publisher: AdminClient) -> None:
    typed = opened(publisher)
    for number in range(2, 30):
        typed[f"channels-{number}-key"] = f"new-{number}"
        typed[f"channels-{number}-kind"] = "phone"
        typed[f"channels-{number}-value"] = "189"
        typed[f"channels-{number}-toll_free"] = ""
        typed[f"channels-{number}-sources"] = "minato-sos-s1"
        typed[f"channels-{number}-note"] = "あ" * 2000
    assert press(publisher, typed, "publish").status_code == 303
    assert len(stored(publisher).channels) == 30
    typed["channels-30-kind"] = "phone"
    typed["channels-30-value"] = "189"
    assert "#channels" in summary(press(publisher, typed, "publish"))


@pytest.mark.parametrize("path", ["/admin/services/nobody/edit", "/admin/services/%00/edit"])
def test_a_service_that_is_not_there_is_not_found(publisher: AdminClient, path: str) -> None:
    assert publisher.get(path).status_code == 404
    assert publisher.post(path, {"do": "preview"}).status_code == 404


def test_a_form_that_says_nothing_is_answered(publisher: AdminClient) -> None:
    for path in (EDIT, "/admin/services/new"):
        for button in ("save_draft", "publish", "preview", "add_channel", "\x00", "add_area"):
            assert publisher.post(path, {"do": button}).status_code in (200, 422)


def test_what_was_typed_is_text_wherever_it_comes_back(publisher: AdminClient) -> None:
    typed = opened(publisher)
    fields = [
        each.name for each in ServiceForm(data={}) if each.type in ("Text", "LongText", "Lines")
    ]
    for name in (*fields, "channels-0-value", "channels-0-note", "sources-0-publisher", "do"):
        told = changed(typed)
        told[name] = WICKED
        page = read(publisher.post(EDIT, MultiDict({"do": "preview"}) | told))
        assert page.dangers() == []
        assert all("<script" not in each for each in page.scripts)
    draft = changed(typed, name=WICKED, editor_note=WICKED, channels__0__note=WICKED)
    assert press(publisher, draft, "save_draft").status_code == 303
    for path in (EDIT, "/admin/services"):
        assert read(publisher.get(path)).dangers() == []


def test_all_faults_are_told_at_once_with_the_areas_to_choose_from(publisher: AdminClient) -> None:
    typed = changed(opened(publisher), area_name="府中市", channels__0__hours="平日")
    response = press(publisher, typed, "publish")
    assert {"#area_name", "#channels-0-hours"} <= set(summary(response))
    assert "広島県府中市" in read(response).text


def test_the_beginning_of_a_history_is_no_change_of_another(publisher: AdminClient) -> None:
    typed = opened(publisher)
    changed_by_another(publisher, department="相手の部署")
    text = read(press(publisher, typed, "publish")).text
    assert "ほかの人" in text
    assert "履歴のはじまり" not in text
