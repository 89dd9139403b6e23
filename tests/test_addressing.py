"""An address that is no text, or of no host, is answered and no fault of ours."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from sosdir.security import HEADERS

PATHS = ("/", "/services.json", "/areas/14", "/en/map", "/static/none", "/nothing", "/admin/")
# A label longer than a name may have, an empty one, and what no name may hold.
NO_HOSTS = ("x" * 64, "..", "a..b", f"{'x' * 64}:80", ".")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_host_that_no_name_can_be_is_refused(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Host header" in answer.text


@pytest.mark.parametrize("host", ["localhost", "例え.jp", "[::1]:8000", "192.0.2.1", "a_b", ""])
def test_any_other_host_is_answered(client: FlaskClient, host: str) -> None:
    sent = host.encode().decode("latin-1")
    assert client.get("/healthz", environ_overrides={"HTTP_HOST": sent}).status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("q", 200), ("lang", 200), ("at", 400), ("area", 400)]
)
def test_bytes_that_are_no_letters_are_read_as_if_they_had_been_escaped(
    client: FlaskClient, name: str, status: int
) -> None:
    sent, escaped = ({"QUERY_STRING": f"{name}={value}"} for value in ("a\xff", "a%FF"))
    for path in ("/", "/services.json"):
        answer = client.get(path, environ_overrides=sent)
        assert answer.status_code == status
        assert answer.data == client.get(path, environ_overrides=escaped).data


def test_letters_that_nobody_escaped_are_letters(client: FlaskClient) -> None:
    sent = {"QUERY_STRING": "q=横浜".encode().decode("latin-1")}
    answer = client.get("/services.json", environ_overrides=sent)
    assert answer.get_json()["place"]["name"] == "横浜市"


def test_letters_beside_bytes_that_are_none_are_kept(client: FlaskClient) -> None:
    sent = {"QUERY_STRING": "q=横浜&x=".encode().decode("latin-1") + "\xff&sort=near"}
    answer = client.get("/services.json", environ_overrides=sent)
    assert answer.get_json()["place"]["name"] == "横浜市"
