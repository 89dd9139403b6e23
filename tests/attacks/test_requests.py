"""Attacks by the request itself: its host, its path, its headers, its method."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.accounts import Role
from tests.admins import AdminClient, sign_in
from tests.test_headers_graded import ROUTES

EVIL = "evil.example"
PUBLIC = [path for method, path in ROUTES if method == "GET" and not path.startswith("/admin")]
INSIDE = [path for method, path in ROUTES if method == "GET" and path.startswith("/admin")]
FORWARDED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Prefix": f"/{EVIL}",
    "X-Forwarded-Proto": EVIL,
    "X-Host": EVIL,
    "X-Original-Url": f"/{EVIL}",
    "X-Rewrite-Url": f"/{EVIL}",
    "Forwarded": f"host={EVIL}",
}
# Written so by those who look for a way out of a folder.
UPWARDS = (
    "../../setup.cfg",
    "..%2f..%2fsetup.cfg",
    "%2e%2e/%2e%2e/setup.cfg",
    "..\\..\\setup.cfg",
    "..%5c..%5csetup.cfg",
    "....//....//setup.cfg",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "js/../../../setup.cfg",
    "exit.js%00.txt",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shipped_home: Path) -> Path:
    home = tmp_path_factory.mktemp("attacked")
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    return home


@pytest.fixture(scope="module")
def at_home(home: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a client of a site whose public address is set, as it is to be."""
    return make_app(home, url="https://sosdir.example.jp").test_client()


@pytest.fixture(scope="module")
def nameless(home: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a client of a site that goes by what a request names."""
    return make_app(home).test_client()


@pytest.mark.parametrize("headers", [{"Host": EVIL}, FORWARDED], ids=["host", "forwarded"])
@pytest.mark.parametrize("path", [*PUBLIC, "/areas//14", "/nowhere", "/nowhere.json"])
def test_no_answer_repeats_a_host_that_is_not_ours(
    at_home: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    with at_home.get(path, headers=headers) as answer:
        assert EVIL.encode() not in answer.data
        assert EVIL not in str(answer.headers)


@pytest.mark.parametrize("path", PUBLIC)
def test_no_host_of_one_request_stands_in_the_answer_to_another(
    nameless: FlaskClient, path: str
) -> None:
    # Whatever is kept of the first must not be what the second gets, though no address is set.
    for headers in ({"Host": EVIL}, FORWARDED, {"Host": EVIL, **FORWARDED}):
        nameless.get(path, headers=headers).close()
        with nameless.get(path) as answer:
            assert EVIL.encode() not in answer.data
            assert EVIL not in str(answer.headers)
    with nameless.get(path, headers=FORWARDED) as answer:
        assert EVIL.encode() not in answer.data + str(answer.headers).encode()


@pytest.mark.parametrize("host", ['evil.example"><script>', "a b", "", "x@y:80", "[::1", "a,b"])
@pytest.mark.parametrize("path", ["/", "/areas//14", "/robots.txt", "/admin", "/feed.xml"])
def test_a_host_that_is_none_breaks_nothing(nameless: FlaskClient, path: str, host: str) -> None:
    with nameless.get(path, headers={"Host": host}) as answer:
        assert answer.status_code in {200, 308, 400, 403}
        assert b"<script>" not in answer.data.replace(b"<script>\n", b"")
        assert not answer.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize("folder", ["/static", "/static/leaflet", "/open-data", "/coverage"])
@pytest.mark.parametrize("way", UPWARDS)
def test_no_way_leads_out_of_a_folder(nameless: FlaskClient, folder: str, way: str) -> None:
    for path in (f"{folder}/{way}", f"{folder}/{quote(way)}"):
        with nameless.get(path) as answer:
            assert answer.status_code in {301, 308, 404}
            assert b"[metadata]" not in answer.data
            assert b"root:x:0" not in answer.data


@pytest.mark.parametrize("tail", ["style.css", "x.js", "logo.png", ";x.css", "%0ax.css", "%23.css"])
@pytest.mark.parametrize("page", ["/admin/account", "/admin/users", "/admin/drafts"])
def test_no_cache_is_led_to_keep_a_page_of_the_admins_as_a_file(
    home: Path, make_app: Callable[..., Flask], page: str, tail: str
) -> None:
    admin = sign_in(make_app(home), Role.ADMIN, "cached")
    for path in (f"{page}/{tail}", f"{page}{tail}"):
        answer = admin.get(path)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store, no-transform"


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_turns_one_method_into_another(
    nameless: FlaskClient, home: Path, make_app: Callable[..., Flask], name: str
) -> None:
    admin = sign_in(make_app(home), Role.ADMIN, "overriding")
    answer = admin.get("/admin/account/sessions/end-others", headers={name: "POST"})
    assert answer.status_code in {404, 405}
    answer = admin.get("/admin/account/sessions/end-others?_method=POST")
    assert answer.status_code in {404, 405}


def test_looking_changes_nothing(home: Path, make_app: Callable[..., Flask]) -> None:
    admin = sign_in(make_app(home), Role.ADMIN, "looking")
    before = contents(home)
    for path in INSIDE:
        admin.get(path)
        admin.client.head(path, headers={"User-Agent": "sosdir-tests"})
    assert contents(home) == before


def contents(home: Path) -> dict[str, list[str]]:
    """Return all that a database holds, by table; a session may note that it was used."""
    with sqlite3.connect(home / "sosdir.db") as connection:
        return dict(tables(connection))


def tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        if name != "session":
            yield name, sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))


ELSEWHERE = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "/admin/\\evil.example",
    "/admin/..//evil.example",
    "javascript:alert(1)",
    "\r\nLocation: https://evil.example",
)


@pytest.mark.parametrize("value", ELSEWHERE)
@pytest.mark.parametrize("name", ["next", "back", "page", "keys", "go", "show"])
def test_no_field_leads_an_admin_elsewhere(
    admin: Callable[..., AdminClient], name: str, value: str
) -> None:
    editor = admin(Role.EDITOR)
    told = {"how": "site", name: value}
    answer = editor.post("/admin/services/minato-sos/check", told)
    assert answer.status_code in {303, 422}
    assert answer.headers.get("Location", "/admin/").startswith("/admin/")
    assert EVIL not in answer.headers.get("Location", "").partition("?")[0]
    answer = editor.get("/admin/sign-in", query_string={name: value})
    assert answer.location == "/admin/"


@pytest.mark.parametrize(
    ("proxies", "sent"),
    [(0, "192.0.2.{n}"), (1, "192.0.2.{n}, 203.0.113.9"), (2, "192.0.2.{n}, 203.0.113.9, ::1")],
)
def test_nobody_gets_new_tries_by_naming_other_addresses(
    home: Path, make_app: Callable[..., Flask], proxies: int, sent: str
) -> None:
    app = make_app(home, proxies=proxies)
    door = AdminClient(app.test_client())
    proto = {"X-Forwarded-Proto": ",".join(["https"] * max(proxies, 1))}

    def fail(number: int) -> int:
        # Another account each time, so that only the address counts; nothing is hashed.
        told = {"login": f"nobody-{number}", "password": ""}
        headers = {**proto, "X-Forwarded-For": sent.format(n=number)}
        options = {"base_url": "https://localhost"}
        token = {"csrf_token": token_of(door, headers)}
        answer = door.client.post(
            "/admin/sign-in",
            data={**told, **token},
            headers={"User-Agent": "sosdir-tests", **headers},
            **options,  # type: ignore[arg-type]
        )
        return answer.status_code

    statuses = [fail(number) for number in range(41)]
    assert statuses == [422] * 40 + [429]


def token_of(door: AdminClient, headers: dict[str, str]) -> str:
    """Return the token of the form of signing in, as its page carries it."""
    page = door.get("/admin/sign-in", headers=headers, base_url="https://localhost").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]
