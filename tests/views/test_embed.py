"""The list in a frame: who serves the place, in groups, with nothing that could follow anyone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import styles
from sosdir.evidence import Published
from sosdir.models import ServiceStatus
from sosdir.presentation import Presenter, Result
from tests.cast import NIGHT, a_service
from tests.reading import Page, read


def headings(page_html: str) -> list[str]:
    found = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", page_html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def frame(client: FlaskClient, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, path
    return read(answer)


def test_the_lines_of_a_city_stand_under_whose_they_are(cast_client: FlaskClient) -> None:
    told = headings(cast_client.get("/embed?area=141003").text)
    assert told == [
        "横浜市の窓口",
        "みなとSOS",
        "全国からつながる窓口",
        "にほん妊娠ホットライン",
        "神奈川県の窓口",
        "さがみ夜の妊娠ライン",
    ]


def test_whose_line_answers_now_comes_first(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    client = make_app(cast_home(), NIGHT).test_client()
    told = headings(client.get("/embed?area=141003").text)
    assert told.index("神奈川県の窓口") < told.index("横浜市の窓口")
    assert told.index("全国からつながる窓口") < told.index("横浜市の窓口")


def test_the_order_within_a_group_is_that_of_the_list(client: FlaskClient) -> None:
    listed = client.get("/services.json?area=131041&sort=now").get_json()["services"]
    order = [each["name"] for each in listed]
    shown = headings(client.get("/embed?area=131041&limit=20").text)
    titles = {"新宿区の窓口", "東京都の窓口", "全国からつながる窓口"}
    groups: list[list[str]] = []
    for each in shown:
        if each in titles:
            groups.append([])
        else:
            groups[-1].append(each)
    assert max(map(len, groups)) > 2
    for group in groups:
        places = [order.index(name) for name in group if name in order]
        assert places == sorted(places)


def test_a_prefecture_shows_its_cities_last(cast_client: FlaskClient) -> None:
    told = headings(cast_client.get("/embed?area=14").text)
    assert told.index("市区町村の窓口(そこに住む人のため)") > told.index("神奈川県の窓口")
    assert told[-1] == "かわさき子育て総合窓口"


def test_a_line_of_another_city_is_never_offered(cast_client: FlaskClient) -> None:
    assert "かわさき" not in cast_client.get("/embed?area=141003").text


def test_numbers_can_be_dialled_and_facts_have_their_day(cast_client: FlaskClient) -> None:
    page = frame(cast_client, "/embed?area=141003")
    assert "tel:0300000001" in page.links
    assert "11月25日(水)12時00分の状態" in page.text
    assert "収集日:2026年11月23日" in page.text
    assert "tel:119" in page.links
    assert "tel:110" in page.links


def test_what_has_no_contact_is_counted_and_led_to(cast_client: FlaskClient) -> None:
    page = frame(cast_client, "/embed?area=141003")
    assert "むかし" not in page.text
    assert "るすの窓口" not in page.text
    assert "連絡先を確認しているところの窓口 (2件)" in page.text


def test_the_full_list_keeps_what_is_asked_and_leaves_the_frame(cast_client: FlaskClient) -> None:
    page = frame(cast_client, "/embed?area=141003&channel=phone&limit=1")
    assert "/?area=141003&channel=phone" in page.links
    assert ("base", {"target": "_top"}) in page.tags


def test_limit_counts_the_lines_of_each_group(client: FlaskClient) -> None:
    page = client.get("/embed?area=13&limit=1").text
    assert page.count("<article") == page.count('<section class="framed__group')
    assert client.get("/embed?area=13&limit=20").text.count("<article") > page.count("<article")


@pytest.mark.parametrize(
    ("path", "most"),
    [("/embed?channel=phone&limit=2", 2), ("/embed?area=00", 3), ("/embed?area=14&limit=1", 3)],
)
def test_only_the_lines_that_are_shown_are_worked_out(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, most: int
) -> None:
    worked_out: list[str] = []
    present = Presenter.result

    def counted(self: Presenter, published: Published, *told: Any) -> Result:
        worked_out.append(published.service.id)
        return present(self, published, *told)

    monkeypatch.setattr(Presenter, "result", counted)
    page = client.get(path).text
    assert 0 < len(worked_out) <= most
    assert page.count("<article") == len(worked_out)


def test_the_lines_that_are_not_shown_are_counted(client: FlaskClient) -> None:
    whole = client.get("/services.json?area=14").get_json()
    assert whole["total"] > 3
    assert f"({whole['total']}件)" in frame(client, "/embed?area=14&limit=1").text


def test_filters_of_the_list_are_taken(cast_client: FlaskClient) -> None:
    told = headings(cast_client.get("/embed?area=141003&channel=line").text)
    assert "さがみ夜の妊娠ライン" in told
    assert "みなとSOS" not in told
    assert "見つかりませんでした" in frame(cast_client, "/embed?area=141003&channel=chatbot").text


def test_a_frame_shows_the_present_whatever_moment_is_asked(cast_client: FlaskClient) -> None:
    now = cast_client.get("/embed?area=141003").text
    assert "11月25日(水)12時00分の状態" in now
    later = cast_client.get("/embed?area=141003&at=2026-11-28T20:00&page=7").text
    assert headings(later) == headings(now)
    assert "11月25日(水)12時00分の状態" in later


def test_the_nearest_lines_come_first_where_that_is_asked(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    client = make_app(cast_home(), NIGHT).test_client()
    told = headings(client.get("/embed?area=141003&sort=near").text)
    assert told[0] == "横浜市の窓口"


def test_services_can_be_named_one_by_one(cast_client: FlaskClient) -> None:
    told = headings(cast_client.get("/embed?ids=nihon-always,minato-sos").text)
    assert told == ["にほん妊娠ホットライン", "みなとSOS"]


def test_a_withheld_line_that_is_named_gives_no_number(cast_client: FlaskClient) -> None:
    page = frame(cast_client, "/embed?ids=mukashi-sos")
    assert "むかし妊娠SOS" in page.text
    assert [link for link in page.links if link.startswith("tel:03")] == []
    assert "https://example.jp/minato" in page.links


@pytest.mark.parametrize("ids", ["nobody", "kakushi-line", "x y"])
def test_what_is_not_there_is_said_in_the_frame(cast_client: FlaskClient, ids: str) -> None:
    page = frame(cast_client, f"/embed?ids={ids}", 404)
    assert "ページが見つかりません" in page.text
    assert "ひみつ" not in page.text


def test_a_line_that_has_ended_or_rests_is_offered_to_nobody(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    ended = a_service("ended", name="おわった窓口", status=ServiceStatus.DEFUNCT)
    resting = a_service("resting", name="やすむ窓口", status=ServiceStatus.TEMPORARILY_CLOSED)
    client = make_app(cast_home(a_service(), ended, resting)).test_client()
    assert "やすむ" not in client.get("/embed?area=141003").text
    page = frame(client, "/embed?ids=ended,resting")
    assert "おわった" not in page.text
    assert [link for link in page.links if link.startswith("tel:03")] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("area=x", "area"),
        ("area=999999", "area"),
        ("area=14&limit=0", "limit"),
        ("area=14&limit=21", "limit"),
        ("area=14&limit=x", "limit"),
        ("area=14&channel=pigeon", "channel"),
        ("area=14&at=x", "at"),
    ],
)
def test_a_bad_parameter_is_named_on_a_small_page(
    client: FlaskClient, query: str, named: str
) -> None:
    page = frame(client, f"/embed?{query}", 400)
    assert "条件を読み取れませんでした" in page.text
    assert named in page.text
    assert page.styles == (styles.framed(),)
    assert [attrs for _, attrs in page.tags if attrs.get("name") == "q"]


def test_without_a_place_the_frame_asks_for_one(client: FlaskClient) -> None:
    for path in ("/embed", "/embed?q=", "/embed?at=2026-11-28T20:00&limit=2", "/embed?sort=near"):
        page = frame(client, path)
        assert "妊娠の相談窓口をさがす" in page.text
        forms = [attrs for tag, attrs in page.tags if tag == "form"]
        assert [(each["action"], each["target"]) for each in forms] == [("/embed", "_self")]
    assert "横浜市からつながる窓口" in frame(client, "/embed?q=横浜市").text


def test_a_name_of_several_places_is_asked_back(client: FlaskClient) -> None:
    page = frame(client, "/embed?q=府中市&channel=phone&limit=2")
    assert "どちらの府中市ですか" in page.text
    asked = [link for link in page.links if link.startswith("/embed?")]
    assert len(asked) == 2
    for link in asked:
        assert "channel=phone" in link
        assert "limit=2" in link
        assert "府中市からつながる窓口" in frame(client, link).text


@pytest.mark.parametrize("prefix", ["/en", "/zh", "/ja-easy"])
def test_a_frame_speaks_the_language_of_its_address(client: FlaskClient, prefix: str) -> None:
    page = frame(client, f"{prefix}/embed?area=141003")
    assert dict(page.tags[0][1]).get("data-locale") == prefix[1:]
    own = [link for link in page.links if link.startswith("/")]
    assert own
    assert all(link.startswith(prefix) for link in own)


PATHS = ("/embed?area=141003", "/embed", "/embed?q=府中市", "/embed?area=x", "/embed?ids=nobody")


@pytest.mark.parametrize("path", PATHS)
def test_a_frame_holds_no_script_and_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    page = read(answer)
    assert [tag for tag, _ in page.tags if tag == "script"] == []
    assert page.dangers() == []
    assert {urlsplit(address).netloc for address in page.loaded} <= {""}
    assert "Set-Cookie" not in answer.headers
    assert "script-src 'none'" in page.policy
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags


@pytest.mark.parametrize("path", PATHS)
def test_others_may_frame_it_over_https_and_no_other_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert "frame-ancestors 'self' https:;" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_all_other_pages_stand_in_no_frame(client: FlaskClient) -> None:
    for path in ("/", "/areas/141003", "/embedding", "/oembed", "/embeds", "/embed/x"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, path


def test_who_may_frame_it_can_be_chosen(shipped_home: Path, make_app: Callable[..., Flask]) -> None:
    hosts = ("https://www.city.example.jp", "https://*.example.jp")
    chosen = make_app(shipped_home, embed_ancestors=hosts).test_client()
    policy = chosen.get("/embed?area=14").headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {' '.join(hosts)};" in policy
    closed = make_app(shipped_home, embed_ancestors=()).test_client()
    policy = closed.get("/embed?area=14").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy


def test_a_state_is_kept_no_longer_than_it_holds(client: FlaskClient) -> None:
    assert client.get("/embed?area=14").headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/embed?area=x").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*PATHS, "/embed?ids=ninshin-sos-yokohama", "/en/embed?area=14"])
def test_what_a_shared_cache_may_keep_does_not_depend_on_the_host_that_is_asked(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text
    assert answer.text == client.get(path).text


def test_a_line_in_a_frame_leads_to_its_page(client: FlaskClient) -> None:
    page = frame(client, "/embed?ids=ninshin-sos-yokohama")
    assert "/services/ninshin-sos-yokohama" in page.links


def test_a_missing_database_is_said_in_the_frame(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    answer = make_app(tmp_path).test_client().get("/embed?area=14")
    assert answer.status_code == 503
    assert "frame-ancestors 'self' https:" in answer.headers["Content-Security-Policy"]
    assert read(answer).styles == (styles.framed(),)


def test_a_frame_is_lighter_than_the_page_it_stands_for(client: FlaskClient) -> None:
    def weight(path: str) -> int:
        return len(client.get(path, headers={"Accept-Encoding": "br"}).data)

    assert weight("/embed?area=141003") < 8_000
    assert weight("/embed?area=141003") < weight("/areas/141003")
