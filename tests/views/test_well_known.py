"""The file that says where to tell of a fault of security."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import NOON

PATH = "/.well-known/security.txt"
Make = Callable[..., Flask]


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


@pytest.mark.parametrize(
    "contact", ["mailto:sos@example.jp", "https://www.example.jp/contact?about=sosdir"]
)
def test_it_names_the_contact_of_the_installation(
    tmp_path: Path, make_app: Make, contact: str
) -> None:
    app = make_app(tmp_path, contact_url=contact, url="https://sosdir.example.jp/")
    answer = app.test_client().get(PATH)
    assert answer.content_type == "text/plain; charset=utf-8"
    told = fields(answer.text)
    assert told["Contact"] == contact
    assert told["Preferred-Languages"] == "ja, en"
    assert told["Canonical"] == f"https://sosdir.example.jp{PATH}"


def test_a_copy_of_it_is_trusted_for_a_week(tmp_path: Path, make_app: Make) -> None:
    app = make_app(tmp_path, contact_url="mailto:sos@example.jp")
    told = fields(app.test_client().get(PATH).text)
    left = datetime.fromisoformat(told["Expires"]) - NOON
    assert timedelta(days=6) < left <= timedelta(days=7)
    assert "Canonical" not in told


@pytest.mark.parametrize("contact", [None, "http://www.example.jp/contact"])
def test_without_a_contact_that_will_do_there_is_no_file(
    tmp_path: Path, make_app: Make, contact: str | None
) -> None:
    app = make_app(tmp_path, contact_url=contact)
    assert app.test_client().get(PATH).status_code == 404


def test_it_stands_in_no_language(tmp_path: Path, make_app: Make) -> None:
    app = make_app(tmp_path, contact_url="mailto:sos@example.jp")
    assert app.test_client().get(f"/en{PATH}").status_code == 404
