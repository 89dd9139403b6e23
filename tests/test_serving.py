"""The real server: who is slow keeps nobody out, and what is too large is refused in words."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.serving import Served, serving

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
SOON = 10.0


@pytest.fixture(scope="module")
def served(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give the real server with the shipped data."""
    home = tmp_path_factory.mktemp("served")
    shutil.copy(shipped_home / "sosdir.db", home)
    with serving(home) as found:
        yield found


def say(served: Served, words: str) -> socket.socket:
    """Begin to say something, on a connection of its own."""
    found = socket.create_connection(("127.0.0.1", served.port), timeout=SOON)
    found.sendall(words.encode())
    return found


def heard(found: socket.socket) -> bytes:
    """Return all that is answered until the connection ends."""
    told = b""
    while piece := found.recv(65536):
        told += piece
    return told


def assert_it_answers(served: Served) -> None:
    for path in ("/healthz", "/areas/14"):
        assert served.ask(path, patience=SOON)[0] == 200


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (20, f"POST /search HTTP/1.1\r\nHost: a\r\n{FORM}Content-Length: 1000\r\n\r\nq="),
        (20, f"POST /report/x HTTP/1.1\r\nHost: a\r\n{FORM}Content-Length: 1000\r\n\r\n"),
        (20, "GET /areas/14 HTTP/1.1\r\nHost: a\r\nX-Slow: "),
        (600, ""),
    ],
    ids=["slow searches", "slow reports", "slow headers", "silence"],
)
def test_whoever_is_slow_keeps_nobody_out(served: Served, many: int, words: str) -> None:
    with ExitStack() as stack:
        for _ in range(many):
            stack.enter_context(closing(say(served, words)))
        assert_it_answers(served)


def test_whoever_fetches_slowly_keeps_nobody_out(served: Served) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            asked = "GET /open-data/sosdir.db HTTP/1.1\r\nHost: a\r\n\r\n"
            stack.enter_context(closing(say(served, asked)))
        assert_it_answers(served)


def test_a_body_that_never_comes_is_answered_in_time(served: Served) -> None:
    begun = f"POST /search HTTP/1.1\r\nHost: a\r\n{FORM}Content-Length: 9\r\n\r\nq="
    with closing(say(served, begun)) as found:
        found.settimeout(60)
        assert heard(found).startswith(b"HTTP/1.1 408 ")


def test_a_connection_that_says_nothing_is_let_go(served: Served) -> None:
    with closing(say(served, "")) as found:
        found.settimeout(60)
        assert heard(found) == b""


def test_a_body_that_is_too_large_is_refused_in_words(served: Served) -> None:
    status, _, page = asked(served, "POST", "/search", b"q=" + b"a" * 3_000_000)
    assert status == 413
    assert "大きすぎます" in page.decode()


def test_an_address_that_is_too_long_is_refused_in_words(served: Served) -> None:
    status, _, page = asked(served, "GET", f"/?q={'a' * 9000}")
    assert status == 414
    assert "長すぎます" in page.decode()


def test_headers_without_end_are_refused(served: Served) -> None:
    with closing(
        say(served, f"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {'a' * 60_000}\r\n\r\n")
    ) as end:
        assert heard(end).startswith(b"HTTP/1.1 431 ")


def test_a_large_answer_comes_whole(served: Served) -> None:
    status, size, body = asked(served, "GET", "/open-data/sosdir.db")
    assert status == 200
    assert len(body) == size > 500_000


def test_asking_for_the_head_alone_brings_no_body(served: Served) -> None:
    for path in ("/", "/healthz", "/open-data/sosdir.db"):
        status, size, body = asked(served, "HEAD", path)
        assert (status, body) == (200, b"")
        assert size > 0


def asked(
    served: Served, method: str, path: str, body: bytes | None = None
) -> tuple[int, int, bytes]:
    """Return the status, the size that is told and the body of an answer."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=60)) as connection:
        connection.request(method, path, body, headers)
        with connection.getresponse() as answer:
            return answer.status, int(answer.headers["Content-Length"]), answer.read()
