"""What was asked and what was collected travels from page to page, in addresses alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from sosdir.forms.collection import MAX_COLLECTED
from tests.reading import Page, read


def page_of(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def asked(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


def collecting(page: Page, service_id: str) -> str:
    """Return the link that puts a service on the sheet, or takes it off."""
    (link,) = [each for each in page.links if each.endswith(f"#s-{service_id}")]
    return link


def to_services(page: Page) -> list[str]:
    return [each for each in page.links if urlsplit(each).path.startswith("/services/")]


@pytest.mark.parametrize("path", ["/?area=14", "/areas/141003?", "/map?area=14", "/?q=横浜&page=1"])
def test_a_card_collects_its_service_and_stays_where_it_is(
    cast_client: FlaskClient, path: str
) -> None:
    link = collecting(page_of(cast_client, path), "minato-sos")
    assert urlsplit(link).path == urlsplit(path).path
    assert asked(link) == {**asked(path), "ids": ["minato-sos"]}
    again = page_of(cast_client, link.partition("#")[0])
    assert "紹介票から外す" in again.text
    assert ("article", "s-minato-sos") in [(tag, attrs.get("id")) for tag, attrs in again.tags]
    assert asked(collecting(again, "minato-sos")) == asked(path)


def test_collected_services_keep_their_order(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&ids=sagami-night")
    assert asked(collecting(page, "minato-sos"))["ids"] == ["sagami-night,minato-sos"]


def test_the_bar_counts_opens_and_empties(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&at=2026-11-28T20:00&ids=sagami-night,minato-sos")
    assert "紹介票:2件" in page.text
    assert "/sheet?at=2026-11-28T20:00&ids=sagami-night,minato-sos" in page.links
    assert "/?area=14&at=2026-11-28T20:00" in page.links


def test_there_is_no_bar_while_nothing_is_collected(cast_client: FlaskClient) -> None:
    assert "紹介票:" not in page_of(cast_client, "/?area=14").text
    assert "紹介票:" not in page_of(cast_client, "/?area=14&ids=").text


def test_a_collection_alone_asks_nothing(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?ids=minato-sos")
    assert "どこにお住まいですか" in page.text
    assert "/areas/14?ids=minato-sos" in page.links
    kept = [attrs for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "ids"]
    assert [each["value"] for each in kept] == ["minato-sos"]


def test_filters_and_forms_keep_the_collection(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&ids=minato-sos")
    filters = [link for link in page.links if "channel=" in link]
    assert filters
    assert {tuple(asked(link)["ids"]) for link in filters} == {("minato-sos",)}
    hidden = [attrs for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "ids"]
    assert len(hidden) == len([tag for tag, _ in page.tags if tag == "form"])


def test_what_was_asked_travels_to_the_services(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?q=横浜市&channel=line&at=2026-11-28T20:00&ids=minato-sos")
    for link in to_services(page):
        assert asked(link) == {
            "q": ["横浜市"],
            "channel": ["line"],
            "at": ["2026-11-28T20:00"],
            "ids": ["minato-sos"],
        }


def test_the_page_of_a_place_takes_its_place_along(cast_client: FlaskClient) -> None:
    links = to_services(page_of(cast_client, "/areas/141003"))
    assert links
    assert {tuple(asked(link)["area"]) for link in links} == {("141003",)}


def test_what_can_be_no_service_is_not_carried(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&ids=%22%3E%3Cscript%3E,minato-sos")
    assert page.dangers() == []
    assert "紹介票:1件" in page.text


def test_a_full_sheet_takes_no_more(cast_client: FlaskClient) -> None:
    ids = ",".join(f"a{number}" for number in range(MAX_COLLECTED + 5))
    page = page_of(cast_client, f"/?area=14&ids={ids}")
    assert f"紹介票:{MAX_COLLECTED}件" in page.text
    assert "紹介票に入れる" not in page.text


def test_robots_are_told_not_to_collect(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/?area=14&ids=minato-sos")
    links = [attrs for tag, attrs in page.tags if tag == "a" and "collect" in str(attrs)]
    assert links
    assert {each.get("rel") for each in links if "collect" in str(each.get("class"))} == {
        "nofollow"
    }
