"""Each request is watched: what is slow and what fails is told, by its endpoint alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from prometheus_client.parser import text_string_to_metric_families

from sosdir import logs, metrics, watching
from sosdir.config import LogForm
from tests.admins import AdminClient, an_owner

TOKEN = "t" * 32
SECRET = "himitsu-no-machi"
WORDS = ValueError(f"no place called {SECRET}")


@pytest.fixture(autouse=True)
def _nothing_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no machine, however busy, make an answer slow that a test does not mean to be."""
    monkeypatch.setattr(watching, "SLOW_SECONDS", 3600.0)


@pytest.fixture
def app(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Flask:
    """Give a site with a page that breaks."""
    made = make_app(cast_home(), metrics_token=TOKEN)
    made.testing = False
    broken = Blueprint("broken", __name__)

    @broken.get("/broken/<place>")
    def breaks(place: str) -> str:
        raise WORDS

    made.register_blueprint(broken)
    return made


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], Iterator[dict[str, object]]]:
    """Give a reader of what was logged, as JSON writes it."""
    told = logs.configuration(LogForm.JSON)["formatters"]["line"]
    made = dict(told)
    formatter = made.pop("()")(**made)

    def read() -> Iterator[dict[str, object]]:
        for record in caplog.records:
            logs.drop_error_words(record)
            yield json.loads(formatter.format(record))

    caplog.set_level(logging.INFO, "sosdir")
    return read


def value(app: Flask, name: str, **labels: str) -> float | None:
    counts = metrics.find(app)
    assert counts is not None
    for family in text_string_to_metric_families(counts.exposition().decode()):
        for each in family.samples:
            if each.name == name and each.labels == labels:
                return each.value
    return None


def test_what_breaks_is_told_by_endpoint_kind_and_place_in_the_code(
    app: Flask, lines: Callable[[], Iterator[dict[str, object]]]
) -> None:
    assert app.test_client().get(f"/broken/{SECRET}?q={SECRET}").status_code == 500
    failed, answered = lines()
    assert (failed["message"], failed["endpoint"]) == ("failed", "broken.breaks")
    assert failed["error"] == "ValueError"
    assert "raise WORDS" in str(failed["stack"])
    assert (answered["endpoint"], answered["status"]) == ("broken.breaks", 500)
    assert SECRET not in json.dumps([failed, answered])


def test_what_is_slow_is_told_with_how_long_it_took(
    app: Flask,
    lines: Callable[[], Iterator[dict[str, object]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert app.test_client().get("/services/minato-sos").status_code == 200
    assert list(lines()) == []
    monkeypatch.setattr(watching, "SLOW_SECONDS", 0.0)
    # In another language: what was kept takes no time at all.
    assert app.test_client().get("/en/services/minato-sos").status_code == 200
    (told,) = lines()
    assert (told["message"], told["endpoint"]) == ("slow", "services.service")
    assert isinstance(told["milliseconds"], int)
    assert "minato-sos" not in json.dumps(told)


def test_a_wrong_password_is_counted_and_nobody_is_named(
    app: Flask, lines: Callable[[], Iterator[dict[str, object]]]
) -> None:
    owner = an_owner(app, login=SECRET)
    door = AdminClient(app.test_client())
    before = value(app, "sosdir_sign_in_failures_total")
    sent = {"login": owner.account.login, "password": "not-hers-at-all"}
    assert door.post("/admin/sign-in", sent).status_code == 422
    assert before == 0
    assert value(app, "sosdir_sign_in_failures_total") == 1
    assert SECRET not in json.dumps(list(lines()))


def test_requests_are_counted_by_endpoint_method_and_class_of_status(app: Flask) -> None:
    client = app.test_client()
    client.get("/services/minato-sos")
    client.get("/en/services/minato-sos")
    client.get("/services/nobody")
    client.get(f"/{SECRET}")
    client.open("/", method="BREW")
    client.get(f"/broken/{SECRET}")

    def counted(endpoint: str, method: str, status: str) -> float | None:
        told = {"endpoint": endpoint, "method": method, "status": status}
        return value(app, "sosdir_requests_total", **told)

    assert counted("services.service", "GET", "2xx") == 2
    assert counted("services.service", "GET", "4xx") == 1
    assert counted("none", "GET", "4xx") == 1
    assert counted("none", "other", "4xx") == 1
    assert counted("broken.breaks", "GET", "5xx") == 1
    assert value(app, "sosdir_requests_in_progress") == 0


def test_how_long_they_take_is_counted_in_seconds(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter((10.0, 10.3))
    monkeypatch.setattr(watching, "time", type("Clock", (), {"perf_counter": moments.__next__}))
    app.test_client().get("/robots.txt")
    name, told = "sosdir_request_seconds", {"endpoint": "pages.robots"}
    assert value(app, f"{name}_count", **told) == 1
    assert value(app, f"{name}_sum", **told) == pytest.approx(0.3)
    assert value(app, f"{name}_bucket", le="0.25", **told) == 0
    assert value(app, f"{name}_bucket", le="0.5", **told) == 1


def test_no_path_and_no_word_of_a_query_becomes_a_label(app: Flask) -> None:
    client = app.test_client()
    for path in (f"/{SECRET}", f"/?q={SECRET}", f"/services/{SECRET}", f"/broken/{SECRET}"):
        client.get(path, headers={"User-Agent": SECRET, "Referer": SECRET})
    counts = metrics.find(app)
    assert counts is not None
    assert SECRET not in counts.exposition().decode()


def test_nothing_is_counted_where_nobody_may_read_it(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    app = make_app(cast_home())
    assert app.test_client().get("/").status_code == 200
    assert metrics.find(app) is None
    with app.app_context():
        metrics.count_cache("hit")
