"""Signing in and out: what opens, what does not, and what is told to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import db
from sosdir.accounts import Role, passwords, tokens
from sosdir.auth import signing_in
from sosdir.store import accounts, sessions
from sosdir.views.admin.sign_in import own_path
from tests.admins import AdminClient, Secrets, an_owner, cookie_for, sign_in
from tests.cast import NOON
from tests.reading import read


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask], clock: Clock) -> Flask:
    """Give a site whose clock can be set."""
    made = make_app(cast_home())
    made.config["CLOCK"] = clock
    return made


@pytest.fixture
def owner(app: Flask) -> Secrets:
    return an_owner(app)


@pytest.fixture
def door(app: Flask) -> AdminClient:
    """Give someone before the door."""
    return AdminClient(app.test_client())


def changing(app: Flask) -> Any:
    return db.changing(app.config["SETTINGS"].database)


def give_password(door: AdminClient, login: str, password: str, **more: str) -> Any:
    return door.post("/admin/sign-in", {"login": login, "password": password, **more})


def enter(door: AdminClient, owner: Secrets, at: datetime = NOON, **more: str) -> Any:
    """Sign in with password and code; return the last answer."""
    answer = give_password(door, owner.account.login, owner.password, **more)
    assert answer.location == "/admin/sign-in/code"
    return door.post("/admin/sign-in/code", {"code": owner.code(at)})


def is_inside(client: AdminClient) -> bool:
    return client.get("/admin/account").status_code == 200


def test_the_page_offers_passkey_and_password(door: AdminClient) -> None:
    page = read(door.get("/admin/sign-in"))
    fields = {
        attrs["name"]: attrs.get("autocomplete")
        for tag, attrs in page.tags
        if tag == "input" and attrs.get("type") != "hidden"
    }
    assert fields == {"login": "username webauthn", "password": "current-password"}
    assert "パスキーで入る" in page.text
    assert page.dangers() == []


def test_password_and_code_open(door: AdminClient, owner: Secrets, app: Flask) -> None:
    answer = enter(door, owner)
    assert (answer.status_code, answer.location) == (303, "/admin/")
    assert is_inside(door)
    with db.reading(app.config["SETTINGS"].database) as database:
        assert accounts.get(database, owner.account.id).signed_in_at == NOON


@pytest.mark.parametrize("typed", ["hanako", " HANAKO ", "HANAKO"])
def test_a_login_may_be_typed_in_any_way(door: AdminClient, owner: Secrets, typed: str) -> None:
    assert give_password(door, typed, owner.password).status_code == 303


def test_the_password_alone_opens_nothing(door: AdminClient, owner: Secrets) -> None:
    give_password(door, "hanako", owner.password)
    for path in ("/admin/account", "/admin/account/totp", "/admin/account/password"):
        assert "/admin/sign-in" in door.get(path).location


def test_the_cookie_is_for_the_admins_side_and_no_script(door: AdminClient, owner: Secrets) -> None:
    cookie = enter(door, owner).headers["Set-Cookie"]
    assert cookie.startswith("sosdir_admin=")
    for word in ("HttpOnly", "Path=/admin", "SameSite=Lax"):
        assert word in cookie
    assert "Secure" not in cookie
    assert "Expires" not in cookie


def test_the_cookie_is_secure_on_the_web(door: AdminClient, owner: Secrets) -> None:
    secure = door.client.get("/admin/sign-in", base_url="https://example.jp")
    assert "Secure" in secure.headers["Set-Cookie"]


@pytest.mark.parametrize("host", ["example.jp", "192.168.0.5", "localhost.example.jp", "[::2]"])
def test_nobody_signs_in_where_others_can_listen(app: Flask, host: str) -> None:
    answer = app.test_client().get("/admin/sign-in", base_url=f"http://{host}")
    assert answer.status_code == 403
    assert "https" in read(answer).text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_on_this_machine_http_will_do(app: Flask, host: str) -> None:
    assert app.test_client().get("/admin/sign-in", base_url=f"http://{host}").status_code == 200


def test_a_proxy_of_ours_may_say_that_it_was_https(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.jp"}
    home = cast_home()
    alone = make_app(home).test_client()
    behind = make_app(home, proxies=1).test_client()
    assert alone.get("/admin/sign-in", base_url="http://inner", headers=said).status_code == 403
    answer = behind.get("/admin/sign-in", base_url="http://inner", headers=said)
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_a_proxy_nobody_set_passes_on_is_not_of_this_machine(app: Flask) -> None:
    said = {"X-Forwarded-For": "192.0.2.1"}
    answer = app.test_client().get("/admin/sign-in", base_url="http://127.0.0.1", headers=said)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_pages_of_the_admins_are_kept_nowhere(door: AdminClient) -> None:
    answer = door.get("/admin/sign-in", headers={"Accept-Encoding": "br, gzip"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers


def test_public_pages_see_no_cookie(app: Flask, owner: Secrets) -> None:
    signed_in = sign_in(app, Role.ADMIN)
    for path in ("/", "/services/minato-sos", "/about", "/nowhere"):
        answer = signed_in.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def wrong_answers(app: Flask, door: AdminClient) -> dict[str, Any]:
    """Return the answers to what cannot open, by its reason."""
    with changing(app) as database:
        closed = accounts.add(database, "closed", "閉", Role.EDITOR, NOON)
        accounts.set_password(database, closed.id, passwords.hash_of("a right password indeed"))
        accounts.deactivate(database, closed.id)
        accounts.add(database, "invited", "招", Role.EDITOR, NOON)
    return {
        "wrong": give_password(door, "hanako", "not her password at all"),
        "unknown": give_password(door, "nobody", "not her password at all"),
        "closed": give_password(door, "closed", "a right password indeed"),
        "invited": give_password(door, "invited", "not her password at all"),
        "no login": give_password(door, "はなこ\x00'\"", "not her password at all"),
    }


def test_no_answer_tells_who_has_an_account(
    app: Flask, door: AdminClient, owner: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    verify = passwords.is_right

    def counting(password: str, stored: str | None) -> bool:
        asked.append(stored)
        return verify(password, stored)

    monkeypatch.setattr(passwords, "is_right", counting)
    answers = wrong_answers(app, door)
    said = {
        reason: read(answer).text.replace("hanako", "").replace("nobody", "")
        for reason, answer in answers.items()
    }
    assert {answer.status_code for answer in answers.values()} == {422}
    assert len(set(said.values())) == 1
    # The same work for each: one hash is verified, a right one or a nobody's.
    assert len(asked) == len(answers)
    assert sum(stored is not None for stored in asked) == 1


def test_a_wrong_password_says_what_to_do_and_is_not_sent_back(
    door: AdminClient, owner: Secrets
) -> None:
    answer = give_password(door, "hanako", "not her password at all")
    assert "もう一度入力してください" in read(answer).text
    assert "not her password" not in answer.get_data(as_text=True)
    assert 'value="hanako"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("data", [{}, {"login": "hanako"}, {"password": "x" * 5000, "login": "a"}])
def test_what_is_missing_or_too_long_is_told(door: AdminClient, data: dict[str, str]) -> None:
    assert door.post("/admin/sign-in", data).status_code == 422


def test_an_account_is_closed_for_a_while_after_ten_failures(
    door: AdminClient, owner: Secrets, app: Flask
) -> None:
    for _ in range(10):
        assert give_password(door, "hanako", "not her password at all").status_code == 422
    answer = give_password(door, "HANAKO ", owner.password)
    assert answer.status_code == 429
    # Another spelling of the same login is no other account.
    assert give_password(door, "ｈａｎａｋｏ", owner.password).status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "分たってから" in read(answer).text
    elsewhere = AdminClient(app.test_client())
    assert give_password(elsewhere, "hanako", owner.password).status_code == 429
    assert give_password(elsewhere, "other", owner.password).status_code == 422


def test_an_address_is_closed_for_a_while_after_forty_failures(
    door: AdminClient, owner: Secrets, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda *_: False)
    for number in range(40):
        give_password(door, f"somebody-{number}", "not her password at all")
    assert give_password(door, "hanako", owner.password).status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = door.post(
        "/admin/sign-in",
        {"login": "hanako", "password": owner.password},
        environ_overrides=elsewhere,
    )
    assert answer.status_code == 422


def test_codes_cannot_be_tried_for_long(door: AdminClient, owner: Secrets) -> None:
    give_password(door, "hanako", owner.password)
    for _ in range(10):
        assert door.post("/admin/sign-in/code", {"code": "000000"}).status_code == 422
    assert door.post("/admin/sign-in/code", {"code": owner.code(NOON)}).status_code == 429
    answer = door.post("/admin/sign-in/recovery", {"code": owner.codes[0]})
    assert answer.status_code == 429


def test_no_address_and_no_secret_is_logged(
    door: AdminClient, owner: Secrets, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for _ in range(11):
        give_password(door, "hanako", "not her password at all")
    for secret in ("127.0.0.1", "not her password", "hanako"):
        assert secret not in caplog.text


def test_a_code_opens_once(app: Flask, door: AdminClient, owner: Secrets, clock: Clock) -> None:
    enter(door, owner)
    again = AdminClient(app.test_client())
    assert enter(again, owner).status_code == 422
    clock.forward(seconds=30)
    assert enter(again, owner, clock.at).status_code == 303


def test_an_older_code_than_the_last_one_used_is_refused(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    give_password(door, "hanako", owner.password)
    assert door.post("/admin/sign-in/code", {"code": owner.code(NOON, 1)}).status_code == 303
    again = AdminClient(app.test_client())
    assert enter(again, owner).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_clock_may_be_one_step_off(
    door: AdminClient, owner: Secrets, steps: int, status: int
) -> None:
    give_password(door, "hanako", owner.password)
    answer = door.post("/admin/sign-in/code", {"code": owner.code(NOON, steps)})
    assert answer.status_code == status


def test_a_code_may_be_typed_in_full_width_with_spaces(door: AdminClient, owner: Secrets) -> None:
    give_password(door, "hanako", owner.password)
    code = owner.code(NOON).translate({ord("0") + n: ord("０") + n for n in range(10)})
    typed = f" {code[:3]} {code[3:]} "
    assert door.post("/admin/sign-in/code", {"code": typed}).status_code == 303


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "' OR 1", "1" * 500])
def test_what_is_no_code_is_refused(door: AdminClient, owner: Secrets, code: str) -> None:
    give_password(door, "hanako", owner.password)
    assert door.post("/admin/sign-in/code", {"code": code}).status_code == 422


def test_a_recovery_code_opens_once(app: Flask, door: AdminClient, owner: Secrets) -> None:
    give_password(door, "hanako", owner.password)
    typed = owner.codes[0].upper().replace("-", " ")
    answer = door.post("/admin/sign-in/recovery", {"code": typed})
    assert answer.status_code == 303
    assert "残りは1個" in read(door.get("/admin/account")).text
    again = AdminClient(app.test_client())
    give_password(again, "hanako", owner.password)
    assert again.post("/admin/sign-in/recovery", {"code": owner.codes[0]}).status_code == 422
    assert again.post("/admin/sign-in/recovery", {"code": owner.codes[1]}).status_code == 303
    assert "復旧コードはもうありません" in read(again.get("/admin/account")).text


def test_a_recovery_code_of_another_account_is_none(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    other = an_owner(app, login="taro")
    give_password(door, "hanako", owner.password)
    assert door.post("/admin/sign-in/recovery", {"code": other.codes[0]}).status_code == 422


@pytest.mark.parametrize("path", ["/admin/sign-in/code", "/admin/sign-in/recovery"])
def test_without_a_password_there_is_no_second_step(
    door: AdminClient, owner: Secrets, path: str
) -> None:
    assert door.get(path).location == "/admin/sign-in"
    answer = door.post(path, {"code": owner.code(NOON)})
    assert (answer.status_code, answer.location) == (303, "/admin/sign-in")
    assert not is_inside(door)


def test_half_way_lasts_ten_minutes(door: AdminClient, owner: Secrets, clock: Clock) -> None:
    give_password(door, "hanako", owner.password)
    clock.forward(minutes=10)
    answer = door.post("/admin/sign-in/code", {"code": owner.code(clock.at)})
    assert answer.location == "/admin/sign-in"


def test_half_way_ends_with_a_new_password(app: Flask, door: AdminClient, owner: Secrets) -> None:
    give_password(door, "hanako", owner.password)
    with changing(app) as database:
        accounts.set_password(database, owner.account.id, passwords.hash_of("another one"))
    answer = door.post("/admin/sign-in/code", {"code": owner.code(NOON)})
    assert answer.location == "/admin/sign-in"


def test_half_way_ends_in_another_browser_and_for_a_closed_account(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    an_owner(app, Role.ADMIN, "other")
    give_password(door, "hanako", owner.password)
    stolen = door.get("/admin/sign-in/code", headers={"User-Agent": "thief"})
    assert stolen.location == "/admin/sign-in"
    with changing(app) as database:
        accounts.deactivate(database, owner.account.id)
    assert door.get("/admin/sign-in/code").location == "/admin/sign-in"


def test_a_seed_under_another_secret_key_opens_nothing(
    app: Flask, door: AdminClient, owner: Secrets, caplog: pytest.LogCaptureFixture
) -> None:
    give_password(door, "hanako", owner.password)
    with changing(app) as database:
        accounts.set_totp(database, owner.account.id, "gAAAAA-not-ours")
    answer = door.post("/admin/sign-in/code", {"code": owner.code(NOON)})
    assert answer.status_code == 422
    assert "was the secret key changed" in caplog.text


def token_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("sosdir_admin", path="/admin")
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> AdminClient:
    thief = app.test_client()
    thief.set_cookie("sosdir_admin", value, path="/admin")
    return AdminClient(thief)


def test_a_session_stolen_before_signing_out_is_dead_after(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    enter(door, owner)
    thief = with_cookie(app, token_of(door.client))
    assert is_inside(thief)
    assert door.post("/admin/sign-out").location == "/admin/sign-in"
    assert not is_inside(door)
    assert not is_inside(thief)


def test_a_session_does_not_open_in_another_browser(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    enter(door, owner)
    other = door.get("/admin/account", headers={"User-Agent": "another browser"})
    assert "/admin/sign-in" in other.location


def test_a_session_is_new_at_every_sign_in(
    app: Flask, door: AdminClient, owner: Secrets, clock: Clock
) -> None:
    enter(door, owner)
    before = with_cookie(app, token_of(door.client))
    clock.forward(minutes=1)
    door.get("/admin/sign-in?again=1")
    enter(door, owner, clock.at)
    assert is_inside(door)
    assert not is_inside(before)


def test_the_token_of_before_does_not_do_after_signing_in(
    door: AdminClient, owner: Secrets
) -> None:
    old = door.token()
    enter(door, owner)
    answer = door.client.post(
        "/admin/sign-out", data={"csrf_token": old}, headers={"User-Agent": "sosdir-tests"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("gone", "inside"),
    [
        ([{"minutes": 119}], True),
        ([{"minutes": 120}], False),
        ([{"minutes": 100}] * 7, True),
        ([{"minutes": 100}] * 7 + [{"minutes": 20}], False),
    ],
)
def test_a_session_ends_after_a_long_pause_or_a_long_day(
    door: AdminClient, owner: Secrets, clock: Clock, gone: list[dict[str, int]], inside: bool
) -> None:
    enter(door, owner)
    for each in gone[:-1]:
        clock.forward(**each)
        assert is_inside(door)
    clock.forward(**gone[-1])
    assert is_inside(door) is inside


def test_a_session_opens_while_another_holds_the_database(
    app: Flask, door: AdminClient, owner: Secrets, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(door, owner)
    clock.forward(minutes=6)
    monkeypatch.setattr(signing_in, "PATIENCE", 0.01)
    with changing(app):
        assert is_inside(door)


def test_a_session_of_a_closed_account_opens_nothing(
    app: Flask, door: AdminClient, owner: Secrets
) -> None:
    enter(door, owner)
    with changing(app) as database:
        # Only the mark is set: even were a session left over, it opens nothing.
        database.execute("UPDATE account SET is_active = 0")
    assert not is_inside(door)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "forged",
        "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb",
        "eyJfdXNlcl9pZCI6IjEifQ.Z0aaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_a_forged_session_opens_nothing(app: Flask, owner: Secrets, value: str) -> None:
    assert not is_inside(with_cookie(app, value))


def test_a_session_signed_with_another_key_opens_nothing(
    app: Flask, owner: Secrets, make_app: Callable[..., Flask]
) -> None:
    home = app.config["SETTINGS"].home
    other = make_app(home, secret_key="another secret key, long enough for it")
    assert not is_inside(with_cookie(app, cookie_for(other, owner.account)))
    assert is_inside(with_cookie(app, cookie_for(app, owner.account)))


@pytest.mark.parametrize("held", [1, None, ["x"], "unknown"])
def test_a_session_that_holds_something_else_opens_nothing(
    app: Flask, owner: Secrets, held: Any
) -> None:
    client = with_cookie(app, cookie_for(app, owner.account))
    with client.client.session_transaction(path="/admin/") as session:
        session["_user_id"] = held
    assert not is_inside(client)


def test_neither_token_nor_session_is_stored(app: Flask, door: AdminClient, owner: Secrets) -> None:
    enter(door, owner)
    with door.client.session_transaction(path="/admin/") as session:
        token = session["_user_id"]
        assert "_id" not in session
    with db.reading(app.config["SETTINGS"].database) as database:
        (stored,) = sessions.of_account(database, owner.account.id, NOON)
        dump = "\n".join(database.conn.iterdump())
    assert stored.token_hash == tokens.hash_of(token)
    for secret in (token, owner.password, owner.seed, owner.codes[0], "127.0.0.1", "sosdir-tests"):
        assert secret not in dump


def test_a_weak_hash_is_renewed_at_sign_in(
    app: Flask, door: AdminClient, owner: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored() -> str | None:
        with db.reading(app.config["SETTINGS"].database) as database:
            return accounts.password_hash(database, owner.account.id)

    before = stored()
    monkeypatch.setattr(passwords, "is_weak", lambda _: True)
    assert give_password(door, "hanako", owner.password).status_code == 303
    after = stored()
    assert before != after
    assert passwords.is_right(owner.password, after)


def test_one_goes_on_to_the_page_asked_for(door: AdminClient, owner: Secrets) -> None:
    asked = door.get("/admin/account?x=%E3%81%82")
    assert asked.location == "/admin/sign-in?next=%2Fadmin%2Faccount%3Fx%3D%25E3%2581%2582"
    page = read(door.get(asked.location))
    (onward,) = [attrs["value"] for _, attrs in page.tags if attrs.get("name") == "next"]
    assert onward is not None
    assert enter(door, owner, next=onward).location == "/admin/account?x=%E3%81%82"


def test_after_a_form_one_signs_in_and_begins_at_the_start(door: AdminClient) -> None:
    answer = door.post("/admin/account/password", {"old": "x"})
    assert (answer.status_code, answer.location) == (303, "/admin/sign-in")


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/admin/",
        "/\\evil.example",
        "/admin//evil.example",
        "/admin/\\evil",
        "/admin@evil.example",
        "/administrate",
        "/services",
        "javascript:alert(1)",
        "/admin/\r\nSet-Cookie: a=b",
        "/admin/sign-out",
        "/admin/sign-in",
        "/admin/invitations/x",
        "/admin/" + "a" * 600,
        "",
    ],
)
def test_a_page_elsewhere_is_none_to_go_on_to(path: str) -> None:
    assert own_path(path) is None


def test_nobody_is_sent_elsewhere(door: AdminClient, owner: Secrets) -> None:
    evil = "//evil.example/admin/"
    assert enter(door, owner, next=evil).location == "/admin/"
    assert door.get(f"/admin/sign-in?next={quote(evil)}").location == "/admin/"


def test_who_is_in_is_not_asked_again(door: AdminClient, owner: Secrets) -> None:
    enter(door, owner)
    assert door.get("/admin/sign-in").location == "/admin/"
    assert door.get("/admin/sign-in?again=1").status_code == 200


def test_without_a_secret_key_the_public_site_still_opens(
    cast_home: Callable[..., Path],
    make_app: Callable[..., Flask],
    caplog: pytest.LogCaptureFixture,
) -> None:
    home = cast_home()
    (home / "secret_key").mkdir()
    client = make_app(home).test_client()
    assert client.get("/services/minato-sos").status_code == 200
    answer = client.get("/admin/sign-in")
    assert answer.status_code == 503
    assert "準備ができていません" in read(answer).text
    assert "SOSDIR_SECRET_KEY" in caplog.text


def test_without_a_database_the_admins_side_says_so(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    app = make_app(tmp_path)
    client = app.test_client()
    with client.session_transaction(path="/admin/") as session:
        session["_user_id"] = "token"
    assert client.get("/admin/account").status_code == 503


def test_an_unknown_page_of_the_admins_looks_like_one(app: Flask) -> None:
    answer = app.test_client().get("/admin/nowhere")
    assert answer.status_code == 404
    assert "/admin/sign-in" in read(answer).links
