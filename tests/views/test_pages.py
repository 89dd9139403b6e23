"""The pages that say who we are, and the files that robots ask for."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from sosdir.assets import marked
from sosdir.models import DataPackage
from tests.reading import read

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client: FlaskClient) -> list[str]:
    """Return the paths of the sitemap."""
    response = client.get("/sitemap.xml")
    assert response.content_type == "application/xml; charset=utf-8"
    tree = ElementTree.fromstring(response.get_data())
    return [urlsplit(each.text or "").path for each in tree.iter(LOC)]


def test_about_counts_what_was_collected_and_what_is_shown(cast_client: FlaskClient) -> None:
    text = read(cast_client.get("/about")).text
    assert "集めたのは7件です。 そのうち6件をのせています。" in text
    assert "いま1件の連絡先が確認中です" in text
    assert "確かめたものはありません" in text


def test_privacy_promises_only_what_is_true(client: FlaskClient) -> None:
    text = read(client.get("/privacy")).text
    assert "履歴" in text
    assert "Cookie" in text


def test_open_data_leads_to_the_three_forms(client: FlaskClient) -> None:
    links = {urlsplit(link).path for link in read(client.get("/open-data")).links}
    assert {"/services.json", "/services.csv", "/services.geojson"} <= links


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/about",
        "/privacy",
        "/traces",
        "/offline?area=14",
        "/open-data",
        "/embedding",
        "/map",
        "/areas/14",
    ],
)
def test_every_link_of_a_page_leads_somewhere(client: FlaskClient, path: str) -> None:
    own = {link.partition("#")[0] for link in read(client.get(path)).links if link[0] == "/"}
    assert len(own) > 4
    for link in sorted(own)[:12]:
        assert client.get(link).status_code == 200, link


def test_every_anchor_of_a_page_is_there(client: FlaskClient) -> None:
    for path in ("/", "/?q=", "/privacy", "/services/across-japan"):
        page = read(client.get(path))
        anchors = {link[1:] for link in page.links if link.startswith("#")}
        assert anchors <= {attrs.get("id") for _, attrs in page.tags}, path


def test_the_sitemap_lists_pages_places_and_services_once(
    client: FlaskClient, package: DataPackage
) -> None:
    paths = addresses(client)
    assert len(paths) == len(set(paths))
    public = {f"/services/{each.id}" for each in package.services if not each.hold}
    assert {path for path in paths if path.startswith("/services/")} == public
    places = {f"/areas/{each.code}" for each in package.municipalities}
    places |= {f"/areas/{each.prefecture.code}" for each in package.outlines}
    partners = {f"/areas/{each.prefecture.code}/partners" for each in package.outlines}
    assert {path for path in paths if path.startswith("/areas/")} == places | partners
    coverage = {f"/coverage/{each.prefecture.code}" for each in package.outlines}
    assert {path for path in paths if path.startswith("/coverage/")} == coverage
    pages = {"/", "/map", "/about", "/privacy", "/traces", "/offline", "/open-data", "/embedding"}
    pages |= {"/developers", "/coverage", "/organizations", "/programs", "/notices"}
    assert pages <= set(paths)


def test_the_sitemap_leads_to_pages_that_are_there(client: FlaskClient) -> None:
    for path in addresses(client)[:: len(addresses(client)) // 15]:
        assert client.get(path).status_code == 200, path


def test_robots_are_shown_the_sitemap_and_kept_from_queries(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    lines = response.get_data(as_text=True).splitlines()
    assert response.mimetype == "text/plain"
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert "Disallow: /*?" in lines
    assert "Disallow: /" not in lines


def test_a_device_can_find_its_place_by_itself(client: FlaskClient, package: DataPackage) -> None:
    places = client.get("/places.json").get_json()
    assert len(places) == len(package.municipalities)
    by_code = {code: (latitude, longitude) for code, latitude, longitude in places}
    for each in package.municipalities:
        latitude, longitude = by_code[each.code]
        assert abs(latitude - each.latitude) < 0.001
        assert abs(longitude - each.longitude) < 0.001


@pytest.mark.parametrize(
    "path", ["/about", "/privacy", "/traces", "/offline", "/open-data", "/map", "/"]
)
def test_a_neutral_title_says_nothing(make_app, shipped_home, path: str) -> None:  # type: ignore[no-untyped-def]
    neutral = make_app(shipped_home, neutral_title=True).test_client().get(path)
    title = neutral.get_data(as_text=True).partition("<title>")[2].partition("</title>")[0]
    assert title == "sosdir"


@pytest.mark.parametrize("path", ["/", "/services/across-japan", "/nowhere", "/traces"])
def test_a_neutral_site_has_a_neutral_icon(make_app, shipped_home, path: str) -> None:  # type: ignore[no-untyped-def]
    def icons(*, neutral: bool) -> list[str | None]:
        client = make_app(shipped_home, neutral_title=neutral).test_client()
        tags = read(client.get(path)).tags
        return [attrs["href"] for tag, attrs in tags if attrs.get("rel") == "icon"]

    assert icons(neutral=True) == [f"/static/{marked('img/neutral.svg')}"]
    assert icons(neutral=False) == [f"/static/{marked('img/favicon.svg')}"]


def test_every_page_leads_to_what_is_said_on_traces(client: FlaskClient) -> None:
    for path in ("/", "/services/across-japan", "/areas/14", "/nowhere"):
        assert read(client.get(path)).links.count("/traces") == 2, path


def test_traces_speaks_of_every_place_where_something_stays(client: FlaskClient) -> None:
    text = read(client.get("/traces")).text
    for word in ("履歴", "明細", "0120", "0570", "LINE", "通知", "送信済み", "アカウント", "Wi-Fi"):
        assert word in text
    for word in ("見守り", "監視", "公衆電話", "シークレット", "印刷"):
        assert word in text


def test_traces_promises_nothing_it_cannot_keep(client: FlaskClient) -> None:
    text = read(client.get("/traces")).text
    assert "「ぜったいに知られない方法」は、ここにはありません" in text
    for promise in (
        "知られません",
        "ばれません",
        "安全です",
        "完全に消え",
        "見られません",
        "残らない方法",
    ):
        assert promise not in text
