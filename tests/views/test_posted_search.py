"""A search that is posted shows the same page, and leaves its words in no address."""

from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.reading import Page, read
from tests.views.test_home import services_on

ASKED = (
    {"q": "横浜市 夜 LINE"},
    {"q": "府中市 夜"},
    {"q": "神奈川県 夜", "at": "2026-11-28T20:00"},
    {"q": "川崎 ぞうさん", "channel": "chat"},
    {"focus": "pregnancy_sos", "page": "2"},
)


def posted(client: FlaskClient, **fields: str) -> Page:
    response = client.post("/search", data=fields)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response.headers
    return read(response)


def queries_of_buttons(page: Page) -> list[list[tuple[str, str]]]:
    buttons = [attrs for tag, attrs in page.tags if tag == "button" and attrs.get("form")]
    assert all(each["form"] == "again" and each["name"] == "query" for each in buttons)
    return [parse_qsl(unescape(each["value"] or "")) for each in buttons]


@pytest.mark.parametrize("fields", ASKED, ids=str)
def test_it_finds_what_the_first_page_finds(client: FlaskClient, fields: dict[str, str]) -> None:
    there = read(client.get("/", query_string=fields))
    assert services_on(posted(client, **fields)) == services_on(there)


@pytest.mark.parametrize("fields", ASKED, ids=str)
def test_no_link_of_its_page_carries_a_query(client: FlaskClient, fields: dict[str, str]) -> None:
    page = posted(client, **fields)
    parts = [urlsplit(link) for link in page.links]
    own = [part for part in parts if not part.netloc and not part.path.startswith("/static")]
    allowed = {"", "area=00"} | {f"area={code:02}" for code in range(1, 48)}
    assert {part.query for part in own} <= allowed
    forms = [attrs for tag, attrs in page.tags if tag == "form"]
    assert forms
    assert {(each["action"], each["method"]) for each in forms} == {("/search", "post")}


def test_each_of_its_buttons_asks_again(client: FlaskClient) -> None:
    queries = queries_of_buttons(posted(client, q="横浜市 夜 LINE"))
    assert [("area", "141003"), ("need", "night")] in queries
    again = posted(client, query="area=141003&need=night")
    there = read(client.get("/?area=141003&need=night"))
    assert services_on(again) == services_on(there)


def test_a_name_of_several_places_is_asked_back_by_buttons(client: FlaskClient) -> None:
    queries = queries_of_buttons(posted(client, q="府中市 夜"))
    assert [("area", "132063"), ("need", "night")] in queries


def test_its_pages_lead_on(client: FlaskClient) -> None:
    queries = queries_of_buttons(posted(client, focus="pregnancy_sos"))
    assert [("focus", "pregnancy_sos"), ("page", "2")] in queries


def test_an_empty_question_is_asked_again_in_words(client: FlaskClient) -> None:
    assert "名前を入れてください" in posted(client, q="").text


@pytest.mark.parametrize(
    "fields", [{"q": "横浜", "at": "x"}, {"query": "need=wings"}, {"query": "a=b&" * 500}]
)
def test_what_cannot_be_used_is_refused(client: FlaskClient, fields: dict[str, str]) -> None:
    assert client.post("/search", data=fields).status_code == 400


def test_a_query_in_the_address_of_a_posted_search_is_not_read(client: FlaskClient) -> None:
    page = read(client.post("/search?q=横浜市", data={"q": "那覇市"}))
    assert "那覇市から" in page.text


def test_who_comes_back_to_its_address_is_led_to_the_first_page(client: FlaskClient) -> None:
    response = client.get("/search")
    assert (response.status_code, response.location) == (303, "/")


def test_the_first_page_offers_it_and_says_what_it_does_not_do(client: FlaskClient) -> None:
    page = read(client.get("/"))
    (button,) = [a for tag, a in page.tags if tag == "button" and a.get("formmethod")]
    assert (button["formmethod"], button["formaction"]) == ("post", "/search")
    assert "このサイトを開いたことは、履歴や通信の記録に残ります" in page.text


def test_the_title_of_a_posted_search_tells_nothing(client: FlaskClient) -> None:
    html = client.post("/search", data={"q": "横浜市 夜"}).get_data(as_text=True)
    assert "<title>sosdir</title>" in html
    assert "横浜市" in client.get("/?q=横浜市").get_data(as_text=True).partition("</title>")[0]


def test_a_posted_search_for_nothing_stays_one(client: FlaskClient) -> None:
    page = posted(client, q="", at="2026-12-01T20:00", ids="ninshin-sos-yokohama")
    forms = [attrs for tag, attrs in page.tags if tag == "form"]
    assert {(each["action"], each["method"]) for each in forms} == {("/search", "post")}
    assert not [link for link in page.links if "2026-12-01" in link or "ids=" in link]


@pytest.mark.parametrize("fields", [{"page": "99"}, {"at": "x"}, {"q": "あ" * 300}])
def test_a_posted_search_that_is_refused_stays_one(
    client: FlaskClient, fields: dict[str, str]
) -> None:
    response = client.post("/search", data={"q": "横浜市", **fields})
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "private, no-cache"
    forms = [attrs for tag, attrs in read(response).tags if tag == "form"]
    assert {(each["action"], each["method"]) for each in forms} == {("/search", "post")}
