"""No address is too long, and no connection asks for all the work; a school never notices."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sosdir import create_app, moderation
from sosdir.config import Settings
from tests.cast import NOON

SCHOOL, HOME = "8.8.8.8", "8.8.4.4"


@pytest.fixture
def app(shipped_home: Path) -> Flask:
    """Give an application that has counted nobody yet, and makes each answer anew."""
    return create_app(Settings(home=shipped_home, cache_megabytes=0), clock=lambda: NOON)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Give a client of it."""
    return app.test_client()


def ask(visitor: FlaskClient, path: str, address: str = SCHOOL) -> TestResponse:
    """Ask from an address."""
    return visitor.get(path, environ_overrides={"REMOTE_ADDR": address})


def ask_until_refused(visitor: FlaskClient, path: str, most: int) -> tuple[int, TestResponse]:
    """Return how many were answered, and the refusal."""
    for number in range(most):
        answer = ask(visitor, path)
        if answer.status_code != 200:
            return number, answer
    raise AssertionError("nobody was refused")


def test_an_address_that_is_too_long_is_refused_in_words(visitor: FlaskClient) -> None:
    answer = ask(visitor, f"/?q={'a' * 9000}")
    assert answer.status_code == 414
    assert "長すぎます" in answer.text
    problem = ask(visitor, f"/services.json?q={'a' * 9000}")
    assert problem.status_code == 414
    assert problem.content_type == "application/problem+json"


def test_a_long_search_is_none_of_those(visitor: FlaskClient) -> None:
    assert ask(visitor, f"/?q={'%E3%81%82' * 190}").status_code == 200


def test_a_school_behind_one_address_is_not_refused(visitor: FlaskClient) -> None:
    # Forty pupils, ten pages each within a minute.
    assert {ask(visitor, "/about").status_code for _ in range(400)} == {200}


def test_without_end_is_refused_warmly_and_nobody_else_with_it(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "WORK", "60 per minute")
    answered, answer = ask_until_refused(visitor, "/about", 130)
    # The window slides: on a slow machine some more are let in meanwhile.
    assert 60 <= answered < 130
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "あなたのせいではないかもしれません" in answer.text
    assert "119" in answer.text
    assert ask(visitor, "/about", HOME).status_code == 200
    for path in ("/healthz", "/static/js/exit.js", "/robots.txt"):
        assert ask(visitor, path).status_code == 200
    problem = ask(visitor, "/services.json")
    assert problem.status_code == 429
    assert problem.content_type == "application/problem+json"
    assert "Retry-After" in problem.headers
    assert "internet connection" in ask(visitor, "/en/about").text


def test_what_is_heavy_counts_for_several(visitor: FlaskClient) -> None:
    answered, answer = ask_until_refused(visitor, "/feed.xml", 130)
    assert 60 <= answered < 130
    assert answer.status_code == 429


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.9", "192.168.1.1", "::1", ""])
def test_a_proxy_that_nobody_named_is_not_taken_for_a_visitor(
    visitor: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "WORK", "3 per minute")
    assert {ask(visitor, "/about", address).status_code for _ in range(9)} == {200}


def test_what_was_answered_before_it_does_not_count(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "WORK", "3 per minute")
    # As whatever keeps pages does; who watches looks first of all.
    app.before_request_funcs[None].insert(1, lambda: "kept")
    visitor = app.test_client()
    assert {ask(visitor, "/about").text for _ in range(9)} == {"kept"}
    app.before_request_funcs[None].pop(1)
    assert ask(visitor, "/about").status_code == 200


def test_what_is_kept_costs_nothing_and_counts_for_nothing(shipped_home: Path) -> None:
    visitor = create_app(Settings(home=shipped_home), clock=lambda: NOON).test_client()
    assert {ask(visitor, "/about").status_code for _ in range(700)} == {200}
