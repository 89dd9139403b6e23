"""The page that a balancer asks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from sosdir import db
from sosdir.store import services
from tests.cast import a_service


def test_all_is_well(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json()["status"] == "ok"


def test_the_version_grows_when_the_data_changes(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    home = cast_home()
    client = make_app(home).test_client()
    before = client.get("/healthz").get_json()["version"]
    assert client.get("/healthz").get_json()["version"] == before
    writer = db.open_for_writing(home / "sosdir.db")
    services.save(writer, replace(a_service(), name="みなとの新しい名前"))
    writer.close()
    assert client.get("/healthz").get_json()["version"] > before
    assert "新しい名前" in client.get("/services/minato-sos").get_data(as_text=True)


def test_without_a_database_all_is_not_well(tmp_path: Path, make_app: Callable[..., Flask]) -> None:
    response = make_app(tmp_path).test_client().get("/healthz")
    assert response.status_code == 503
