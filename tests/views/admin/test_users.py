"""The accounts, for admins, and the links by which people come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from sosdir import db
from sosdir.accounts import Role
from sosdir.store import accounts
from tests.admins import AdminClient, Secrets, an_account, an_owner, cookie_for, sign_in
from tests.cast import NOON
from tests.reading import read

NEW = "みかん 夕立 なわとび すべり台"


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    return make_app(cast_home())


@pytest.fixture
def admin(app: Flask) -> AdminClient:
    """Give the one admin there is."""
    return sign_in(app, Role.ADMIN)


@pytest.fixture
def owner(app: Flask) -> Secrets:
    """Give an editor, and what she knows."""
    return an_owner(app)


def stored(app: Flask, login: str) -> Any:
    with db.reading(app.config["SETTINGS"].database) as database:
        return accounts.find(database, login)


def invite(admin: AdminClient, **changes: str) -> Any:
    data = {"login": "taro", "name": "太郎", "role": "publisher", **changes}
    return admin.post("/admin/users/new", data)


def link_in(answer: Any) -> str:
    """Return the path of the link that a page shows."""
    html = answer.get_data(as_text=True)
    link = html.split("<textarea")[1].split(">")[1].split("<")[0]
    return str(link.removeprefix("http://localhost"))


def test_an_admin_invites_and_the_link_sets_a_password_once(app: Flask, admin: AdminClient) -> None:
    answer = invite(admin)
    assert answer.status_code == 200
    link = link_in(answer)
    assert stored(app, "taro").role is Role.PUBLISHER
    assert not stored(app, "taro").has_password
    guest = AdminClient(app.test_client())
    page = read(guest.get(link))
    assert "太郎" in page.text
    assert [attrs["autocomplete"] for _, attrs in page.tags if attrs.get("name") == "new"] == [
        "new-password"
    ]
    answer = guest.post(link, {"new": NEW})
    assert (answer.status_code, answer.location) == (303, "/admin/sign-in")
    assert guest.post(link, {"new": NEW + "2"}).status_code == 410
    signed_in = guest.post("/admin/sign-in", {"login": "taro", "password": NEW})
    assert signed_in.status_code == 303
    # Nothing but her own settings opens before there is a second factor.
    assert guest.get("/admin/users").location == "/admin/account"


def test_the_link_is_shown_once_and_stored_nowhere(app: Flask, admin: AdminClient) -> None:
    token = link_in(invite(admin)).rsplit("/", 1)[1]
    assert len(token) >= 43
    assert token not in admin.get("/admin/users").get_data(as_text=True)
    with db.reading(app.config["SETTINGS"].database) as database:
        assert token not in "\n".join(database.conn.iterdump())


def test_a_link_lives_three_days(app: Flask, admin: AdminClient) -> None:
    link = link_in(invite(admin))
    client = app.test_client()
    app.config["CLOCK"] = lambda: NOON + timedelta(hours=71, minutes=59)
    assert client.get(link).status_code == 200
    app.config["CLOCK"] = lambda: NOON + timedelta(hours=72)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "新しいリンクを頼んでください" in read(answer).text


def test_a_new_link_ends_the_one_before(app: Flask, admin: AdminClient) -> None:
    first = link_in(invite(admin))
    again = admin.post(f"/admin/users/{stored(app, 'taro').id}/invite")
    assert app.test_client().get(first).status_code == 410
    assert app.test_client().get(link_in(again)).status_code == 200


def test_an_easy_password_is_refused_and_the_link_stays(app: Flask, admin: AdminClient) -> None:
    link = link_in(invite(admin))
    guest = AdminClient(app.test_client())
    answer = guest.post(link, {"new": "taro-taro-taro"})
    assert answer.status_code == 422
    assert guest.post(link, {"new": NEW}).status_code == 303


@pytest.mark.parametrize("token", ["x", "' OR 1=1 --", "%00", "a" * 500])
def test_a_made_up_link_opens_nothing(app: Flask, token: str) -> None:
    assert app.test_client().get(f"/admin/invitations/{token}").status_code == 410


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": ""}, "ログイン名を入力"),
        ({"login": "山田"}, "半角の英数字"),
        ({"login": "a"}, "2文字以上"),
        ({"login": "<b>x</b>"}, "半角の英数字"),
        ({"name": " "}, "名前を入力"),
        ({"name": "あ" * 61}, "60文字まで"),
        ({"role": "root"}, ""),
        ({"role": ""}, "役割をひとつ"),
        ({"login": "admin-1"}, "もう使われています"),
    ],
)
def test_a_bad_invitation_is_told_and_nothing_is_lost(
    app: Flask, admin: AdminClient, changes: dict[str, str], words: str
) -> None:
    answer = invite(admin, **changes)
    assert answer.status_code == 422
    page = read(answer)
    assert words in page.text
    assert page.dangers() == []
    kept = {"login": "taro", "name": "太郎", **changes}
    fields = {attrs.get("name"): attrs.get("value") for tag, attrs in page.tags if tag == "input"}
    assert (fields["login"] or "").strip() == kept["login"].strip()
    assert stored(app, "taro") is None


def test_a_login_is_one_however_it_is_typed(app: Flask, admin: AdminClient) -> None:
    assert invite(admin, login=" ＴＡＲＯ ").status_code == 200
    assert invite(admin, login="Taro").status_code == 422


def test_another_role_ends_the_sessions(app: Flask, admin: AdminClient, owner: Secrets) -> None:
    hers = signed_in(app, owner)
    path = f"/admin/users/{owner.account.id}"
    assert admin.post(f"{path}/role", {"role": "admin"}).location == path
    assert stored(app, "hanako").role is Role.ADMIN
    assert hers.get("/admin/account").status_code == 303


def test_a_closed_account_is_out_at_once_and_can_come_back(
    app: Flask, admin: AdminClient, owner: Secrets
) -> None:
    hers, path = signed_in(app, owner), f"/admin/users/{owner.account.id}"
    link = link_in(admin.post(f"{path}/invite"))
    admin.post(f"{path}/deactivate")
    assert hers.get("/admin/account").status_code == 303
    assert app.test_client().get(link).status_code == 410
    assert admin.post(f"{path}/invite").status_code == 409
    assert "停止中" in read(admin.get("/admin/users")).text
    admin.post(f"{path}/activate")
    assert hers.get("/admin/account").status_code == 303
    door = AdminClient(app.test_client())
    answer = door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    assert answer.location == "/admin/sign-in/code"


@pytest.mark.parametrize(("act", "data"), [("deactivate", {}), ("role", {"role": "editor"})])
def test_the_last_admin_stays(
    app: Flask, admin: AdminClient, owner: Secrets, act: str, data: dict[str, str]
) -> None:
    # One who was only invited cannot stand in for her.
    invite(admin, role="admin")
    last = an_account(app, Role.ADMIN)
    answer = admin.post(f"/admin/users/{last.id}/{act}", data)
    assert answer.status_code == 409
    assert "ただ一人の管理者" in read(answer).text
    assert stored(app, last.login).role is Role.ADMIN
    assert stored(app, last.login).is_active
    admin.post(f"/admin/users/{owner.account.id}/role", {"role": "admin"})
    assert admin.post(f"/admin/users/{last.id}/{act}", data).status_code == 303


def test_what_was_lost_can_be_set_up_anew(app: Flask, admin: AdminClient, owner: Secrets) -> None:
    hers, path = signed_in(app, owner), f"/admin/users/{owner.account.id}"
    link = link_in(admin.post(f"{path}/invite", {"reset": "y"}))
    assert hers.get("/admin/account").status_code == 303
    door = AdminClient(app.test_client())
    # The old password does not open it meanwhile.
    data = {"login": "hanako", "password": owner.password}
    assert door.post("/admin/sign-in", data).status_code == 422
    door.post(link, {"new": NEW})
    assert door.post("/admin/sign-in", {"login": "hanako", "password": NEW}).status_code == 303
    assert "はじめに" in read(door.get("/admin/account")).text


def test_a_new_link_alone_leaves_the_second_factor(
    app: Flask, admin: AdminClient, owner: Secrets
) -> None:
    hers = signed_in(app, owner)
    link = link_in(admin.post(f"/admin/users/{owner.account.id}/invite"))
    assert hers.get("/admin/account").status_code == 200
    door = AdminClient(app.test_client())
    door.post(link, {"new": NEW})
    assert hers.get("/admin/account").status_code == 303
    answer = door.post("/admin/sign-in", {"login": "hanako", "password": NEW})
    assert answer.location == "/admin/sign-in/code"


def test_a_role_must_be_one(admin: AdminClient, owner: Secrets, app: Flask) -> None:
    answer = admin.post(f"/admin/users/{owner.account.id}/role", {"role": "root"})
    assert answer.status_code == 400
    assert stored(app, "hanako").role is Role.EDITOR


@pytest.mark.parametrize("state", ["invited", "bare", "whole"])
def test_a_page_tells_how_far_someone_has_come(
    app: Flask, admin: AdminClient, owner: Secrets, state: str
) -> None:
    invite(admin)
    login, words = {
        "invited": ("taro", "招待中"),
        "bare": ("hanako", "未登録"),
        "whole": ("hanako", "認証アプリ"),
    }[state]
    if state == "bare":
        with db.changing(app.config["SETTINGS"].database) as database:
            accounts.set_totp(database, owner.account.id, None)
    page = read(admin.get(f"/admin/users/{stored(app, login).id}"))
    assert words in page.text
    assert page.dangers() == []


@pytest.mark.parametrize("number", [99, 10**20])
def test_an_account_that_is_not_there_is_not_found(admin: AdminClient, number: int) -> None:
    assert admin.get(f"/admin/users/{number}").status_code == 404
    for act in ("role", "deactivate", "activate", "invite"):
        sent = admin.post(f"/admin/users/{number}/{act}", {"role": "editor"})
        assert sent.status_code == 404, act


def test_hostile_names_are_only_text(app: Flask, admin: AdminClient) -> None:
    invite(admin, name="<script>alert(1)</script>{{7*7}}")
    page = read(admin.get("/admin/users"))
    assert page.dangers() == []
    assert "{{7*7}}" in page.text


def signed_in(app: Flask, owner: Secrets) -> AdminClient:
    client = app.test_client()
    client.set_cookie("sosdir_admin", cookie_for(app, owner.account), path="/admin")
    return AdminClient(client)
