"""A machine that serves a copy says how old it is, and changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sosdir import create_app, db
from sosdir.config import Settings
from sosdir.store import heartbeats
from tests.cast import NOON
from tests.reading import read


@pytest.fixture
def reader(cast_home: Callable[..., Path]) -> Callable[..., FlaskClient]:
    """Give a maker of clients of a reader, so long after the writer last lived."""
    home = cast_home()
    with db.writing(home / "sosdir.db") as database:
        heartbeats.beat(database, NOON)

    def after(passed: timedelta, *, read_only: bool = True) -> FlaskClient:
        app = create_app(Settings(home=home, read_only=read_only), lambda: NOON + passed)
        return app.test_client()

    return after


SOON, LATE = timedelta(minutes=14), timedelta(minutes=16)
STALE = "時点の情報です。新しい情報をまだ受け取れていません。"


@pytest.mark.parametrize(
    "path", ["/", "/areas/14", "/services/minato-sos", "/sheet?ids=minato-sos"]
)
def test_every_page_of_a_stale_copy_says_its_date(
    reader: Callable[..., FlaskClient], path: str
) -> None:
    assert STALE not in read(reader(SOON).get(path)).text
    assert f"11月25日(水)12時00分の{STALE}" in read(reader(LATE).get(path)).text


def test_the_writer_never_says_so(reader: Callable[..., FlaskClient]) -> None:
    assert STALE not in read(reader(LATE, read_only=False).get("/")).text


def test_whoever_watches_is_told_how_old_the_copy_is(reader: Callable[..., FlaskClient]) -> None:
    soon, late = (reader(passed).get("/healthz") for passed in (SOON, LATE))
    assert (soon.status_code, late.status_code) == (200, 200)
    assert (soon.get_json()["status"], late.get_json()["status"]) == ("ok", "stale")
    assert datetime.fromisoformat(late.get_json()["copied_at"]) == NOON


@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/services", "/admin/sign-in"])
def test_a_reader_has_no_admins_side(reader: Callable[..., FlaskClient], path: str) -> None:
    answer = reader(SOON).get(path)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_reader_keeps_no_report_and_says_to_try_again(
    reader: Callable[..., FlaskClient],
) -> None:
    assert reader(SOON).get("/report/minato-sos").status_code == 200
    assert reader(SOON).post("/report/minato-sos", data={"what": "number"}).status_code == 503


def test_the_newest_beat_counts(reader: Callable[..., FlaskClient], tmp_path: Path) -> None:
    with db.writing(tmp_path / "other.db") as database:
        assert heartbeats.last(database) is None
        heartbeats.beat(database, NOON)
        heartbeats.beat(database, NOON + LATE)
        assert heartbeats.last(database) == NOON + LATE
