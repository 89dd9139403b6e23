"""Every answer is as we made it, whatever someone wrote into the data."""

import csv
import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import styles
from sosdir.models import ChannelKind, Organization, Service, Statistic
from sosdir.security import CONTENT_SECURITY_POLICY, HEADERS
from sosdir.views import pages as pages_view
from tests.cast import TODAY, a_channel, a_service
from tests.reading import read

HOSTILE = (
    "=cmd()|'/C calc'!A0 </textarea></title><script>alert(1)</script> "
    '"><img src=x onerror=alert(1)> '
    "' onclick='alert(1) ` ${alert(1)} {{7*7}} {% raise %} </script> \u2028 &lt;b&gt;"
)
JAVASCRIPT = "javascript:alert(document.domain)"


def hostile_service() -> Service:
    """Return a service whose every text was written by an enemy."""
    service = a_service("hostile")
    told = dict.fromkeys(("name", "department", "area_served", "eligibility"), HOSTILE)
    told |= {"confidentiality": HOSTILE}
    told |= dict.fromkeys(("fee", "established", "address"), HOSTILE)
    lists = dict.fromkeys(("partners", "programs", "languages", "staff", "offers"), (HOSTILE,))
    channels = (
        a_channel("hostile", 1, ChannelKind.IN_PERSON, HOSTILE, "24/7", HOSTILE, note=HOSTILE),
        *(
            a_channel(
                "hostile",
                number,
                kind,
                value,
                None,
                HOSTILE,
                note=HOSTILE,
                caller_id=HOSTILE,
                reply=HOSTILE,
            )
            for number, (kind, value) in enumerate(hostile_values(), 2)
        ),
    )
    source = replace(service.sources[0], url=JAVASCRIPT, publisher=HOSTILE, page_date=HOSTILE)
    return replace(
        service,
        **told,  # type: ignore[arg-type]
        **lists,  # type: ignore[arg-type]
        organization=Organization("enemy", HOSTILE),
        commissioners=(Organization("other-enemy", HOSTILE),),
        channels=channels,
        website=JAVASCRIPT,
        statistics=(Statistic(HOSTILE, 1, TODAY),),
        sources=(source,),
    )


def hostile_values() -> Iterator[tuple[ChannelKind, str]]:
    """Give a hostile text and a hostile address for every kind of channel."""
    for kind in ChannelKind:
        yield kind, HOSTILE
        yield kind, JAVASCRIPT


@pytest.fixture
def attacked(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a client of a site with a hostile service."""
    return make_app(cast_home(hostile_service())).test_client()


def failing(app: Flask, monkeypatch: pytest.MonkeyPatch, message: str = "") -> FlaskClient:
    """Return a client of a site on which /about fails, and the lists as well."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(message)

    app.testing = False
    monkeypatch.setattr(pages_view, "count_evidence", fail)
    monkeypatch.setattr("sosdir.views.services.search", fail)
    return app.test_client()


PAGES = (
    "/",
    "/?q=",
    "/?q=横浜",
    "/?q=府中市",
    "/?area=14&channel=phone&state=open&sort=near",
    "/?q=zzzzzz&anonymous=1",
    "/services/across-japan",
    "/services/saga-inochi-ninshin-sos-hotline",
    "/areas/14",
    "/areas/141003",
    "/map",
    "/map?area=14",
    "/about",
    "/privacy",
    "/traces",
    "/offline",
    "/offline?area=14",
    "/offline/14",
    "/open-data",
    "/embedding",
    "/embedding?q=横浜市",
    "/components",
    "/nowhere",
    "/?at=x&page=0",
)
FILES = (
    "/services.json",
    "/services.json?at=x",
    "/services.csv",
    "/services.geojson",
    "/map.js",
    "/map/outlines.js",
    "/places.json",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/sw.js",
    "/offline.webmanifest",
    "/oembed",
    "/oembed?url=http://localhost/areas/14",
    "/open-data/catalog.jsonld",
    "/static/js/exit.js",
    "/static/leaflet/leaflet.css",
    "/nowhere.json",
)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", path) for path in (*PAGES, *FILES)),
        *((method, "/privacy") for method in ("HEAD", "OPTIONS", "POST", "DELETE", "TRACE")),
    ],
)
def test_every_answer_bears_the_headers_and_no_cookie(
    client: FlaskClient, method: str, path: str
) -> None:
    with client.open(path, method=method) as response:
        for name, value in HEADERS.items():
            assert response.headers[name] == value
        assert "Set-Cookie" not in response.headers


def test_our_own_fault_bears_the_headers_too(
    shipped_home: Path, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    response = failing(make_app(shipped_home), monkeypatch).get("/about")
    assert response.status_code == 500
    assert dict(response.headers).items() >= HEADERS.items()


def test_a_missing_database_bears_the_headers_too(
    tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    response = make_app(tmp_path).test_client().get("/")
    assert response.status_code == 503
    assert dict(response.headers).items() >= HEADERS.items()


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    rules = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["style-src"] == f"'self' {styles.inline_hash()}"
    assert rules["object-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_browsers_stay_on_https_only_where_told(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    plain = make_app(shipped_home).test_client().get("/privacy")
    strict = make_app(shipped_home, hsts=True).test_client().get("/privacy")
    assert "Strict-Transport-Security" not in plain.headers
    assert strict.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_or_loads_from_another_host(client: FlaskClient, path: str) -> None:
    page = read(client.get(path))
    assert page.dangers() == []
    assert page.loaded
    assert {urlsplit(address).netloc for address in page.loaded} == {""}


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">',
        "<p onclick=x>",
        '<a href=" java\nscript:x">',
        "<style>p{}</style>",
        "<svg/onload=alert(1)>",
        '<form action="javascript:x">',
        '<script type="application/ld+json">alert(1)</script>',
        '<script type="application/ld+json">{"a": "<!--"}</script>',
        '<script type="application/ld+json">{}</script><script>alert(1)</script>',
        '<iframe src="https://example.jp/embed"></iframe>',
        '<iframe src="/embed" sandbox="allow-scripts"></iframe>',
    ],
)
def test_what_a_page_must_not_hold_would_be_noticed(app_response: Any, html: str) -> None:
    assert read(app_response(html)).dangers()


@pytest.fixture
def app_response() -> Any:
    return Flask(__name__).response_class


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?area=14",
        "/?q=横浜",
        "/?q=妊娠&offers=x",
        "/services/hostile",
        "/services/hostile?area=14&ids=hostile",
        "/areas/14",
        "/areas/141003",
        "/map?area=14",
        "/about",
        "/open-data",
        "/offline/14",
        "/embed?area=14",
        "/embed?ids=hostile",
        "/embedding?q=横浜市",
    ],
)
def test_hostile_texts_are_only_text(attacked: FlaskClient, path: str) -> None:
    page = read(attacked.get(path))
    assert page.dangers() == []
    assert "{{7*7}}" in page.text or "alert" not in page.text
    meant = [tag for tag, attrs in page.tags if tag == "textarea" and "readonly" in attrs]
    assert [tag for tag, _ in page.tags if tag in {"img", "textarea"}] == meant


@pytest.mark.parametrize("form", ["sheet", "card"])
def test_hostile_texts_are_only_text_on_what_is_handed_over(
    attacked: FlaskClient, form: str
) -> None:
    page = read(attacked.get(f"/sheet?ids=hostile&form={form}"))
    assert page.dangers() == []
    pictures = [str(attrs.get("src")) for tag, attrs in page.tags if tag == "img"]
    assert pictures
    assert all(each.startswith("data:image/svg+xml") for each in pictures)
    assert {urlsplit(link).scheme for link in page.links} <= {
        "",
        "http",
        "https",
        "tel",
        "mailto",
        "sms",
    }


@pytest.mark.parametrize("path", ["/?area=14", "/services/hostile", "/areas/141003", "/offline/14"])
def test_hostile_texts_are_shown_as_they_were_written(attacked: FlaskClient, path: str) -> None:
    assert " ".join(HOSTILE.split()) in read(attacked.get(path)).text


def test_every_link_leads_to_the_web_a_number_or_a_mail(attacked: FlaskClient) -> None:
    links = read(attacked.get("/services/hostile")).links
    schemes = {urlsplit(link).scheme for link in links}
    assert schemes <= {"", "http", "https", "tel", "mailto", "sms"}


def test_a_hostile_source_is_no_script(attacked: FlaskClient) -> None:
    links = read(attacked.get("/services/hostile")).links
    assert not [link for link in links if link.lower().startswith("javascript")]


def test_hostile_texts_are_data_in_the_script_of_the_map(attacked: FlaskClient) -> None:
    script = attacked.get("/map.js?area=14").get_data(as_text=True)
    drawing, _, data = script.partition("sosdirMap.draw(map_japan, ")
    assert "alert" not in drawing
    assert not {"<", ">", "&", "\u2028"} & set(data)
    drawn = json.loads(data.rstrip().removesuffix(");"))
    assert [item["name"] for mark in drawn["markers"] for item in mark["items"]] == [HOSTILE]


def test_a_formula_is_text_in_the_csv(attacked: FlaskClient) -> None:
    body = attacked.get("/services.csv").get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(body.removeprefix("\ufeff")))
    assert row["name"] == f"'{HOSTILE}"
    assert [name for name, cell in row.items() if cell.startswith(("=", "+", "-", "@"))] == []


def test_hostile_texts_stay_whole_in_the_json(attacked: FlaskClient) -> None:
    response = attacked.get("/services.json")
    assert response.content_type == "application/json"
    (service,) = response.get_json()["services"]
    assert service["name"] == HOSTILE
    assert not [
        each["href"] for each in service["channels"] if "javascript:" in (each["href"] or "")
    ]


MARK = "himitsunokotoba"


def test_no_log_tells_what_was_asked(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for path in (
        "/",
        "/services.json",
        "/services.csv",
        "/map",
        "/map.js",
        "/nowhere",
        "/areas/14",
    ):
        client.get(path, query_string={"q": MARK, "at": MARK})
        client.get(path, query_string={"q": MARK, "area": "13"})
    assert MARK not in caplog.text


def test_no_log_tells_what_was_asked_when_we_fail(
    shipped_home: Path,
    make_app: Callable[..., Flask],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    broken = failing(make_app(shipped_home), monkeypatch, message=f"no such column: {MARK}")
    response = broken.get("/services.json", query_string={"q": MARK})
    assert response.status_code == 500
    assert MARK not in response.get_data(as_text=True)
    assert "RuntimeError" in caplog.text
    assert "services_json" in caplog.text
    assert MARK not in caplog.text


def test_a_missing_database_is_logged_without_what_was_asked(
    tmp_path: Path, make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    make_app(tmp_path).test_client().get("/", query_string={"q": MARK})
    assert "sosdir load" in caplog.text
    assert MARK not in caplog.text
