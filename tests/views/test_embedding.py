"""The page for those who keep a city's site: what they copy works."""

from html.parser import HTMLParser

import pytest
from flask import Response
from flask.testing import FlaskClient

from tests.reading import read


class _Copied(HTMLParser):
    """Read what stands in the fields to copy from, as a browser gives it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._in: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = dict(attrs).get("id") if tag == "textarea" else self._in

    def handle_endtag(self, tag: str) -> None:
        self._in = None if tag == "textarea" else self._in

    def handle_data(self, data: str) -> None:
        if self._in:
            self.fields[self._in] = self.fields.get(self._in, "") + data


def address_in(html: str, tag: str, name: str) -> str:
    (found,) = [attrs[name] for each, attrs in read(Response(html)).tags if each == tag]
    return str(found)


@pytest.mark.parametrize("path", ["/embedding?q=横浜市", "/embedding?area=141003"])
def test_what_is_copied_leads_to_what_is_there(client: FlaskClient, path: str) -> None:
    fields = _Copied(client.get(path).text).fields
    frame = address_in(fields["frame"], "iframe", "src")
    assert frame == "http://localhost/embed?area=141003"
    page = address_in(fields["link"], "a", "href")
    assert page == "http://localhost/areas/141003"
    for each in (frame, page):
        assert client.get(each.removeprefix("http://localhost")).status_code == 200


def test_nothing_that_is_copied_holds_a_number(client: FlaskClient) -> None:
    fields = _Copied(client.get("/embedding?q=横浜市").text).fields
    assert "tel:" not in "".join(fields.values())
    assert "電話番号を書き写さないでください" in read(client.get("/embedding")).text


def test_a_language_is_kept(client: FlaskClient) -> None:
    fields = _Copied(client.get("/en/embedding?area=141003").text).fields
    assert "http://localhost/en/embed?area=141003" in fields["frame"]
    assert "http://localhost/en/areas/141003" in fields["link"]


def test_a_name_of_several_places_is_asked_back(client: FlaskClient) -> None:
    page = read(client.get("/embedding?q=府中市"))
    asked = [link for link in page.links if link.startswith("/embedding?area=")]
    assert len(asked) == 2
    assert _Copied(client.get(asked[0]).text).fields


@pytest.mark.parametrize("query", ["?q=", "?q=zzzz"])
def test_what_is_no_place_is_asked_again(client: FlaskClient, query: str) -> None:
    page = read(client.get(f"/embedding{query}"))
    assert "市区町村か都道府県の名前を入れてください。" in page.text


def test_a_place_that_is_none_is_refused(client: FlaskClient) -> None:
    assert client.get("/embedding?area=99").status_code == 400
    assert client.get("/embedding?area=00").status_code == 200


def test_those_who_look_for_the_data_find_it(client: FlaskClient) -> None:
    assert "/embedding" in read(client.get("/open-data")).links
