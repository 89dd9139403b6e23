"""One service by itself, and the data forms as views."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import EvidenceLevel, Statistic
from sosdir.schedules import TOKYO
from tests.cast import a_channel, a_service
from tests.reading import Page, read


def page_of(client: FlaskClient, service_id: str) -> Page:
    response = client.get(f"/services/{service_id}")
    assert response.status_code == 200
    return read(response)


def test_a_service_is_shown_with_what_is_known(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "minato-sos")
    for text in ("みなとSOS", "横浜市", "03-0000-0001", "平日10時から16時", "助産師", "同行支援"):
        assert text in page.text
    assert "tel:0300000001" in page.links
    assert "https://example.jp/minato" in page.links


def test_a_fact_stands_with_its_source_and_day(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "minato-sos")
    assert "見本新聞" in page.text
    assert "https://example.jp/minato-sos-s1" in page.links
    assert "2026年11月23日" in page.text
    assert "公式ページの情報" in page.text


def test_the_week_is_shown_day_by_day(cast_client: FlaskClient) -> None:
    text = page_of(cast_client, "minato-sos").text
    for label in ("11月25日", "11月26日", "12月1日", "10:00〜16:00"):
        assert label in text


def test_what_is_not_known_is_said(cast_client: FlaskClient) -> None:
    assert "書かれたページが見つかっていません" in page_of(cast_client, "sagami-night").text


def test_safety_facts_stand_where_a_source_states_them(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    channel = a_channel("minato-sos", caller_id="非通知では受けられません", reply="翌日までに返信")
    told = a_service(confidentiality="秘密は守られます", channels=(channel,))
    text = page_of(make_app(cast_home(told)).test_client(), "minato-sos").text
    for fact in (
        "秘密 秘密は守られます",
        "返事:翌日までに返信",
        "番号の見え方:非通知では受けられません",
    ):
        assert fact in text


def test_nothing_is_said_of_replies_and_secrecy_where_no_source_does(
    cast_client: FlaskClient,
) -> None:
    text = page_of(cast_client, "minato-sos").text
    for word in ("秘密", "返事:", "番号の見え方"):
        assert word not in text


FIGURES = (
    Statistic("相談件数", 845, date(2025, 3, 31), ("minato-sos-s1",)),
    Statistic("相談件数", 1203, date(2026, 3, 31), ("minato-sos-s1",)),
)


def test_dated_figures_stand_with_their_source_and_as_a_line(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    client = make_app(cast_home(a_service(statistics=FIGURES))).test_client()
    page = page_of(client, "minato-sos")
    for words in ("公開のページに書かれている数", "相談件数", "845", "1,203", "2026年3月31日"):
        assert words in page.text
    assert page.links.count("#source-1") == 3
    assert 'class="figures__line"' in client.get("/services/minato-sos").text


def test_figures_of_an_unconfirmed_service_are_withheld(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    told = a_service(statistics=FIGURES, evidence=EvidenceLevel.UNCONFIRMED)
    text = make_app(cast_home(told)).test_client().get("/services/minato-sos").text
    assert "相談件数" not in text
    assert "partners.css" not in text


def test_a_checked_service_says_when(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    checked = a_service(checked_on=date(2026, 11, 24))
    client = make_app(cast_home(checked)).test_client()
    assert "確認日:2026年11月24日" in page_of(client, "minato-sos").text


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (datetime(2027, 5, 22, tzinfo=TOKYO), None),
        (datetime(2027, 5, 23, tzinfo=TOKYO), "半年"),
        (datetime(2027, 11, 23, tzinfo=TOKYO), "1年以上確認していません"),
    ],
)
def test_age_is_labelled_and_hides_nothing(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask], day: datetime, label: str | None
) -> None:
    text = page_of(make_app(cast_home(), at=day).test_client(), "minato-sos").text
    assert "03-0000-0001" in text
    if label is None:
        assert "半年" not in text
    else:
        assert label in text


def test_an_unconfirmed_service_keeps_its_contact_back(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "mukashi-sos")
    assert "番号は確認中です" in page.text
    assert "むかし妊娠SOS" in page.text
    assert "https://example.jp/minato" in page.links
    for secret in ("03-0000-0005", "mukashi@", "9-9", "むかしは24時間", "覚え書き"):
        assert secret not in page.text
    dialled = {link for link in page.links if link.startswith(("tel:", "mailto:"))}
    # The last is that of a line to try instead.
    assert dialled == {"tel:119", "tel:110", "tel:0300000003"}


def test_a_report_that_has_aged_keeps_its_contact_back(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    reported = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    home = cast_home(reported)
    last_day = datetime(2026, 12, 31, 23, 59, tzinfo=TOKYO)
    next_day = datetime(2027, 1, 1, 0, 0, tzinfo=TOKYO)
    assert "03-0000-0001" in page_of(make_app(home, at=last_day).test_client(), "minato-sos").text
    assert "03-0000" not in page_of(make_app(home, at=next_day).test_client(), "minato-sos").text


def test_a_service_without_contact_says_so(cast_client: FlaskClient) -> None:
    assert "連絡先は確認中" in page_of(cast_client, "rusu-line").text


@pytest.mark.parametrize(
    "service_id", ["kakushi-line", "nobody", "minato-sos ", "MINATO-SOS", "%00"]
)
def test_what_is_not_public_is_not_there(cast_client: FlaskClient, service_id: str) -> None:
    response = cast_client.get(f"/services/{service_id}")
    assert response.status_code == 404
    page = read(response)
    assert "ここにはありません" in page.text
    assert [attrs for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "q"]


def test_a_held_service_and_an_unknown_one_look_the_same(cast_client: FlaskClient) -> None:
    held, unknown = (cast_client.get(f"/services/{name}") for name in ("kakushi-line", "nobody"))
    assert held.get_data() == unknown.get_data()


def test_what_only_admins_see_is_nowhere(cast_client: FlaskClient) -> None:
    for path in ("/services/minato-sos", "/services.json", "/services.csv", "/services.geojson"):
        assert "管理者だけの覚え書き" not in cast_client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/services.json", "/services.csv", "/services.geojson"])
def test_a_data_form_refuses_in_a_problem_document(cast_client: FlaskClient, path: str) -> None:
    response = cast_client.get(f"{path}?page=2")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    problem = response.get_json(force=True)
    assert [each["name"] for each in problem["invalid_params"]] == ["page"]


def test_the_state_follows_the_instant_asked_about(cast_client: FlaskClient) -> None:
    asked = "/services.json?area=141003&at="
    at_noon = cast_client.get(asked + "2026-11-25T12:00").get_json()["services"]
    at_night = cast_client.get(asked + "2026-11-25T23:30").get_json()["services"]
    holiday = cast_client.get(asked + "2026-11-23T12:00").get_json()["services"]
    states = [
        {each["id"]: each["state"] for each in services}
        for services in (at_noon, at_night, holiday)
    ]
    assert [each["minato-sos"] for each in states] == ["open", "closed", "closed"]
    assert [each["sagami-night"] for each in states] == ["messages", "open", "messages"]
    assert {each["mukashi-sos"] for each in states} == {"unknown"}


def onward_of(client: FlaskClient, asked: str = "") -> Page:
    response = client.get(f"/services/minato-sos{asked}")
    assert response.status_code == 200
    return read(response)


def next_lines(page: Page) -> list[str]:
    """Return the ids of the lines to try next, in order."""
    here = "/services/minato-sos"  # where the links to the other languages lead
    paths = (urlsplit(link).path for link in page.links if "#" not in link)
    paths = (path for path in paths if path != here and not path.startswith(f"{here}."))
    return [path.removeprefix("/services/") for path in paths if path.startswith("/services/")]


def test_a_service_that_does_not_answer_leads_on(cast_client: FlaskClient) -> None:
    page = onward_of(cast_client)
    _, _, text = page.text.partition("つながらないときは")
    order = ("さがみ夜の妊娠ライン", "にほん妊娠ホットライン", "119", "110")
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert next_lines(page) == ["sagami-night", "nihon-always"]


def test_the_lines_to_try_next_are_those_of_the_same_person(cast_client: FlaskClient) -> None:
    assert next_lines(onward_of(cast_client, "?area=13")) == ["nihon-always"]
    by_mail = onward_of(cast_client, "?area=141003&channel=email")
    assert next_lines(by_mail) == ["nihon-always"]
    chat = onward_of(cast_client, "?area=141003&channel=chat")
    assert "条件を外して出しています" in chat.text


def test_the_question_goes_on_to_the_next_lines(cast_client: FlaskClient) -> None:
    links = onward_of(cast_client, "?q=横浜市&anonymous=1&ids=minato-sos").links
    (first,) = [link for link in links if link.startswith("/services/nihon-always")]
    assert parse_qs(urlsplit(first).query) == {
        "q": ["横浜市"],
        "anonymous": ["1"],
        "ids": ["minato-sos"],
    }


def test_without_a_question_the_place_of_the_service_goes_on(cast_client: FlaskClient) -> None:
    assert "/services/nihon-always?area=141003" in onward_of(cast_client).links


def test_a_service_page_shows_the_moment_that_was_asked_about(cast_client: FlaskClient) -> None:
    page = onward_of(cast_client, "?at=2026-11-28T12:00")
    assert "いまの状態ではありません" in page.text
    assert "12月4日" in page.text


def test_a_service_page_says_of_which_moment_its_states_are(cast_client: FlaskClient) -> None:
    assert "11月25日(水)12時00分の状態" in page_of(cast_client, "sagami-night").text
    asked = read(cast_client.get("/services/sagami-night?at=2026-11-26T20:00")).text
    assert "日(水)12時00分の状態" not in asked
    assert asked.count("11月26日(木)20時00分の予定") == 1


def test_a_question_that_cannot_be_read_is_refused(cast_client: FlaskClient) -> None:
    response = cast_client.get("/services/minato-sos?at=yesterday")
    assert response.status_code == 400
    assert cast_client.get("/services/nobody?at=yesterday").status_code == 404


def test_languages_that_no_page_states_are_not_promised(cast_client: FlaskClient) -> None:
    assert "日本語だけのことが多い" in page_of(cast_client, "minato-sos").text
    assert "日本語だけのことが多い" not in page_of(cast_client, "nihon-always").text


def test_a_service_can_be_collected_on_its_page(cast_client: FlaskClient) -> None:
    links = onward_of(cast_client, "?area=141003").links
    assert "/services/minato-sos?area=141003&ids=minato-sos#s-minato-sos" in links


def test_a_line_can_be_taken_along_and_what_that_leaves_is_said(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "minato-sos")
    for form in ("vcf", "ics"):
        for neutral in (0, 1):
            link = f"/services/minato-sos.{form}?neutral={neutral}"
            assert link in page.links
            assert cast_client.get(link).status_code == 200
    _, _, text = page.text.partition("アドレス帳やカレンダーに入れる")
    assert "ほかの端末にも出ることがあります" in text
    assert "/traces#shared" in page.links


def test_no_calendar_is_offered_where_no_hours_are_told(cast_client: FlaskClient) -> None:
    links = page_of(cast_client, "mukashi-sos").links
    assert [link for link in links if ".ics" in link] == []
