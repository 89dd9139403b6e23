"""What stands for an address or an account in the counts cannot be turned back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sosdir.auth import limits


def test_what_is_hidden_is_the_same_for_the_same_and_tells_nothing() -> None:
    assert limits.hidden("hanako") == limits.hidden("hanako")
    assert limits.hidden("hanako") != limits.hidden("taro")
    assert "hanako" not in limits.hidden("hanako")
    assert len(limits.hidden("\ud800")) == 64


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_hidden(tmp_path: Path, make_app: Callable[..., Flask], address: str) -> None:
    app = make_app(tmp_path)
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert address not in limits.hidden_address()


def hidden_as(app: Flask, address: str) -> str:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return limits.hidden_address()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_all_addresses_of_one_holder_count_as_one(
    tmp_path: Path, make_app: Callable[..., Flask], one: str, other: str
) -> None:
    app = make_app(tmp_path)
    assert hidden_as(app, one) == hidden_as(app, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("no address", ""),
    ],
)
def test_each_holder_counts_apart(
    tmp_path: Path, make_app: Callable[..., Flask], one: str, other: str
) -> None:
    app = make_app(tmp_path)
    assert hidden_as(app, one) != hidden_as(app, other)
