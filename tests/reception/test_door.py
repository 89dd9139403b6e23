"""What the server hands over is read whole, asked of the application, answered whole."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from sosdir.caching import NEVER_KEPT, NOT_KEPT
from sosdir.locales import LOCALES
from sosdir.reception import Door, Refusals, bodies
from tests.apart import apart

EXIT = "https://exit.example/"


@dataclass
class Asked:
    """A request as the server hands it over, and what it was answered."""

    path: str = "/"
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    stalls: bool = False
    query_string: str = ""
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "198.51.100.7:40000"
    scheme: str = "http"
    authority: str | None = None
    status: int = 0
    answered: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        if self.stalls:
            await asyncio.sleep(3600)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.answered, self.body = status, dict(headers), body

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Asked:
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.body += data


def told(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Answer with what was asked."""
    environ["read"] = environ.pop("wsgi.input").read().decode("latin-1")
    kept = {name: value for name, value in environ.items() if isinstance(value, str)}
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(kept).encode()]


def ask(asked: Asked, application: Any = told) -> Asked:
    """Let a door answer."""

    async def answered() -> None:
        await Door(application, Refusals(EXIT)).__rsgi__(asked, asked)

    apart(lambda: asyncio.run(answered()))
    return asked


def environment(asked: Asked) -> dict[str, str]:
    """Return what the application was asked."""
    found: dict[str, str] = json.loads(ask(asked).body)
    return found


def test_the_application_learns_what_was_asked() -> None:
    headers = {"host": "sos.example", "x-forwarded-for": "203.0.113.9", "accept-language": "ne"}
    found = environment(Asked("/areas/横浜", headers=headers, query_string="q=%E6%A8%AA"))
    assert found["PATH_INFO"].encode("latin-1").decode() == "/areas/横浜"
    assert found["QUERY_STRING"] == "q=%E6%A8%AA"
    assert found["REQUEST_METHOD"] == "GET"
    assert found["HTTP_HOST"] == "sos.example"
    assert found["HTTP_ACCEPT_LANGUAGE"] == "ne"
    assert found["REMOTE_ADDR"] == "198.51.100.7"
    assert (found["SERVER_NAME"], found["SERVER_PORT"]) == ("127.0.0.1", "8000")


def test_an_address_of_version_six_is_told_without_brackets() -> None:
    assert environment(Asked(client="[2001:db8::1]:9"))["REMOTE_ADDR"] == "2001:db8::1"


def test_no_header_passes_for_another_by_an_underscore() -> None:
    found = environment(Asked(headers={"x_forwarded_for": "203.0.113.9"}))
    assert "HTTP_X_FORWARDED_FOR" not in found


def test_a_body_in_pieces_is_read_whole() -> None:
    headers = {"content-type": "text/plain", "content-length": "4"}
    found = environment(Asked(method="POST", headers=headers, pieces=(b"ab", b"cd")))
    assert (found["read"], found["CONTENT_LENGTH"]) == ("abcd", "4")
    assert found["CONTENT_TYPE"] == "text/plain"


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "FIRST_SECONDS", 0.01)
    headers = {"content-length": "10"}
    asked = ask(Asked("/search", "POST", headers, (b"q=",), stalls=True))
    assert asked.status == 408
    assert asked.answered["connection"] == "close"
    assert "もう一度送って" in asked.body.decode()


def test_half_a_form_is_no_form() -> None:
    asked = ask(Asked("/search", "POST", {"content-length": "10"}, (b"q=ab",)))
    assert asked.status == 408


def test_a_body_of_unknown_size_is_not_read() -> None:
    headers = {"transfer-encoding": "chunked"}
    assert ask(Asked("/search", "POST", headers, (b"q=ab",), stalls=True)).status == 411


def test_a_post_without_a_body_needs_no_size() -> None:
    assert environment(Asked("/search", "POST"))["CONTENT_LENGTH"] == "0"


def test_of_a_body_that_is_too_large_the_application_learns_the_size_alone() -> None:
    found = environment(Asked("/search", "POST", {"content-length": "70000"}, stalls=True))
    assert (found["read"], found["CONTENT_LENGTH"]) == ("", "70000")


def test_an_admin_may_send_a_sheet() -> None:
    headers = {"content-length": "1000000"}
    found = environment(Asked("/admin/imports", "POST", headers, (b"x" * 1_000_000,)))
    assert len(found["read"]) == 1_000_000


def test_whoever_asks_how_we_are_meanwhile_hears_the_same() -> None:
    looked = []

    def health(_environ: Any, start: Any) -> Iterable[bytes]:
        looked.append(1)
        time.sleep(0.05)
        start("200 OK", [])
        return [b"ok"]

    async def many() -> list[Asked]:
        door, all_asked = Door(health, Refusals(EXIT)), [Asked("/healthz") for _ in range(100)]
        await asyncio.gather(*(door.__rsgi__(each, each) for each in all_asked))
        return all_asked

    assert {each.body for each in apart(lambda: asyncio.run(many()))} == {b"ok"}
    assert len(looked) == 1


def test_a_large_answer_comes_whole() -> None:
    def large(_environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return (b"%07d\n" % number for number in range(30_000))

    assert ask(Asked(), large).body == b"".join(b"%07d\n" % number for number in range(30_000))


def test_a_fault_on_the_way_is_answered_in_words(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: Any, _start: Any) -> Iterable[bytes]:
        raise ZeroDivisionError

    asked = ask(Asked(), broken)
    assert asked.status == 500
    assert "119" in asked.body.decode()
    assert "not answered" in caplog.text


@pytest.mark.parametrize("locale", LOCALES, ids=lambda each: each.code or "ja")
def test_whoever_finds_no_room_reads_it_in_her_language(locale: Any) -> None:
    answer = Refusals(EXIT).crowded(f"{locale.prefix}/areas/14")
    page = answer.body.decode()
    assert answer.status == 503
    assert 1 <= int(dict(answer.headers)["retry-after"]) <= 30
    assert f'lang="{locale.tag}"' in page
    assert EXIT in page
    assert 'href="tel:119"' in page


def test_a_program_that_finds_no_room_gets_a_problem_document() -> None:
    answer = Refusals(EXIT).crowded("/services.json")
    assert dict(answer.headers)["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == 503


def test_what_is_kept_is_answered_while_every_thread_is_at_work() -> None:
    begun, go_on = Event(), Event()

    def slow(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        begun.set()
        go_on.wait(30)
        return told(environ, start)

    def kept(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        is_kept = environ["PATH_INFO"] == "/kept"
        start("200 OK" if is_kept else f"{NOT_KEPT} NOT KEPT", [])
        return [b"kept"] if is_kept else []

    async def answered() -> tuple[Asked, list[Asked]]:
        door = Door(slow, Refusals(EXIT), kept)
        others = [Asked(f"/{number}") for number in range(8)]
        waiting = [asyncio.create_task(door.__rsgi__(each, each)) for each in others]
        await asyncio.to_thread(begun.wait, 30)
        asked = Asked("/kept")
        await asyncio.wait_for(door.__rsgi__(asked, asked), 10)
        go_on.set()
        await asyncio.gather(*waiting)
        return asked, others

    quick, others = apart(lambda: asyncio.run(answered()))
    assert quick.body == b"kept"
    assert [each.status for each in others] == [200] * 8


def test_what_is_posted_is_never_answered_by_what_is_kept() -> None:
    def kept(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return [b"kept"]

    asked = Asked(method="POST", headers={"content-length": "0"})

    async def answered() -> None:
        await Door(told, Refusals(EXIT), kept).__rsgi__(asked, asked)

    apart(lambda: asyncio.run(answered()))
    assert asked.body != b"kept"


@dataclass
class Keeping:
    """An application that keeps what it has answered, save what it fails to or was told not to."""

    keeps: bool = True
    fails: int = 0
    made: list[str] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.made.append(environ["PATH_INFO"])
        self.begun.set()
        self.go_on.wait(30)
        failed = len(self.made) <= self.fails
        start("500 IN VAIN" if failed else "200 OK", [])
        return [environ["PATH_INFO"].encode()]

    def kept(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        is_kept = self.keeps and self.go_on.is_set() and len(self.made) > self.fails
        start("200 OK" if is_kept else f"{NOT_KEPT if self.keeps else NEVER_KEPT} NO", [])
        return [path.encode()] if is_kept else []


def asked_at_once(site: Keeping, all_asked: list[Asked]) -> None:
    """Let a door answer all, the first of them before the others have come."""

    async def answered() -> None:
        door = Door(site, Refusals(EXIT), site.kept)
        first, *others = [asyncio.create_task(door.__rsgi__(each, each)) for each in all_asked]
        await asyncio.to_thread(site.begun.wait, 30)
        # Now all of them have come, and wait.
        site.go_on.set()
        await asyncio.gather(first, *others)

    apart(lambda: asyncio.run(answered()))


def test_of_all_who_ask_for_one_page_one_alone_takes_a_turn() -> None:
    site, crowd = Keeping(), [Asked("/areas/14") for _ in range(500)]
    asked_at_once(site, crowd)
    assert {(each.status, each.body) for each in crowd} == {(200, b"/areas/14")}
    assert site.made == ["/areas/14"]


def test_of_those_who_waited_for_an_answer_that_failed_one_makes_the_next() -> None:
    site, crowd = Keeping(fails=1), [Asked("/areas/14") for _ in range(4)]
    asked_at_once(site, crowd)
    assert sorted(each.status for each in crowd) == [200, 200, 200, 500]
    assert len(site.made) == 2


def test_whoever_waited_in_vain_for_two_makes_her_own() -> None:
    site, crowd = Keeping(fails=2), [Asked("/areas/14") for _ in range(4)]
    asked_at_once(site, crowd)
    assert sorted(each.status for each in crowd) == [200, 200, 500, 500]


def test_nobody_waits_for_what_is_never_kept() -> None:
    site, crowd = Keeping(keeps=False), [Asked("/notes") for _ in range(4)]
    asked_at_once(site, crowd)
    assert site.made == ["/notes"] * 4


def test_whoever_waits_too_long_for_another_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosdir.reception.door.ORDINARY", (3, 64, 0.05))
    site, first, late = Keeping(), Asked("/areas/14"), Asked("/areas/14")

    async def answered() -> None:
        door = Door(site, Refusals(EXIT), site.kept)
        making = asyncio.create_task(door.__rsgi__(first, first))
        await asyncio.to_thread(site.begun.wait, 30)
        await door.__rsgi__(late, late)
        site.go_on.set()
        await making

    apart(lambda: asyncio.run(answered()))
    assert (first.status, late.status) == (200, 503)
