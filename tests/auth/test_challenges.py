"""Challenges for passkeys: one answer each, and soon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, g, session
from sqlite_utils import Database

from sosdir.auth import challenges
from sosdir.errors import PasskeyError
from tests.cast import NOON


@pytest.fixture
def app(tmp_path: Path, make_app: Callable[..., Flask]) -> Flask:
    return make_app(tmp_path)


@contextmanager
def asking(app: Flask, **settings: str) -> Iterator[None]:
    """Stand within a request of an admin."""
    with app.test_request_context("/admin/sign-in", **settings):  # type: ignore[arg-type]
        yield


def test_a_challenge_is_taken_once(app: Flask, database: Database) -> None:
    with asking(app):
        given = challenges.give("sign_in")
        assert len(given) == 32
        assert challenges.take(database, "sign_in") == given
        with pytest.raises(PasskeyError):
            challenges.take(database, "sign_in")


def test_the_cookie_sent_again_does_not_bring_it_back(app: Flask, database: Database) -> None:
    with asking(app):
        challenges.give("sign_in")
        before = dict(session)
        challenges.take(database, "sign_in")
        session.update(before)
        with pytest.raises(PasskeyError, match="before"):
            challenges.take(database, "sign_in")


def test_a_challenge_is_for_one_purpose(app: Flask, database: Database) -> None:
    with asking(app):
        challenges.give("add_passkey")
        with pytest.raises(PasskeyError):
            challenges.take(database, "sign_in")


@pytest.mark.parametrize(
    ("after", "is_taken"),
    [
        (timedelta(minutes=4, seconds=59), True),
        (timedelta(minutes=5), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_a_challenge_grows_old(
    app: Flask, database: Database, after: timedelta, is_taken: bool
) -> None:
    with asking(app):
        challenges.give("sign_in")
        g.now = NOON + after
        if is_taken:
            challenges.take(database, "sign_in")
            return
        with pytest.raises(PasskeyError):
            challenges.take(database, "sign_in")


@pytest.mark.parametrize(
    ("url", "asked", "host", "origin"),
    [
        (None, "http://localhost:8000", "localhost", "http://localhost:8000"),
        ("https://sos.example.jp/", "http://inner", "sos.example.jp", "https://sos.example.jp"),
        ("https://example.jp:8443", "http://inner", "example.jp", "https://example.jp:8443"),
    ],
)
def test_a_passkey_counts_at_the_set_address_or_the_one_asked(
    tmp_path: Path,
    make_app: Callable[..., Flask],
    url: str | None,
    asked: str,
    host: str,
    origin: str,
) -> None:
    with asking(make_app(tmp_path, url=url), base_url=asked):
        place = challenges.place("sosdir")
    assert (place.host, place.origin, place.name) == (host, origin, "sosdir")


def test_where_admins_have_a_port_passkeys_belong_to_it(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    told = {"url": "https://sos.example.jp", "admin_port": 8001}
    with asking(make_app(tmp_path, **told), base_url="http://localhost:8001"):
        assert challenges.place("sosdir").origin == "http://localhost:8001"
    told["admin_url"] = "https://admin.example.jp"
    with asking(make_app(tmp_path, **told), base_url="http://localhost:8001"):
        place = challenges.place("sosdir")
    assert (place.host, place.origin) == ("admin.example.jp", "https://admin.example.jp")
