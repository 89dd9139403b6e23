"""What the log says of acts on the admins' side: who, what and how it was answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sosdir.accounts import Role
from tests.admins import AGENT, AdminClient, an_account, an_owner, sign_in
from tests.cast import NOON

Enter = Callable[..., AdminClient]


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    """Give a site of its own."""
    return make_app(cast_home())


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Listen to what is told of acts."""
    caplog.set_level(logging.INFO, "sosdir.auth.acts")
    return caplog


def lines(log: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in log.records if each.name == "sosdir.auth.acts"]


def test_each_step_of_signing_in_and_out_is_told(app: Flask, log: pytest.LogCaptureFixture) -> None:
    owner, door = an_owner(app), AdminClient(app.test_client())
    number = owner.account.id
    door.post("/admin/sign-in", {"login": "hanako", "password": "wrong"})
    door.post("/admin/sign-in", {"login": "hanako", "password": owner.password})
    door.post("/admin/sign-in/code", {"code": "000000"})
    door.post("/admin/sign-in/code", {"code": owner.code(NOON)})
    door.post("/admin/sign-out")
    assert lines(log) == [
        "POST admin_sign_in.sign_in_by_password: 422, account none",
        f"POST admin_sign_in.sign_in_by_password: 303, account {number} (password only)",
        f"POST admin_sign_in.check_code: 422, account {number} (password only)",
        f"POST admin_sign_in.check_code: 303, account {number}",
        "POST admin_sign_in.sign_out: 303, account none",
    ]


def test_what_is_refused_is_told(app: Flask, log: pytest.LogCaptureFixture) -> None:
    editor, number = sign_in(app), an_account(app).id
    editor.get("/admin/users")
    editor.client.post("/admin/account/sessions/end-others", headers={"User-Agent": AGENT})
    assert lines(log) == [
        f"GET admin_users.users: 403, account {number}",
        f"POST admin_account.end_other_sessions: 400, account {number}",
    ]


def test_one_who_tries_too_often_is_told(app: Flask, log: pytest.LogCaptureFixture) -> None:
    door = AdminClient(app.test_client())
    for _ in range(11):
        door.post("/admin/sign-in", {"login": "hanako", "password": ""})
    assert lines(log)[-1] == "POST admin_sign_in.sign_in_by_password: 429, account none"


def test_looking_and_the_public_are_not_told_of(app: Flask, log: pytest.LogCaptureFixture) -> None:
    admin = sign_in(app, Role.ADMIN)
    admin.get("/admin/users")
    admin.get("/admin/nowhere")
    admin.client.post("/search", data={"q": "横浜"})
    admin.client.get("/?at=x")
    assert lines(log) == []


def test_nothing_that_was_typed_is_told(app: Flask, log: pytest.LogCaptureFixture) -> None:
    owner, door = an_owner(app), AdminClient(app.test_client())
    # A password where the login belongs.
    door.post("/admin/sign-in", {"login": owner.password, "password": "himitsu"})
    door.post("/admin/invitations/himitsu", {"new": owner.password})
    told = "\n".join(map(repr, (vars(each) for each in log.records)))
    assert owner.password not in told
    assert "himitsu" not in told
    assert "127.0.0.1" not in told


def test_without_a_database_an_act_is_told_all_the_same(
    tmp_path: Path, make_app: Callable[..., Flask], log: pytest.LogCaptureFixture
) -> None:
    door = AdminClient(make_app(tmp_path).test_client())
    door.post("/admin/sign-in", {"login": "hanako", "password": "x"})
    (line,) = lines(log)
    assert line.endswith(": 503, account none")
