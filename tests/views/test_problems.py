"""What is answered when something goes wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.store import packages
from sosdir.views import pages
from tests.reading import read


def check_page(response: TestResponse, status: int, words: str) -> None:
    """Fail unless the answer is a whole page that says what to do next."""
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    page = read(response)
    assert words in page.text
    assert "/" in page.links
    assert "tel:119" in page.links
    assert [attrs for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "q"]


def check_problem(response: TestResponse, status: int) -> None:
    """Fail unless the answer is a problem document."""
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = response.get_json(force=True)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith("。")


@pytest.fixture
def broken(
    shipped_home: Path, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    """Give a client of a site where some pages fail as nobody foresaw."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(pages, "count_evidence", fail)
    monkeypatch.setattr("sosdir.views.services.answers.results_text", fail)
    app = make_app(shipped_home)
    app.testing = False
    return app.test_client()


@pytest.mark.parametrize("path", ["/nowhere", "/services/nobody", "/areas/99", "/about/", "/a%00b"])
def test_what_is_not_there_is_answered_in_words(client: FlaskClient, path: str) -> None:
    check_page(client.get(path), 404, "ページが見つかりません")


@pytest.mark.parametrize("path", ["/nowhere.json", "/nowhere.csv", "/services/x.geojson"])
def test_a_program_is_answered_with_a_problem(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path), 404)


def test_a_bad_parameter_is_named_with_its_reason(client: FlaskClient) -> None:
    response = client.get("/?page=0&at=x")
    check_page(response, 400, "1以上の数にしてください。")
    assert "2026-11-28T20:00 のように" in read(response).text


def test_another_method_is_refused_with_those_that_work(client: FlaskClient) -> None:
    response = client.delete("/about")
    check_page(response, 405, "使えません")
    assert "GET" in response.headers["Allow"]


def test_a_doubled_slash_leads_to_the_page_that_is_meant(client: FlaskClient) -> None:
    response = client.get("/areas//14?channel=line")
    assert response.status_code == 308
    assert response.headers["Location"] == "/areas/14?channel=line"


def test_our_own_fault_is_answered_in_words(broken: FlaskClient) -> None:
    response = broken.get("/about")
    check_page(response, 500, "こちらの不具合です")
    for word in ("secret", "ZeroDivision", "Traceback"):
        assert word not in response.get_data(as_text=True)


def test_our_own_fault_is_a_problem_for_a_program(broken: FlaskClient) -> None:
    response = broken.get("/services.json")
    check_problem(response, 500)
    assert "secret" not in response.get_data(as_text=True)


def test_after_a_fault_the_site_goes_on(broken: FlaskClient) -> None:
    broken.get("/about")
    assert broken.get("/?q=横浜").status_code == 200


@pytest.mark.parametrize("path", ["/", "/about", "/map", "/areas/14", "/sitemap.xml"])
def test_without_a_database_one_is_asked_to_come_back(
    tmp_path: Path, make_app: Callable[..., Flask], path: str
) -> None:
    response = make_app(tmp_path).test_client().get(path)
    check_page(response, 503, "準備をしています")
    assert int(response.headers["Retry-After"]) > 0
    assert str(tmp_path) not in response.get_data(as_text=True)


def test_without_a_database_a_program_gets_a_problem(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    response = make_app(tmp_path).test_client().get("/services.json")
    check_problem(response, 503)
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("content", [b"", b"this is no database" * 300])
def test_a_spoiled_database_is_none(
    tmp_path: Path, make_app: Callable[..., Flask], content: bytes
) -> None:
    (tmp_path / "sosdir.db").write_bytes(content)
    assert make_app(tmp_path).test_client().get("/").status_code == 503


def test_pages_without_data_stay_without_a_database(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    client = make_app(tmp_path).test_client()
    assert client.get("/privacy").status_code == 200
    assert client.get("/robots.txt").status_code == 200


def test_the_site_comes_back_with_its_database(
    tmp_path: Path, make_app: Callable[..., Flask], package: object
) -> None:
    client = make_app(tmp_path).test_client()
    assert client.get("/?q=横浜").status_code == 503
    writer = db.open_for_writing(tmp_path / "sosdir.db")
    packages.replace_all(writer, package)  # type: ignore[arg-type]
    writer.close()
    assert client.get("/?q=横浜").status_code == 200
