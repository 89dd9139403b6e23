"""The admins' side opens where it was said to be; elsewhere nothing tells that there is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sosdir import create_app, networks
from sosdir.config import Settings
from tests.cast import NOON

OFFICE, HOME = "192.0.2.7", "203.0.113.9"
LISTED = networks.read(f"{OFFICE}, 2001:db8::/32")
TOKEN = "t" * 32
SIGN_IN = "/admin/sign-in"
# What there is behind the door, and what anyone may try to come in by.
INSIDE = (
    "/admin",
    "/admin/",
    SIGN_IN,
    "/admin/sign-in/",
    "/admin/services/minato-sos",
    "/admin/x.json",
    "/admin/nowhere",
    "//admin//sign-in",
    "/metrics",
    "/metrics/",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")


@pytest.fixture
def site(cast_home: Callable[..., Path]) -> Callable[..., FlaskClient]:
    """Give a maker of clients of a site whose admins' side is guarded as told."""
    home = cast_home()

    def make(*, on_admin_port: bool = False, **settings: object) -> FlaskClient:
        told = Settings(home=home, metrics_token=TOKEN, **settings)  # type: ignore[arg-type]
        app: Flask = create_app(told, lambda: NOON, on_admin_port=on_admin_port)
        app.testing = True
        return app.test_client()

    return make


def ask(
    client: FlaskClient, path: str, address: str, method: str = "GET", **headers: str
) -> TestResponse:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    # As a server passes it on: a client of ours would take the first of two slashes away.
    environ = {"REMOTE_ADDR": address, "PATH_INFO": path}
    return client.open("/", method=method, headers=told, environ_overrides=environ)


def is_open(client: FlaskClient, address: str, **headers: str) -> bool:
    return ask(client, SIGN_IN, address, **headers).status_code == 200


def told_of(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    return answer.status_code, answer.data, list(answer.headers)


def test_without_a_list_it_is_open_to_all(site: Callable[..., FlaskClient]) -> None:
    assert is_open(site(), HOME)


@pytest.mark.parametrize("address", [OFFICE, f"::ffff:{OFFICE}", "2001:db8::5"])
def test_who_is_listed_comes_in(site: Callable[..., FlaskClient], address: str) -> None:
    assert is_open(site(admin_addresses=LISTED), address)


@pytest.mark.parametrize("address", [HOME, f"::ffff:{HOME}", "2001:db9::5", "", "unknown"])
def test_who_is_not_listed_does_not(site: Callable[..., FlaskClient], address: str) -> None:
    assert not is_open(site(admin_addresses=LISTED), address)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", INSIDE)
def test_what_is_hidden_is_answered_as_an_address_that_nobody_has(
    site: Callable[..., FlaskClient], path: str, method: str
) -> None:
    client = site(admin_addresses=LISTED)
    hidden = ask(client, path, HOME, method)
    unknown = ask(client, path.replace("admin", "wares").replace("metrics", "wares"), HOME, method)
    assert hidden.status_code == 404
    assert told_of(hidden) == told_of(unknown)
    assert "Set-Cookie" not in hidden.headers


@pytest.mark.parametrize("path", ["/en/admin/sign-in", "/en//admin", "/ja-easy/metrics", "/ADMIN"])
def test_no_other_writing_of_a_path_leads_in(site: Callable[..., FlaskClient], path: str) -> None:
    assert ask(site(admin_addresses=LISTED), path, HOME).status_code == 404


def test_the_public_pages_stay_open_to_all(site: Callable[..., FlaskClient]) -> None:
    client = site(admin_addresses=LISTED, admin_port=8001)
    assert ask(client, "/", HOME).status_code == 200
    assert ask(client, "/services/minato-sos", HOME).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_nobody_comes_in_by_what_she_writes_herself(
    site: Callable[..., FlaskClient], header: str
) -> None:
    told = OFFICE if header != "Forwarded" else f"for={OFFICE}"
    assert not is_open(site(admin_addresses=LISTED), HOME, **{header: told})


def test_behind_a_proxy_that_no_setting_speaks_of_nobody_comes_in(
    site: Callable[..., FlaskClient],
) -> None:
    here = networks.read("127.0.0.1")
    assert is_open(site(admin_addresses=here), "127.0.0.1")
    assert not is_open(site(admin_addresses=here), "127.0.0.1", X_Forwarded_For=HOME)


def test_a_proxy_of_ours_says_who_asks(site: Callable[..., FlaskClient]) -> None:
    client = site(admin_addresses=LISTED, proxies=1)
    https = {"X_Forwarded_Proto": "https"}
    assert is_open(client, "127.0.0.1", X_Forwarded_For=OFFICE, **https)
    assert not is_open(client, "127.0.0.1", X_Forwarded_For=HOME, **https)
    # The proxy adds whom it saw at the end; what stands before it anyone may have written.
    assert not is_open(client, "127.0.0.1", X_Forwarded_For=f"{OFFICE}, {HOME}", **https)


def test_with_a_port_of_its_own_it_is_not_on_the_public_one(
    site: Callable[..., FlaskClient],
) -> None:
    public, admins = site(admin_port=8001), site(admin_port=8001, on_admin_port=True)
    assert ask(public, SIGN_IN, OFFICE).status_code == 404
    assert ask(public, "/metrics", OFFICE, Authorization=f"Bearer {TOKEN}").status_code == 404
    assert is_open(admins, OFFICE)
    assert ask(admins, "/metrics", OFFICE, Authorization=f"Bearer {TOKEN}").status_code == 200
    assert ask(admins, "/", HOME).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:8001"},
        {"X-Forwarded-Host": "localhost:8001"},
        {"X-Forwarded-Port": "8001"},
        {"X-Original-URL": SIGN_IN},
    ],
)
def test_no_header_opens_the_public_port(
    site: Callable[..., FlaskClient], headers: dict[str, str]
) -> None:
    assert not is_open(site(admin_port=8001, proxies=1), OFFICE, **headers)


def test_a_list_holds_on_a_port_of_its_own_too(site: Callable[..., FlaskClient]) -> None:
    client = site(admin_port=8001, admin_addresses=LISTED, on_admin_port=True)
    assert is_open(client, OFFICE)
    assert not is_open(client, HOME)
