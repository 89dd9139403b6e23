"""Each place by itself."""

from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from sosdir.models import DataPackage
from tests.reading import Page, read


def page_of(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def services_on(page: Page) -> set[str]:
    paths = [urlsplit(link).path for link in page.links]
    return {path.split("/")[2] for path in paths if path.startswith("/services/")}


def test_a_city_shows_who_serves_it(cast_client: FlaskClient) -> None:
    page = page_of(cast_client, "/areas/141003")
    assert "横浜市からつながる窓口" in page.text
    assert services_on(page) == {
        "minato-sos", "nihon-always", "sagami-night", "rusu-line", "mukashi-sos",
    }  # fmt: skip
    assert "/areas/14" in page.links


def test_a_town_without_a_line_of_its_own_shows_those_of_its_prefecture(
    cast_client: FlaskClient,
) -> None:
    found = services_on(page_of(cast_client, "/areas/142018"))
    assert found == {"nihon-always", "sagami-night", "rusu-line", "mukashi-sos"}


def test_a_prefecture_leads_to_each_municipality_with_its_number(
    cast_client: FlaskClient, package: DataPackage
) -> None:
    page = page_of(cast_client, "/areas/14")
    codes = {each.code for each in package.municipalities if each.prefecture_code == "14"}
    assert {f"/areas/{code}" for code in codes} <= set(page.links)
    assert services_on(page) == {
        "minato-sos", "kawasaki-desk", "nihon-always", "sagami-night", "rusu-line", "mukashi-sos",
    }  # fmt: skip
    assert "横浜市 1件" in page.text


def test_a_prefecture_shows_its_own_lines_before_those_of_its_towns(
    cast_client: FlaskClient,
) -> None:
    text = page_of(cast_client, "/areas/14").text
    assert text.index("さがみ夜の妊娠ライン") < text.index("みなとSOS")


def test_every_prefecture_has_its_page(client: FlaskClient, package: DataPackage) -> None:
    for outline in package.outlines:
        page = page_of(client, f"/areas/{outline.prefecture.code}")
        assert f"{outline.prefecture.name}からつながる窓口" in page.text


def test_another_instant_may_be_asked(cast_client: FlaskClient) -> None:
    assert "12月1日(火)3時00分の予定" in page_of(cast_client, "/areas/14?at=2026-12-01T03:00").text


def test_the_words_and_the_area_of_the_query_do_not_count(cast_client: FlaskClient) -> None:
    plain = services_on(page_of(cast_client, "/areas/141003"))
    assert services_on(page_of(cast_client, "/areas/141003?q=zzz&area=13")) == plain


def test_a_filter_counts(cast_client: FlaskClient) -> None:
    assert services_on(page_of(cast_client, "/areas/141003?channel=email")) == {
        "nihon-always",
        "mukashi-sos",
    }


@pytest.mark.parametrize("code", ["48", "99", "999999", "x", "1", quote("１４"), "14100", "%00"])
def test_what_is_no_place_is_not_there(client: FlaskClient, code: str) -> None:
    assert client.get(f"/areas/{code}").status_code == 404


@pytest.mark.parametrize("query", ["page=2", "at=x", "sort=x"])
def test_a_bad_parameter_is_named(cast_client: FlaskClient, query: str) -> None:
    response = cast_client.get(f"/areas/141003?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in read(response).text
