"""Attacks on signing in: planted cookies, races for what opens once, who has an account."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import argon2
import pytest
from flask import Flask

from sosdir import db
from sosdir.accounts import Role, tokens
from sosdir.auth import cookies
from sosdir.store import accounts, invitations
from tests.admins import AGENT, PASSWORD, AdminClient, Secrets, an_account, an_owner, cookie_for
from tests.cast import NOON

AT_ONCE = 4
HTTPS = {"base_url": "https://localhost"}


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    """Give a site of its own."""
    return make_app(cast_home())


@pytest.fixture
def owner(app: Flask) -> Secrets:
    """Give someone who has an account."""
    return an_owner(app)


def half_way(app: Flask, owner: Secrets) -> AdminClient:
    """Return a browser whose password was right."""
    door = AdminClient(app.test_client())
    answer = door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    assert answer.location == "/admin/sign-in/code"
    return door


def is_inside(door: AdminClient, **options: Any) -> bool:
    return door.get("/admin/account", **options).status_code == 200


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of it in the same moment and return what came of each."""
    barrier = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        barrier.wait(30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_a_session_planted_before_signing_in_is_worth_nothing_after(
    app: Flask, owner: Secrets
) -> None:
    thief = AdminClient(app.test_client())
    thief.get("/admin/sign-in")
    planted, token = thief.client.get_cookie(cookies.NAME, path="/admin"), thief.token()
    assert planted is not None
    victim = AdminClient(app.test_client())
    victim.client.set_cookie(cookies.NAME, planted.value, path="/admin")
    given = {"login": "hanako", "password": owner.password}
    assert victim.post("/admin/sign-in", given).status_code == 303
    assert victim.post("/admin/sign-in/code", {"code": owner.code(NOON)}).status_code == 303
    assert is_inside(victim)
    assert not is_inside(thief)
    # Nor does the token of the planted session forge anything in the new one.
    forged = victim.client.post(
        "/admin/account/sessions/end-others",
        data={"csrf_token": token},
        headers={"User-Agent": AGENT},
    )
    assert forged.status_code == 400


def test_a_cookie_tossed_in_beside_ours_never_mixes_two_sessions(
    app: Flask, owner: Secrets
) -> None:
    own = cookie_for(app, owner.account)
    thief = AdminClient(app.test_client())
    thief.get("/admin/sign-in")
    tossed = thief.client.get_cookie(cookies.NAME, path="/admin")
    assert tossed is not None
    token = thief.token()
    for pair in (f"{cookies.NAME}={tossed.value}; {cookies.NAME}={own}",):
        answer = app.test_client(use_cookies=False).post(
            "/admin/account/sessions/end-others",
            data={"csrf_token": token},
            headers={"User-Agent": AGENT, "Cookie": pair},
        )
        # It is the thief's session, which is nobody's: she is sent to sign in.
        assert "/admin/sign-in" in answer.location


def test_over_https_only_the_cookie_that_came_over_https_counts(app: Flask, owner: Secrets) -> None:
    value = cookie_for(app, owner.account)
    for name, opens in ((cookies.NAME, False), (cookies.SECURE_NAME, True)):
        door = AdminClient(app.test_client())
        door.client.set_cookie(name, value, path="/admin")
        assert is_inside(door, **HTTPS) is opens


def test_a_recovery_code_sent_many_times_at_once_opens_once(app: Flask, owner: Secrets) -> None:
    doors = [half_way(app, owner) for _ in range(AT_ONCE)]
    code = owner.codes[0]

    def enter(door: AdminClient) -> Callable[[], int]:
        return lambda: door.post("/admin/sign-in/recovery", {"code": code}).status_code

    assert sorted(all_at_once([enter(door) for door in doors])) == [303] + [422] * (AT_ONCE - 1)
    assert [is_inside(door) for door in doors].count(True) == 1


def test_a_code_sent_many_times_at_once_opens_once(app: Flask, owner: Secrets) -> None:
    doors = [half_way(app, owner) for _ in range(AT_ONCE)]
    code = owner.code(NOON)

    def enter(door: AdminClient) -> Callable[[], int]:
        return lambda: door.post("/admin/sign-in/code", {"code": code}).status_code

    assert sorted(all_at_once([enter(door) for door in doors])) == [303] + [422] * (AT_ONCE - 1)
    assert [is_inside(door) for door in doors].count(True) == 1


def test_an_invitation_taken_many_times_at_once_sets_one_password(
    app: Flask, owner: Secrets
) -> None:
    token = tokens.new_token()
    with db.changing(app.config["SETTINGS"].database) as database:
        invitations.add(database, tokens.hash_of(token), owner.account.id, "花子", NOON)
    doors = [AdminClient(app.test_client()) for _ in range(AT_ONCE)]
    for door in doors:
        door.get("/admin/sign-in")

    def accept(number: int) -> Callable[[], int]:
        sent = {"new": f"ちがう合言葉その{number}で十分に長い"}
        path = f"/admin/invitations/{token}"
        return lambda: doors[number].post(path, sent).status_code

    statuses = all_at_once([accept(number) for number in range(AT_ONCE)])
    assert sorted(statuses) == [303] + [410] * (AT_ONCE - 1)


@pytest.mark.parametrize(
    "login", ["hanako", "nobody-here", "closed", "invited", "", "不正", "x" * 200]
)
def test_one_password_is_hashed_whoever_is_asked_for(
    app: Flask, owner: Secrets, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.changing(app.config["SETTINGS"].database) as database:
        closed = accounts.add(database, "closed", "閉", Role.EDITOR, NOON)
        accounts.set_password(database, closed.id, argon2.PasswordHasher().hash(PASSWORD))
        accounts.deactivate(database, closed.id)
        accounts.add(database, "invited", "招", Role.EDITOR, NOON)
    asked: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counted(self: argon2.PasswordHasher, stored: str, password: str) -> bool:
        asked.append(argon2.extract_parameters(stored).__repr__())
        return verify(self, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    door = AdminClient(app.test_client())
    answer = door.post("/admin/sign-in", {"login": login or " ", "password": "この合言葉は違う"})
    assert answer.status_code == 422
    # One hash, of the same cost: nothing to be seen in the time it takes.
    assert asked == [argon2.extract_parameters(argon2.PasswordHasher().hash("x")).__repr__()]


def test_who_is_locked_out_by_a_stranger_still_comes_in_by_passkey(
    app: Flask, owner: Secrets
) -> None:
    door = AdminClient(app.test_client())
    for _ in range(10):
        door.post("/admin/sign-in", {"login": "hanako", "password": "この合言葉は違う"})
    given = {"login": "hanako", "password": owner.password}
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}}
    assert door.post("/admin/sign-in", given, **elsewhere).status_code == 429
    # A passkey is tried by address alone, so nobody can close that door to another.
    answer = door.post("/admin/sign-in/passkey", json={"credential": {"id": "x"}}, **elsewhere)
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["remember_token", "session", "sosdir_admin_", "Sosdir_Admin"])
def test_no_other_cookie_opens_anything(app: Flask, owner: Secrets, name: str) -> None:
    door = AdminClient(app.test_client())
    door.client.set_cookie(name, cookie_for(app, owner.account), path="/")
    assert not is_inside(door)


def test_the_session_of_one_account_is_never_that_of_another(app: Flask, owner: Secrets) -> None:
    other = an_account(app, Role.ADMIN)
    door = AdminClient(app.test_client())
    door.client.set_cookie(cookies.NAME, cookie_for(app, other), path="/admin")
    assert is_inside(door)
    # Half way as somebody else, the former session is over at once.
    door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    assert not is_inside(door)
