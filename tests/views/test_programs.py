"""Programmes, as the sources word them."""

from flask.testing import FlaskClient

from sosdir.partnerships import program_of
from tests.reading import Page, read


def page_of(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def test_national_programmes_stand_before_wordings_that_stand_as_themselves(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/programs")
    known = page.text.index("女性健康支援センター事業")
    assert known < page.text.index("出典のことばのままのもの") < page.text.index("若年妊婦支援事業")
    assert f"/programs/{program_of('若年妊婦支援事業').slug}" in page.links


def test_a_programme_shows_every_wording_its_bodies_and_its_lines(client: FlaskClient) -> None:
    page = page_of(client, "/programs/ninsanpu-to-seikatsu-enjo")
    for words in (
        "妊産婦等生活援助事業 (1件)",
        "川崎市妊産婦等生活援助事業 (1件)",
        "神奈川県",
        "千葉県",
    ):
        assert words in page.text
    assert {"/organizations/kashiwa-shi", "/services/kawasaki-welbe-sakura"} <= set(page.links)


def test_a_programme_is_described_only_in_the_words_of_a_page(client: FlaskClient) -> None:
    described = page_of(client, "/programs/ninsanpu-to-seikatsu-enjo")
    assert "https://www.mhlw.go.jp/stf/newpage_44451.html" in described.links
    alone = client.get(f"/programs/{program_of('若年妊婦支援事業').slug}").text
    assert "blockquote" not in alone


def test_an_unknown_programme_is_not_found(client: FlaskClient) -> None:
    assert client.get("/programs/w-000000000000").status_code == 404
    assert client.get("/programs/funin-senmon-sodan-center").status_code == 200


def test_a_known_programme_that_no_source_names_has_no_page(client: FlaskClient) -> None:
    assert client.get("/programs/sei-to-kenko-no-sodan-center").status_code == 404


def test_a_page_past_the_end_is_said(client: FlaskClient) -> None:
    assert client.get("/programs?page=9").status_code == 400
    assert client.get("/programs/kodomo-katei-center?page=9").status_code == 400
