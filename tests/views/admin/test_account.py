"""One's own account: password, sessions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sosdir import db
from sosdir.accounts import passwords
from sosdir.store import accounts
from tests.admins import PASSWORD, AdminClient, Secrets, an_owner, cookie_for
from tests.reading import read

NEW = "みかん 夕立 なわとび すべり台"


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    return make_app(cast_home())


@pytest.fixture
def owner(app: Flask) -> Secrets:
    return an_owner(app)


@pytest.fixture
def me(app: Flask, owner: Secrets) -> AdminClient:
    """Give the owner signed in."""
    return another(app, owner)


def another(app: Flask, owner: Secrets) -> AdminClient:
    """Return the owner signed in on one more machine."""
    client = app.test_client()
    client.set_cookie("sosdir_admin", cookie_for(app, owner.account), path="/admin")
    return AdminClient(client)


def is_inside(client: AdminClient) -> bool:
    return client.get("/admin/account").status_code == 200


def has_password(app: Flask, owner: Secrets, password: str) -> bool:
    with db.reading(app.config["SETTINGS"].database) as database:
        return passwords.is_right(password, accounts.password_hash(database, owner.account.id))


def change(me: AdminClient, old: str = PASSWORD, new: str = NEW):  # type: ignore[no-untyped-def]
    return me.post("/admin/account/password", {"old": old, "new": new})


def test_the_page_shows_who_one_is_and_where_one_is_signed_in(
    app: Flask, owner: Secrets, me: AdminClient
) -> None:
    another(app, owner)
    text = read(me.get("/admin/account")).text
    for word in ("花子", "hanako", "編集者", "この端末", "ほかの端末", "残りは2個"):
        assert word in text


def test_a_new_password_ends_every_session_but_the_one_at_hand(
    app: Flask, owner: Secrets, me: AdminClient
) -> None:
    elsewhere = another(app, owner)
    cookie = me.client.get_cookie("sosdir_admin", path="/admin")
    assert cookie is not None
    answer = change(me)
    assert (answer.status_code, answer.location) == (303, "/admin/account")
    assert "パスワードを変えました" in read(me.get("/admin/account")).text
    assert has_password(app, owner, NEW)
    assert not is_inside(elsewhere)
    # The session at hand is a new one too: a copy of its cookie from before is dead.
    thief = app.test_client()
    thief.set_cookie("sosdir_admin", cookie.value, path="/admin")
    assert not is_inside(AdminClient(thief))


def test_the_old_password_is_asked_for(app: Flask, owner: Secrets, me: AdminClient) -> None:
    answer = change(me, old="not the old password")
    assert answer.status_code == 422
    assert "今のパスワードがちがいます" in read(answer).text
    assert has_password(app, owner, PASSWORD)


def test_the_old_password_cannot_be_tried_for_long(me: AdminClient) -> None:
    for _ in range(10):
        assert change(me, old="").status_code == 422
    assert change(me).status_code == 429


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("", "入力してください"),
        ("short", "12文字以上"),
        ("x" * 300, "256文字まで"),
        ("password12345678", "推測されやすい"),
        ("hanako-hanako-1", "推測されやすい"),
    ],
)
def test_an_easy_password_is_refused_with_the_reason(
    app: Flask, owner: Secrets, me: AdminClient, new: str, words: str
) -> None:
    answer = change(me, new=new)
    assert answer.status_code == 422
    page = read(answer)
    assert words in page.text
    assert "#new" in page.links
    assert has_password(app, owner, PASSWORD)


def test_one_can_sign_out_everywhere_else(app: Flask, owner: Secrets, me: AdminClient) -> None:
    elsewhere = another(app, owner)
    assert me.post("/admin/account/sessions/end-others").status_code == 303
    assert is_inside(me)
    assert not is_inside(elsewhere)


def test_password_fields_are_named_for_password_managers(me: AdminClient) -> None:
    page = read(me.get("/admin/account/password"))
    named = [attrs.get("autocomplete") for tag, attrs in page.tags if tag == "input"]
    assert [each for each in named if each] == ["username", "current-password", "new-password"]
    assert "onpaste" not in me.get("/admin/account/password").get_data(as_text=True)
    assert page.dangers() == []
