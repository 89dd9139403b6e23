"""Answers are small on the wire, and whole again when unpacked."""

import gzip

import brotli
import pytest


@pytest.mark.parametrize("address", ["/", "/services.json", "/static/leaflet/leaflet.js"])
@pytest.mark.parametrize(("name", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_text_is_sent_compressed_where_a_browser_accepts_it(client, address, name, unpack):
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": name})
    assert packed.headers["Content-Encoding"] == name
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert unpack(packed.data) == plain.data


def test_nobody_gets_what_he_did_not_ask_for(client):
    assert "Content-Encoding" not in client.get("/").headers


def test_an_unchanged_file_is_not_sent_again(client):
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/static/css/base.css", headers=headers)
    headers["If-None-Match"] = first.headers["ETag"]
    with client.get("/static/css/base.css", headers=headers) as again:
        assert again.status_code == 304
        assert again.data == b""
