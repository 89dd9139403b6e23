"""Served by Caddy as deploy/frozen says, the files answer as the live site; lost, they lead on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from sosdir.locales import LOCALES
from sosdir.models import DataPackage
from tests.cluster import free_ports, wait_until
from tests.frozen import ENDED, MERGED, a_home, frozen, manifest_of

# It needs a program that no other test does.
pytestmark = pytest.mark.cluster

CADDYFILE = Path(__file__).resolve().parent.parent.parent / "deploy" / "frozen" / "Caddyfile"
# What a server works out by itself.
OF_THE_SERVER = {
    "accept-ranges", "connection", "content-length", "date", "etag", "expires", "last-modified",
    "server", "vary", "via", "alt-svc",
}  # fmt: skip


class Silent(WSGIRequestHandler):
    """Log nothing of what was asked."""

    def log_request(self, *_told: Any) -> None: ...


@dataclass
class Front:
    """Hold Caddy before the files and a live site that can be lost."""

    url: str
    manifest: dict[str, Any]
    client: httpx.Client
    live: Any

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self.client.get(self.url + address, **options)


@pytest.fixture(scope="module")
def front(
    tmp_path_factory: pytest.TempPathFactory, package: DataPackage, make_app: Callable[..., Flask]
) -> Iterator[Front]:
    """Give Caddy before the small site, frozen, and the live one at the same instant."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("frozen")
    a_home(home, package)
    first = free_ports()
    url = f"http://127.0.0.1:{first}"
    frozen(home, folder, *LOCALES, url=url)
    server = make_server(
        "127.0.0.1", first + 1, make_app(home, url=url), threaded=True, request_handler=Silent
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    environ = os.environ | {
        "FROZEN": str(folder),
        "FROZEN_AT": url,
        "FROZEN_LIVE": f"127.0.0.1:{first + 1}",
        "FROZEN_ADMIN": "off",
    }
    caddy = Path(sys.executable).parent / "caddy"
    log = (folder.parent / "caddy.log").open("wb")
    command = [str(caddy), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        with httpx.Client(timeout=60, headers={"Accept-Encoding": "identity"}) as client:
            wait_until(lambda: _answers(client, url), "Caddy")
            yield Front(url, manifest_of(folder), client, server)
    finally:
        process.terminate()
        process.wait(30)
        server.shutdown()
        server.server_close()
        log.close()


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(f"{url}/robots.txt").status_code == 200
    except httpx.TransportError:
        return False


def test_each_address_is_answered_as_the_live_site_answers_it(front: Front) -> None:
    live = f"http://127.0.0.1:{front.live.server_port}"
    host = {"Host": front.url.removeprefix("http://")}
    for each in front.manifest["answers"]:
        address = each["address"]
        served = front.get(address)
        wanted = front.client.get(live + address, headers=host)
        assert served.status_code == wanted.status_code, address
        if each["status"] in {200, 410}:
            assert served.content == wanted.content, address
            assert told(served) == told(wanted), address
        elif each["status"] != 404:
            leads = [one.headers["Location"].removeprefix(front.url) for one in (served, wanted)]
            assert leads[0] == leads[1], address


def told(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_SERVER}


def test_an_address_without_a_query_never_comes_to_the_live_site(front: Front) -> None:
    assert front.get("/areas/14").headers["Server"] == "Caddy"
    assert "Werkzeug" in front.get("/areas/14?state=open").headers["Server"]
    assert "Werkzeug" in front.get("/healthz").headers["Server"]
    assert "Werkzeug" in front.get("/embed?area=14").headers["Server"]


def test_who_has_a_page_is_not_sent_it_again(front: Front) -> None:
    first = front.get("/areas/14")
    again = front.get("/areas/14", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    ["/areas/14.html", "/areas/14/", "/services/", "/api/hsds/services/index.json", "/gone/x"],
)
def test_an_address_that_the_site_has_not_is_not_there(front: Front, address: str) -> None:
    answer = front.get(address)
    assert answer.status_code == 404
    assert "default-src" in answer.headers["Content-Security-Policy"]


def test_a_posted_search_is_answered_by_the_live_site(front: Front) -> None:
    answer = front.client.post(f"{front.url}/search", data={"q": "横浜"})
    assert answer.status_code == 200
    assert "みなとSOS" in answer.text


# The live site is lost: these run last.


@pytest.fixture(scope="module")
def lost(front: Front) -> Front:
    """Give Caddy when nobody answers behind it."""
    front.live.shutdown()
    front.live.server_close()
    return front


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/?q=%E6%A8%AA%E6%B5%9C", "/"),
        ("/en/?q=yokohama&state=open", "/en/"),
        ("/areas/14?state=open", "/areas/14"),
        ("/ne/services/minato-sos?area=14", "/ne/services/minato-sos"),
        ("/map?area=14", "/map"),
    ],
)
def test_a_query_leads_to_the_page_without_it(lost: Front, address: str, leads_to: str) -> None:
    answer = lost.get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"] == leads_to
    assert answer.headers["Cache-Control"] == "no-store"
    assert "yokohama" not in str(answer.headers)
    assert lost.get(leads_to).status_code == 200


@pytest.mark.parametrize(("prefix", "start"), [("", "/"), ("/en", "/en/")])
def test_a_posted_search_leads_to_the_first_page(lost: Front, prefix: str, start: str) -> None:
    answer = lost.client.post(f"{lost.url}{prefix}/search", data={"q": "横浜"})
    assert (answer.status_code, answer.headers["Location"]) == (303, start)


def test_the_first_page_leads_on_to_every_place(lost: Front) -> None:
    for link in ("/areas/13", "/areas/14", "/areas/141003", "/services/minato-sos"):
        assert lost.get(link).status_code == 200
    assert 'href="/areas/14"' in lost.get("/").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_only_the_live_site_answers_is_said_to_be_closed(lost: Front, prefix: str) -> None:
    answer = lost.get(f"{prefix}/report/minato-sos")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Retry-After"] == "30"
    assert "default-src" in answer.headers["Content-Security-Policy"]
    assert f'href="{prefix}/"' in answer.text
    assert lost.get("/admin/").status_code == 503


def test_data_is_never_given_for_a_query_that_was_not_asked_of_it(lost: Front) -> None:
    assert lost.get("/services.json?area=14").status_code == 503
    assert lost.get("/services.json").status_code == 200


def test_who_has_ended_is_still_said_to_be_gone(lost: Front) -> None:
    assert lost.get(f"/services/{ENDED.id}").status_code == 410
    assert lost.get(f"/services/{MERGED.id}").headers["Location"] == "/services/minato-sos"
