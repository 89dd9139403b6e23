"""The public says what is wrong: without a cookie, without a trace of who it was."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.reports import MOST_LABELLED_WITHIN_AN_HOUR, Answer, Reply, Report, Subject
from sosdir.store import reports, services
from sosdir.views.report import MAX_BODY
from tests.cast import NOON, a_service
from tests.reading import Page, read

NUMBER = "number-minato-sos-1"
HOSTILE = "<script>alert(1)</script>{{7*7}}${7*7}\"'><img src=x onerror=alert(1)>"


@dataclass
class Clock:
    """A clock that is turned by hand."""

    at: datetime = NOON

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Visitor:
    """Someone who reports, and what the directory then holds."""

    home: Path
    client: FlaskClient
    clock: Clock = field(default_factory=Clock)

    def form(self, service_id: str = "minato-sos") -> dict[str, str]:
        """Open the form and return what it carries along."""
        page = read(self.client.get(f"/report/{service_id}"))
        return {
            str(attrs["name"]): str(attrs.get("value") or "")
            for tag, attrs in page.tags
            if tag == "input" and attrs.get("type") == "hidden"
        }

    def send(self, service_id: str = "minato-sos", **told: str) -> TestResponse:
        """Open the form, wait a little, and send it."""
        carried = self.form(service_id)
        self.clock.turn(seconds=5)
        return self.client.post(f"/report/{service_id}", data={**carried, **told})

    def waiting(self) -> list[Report]:
        with db.reading(self.home / "sosdir.db") as database:
            return reports.waiting(database)

    def answer(self, report: Report) -> None:
        reply = Reply(Answer.NOTHING_WRONG, None, NOON, "花子")
        with db.changing(self.home / "sosdir.db") as database:
            reports.answer(database, report.id, reply)

    def page(self, path: str) -> Page:
        return read(self.client.get(path))


@pytest.fixture
def visitor(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Visitor:
    home, clock = cast_home(), Clock()
    app = make_app(home)
    app.config["CLOCK"] = lambda: clock.at
    return Visitor(home, app.test_client(), clock)


def test_a_report_is_kept_and_thanked_for(visitor: Visitor) -> None:
    sent = visitor.send(subject="hours", words="土曜も休みでした", contact="a@example.jp")
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/report/minato-sos/thanks"
    (report,) = visitor.waiting()
    assert report.message.service_id == "minato-sos"
    assert report.message.subject is Subject.HOURS
    assert report.message.words == "土曜も休みでした"
    assert report.message.contact == "a@example.jp"
    assert report.received_at == NOON + timedelta(seconds=5)
    thanks = visitor.page("/report/minato-sos/thanks")
    assert "ありがとうございます" in thanks.text
    assert "/services/minato-sos" in thanks.links


def test_the_form_offers_what_the_page_shows(visitor: Visitor) -> None:
    text = visitor.page("/report/sagami-night").text
    for words in ("電話 03-0000-0002", "LINE @sagami", "受付時間がちがう", "もうやっていない"):
        assert words in text


def test_the_form_says_what_it_is_not_and_where_to_turn(visitor: Visitor) -> None:
    page = visitor.page("/report/minato-sos")
    assert "ここは相談の窓口ではありません" in page.text
    assert {"tel:119", "tel:110", "/", "/services/minato-sos"} <= set(page.links)
    assert [attrs for _, attrs in page.tags if "data-exit" in attrs]
    assert page.dangers() == []


def test_each_page_of_a_service_leads_to_its_form(visitor: Visitor) -> None:
    for service_id in ("minato-sos", "mukashi-sos", "rusu-line"):
        assert f"/report/{service_id}" in visitor.page(f"/services/{service_id}").links


def test_withheld_contacts_are_not_in_the_form(visitor: Visitor) -> None:
    text = visitor.client.get("/report/mukashi-sos").get_data(as_text=True)
    for secret in ("03-0000-0005", "mukashi@", "mukashi-sos-1"):
        assert secret not in text
    assert visitor.send("mukashi-sos", subject="number").status_code == 303


@pytest.mark.parametrize("path", ["/report/{}", "/report/{}/thanks"])
@pytest.mark.parametrize("service_id", ["kakushi-line", "nobody", "MINATO-SOS", "%00"])
def test_there_is_no_form_for_what_is_not_public(
    visitor: Visitor, service_id: str, path: str
) -> None:
    assert visitor.client.get(path.format(service_id)).status_code == 404
    if "thanks" not in path:
        assert visitor.client.post(path.format(service_id)).status_code == 404


def test_there_is_no_form_for_a_line_that_has_ended(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    home = cast_home(a_service(status=ServiceStatus.DEFUNCT))
    assert make_app(home).test_client().get("/report/minato-sos").status_code == 404


def test_no_answer_sets_a_cookie_or_may_be_kept(visitor: Visitor) -> None:
    answers = [
        visitor.client.get("/report/minato-sos"),
        visitor.client.post("/report/minato-sos", data={"words": "x"}),
        visitor.send(subject="closed"),
        visitor.client.get("/report/minato-sos/thanks"),
    ]
    assert [each.status_code for each in answers] == [200, 422, 303, 200]
    assert [name for each in answers for name in each.headers if name[0] == "Set-Cookie"] == []
    for each in answers[:3]:
        assert each.headers["Cache-Control"] == "no-store"


def test_a_fault_is_told_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    answer = visitor.send(subject="other", words="", contact="<b>a@example.jp</b>")
    assert answer.status_code == 422
    page = read(answer)
    assert "短くてよいので書いてください" in page.text
    assert "#words" in page.links
    typed = {attrs.get("name"): attrs for tag, attrs in page.tags if tag == "input"}
    assert typed["contact"]["value"] == "<b>a@example.jp</b>"
    chosen = [attrs["value"] for tag, attrs in page.tags if tag == "input" and "checked" in attrs]
    assert chosen == ["other"]
    assert visitor.waiting() == []


def test_nothing_chosen_is_told_at_the_choice(visitor: Visitor) -> None:
    answer = visitor.send(words="見本の文")
    assert answer.status_code == 422
    assert "#subject" in read(answer).links
    assert "見本の文" in answer.get_data(as_text=True)


def test_hostile_text_stays_text(visitor: Visitor) -> None:
    answer = visitor.send(words=HOSTILE, contact=HOSTILE)
    assert answer.status_code == 422
    page = read(answer)
    assert page.dangers() == []
    assert "49" not in page.text
    assert {tag for tag, attrs in page.tags if attrs.get("src") == "x"} == set()


def test_what_comes_at_once_is_asked_again_kindly(visitor: Visitor) -> None:
    carried = visitor.form()
    told = {"subject": NUMBER, "words": "ちがう人が出た"}
    visitor.clock.turn(seconds=1)
    early = visitor.client.post("/report/minato-sos", data={**carried, **told})
    assert early.status_code == 422
    assert "もう一度「送る」を押してください" in read(early).text
    assert "ちがう人が出た" in early.get_data(as_text=True)
    # The same form counts as soon as a person could have pressed again.
    assert carried["seal"] in early.get_data(as_text=True)
    visitor.clock.turn(seconds=1)
    again = visitor.client.post("/report/minato-sos", data={**carried, **told})
    assert again.status_code == 303


@pytest.mark.parametrize("seal", [None, "", "forged", "W10.x"])
def test_without_our_seal_nothing_is_kept(visitor: Visitor, seal: str | None) -> None:
    told = {"subject": NUMBER, **({} if seal is None else {"seal": seal})}
    answer = visitor.client.post("/report/minato-sos", data=told)
    assert answer.status_code == 422
    assert visitor.waiting() == []
    # The form that comes back can be sent.
    assert re.search(r'name="seal"[^>]*value="[^"]{20,}"', answer.get_data(as_text=True))


def test_the_seal_of_another_line_or_another_day_does_not_count(visitor: Visitor) -> None:
    other = visitor.form("sagami-night")
    visitor.clock.turn(seconds=5)
    told = {**other, "subject": NUMBER}
    assert visitor.client.post("/report/minato-sos", data=told).status_code == 422
    mine = visitor.form()
    visitor.clock.turn(hours=24, seconds=1)
    told = {**mine, "subject": NUMBER}
    assert visitor.client.post("/report/minato-sos", data=told).status_code == 422
    assert visitor.waiting() == []


def test_a_seal_is_signed_by_what_still_counts_as_safe(visitor: Visitor) -> None:
    seal = visitor.form()["seal"]
    signature = seal.rpartition(".")[2]
    # SHA-256 gives 32 bytes: 43 letters; SHA-1 would give 27.
    assert len(signature) == 43


def test_a_robot_that_fills_in_everything_is_not_kept(visitor: Visitor) -> None:
    answer = visitor.send(subject=NUMBER, homepage="http://spam.example/")
    assert answer.status_code == 422
    assert "spam.example" not in answer.get_data(as_text=True)
    assert visitor.waiting() == []


def test_people_do_not_meet_the_field_for_robots(visitor: Visitor) -> None:
    page = visitor.page("/report/minato-sos")
    (trap,) = (attrs for _, attrs in page.tags if attrs.get("name") == "homepage")
    assert trap["tabindex"] == "-1"
    assert trap["autocomplete"] == "off"


def test_too_many_from_one_address_are_asked_to_wait(visitor: Visitor) -> None:
    for _ in range(5):
        assert visitor.send(subject="closed").status_code == 303
    answer = visitor.send("sagami-night", subject="closed", words="六つめの文")
    assert answer.status_code == 429
    assert "1時間ほどたってから" in read(answer).text
    assert "六つめの文" in answer.get_data(as_text=True)
    assert len(visitor.waiting()) == 5
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    carried = visitor.form()
    visitor.clock.turn(seconds=5)
    told = {**carried, "subject": "closed"}
    other = visitor.client.post("/report/minato-sos", data=told, environ_base=elsewhere)
    assert other.status_code == 303


def test_too_many_on_one_line_are_asked_to_wait(visitor: Visitor) -> None:
    told = {**visitor.form(), "subject": "closed"}
    visitor.clock.turn(seconds=5)
    statuses = []
    for number in range(61):
        address = {"REMOTE_ADDR": f"203.0.113.{number}"}
        sent = visitor.client.post("/report/minato-sos", data=told, environ_base=address)
        statuses.append(sent.status_code)
    assert statuses == [303] * 60 + [429]


def test_mistakes_do_not_count_as_reports(visitor: Visitor) -> None:
    for _ in range(8):
        assert visitor.send(subject="other").status_code == 422
    assert visitor.send(subject="closed").status_code == 303


def test_a_long_body_is_refused(visitor: Visitor) -> None:
    answer = visitor.client.post("/report/minato-sos", data={"words": "a" * MAX_BODY})
    assert answer.status_code == 413
    assert "大きすぎます" in read(answer).text


def test_the_longest_report_is_taken(visitor: Visitor) -> None:
    sent = visitor.send(subject="other", words="語" * 1000, contact="語" * 200)
    assert sent.status_code == 303


def test_no_address_and_no_words_are_kept_or_logged(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    told = {**visitor.form(), "subject": "closed", "words": "ないしょの文"}
    visitor.clock.turn(seconds=5)
    address = {"REMOTE_ADDR": "203.0.113.77"}
    with caplog.at_level(logging.DEBUG):
        visitor.client.post("/report/minato-sos", data=told, environ_base=address)
    assert "203.0.113.77" not in caplog.text
    assert "ないしょの文" not in caplog.text
    files = [path.read_bytes() for path in visitor.home.iterdir() if path.is_file()]
    assert [each for each in files if b"203.0.113.77" in each] == []


def test_a_doubted_number_is_labelled_everywhere_until_it_is_answered(visitor: Visitor) -> None:
    assert visitor.send(subject=NUMBER).status_code == 303
    for path in ("/services/minato-sos", "/?q=横浜市", "/areas/141003"):
        page = visitor.page(path)
        assert page.text.count("番号の確認中") == 1, path
        assert "tel:0300000001" in page.links
    assert doubted(visitor) == {"minato-sos-1": True}
    assert row_of(visitor, "minato-sos").endswith(",03-0000-0001")
    (report,) = visitor.waiting()
    visitor.answer(report)
    assert "番号の確認中" not in visitor.page("/services/minato-sos").text
    assert doubted(visitor) == {"minato-sos-1": False}
    assert row_of(visitor, "minato-sos").endswith(",")


def doubted(visitor: Visitor) -> dict[str, bool]:
    """Return what both data forms say of the first channel of the line."""
    found = {each["id"]: each for each in visitor.client.get("/services.json").json["services"]}
    features = visitor.client.get("/services.geojson").get_json(force=True)["features"]
    by_id = {each["id"]: each["properties"] for each in features}
    (said,) = {each["minato-sos"]["channels"][0]["doubted"] for each in (found, by_id)}
    return {"minato-sos-1": said}


def row_of(visitor: Visitor, service_id: str) -> str:
    text = visitor.client.get("/services.csv").get_data(as_text=True)
    return next(line for line in text.splitlines() if line.lstrip("\ufeff").startswith(service_id))


def test_a_doubted_id_that_is_no_number_is_called_a_contact(visitor: Visitor) -> None:
    visitor.send("sagami-night", subject="number-sagami-night-2")
    text = visitor.page("/services/sagami-night").text
    assert "連絡先の確認中" in text
    assert "番号の確認中" not in text


def test_a_value_that_is_withheld_since_is_not_labelled(visitor: Visitor) -> None:
    visitor.send(subject=NUMBER)
    hidden = a_service(evidence=EvidenceLevel.UNCONFIRMED)
    with db.writing(visitor.home / "sosdir.db") as database:
        services.save(database, hidden)
    assert "番号の確認中" not in visitor.page("/services/minato-sos").text
    assert doubted(visitor) == {"minato-sos-1": False}


def test_one_person_cannot_label_every_number(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    count = MOST_LABELLED_WITHIN_AN_HOUR + 2
    home = cast_home(*(a_service(f"line-{number}") for number in range(count)))
    clock = Clock()
    app = make_app(home)
    app.config["CLOCK"] = lambda: clock.at
    visitor = Visitor(home, app.test_client(), clock)
    for number in range(count):
        told = {**visitor.form(f"line-{number}"), "subject": f"number-line-{number}-1"}
        clock.turn(seconds=5)
        address = {"REMOTE_ADDR": f"203.0.113.{number}"}
        visitor.client.post(f"/report/line-{number}", data=told, environ_base=address)
    assert [each.labels for each in visitor.waiting()].count(True) == MOST_LABELLED_WITHIN_AN_HOUR
    assert len(visitor.waiting()) == count
