"""No secret stands in a log, on a page of a fault or on the terminal, wherever something fails."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from sosdir import db
from sosdir.accounts import Role, tokens
from sosdir.auth import cookies
from sosdir.security import HEADERS
from sosdir.store import accounts, invitations
from tests.admins import AGENT, AdminClient, Secrets, an_owner, cookie_for
from tests.cast import NOON
from tests.test_logs import PATIENCE, free_port

SECRET_KEY = "himitsu-no-kagi-7391-himitsu-no-kagi"
PASSWORD = "himitsu-no-aikotoba-7391"
CONTACT = "himitsu-renraku-7391@example.jp"
WORDS = "himitsu no kotoba 7391"
RECOVERY = "abcd-efgh-jkmn-pqrs-tuvw-xy72"
CODE = "739173"
TYPED = {"password": PASSWORD, "old": PASSWORD, "new": f"{PASSWORD}-new"}


@dataclass
class Site:
    """A site whose every part can be made to fail, and the secrets that are used on it."""

    app: Flask
    owner: Secrets
    invitation: str
    cookie: str
    known: dict[str, str] = field(default_factory=dict)

    def browser(self, *, signed_in: bool = True) -> AdminClient:
        """Return a browser."""
        client = self.app.test_client()
        if signed_in:
            client.set_cookie(cookies.NAME, self.cookie, path="/admin")
        return AdminClient(client)


class Told(logging.Handler):
    """Keep every record as any handler might write it: message, arguments and trace."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))
        self.lines.append(repr(record.__dict__))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def told() -> Iterator[Told]:
    """Listen to every logger there is, at its most talkative."""
    handler, root = Told(), logging.getLogger()
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    levels = {each: each.level for each in (root, *known)}
    for each in levels:
        each.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    for each, level in levels.items():
        each.setLevel(level)


@pytest.fixture
def site(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Site:
    """Give a site with an admin of our own, an open invitation, and a key that we know."""
    app = make_app(cast_home(), secret_key=SECRET_KEY)
    app.testing = False
    owner, invitation = an_owner(app, Role.ADMIN), tokens.new_token()
    with db.changing(app.config["SETTINGS"].database) as database:
        invited = accounts.add(database, "invited", "招", Role.EDITOR, NOON)
        invitations.add(database, tokens.hash_of(invitation), invited.id, "花子", NOON)
    made = Site(app, owner, invitation, cookie_for(app, owner.account))
    made.known = {
        "secret key": SECRET_KEY,
        "password": PASSWORD,
        "recovery code": RECOVERY,
        "code": CODE,
        "contact": CONTACT,
        "words": WORDS,
        "cookie": made.cookie,
        "session": session_token(app, made.cookie),
        "form token": made.browser().token(),
        "invitation": invitation,
        "seed": owner.seed,
        "password of the account": owner.password,
        "recovery code of the account": owner.codes[0],
    }
    return made


def session_token(app: Flask, cookie: str) -> str:
    signer = cookies.AdminCookie().get_signing_serializer(app)
    assert signer is not None
    return str(signer.loads(cookie)["_user_id"])


def found_in(site: Site, text: str) -> list[str]:
    """Return the names of the secrets that a text holds, in any writing."""
    bare = text.replace("-", "").replace(" ", "")
    return [
        name
        for name, secret in site.known.items()
        if secret in text or secret.replace("-", "").replace(" ", "") in bare
    ]


# Each way a secret comes in: method, path and what is sent.
WAYS: dict[str, tuple[str, dict[str, str], bool]] = {
    "password": ("/admin/sign-in", {"login": "hanako", **TYPED}, False),
    "code": ("/admin/sign-in/code", {"code": CODE}, False),
    "recovery": ("/admin/sign-in/recovery", {"code": RECOVERY}, False),
    "new password": ("/admin/account/password", TYPED, True),
    "totp": ("/admin/account/totp", {"code": CODE}, True),
    "passkey": ("/admin/account/passkeys/options", TYPED, True),
    "invitation": ("/admin/invitations/{invitation}", TYPED, False),
    "user": ("/admin/users/new", {"login": "x1", "name": WORDS, "role": "editor"}, True),
    "edit": ("/admin/services/minato-sos/edit", {"name": WORDS, "do": "save_draft"}, True),
    "report": ("/report/minato-sos", {"words": WORDS, "contact": CONTACT}, False),
    "nowhere": ("/admin/nowhere/{invitation}", TYPED, True),
}
# Where it fails, with the secrets in the words of the error, in its arguments and in its frames.
PLACES = (
    "flask.app.Flask.dispatch_request",
    "flask.app.Flask.make_response",
    "sosdir.db.current",
    "sosdir.db.changing",
    "sosdir.context.now",
    "sosdir.accounts.passwords.is_right",
    "sosdir.accounts.passwords.hash_of",
    "sosdir.accounts.totp.matching_step",
    "sosdir.accounts.recovery.hash_of",
    "sosdir.accounts.tokens.hash_of",
    "sosdir.forms.sealing.fault_of_seal",
    "sosdir.store.reports.add",
    "sosdir.auth.cookies.AdminCookie.open_session",
    "sosdir.auth.cookies.AdminCookie.save_session",
    "flask_wtf.csrf.validate_csrf",
    "flask.app.render_template",
    "sosdir.views.problems.render_template",
)


def break_at(monkeypatch: pytest.MonkeyPatch, place: str, site: Site) -> None:
    """Let a place fail with an error that holds every secret, caused by another that does."""

    def fail(*arguments: Any, **named: Any) -> Any:
        kept = dict(site.known)
        try:
            raise ValueError(f"{kept} {arguments!r}")
        except ValueError as error:
            raise RuntimeError(repr(kept), kept) from error

    monkeypatch.setattr(place, fail, raising=False)


@pytest.mark.parametrize("place", PLACES)
def test_no_secret_is_told_wherever_something_fails(
    site: Site, told: Told, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    doors = {True: site.browser(), False: site.browser(signed_in=False)}
    sent = {name: prepared(site, doors[way[2]], way) for name, way in WAYS.items()}
    break_at(monkeypatch, place, site)
    pages = []
    for name, (path, data) in sent.items():
        client = doors[WAYS[name][2]].client
        for method in ("POST", "GET"):
            answer = client.open(path, method=method, data=data, headers={"User-Agent": AGENT})
            if answer.status_code >= 500:
                pages.append(answer.get_data(as_text=True) + str(answer.headers))
    assert found_in(site, told.text) == []
    # The token of her own form stands in her own page.
    assert {name for page in pages for name in found_in(site, page)} <= {"form token"}


def test_the_places_do_fail_and_are_logged(
    site: Site, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = site.browser(signed_in=False)
    path, data = prepared(site, door, WAYS["invitation"])
    break_at(monkeypatch, "sosdir.accounts.tokens.hash_of", site)
    answer = door.client.post(path, data=data, headers={"User-Agent": AGENT})
    assert answer.status_code == 500
    # What is needed to mend it is there: the route, the kind of error and the line.
    assert "'endpoint': 'admin_invitations.accept'" in told.text
    assert "RuntimeError" in told.text
    assert "invitations.py" in told.text


def prepared(
    site: Site, door: AdminClient, way: tuple[str, dict[str, str], bool]
) -> tuple[str, dict[str, str]]:
    """Return path and form of a way, with a token that fits, before anything is broken."""
    path, data, _ = way
    door.get("/admin/sign-in")
    return path.format(invitation=site.invitation), {**data, "csrf_token": door.token()}


def test_every_refusal_keeps_what_was_typed_to_itself(site: Site, told: Told) -> None:
    for name, way in WAYS.items():
        door = site.browser(signed_in=way[2])
        path, data = prepared(site, door, way)
        for sent in (data, {**data, "csrf_token": "forged"}):
            answer = door.client.post(path, data=sent, headers={"User-Agent": AGENT})
            assert answer.status_code < 500, name
            page = answer.get_data(as_text=True)
            # A form carries its own new token, and a report what was typed, for her alone.
            mine = {"form token", "contact", "words"}
            assert set(found_in(site, page + str(answer.headers))) <= mine, name
    assert found_in(site, told.text) == []


def test_no_setting_that_is_secret_is_shown_when_settings_are(site: Site) -> None:
    settings = site.app.config["SETTINGS"]
    assert SECRET_KEY not in repr(settings)
    assert SECRET_KEY not in str(settings)


def test_a_fault_in_the_page_of_the_fault_is_answered_in_words(
    site: Site, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_at(monkeypatch, "sosdir.views.problems.render_template", site)
    answer = site.app.test_client().get("/nowhere")
    assert answer.status_code == 500
    assert "119" in answer.text
    assert dict(answer.headers).items() >= HEADERS.items()
    assert "'endpoint': 'none'" in told.text
    assert "A fault that no page could tell of" in told.text


def test_no_environment_turns_a_debugger_on(
    tmp_path: Path, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert make_app(tmp_path).debug is False


@pytest.fixture(scope="module")
def written(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[int]]:
    """Serve for real at its most talkative, send every secret, break the database, and stop."""
    home, port = tmp_path_factory.mktemp("served"), free_port()
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    environ = os.environ | {
        "SOSDIR_HOME": str(home),
        "PORT": str(port),
        "SOSDIR_SECRET_KEY": SECRET_KEY,
        "RUST_LOG": "trace",
        "FLASK_DEBUG": "1",
    }
    command = [sys.executable, "-m", "sosdir", "serve"]
    out = home / "out.log"
    with out.open("wb") as file:
        process = subprocess.Popen(command, env=environ, stdout=file, stderr=file)
        try:
            wait_for(port, process, out)
            statuses = [*send_all(port)]
            (home / "sosdir.db").write_bytes(b"no database any more" * 400)
            statuses += send_all(port)
        finally:
            process.terminate()
            process.wait(PATIENCE)
    return out.read_text("utf-8"), statuses


def wait_for(port: int, process: subprocess.Popen[bytes], out: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, out.read_text("utf-8")
        with suppress(OSError, HTTPException):
            if ask(port, "GET", "/healthz", {})[0] == 200:
                return
        time.sleep(0.2)
    raise AssertionError(out.read_text("utf-8"))


def ask(port: int, method: str, path: str, data: dict[str, str], cookie: str = "") -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    headers |= {"Cookie": f"{cookies.NAME}={cookie}"} if cookie else {}
    connection.request(method, path, urlencode(data) or None, headers)
    answer = connection.getresponse()
    page, given = answer.read().decode(), answer.headers.get("Set-Cookie", "")
    connection.close()
    return answer.status, page, given


def send_all(port: int) -> Iterator[int]:
    """Send every secret there is by every way, with a token that fits."""
    _, page, given = ask(port, "GET", "/admin/sign-in", {})
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    cookie = re.search(rf"{cookies.NAME}=([^;]+)", given)
    for path, data, _ in WAYS.values():
        sent = {**data, "csrf_token": token[1] if token else "none"}
        where = path.format(invitation="himitsu-no-shoutai-7391")
        for method in ("POST", "GET"):
            yield ask(port, method, where, sent, cookie[1] if cookie else PASSWORD)[0]


def test_the_served_run_was_a_real_one(written: tuple[str, list[int]]) -> None:
    text, statuses = written
    assert {200, 303, 422, 404, 503} <= set(statuses)
    assert "cannot be read" in text
    assert "POST admin_sign_in.sign_in_by_password: 422, account none" in text


@pytest.mark.parametrize(
    "secret", [SECRET_KEY, PASSWORD, RECOVERY, CODE, CONTACT, WORDS, "himitsu", "csrf", "Cookie"]
)
def test_the_served_run_wrote_no_secret(written: tuple[str, list[int]], secret: str) -> None:
    assert secret not in written[0]
