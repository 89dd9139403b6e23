"""Addresses are asked politely, judged carefully, and never inside our own network."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import httpx
import pytest

from sosdir.links import Outcome, Verdict
from sosdir.links.politeness import AT_ONCE
from sosdir.links.transport import Network, is_public
from sosdir.links.verify import verify
from tests.apart import apart

PUBLIC = "93.184.216.34"
PAUSE = 0.02

Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Web:
    """A web of invented pages; what is not told is not found.

    Args:
        pages: status, answer or error by host and path, such as ``example.jp/a``.
        addresses: numeric addresses by host; a public one where not told.
    """

    pages: dict[str, int | str | Answer | Exception] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)

    @property
    def network(self) -> Network:
        return Network(httpx.MockTransport(self._answer), self._resolve)

    def verdicts(self, *urls: str, about: str | None = None) -> dict[str, Verdict]:
        """Ask addresses and return what came of each."""

        async def ask() -> dict[str, Verdict]:
            return {each.url: each async for each in verify(urls, self.network, about, PAUSE)}

        return apart(lambda: asyncio.run(ask()))

    def verdict(self, url: str = "https://example.jp/a") -> Verdict:
        return self.verdicts(url)[url]

    async def _resolve(self, host: str) -> list[str]:
        found = self.addresses.get(host, [PUBLIC])
        if not found:
            raise OSError("no such host")
        return found

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        host = request.headers["Host"]
        self.asked.append((request.method, f"{host}{request.url.path}"))
        self.requests.append(request)
        self.times.setdefault(host, []).append(time.monotonic())
        told = self.pages.get(f"{host}{request.url.path}", 404)
        if isinstance(told, Exception):
            raise told
        if isinstance(told, str):
            return httpx.Response(301, headers={"Location": told})
        return httpx.Response(told) if isinstance(told, int) else told(request)


def only_get(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200 if request.method == "GET" else 405)


def to(address: str, status: int = 302) -> Answer:
    return lambda _: httpx.Response(status, headers={"Location": address})


def robots(text: str) -> Answer:
    return lambda _: httpx.Response(200, stream=httpx.ByteStream(text.encode()))


def test_a_page_that_is_there_is_asked_for_its_head_only() -> None:
    web = Web({"example.jp/a": 200})
    assert web.verdict() == Verdict("https://example.jp/a", Outcome.OK, 200)
    assert web.asked == [("GET", "example.jp/robots.txt"), ("HEAD", "example.jp/a")]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_where_a_head_is_refused_the_page_is_asked(status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.method == "GET" else status)

    web = Web({"example.jp/a": answer})
    assert web.verdict().outcome is Outcome.OK
    assert [method for method, _ in web.asked] == ["GET", "HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (429, Outcome.REFUSED),
        (400, Outcome.FAILING),
        (500, Outcome.FAILING),
        (503, Outcome.FAILING),
    ],
)
def test_an_error_is_judged_by_its_status(status: int, outcome: Outcome) -> None:
    verdict = Web({"example.jp/a": status}).verdict()
    assert (verdict.outcome, verdict.status_code) == (outcome, status)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectTimeout("slow"), "時間内に返事がありません"),
        (httpx.ReadTimeout("slow"), "時間内に返事がありません"),
        (TimeoutError(), "時間内に返事がありません"),
        (httpx.ConnectError("refused"), "サーバーにつながりません"),
        (httpx.RemoteProtocolError("rubbish"), "サーバーにつながりません"),
    ],
)
def test_no_answer_is_failing(error: Exception, words: str) -> None:
    verdict = Web({"example.jp/a": error}).verdict()
    assert (verdict.outcome, verdict.detail) == (Outcome.FAILING, words)


def test_a_bad_certificate_is_told_as_such() -> None:
    error = httpx.ConnectError("certificate verify failed")
    error.__cause__ = ssl.SSLCertVerificationError("expired")
    assert Web({"example.jp/robots.txt": error}).verdict().outcome is Outcome.BAD_CERTIFICATE


def test_a_name_that_nobody_bears_is_failing() -> None:
    verdict = Web(addresses={"example.jp": []}).verdict()
    assert (verdict.outcome, verdict.detail) == (
        Outcome.FAILING,
        "サーバーの名前が見つかりません",
    )


def test_a_page_that_moved_for_good_says_where_to() -> None:
    web = Web({"example.jp/a": "/b", "example.jp/b": "https://new.example/c", "new.example/c": 200})
    verdict = web.verdict()
    assert (verdict.outcome, verdict.leads_to) == (Outcome.MOVED, "https://new.example/c")


def test_a_page_that_leads_elsewhere_for_now_has_not_moved() -> None:
    web = Web({"example.jp/a": to("/login"), "example.jp/login": 200})
    verdict = web.verdict()
    assert (verdict.outcome, verdict.leads_to) == (Outcome.OK, "https://example.jp/login")


def test_the_same_page_behind_https_has_not_moved() -> None:
    web = Web({"example.jp/a": lambda request: _secured(request), "example.jp/a/": 200})
    assert web.verdicts("http://example.jp/a")["http://example.jp/a"].outcome is Outcome.OK


def _secured(request: httpx.Request) -> httpx.Response:
    return httpx.Response(301, headers={"Location": "https://example.jp/a/"})


def test_a_page_that_leads_to_nothing_is_gone() -> None:
    verdict = Web({"example.jp/a": "/b"}).verdict()
    assert (verdict.outcome, verdict.leads_to) == (Outcome.GONE, "https://example.jp/b")


def test_a_ring_of_redirects_ends() -> None:
    web = Web({"example.jp/a": "/b", "example.jp/b": "/a"})
    assert web.verdict().outcome is Outcome.FAILING
    assert len(web.asked) == 12


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.jp/"])
def test_a_redirect_out_of_the_web_is_not_followed(target: str) -> None:
    web = Web({"example.jp/a": to(target, 301)})
    verdict = web.verdict()
    assert verdict.outcome is Outcome.FAILING
    assert verdict.leads_to is None


def test_what_robots_may_not_ask_is_not_asked() -> None:
    web = Web({"example.jp/robots.txt": robots("User-agent: *\nDisallow: /a"), "example.jp/b": 200})
    found = web.verdicts("https://example.jp/a", "https://example.jp/b")
    assert found["https://example.jp/a"].outcome is Outcome.NOT_ALLOWED
    assert found["https://example.jp/b"].outcome is Outcome.OK
    assert [path for _, path in web.asked] == ["example.jp/robots.txt", "example.jp/b"]


def test_a_rule_for_us_by_name_counts() -> None:
    text = "User-agent: sosdir\nDisallow: /\n\nUser-agent: *\nAllow: /"
    web = Web({"example.jp/robots.txt": robots(text)})
    assert web.verdict().outcome is Outcome.NOT_ALLOWED


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_rules_everything_may_be_asked(status: int) -> None:
    web = Web({"example.jp/robots.txt": status, "example.jp/a": 200})
    assert web.verdict().outcome is Outcome.OK


@pytest.mark.parametrize("trouble", [500, 503, httpx.ReadTimeout("slow")])
def test_where_the_rules_cannot_be_read_the_page_is_not_asked(trouble: int | Exception) -> None:
    web = Web({"example.jp/robots.txt": trouble, "example.jp/a": 200})
    assert web.verdict().outcome is Outcome.FAILING
    assert web.asked == [("GET", "example.jp/robots.txt")]


def test_packed_rules_are_not_unpacked() -> None:
    packed = {"Content-Encoding": "gzip"}
    stream = httpx.ByteStream(gzip.compress(b"User-agent: *\nDisallow: /"))
    web = Web(
        {
            "example.jp/robots.txt": lambda _: httpx.Response(200, headers=packed, stream=stream),
            "example.jp/a": 200,
        }
    )
    assert web.verdict().outcome is Outcome.OK


def test_rules_that_moved_are_followed() -> None:
    web = Web(
        {
            "example.jp/robots.txt": "https://www.example.jp/robots.txt",
            "www.example.jp/robots.txt": robots("User-agent: *\nDisallow: /"),
        }
    )
    assert web.verdict().outcome is Outcome.NOT_ALLOWED


def test_the_rules_of_the_host_a_page_leads_to_count_as_well() -> None:
    web = Web(
        {
            "example.jp/a": "https://new.example/c",
            "new.example/robots.txt": robots("User-agent: *\nDisallow: /"),
        }
    )
    assert web.verdict().outcome is Outcome.NOT_ALLOWED
    assert ("HEAD", "new.example/c") not in web.asked


def test_endless_rules_are_cut() -> None:
    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            while True:
                yield b"# nothing\n" * 10_000

    web = Web(
        {
            "example.jp/robots.txt": lambda _: httpx.Response(200, stream=Endless()),
            "example.jp/a": 200,
        }
    )
    assert web.verdict().outcome is Outcome.OK


def test_a_page_is_not_read() -> None:
    class Unread(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            raise AssertionError("the body was read")
            yield b""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(405 if request.method == "HEAD" else 200, stream=Unread())

    assert Web({"example.jp/a": answer}).verdict().outcome is Outcome.OK


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:7f00:1::1",
        "fec0::1",
        "192.0.0.8",
        "224.0.0.1",
        "rubbish",
    ],
)
def test_what_is_not_of_the_public_net_is_never_asked(address: str) -> None:
    assert not is_public(address)
    web = Web({"example.jp/a": 200}, {"example.jp": [PUBLIC, address]})
    verdict = web.verdict()
    assert verdict.outcome is Outcome.FAILING
    assert verdict.detail == "公開されていないネットワークを指しています"
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"],
)
def test_what_is_of_the_public_net_may_be_asked(address: str) -> None:
    assert is_public(address)


def test_a_redirect_into_our_own_network_is_not_followed() -> None:
    web = Web({"example.jp/a": "http://inside.example/"}, {"inside.example": ["10.0.0.1"]})
    assert web.verdict().outcome is Outcome.FAILING
    assert [path for _, path in web.asked if "inside" in path] == []


def test_the_address_that_was_looked_up_is_the_one_that_is_asked() -> None:
    web = Web({"example.jp/a": 200}, {"example.jp": ["2606:2800:220:1::1", PUBLIC]})
    web.verdict()
    for request in web.requests:
        assert request.url.host == PUBLIC
        assert request.headers["Host"] == "example.jp"
        assert request.extensions["sni_hostname"] == "example.jp"


@pytest.mark.parametrize(
    "url", ["", "nowhere", "ftp://example.jp/", "https://", "https://user:secret@example.jp/"]
)
def test_what_is_no_address_of_the_web_is_failing(url: str) -> None:
    web = Web()
    assert web.verdict(url).outcome is Outcome.FAILING
    assert web.asked == []


def test_an_address_without_its_scheme_and_one_in_japanese_are_asked() -> None:
    web = Web({"example.jp/": 200, "xn--wgv71a119e.jp/窓口": 200})
    found = web.verdicts("example.jp", "https://日本語.jp/窓口#電話")
    assert {each.outcome for each in found.values()} == {Outcome.OK}


def test_we_say_who_asks_and_send_no_cookie_back() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "/b", "Set-Cookie": "seen=1"})

    web = Web({"example.jp/a": answer, "example.jp/b": 200})
    web.verdicts("https://example.jp/a", about="https://sos.example/about")
    for request in web.requests:
        assert request.headers["User-Agent"].startswith("sosdir/")
        assert request.headers["User-Agent"].endswith(" (+https://sos.example/about)")
        assert "Cookie" not in request.headers


def test_one_host_is_asked_one_by_one_with_a_pause() -> None:
    web = Web({f"example.jp/{number}": 200 for number in range(4)})
    web.verdicts(*(f"https://example.jp/{number}" for number in range(4)))
    times = web.times["example.jp"]
    assert len(times) == 5
    gaps = [after - before for before, after in pairwise(times)]
    assert min(gaps) >= PAUSE * 0.9


def test_a_longer_pause_that_a_host_asks_for_is_kept() -> None:
    rules = robots("User-agent: *\nCrawl-delay: 1")
    web = Web({"example.jp/robots.txt": rules, "example.jp/a": 200, "example.jp/b": 200})
    web.verdicts("https://example.jp/a", "https://example.jp/b")
    first, second = web.times["example.jp"][1:]
    assert second - first >= 0.95


def test_only_so_many_are_asked_at_once() -> None:
    at_work, most = 0, 0

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal at_work, most
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0.005)
            at_work -= 1
            return httpx.Response(404)

    async def resolve(_host: str) -> list[str]:
        return [PUBLIC]

    async def ask() -> int:
        urls = [f"https://host-{number}.jp/" for number in range(30)]
        return len([each async for each in verify(urls, Network(Slow(), resolve), pause=0.001)])

    assert apart(lambda: asyncio.run(ask())) == 30
    assert most == AT_ONCE


def test_one_that_hears_no_more_leaves_nothing_running() -> None:
    web = Web({"example.jp/a": 200})
    urls = ["https://example.jp/a", *(f"https://example.jp/{number}" for number in range(50))]

    async def ask() -> int:
        verdicts = verify(urls, web.network, None, PAUSE)
        async for _ in verdicts:
            break
        await verdicts.aclose()
        return len(asyncio.all_tasks())

    assert apart(lambda: asyncio.run(ask())) == 1
    assert len(web.asked) < 10
