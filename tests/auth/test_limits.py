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
