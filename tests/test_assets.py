"""Static files: named by their content, packed once, kept for good, and never missed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from sosdir import assets
from sosdir.assets import marked
from sosdir.paths import bundled

FOR_GOOD = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    return f"/static/{marked(name)}"


@pytest.mark.parametrize("name", assets.names())
def test_every_file_is_given_at_its_marked_address(client: FlaskClient, name: str) -> None:
    answer = client.get(address(name))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_GOOD
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    plain = client.get(f"/static/{name}")
    assert plain.data == answer.data
    assert plain.headers["Cache-Control"] == "no-cache"


def test_our_files_and_leaflets_are_among_them() -> None:
    names = assets.names()
    assert {"css/form.css", "js/admin/desk.js", "img/icons.svg", "leaflet/leaflet.js"} <= set(names)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/form.css", "text/css; charset=utf-8"),
        ("js/exit.js", "text/javascript; charset=utf-8"),
        ("img/icons.svg", "image/svg+xml; charset=utf-8"),
        ("leaflet/images/layers.png", "image/png"),
    ],
)
def test_a_file_says_what_it_is(client: FlaskClient, name: str, kind: str) -> None:
    assert client.get(address(name)).content_type == kind


@pytest.mark.parametrize(
    ("packing", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_text_is_packed_as_tightly_as_it_goes(
    client: FlaskClient, packing: str, unpack: Callable[[bytes], bytes]
) -> None:
    content = (bundled("static") / "js" / "map.js").read_bytes()
    answer = client.get(address("js/map.js"), headers={"Accept-Encoding": packing})
    assert answer.headers["Content-Encoding"] == packing
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert unpack(answer.data) == content
    tightest = (
        len(brotli.compress(content, quality=11))
        if packing == "br"
        else len(gzip.compress(content))
    )
    assert len(answer.data) <= tightest


def test_a_picture_is_packed_already(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "br"}
    answer = client.get(address("leaflet/images/layers.png"), headers=headers)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("packing", ["", "br"])
def test_who_has_a_file_already_is_not_sent_it_again(client: FlaskClient, packing: str) -> None:
    headers = {"Accept-Encoding": packing}
    headers["If-None-Match"] = client.get("/static/js/map.js", headers=headers).headers["ETag"]
    answer = client.get("/static/js/map.js", headers=headers)
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_page_of_another_version_still_gets_its_style(client: FlaskClient) -> None:
    answer = client.get("/static/css/form.000000000000.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "css/none.css",
        "css/none.000000000000.css",
        "css",
        "",
        "../setup.cfg",
        "css/../../setup.cfg",
        "leaflet/../__init__.py",
        "leaflet/../../__init__.000000000000.py",
        "css/form.css/",
        "a" * 5000,
        "css/\0form.css",
    ],
)
def test_nothing_else_is_given(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_name_that_is_no_files_is_told_to_who_writes_a_page() -> None:
    with pytest.raises(FileNotFoundError, match=r"no file 'css/none\.css'"):
        marked("css/none.css")


def test_another_content_is_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.css").write_text("a { color: red }", "utf-8")
    monkeypatch.setattr(assets, "bundled", lambda _name: tmp_path)
    before = marked("a.css")
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", before)
    assert marked("a.css") == before
    (tmp_path / "a.css").write_text("a { color: blue }", "utf-8")
    assert marked("a.css") != before


@pytest.mark.parametrize("page", ["/", "/map", "/areas/14", "/en/coverage", "/admin/sign-in"])
def test_pages_name_files_by_their_content(client: FlaskClient, page: str) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get(page).text)
    assert named
    for each in named:
        assert client.get(each).headers["Cache-Control"] == FOR_GOOD, each
