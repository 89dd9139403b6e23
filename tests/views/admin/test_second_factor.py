"""One's own second factor: set up, shown once, never the last taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask

from sosdir import db
from sosdir.accounts.passkeys import Key
from sosdir.store import accounts, passkeys, recovery_codes
from tests.admins import AGENT, AdminClient, Secrets, an_owner, cookie_for
from tests.cast import NOON
from tests.reading import read


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    return make_app(cast_home())


@pytest.fixture
def owner(app: Flask) -> Secrets:
    return an_owner(app)


def enter(app: Flask, owner: Secrets) -> AdminClient:
    client = app.test_client()
    client.set_cookie("sosdir_admin", cookie_for(app, owner.account), path="/admin")
    return AdminClient(client)


@pytest.fixture
def me(app: Flask, owner: Secrets) -> AdminClient:
    return enter(app, owner)


@pytest.fixture
def newcomer(app: Flask, owner: Secrets) -> AdminClient:
    """Give one who has a password and nothing else yet."""
    with changing(app) as database:
        accounts.set_totp(database, owner.account.id, None)
        recovery_codes.replace(database, owner.account.id, ())
    return enter(app, owner)


def changing(app: Flask) -> Any:
    return db.changing(app.config["SETTINGS"].database)


def shown_seed(client: AdminClient) -> str:
    """Return the seed that the page shows as text."""
    html = client.get("/admin/account/totp").get_data(as_text=True)
    part = html.split('class="seed"')[1].split("</p>")[0]
    return "".join(each.split("</span>")[0] for each in part.split("<span>")[1:])


def code_of(seed: str, at: datetime = NOON) -> str:
    return pyotp.TOTP(seed).at(at)


def give_key(app: Flask, owner: Secrets, name: str = "職場") -> str:
    with changing(app) as database:
        passkeys.add(database, Key(f"key-{name}", "AAAA", 0), owner.account.id, name, NOON)
    return f"key-{name}"


def stored(app: Flask, owner: Secrets) -> Any:
    with db.reading(app.config["SETTINGS"].database) as database:
        return accounts.get(database, owner.account.id)


def test_the_seed_is_shown_as_a_picture_and_as_text(newcomer: AdminClient) -> None:
    page = read(newcomer.get("/admin/account/totp"))
    (picture,) = [attrs for tag, attrs in page.tags if tag == "img"]
    assert str(picture["src"]).startswith("data:image/svg+xml")
    assert picture["alt"]
    assert page.dangers() == []
    seed = shown_seed(newcomer)
    assert len(seed) == 32
    assert shown_seed(newcomer) == seed


def test_the_seed_counts_only_when_the_app_has_shown_a_code(
    app: Flask, owner: Secrets, newcomer: AdminClient
) -> None:
    seed = shown_seed(newcomer)
    answer = newcomer.post("/admin/account/totp", {"code": "000000"})
    assert answer.status_code == 422
    assert not stored(app, owner).has_totp
    answer = newcomer.post("/admin/account/totp", {"code": code_of(seed)})
    assert answer.status_code == 200
    assert stored(app, owner).has_totp
    assert seed not in "".join(_dump(app))


def test_recovery_codes_are_shown_once(app: Flask, owner: Secrets, newcomer: AdminClient) -> None:
    seed = shown_seed(newcomer)
    page = newcomer.post("/admin/account/totp", {"code": code_of(seed)}).get_data(as_text=True)
    codes = [part.split("</code>")[0] for part in page.split("<code>")[1:]]
    assert len(set(codes)) == 10
    assert not [code for code in codes if code in "".join(_dump(app))]
    again = newcomer.post("/admin/account/totp", {"code": code_of(seed)})
    assert (again.status_code, again.location) == (303, "/admin/account/totp")
    assert codes[0] not in newcomer.get("/admin/account").get_data(as_text=True)


def test_the_code_that_set_it_up_does_not_sign_in(
    app: Flask, owner: Secrets, newcomer: AdminClient
) -> None:
    code = code_of(shown_seed(newcomer))
    newcomer.post("/admin/account/totp", {"code": code})
    door = AdminClient(app.test_client())
    door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    assert door.post("/admin/sign-in/code", {"code": code}).status_code == 422


def test_a_new_app_ends_the_sessions_elsewhere_and_keeps_the_codes(
    app: Flask, owner: Secrets, me: AdminClient
) -> None:
    elsewhere = enter(app, owner)
    answer = me.post("/admin/account/totp", {"code": code_of(shown_seed(me))})
    assert (answer.status_code, answer.location) == (303, "/admin/account")
    assert me.get("/admin/account").status_code == 200
    assert elsewhere.get("/admin/account").status_code == 303


def test_new_recovery_codes_replace_the_old(app: Flask, owner: Secrets, me: AdminClient) -> None:
    assert "<code>" in me.post("/admin/account/recovery-codes").get_data(as_text=True)
    door = AdminClient(app.test_client())
    door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    answer = door.post("/admin/sign-in/recovery", {"code": owner.codes[0]})
    assert answer.status_code == 422


def test_the_only_second_factor_stays(app: Flask, owner: Secrets, me: AdminClient) -> None:
    assert me.post("/admin/account/totp/remove").status_code == 409
    key = give_key(app, owner)
    assert me.post("/admin/account/totp/remove").status_code == 303
    answer = me.post(f"/admin/account/passkeys/{key}/remove")
    assert answer.status_code == 409
    assert "先に" in read(answer).text
    assert stored(app, owner).has_passkey
    give_key(app, owner, "家")
    assert me.post(f"/admin/account/passkeys/{key}/remove").status_code == 303


def test_a_passkey_can_be_renamed(app: Flask, owner: Secrets, me: AdminClient) -> None:
    key = give_key(app, owner)
    me.post(f"/admin/account/passkeys/{key}/rename", {"name": "  新しい 鍵 "})
    assert "新しい 鍵" in read(me.get("/admin/account")).text
    me.post(f"/admin/account/passkeys/{key}/rename", {"name": ""})
    text = read(me.get("/admin/account")).text
    assert "名前を入力してください" in text
    assert "新しい 鍵" in text


@pytest.mark.parametrize("act", ["rename", "remove"])
def test_the_passkey_of_another_is_out_of_reach(app: Flask, me: AdminClient, act: str) -> None:
    other = an_owner(app, login="taro")
    key = give_key(app, other)
    answer = me.post(f"/admin/account/passkeys/{key}/{act}", {"name": "x"})
    assert answer.status_code == 404
    with db.reading(app.config["SETTINGS"].database) as database:
        assert passkeys.find(database, key).name == "職場"  # type: ignore[union-attr]


def test_hostile_names_are_only_text(app: Flask, owner: Secrets, me: AdminClient) -> None:
    give_key(app, owner, '"><script>alert(1)</script>{{7*7}}')
    page = read(me.get("/admin/account"))
    assert page.dangers() == []
    assert "{{7*7}}" in page.text


def test_the_browser_is_asked_for_a_passkey_that_verifies_its_owner(
    app: Flask, owner: Secrets, me: AdminClient
) -> None:
    key = give_key(app, owner, "abcd")
    options = me.post("/admin/account/passkeys/options", json={}).get_json()
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert [len(options["excludeCredentials"]), key] == [1, "key-abcd"]
    again = me.post("/admin/account/passkeys/options", json={}).get_json()
    assert options["challenge"] != again["challenge"]


def test_the_set_address_names_where_passkeys_count(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    app = make_app(cast_home(), url="https://sos.example.jp/")
    door = AdminClient(app.test_client())
    options = door.post("/admin/sign-in/passkey/options", json={}).get_json()
    assert options["rpId"] == "sos.example.jp"


NOTHING: tuple[Any, ...] = (
    None,
    [],
    "x",
    {},
    {"credential": None},
    {"credential": "x", "name": "x"},
    {"credential": {}, "name": "x"},
    {"credential": {"id": 5}, "name": "x"},
    {"credential": {"id": "\ud800"}, "name": "x"},
    {"credential": {"id": "a", "rawId": "a", "type": "public-key", "response": {}}, "name": "x"},
    {"credential": {"id": "a", "rawId": "b", "type": "x", "response": None}, "name": "x"},
)


@pytest.mark.parametrize("sent", NOTHING, ids=str)
def test_what_proves_nothing_adds_no_passkey(
    app: Flask, owner: Secrets, me: AdminClient, sent: Any
) -> None:
    me.post("/admin/account/passkeys/options", json={})
    answer = me.post("/admin/account/passkeys", json=sent)
    assert answer.status_code == 422
    assert answer.get_json()["error"]
    assert not stored(app, owner).has_passkey


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("sent", NOTHING, ids=str)
def test_what_proves_nothing_opens_nothing(
    app: Flask, owner: Secrets, asked: bool, sent: Any
) -> None:
    give_key(app, owner, "a")
    door = AdminClient(app.test_client())
    if asked:
        door.post("/admin/sign-in/passkey/options", json={})
    answer = door.post("/admin/sign-in/passkey", json=sent)
    assert answer.status_code == 422
    assert door.get("/admin/account").status_code == 303


@pytest.mark.parametrize("path", ["/admin/sign-in/passkey", "/admin/account/passkeys"])
def test_an_answer_without_a_bottom_is_no_answer(me: AdminClient, path: str) -> None:
    headers = {"User-Agent": AGENT, "X-CSRFToken": me.token()}
    deep = b"[" * 30_000
    answer = me.client.post(path, data=deep, content_type="application/json", headers=headers)
    assert answer.status_code == 422


def test_half_way_only_a_passkey_of_that_account_will_do(app: Flask, owner: Secrets) -> None:
    give_key(app, owner, "mine")
    give_key(app, an_owner(app, login="taro"), "his1")
    door = AdminClient(app.test_client())
    everyone = door.post("/admin/sign-in/passkey/options", json={}).get_json()
    assert everyone["allowCredentials"] == []
    door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    hers = door.post("/admin/sign-in/passkey/options", json={}).get_json()
    assert len(hers["allowCredentials"]) == 1


def test_what_signing_in_rests_on_is_changed_only_by_one_who_has_just_signed_in(
    app: Flask, owner: Secrets, me: AdminClient
) -> None:
    app.config["CLOCK"] = lambda: NOON + timedelta(minutes=29)
    assert me.get("/admin/account/totp").status_code == 200
    app.config["CLOCK"] = lambda: NOON + timedelta(minutes=30)
    answer = me.get("/admin/account/totp")
    assert answer.location == "/admin/sign-in?next=%2Fadmin%2Faccount%2Ftotp&again=1"
    assert "もう一度サインイン" in read(me.get(answer.location)).text
    assert me.post("/admin/account/recovery-codes").status_code == 303
    assert me.get("/admin/account").status_code == 200


def _dump(app: Flask) -> list[str]:
    with db.reading(app.config["SETTINGS"].database) as database:
        return list(database.conn.iterdump())
