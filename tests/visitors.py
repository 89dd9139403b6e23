"""Visit a server as many would: slowly, in turn, or at a rate that does not wait for answers.

Each runs as a process of its own, so that it does not disturb whoever measures:
``python -m tests.visitors slow PORT COUNT SECONDS``, ``closed PORT CLIENTS SECONDS`` or
``open PORT RATE SECONDS``. Each prints one line of JSON at its end; ``slow`` prints another one
as soon as all its connections stand.
"""

from __future__ import annotations

import asyncio
import json
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass

HOST = "127.0.0.1"
# Of one address of loopback only 28,000 connections can be made, and they linger.
# macOS has no other.
OTHERS = [f"127.0.0.{number}" for number in range(2, 12)]
SOURCES = OTHERS if sys.platform == "linux" else [HOST]
PAGES = ("/", "/areas/14", "/?q=%E6%A8%AA%E6%B5%9C%E5%B8%82", "/services/ninshin-sos-yokohama")
DRIP_SECONDS = 2.0
PATIENCE_SECONDS = 30.0

_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
_ASKED = b"GET /healthz HTTP/1.1\r\nHost: slow\r\n\r\n"
# What each kind of slow visitor sends at first, and then drop by drop. The third asks something,
# and keeps its connection for nothing; the last never says a word.
KINDS = (
    (b"GET /areas/14 HTTP/1.1\r\nHost: slow\r\nX-Slow: ", b"a"),
    (b"POST /search HTTP/1.1\r\nHost: slow\r\n" + _FORM + b"Content-Length: 9999\r\n\r\nq=", b"a"),
    (_ASKED, b""),
    (b"", b""),
)


@dataclass(frozen=True)
class Visit:
    """One request: its status (0 where it broke off), and how long it took, in seconds."""

    path: str
    status: int
    seconds: float
    retry_after: str | None = None


class Slow:
    """Hold many connections, each of which sends next to nothing, and comes again when closed."""

    def __init__(self, port: int, count: int) -> None:
        self._port, self._count = port, count
        self._selector = selectors.DefaultSelector()
        self._held: dict[socket.socket, bytes] = {}
        self._made = self.closed = self.most = 0

    def hold(self, seconds: float) -> None:
        """Fill up, tell so, and hold on."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self._held) < self._count and time.monotonic() < end:
            self._fill()
            self._listen(0.01)
        print(json.dumps({"held": len(self._held)}), flush=True)
        end, due = time.monotonic() + seconds, 0.0
        while time.monotonic() < end:
            if time.monotonic() >= due:
                due = time.monotonic() + DRIP_SECONDS
                self._drip()
            self._fill()
            self._listen(0.05)

    def _fill(self) -> None:
        # A few at a time: the port takes as many as its backlog at once.
        for _ in range(min(400, self._count - len(self._held))):
            first, drop = KINDS[self._made % len(KINDS)]
            found = socket.socket()
            found.bind((SOURCES[self._made % len(SOURCES)], 0))
            self._made += 1
            found.settimeout(PATIENCE_SECONDS)
            found.connect((HOST, self._port))
            found.setblocking(False)
            if first:
                found.send(first)
            self._held[found] = drop
            self._selector.register(found, selectors.EVENT_READ)
        self.most = max(self.most, len(self._held))

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            found = key.fileobj
            assert isinstance(found, socket.socket)
            try:
                told = found.recv(65536)
            except OSError:
                told = b""
            if not told:
                self._drop(found)

    def _drip(self) -> None:
        for found, drop in list(self._held.items()):
            if not drop:
                continue
            try:
                found.send(drop)
            except OSError:
                self._drop(found)

    def _drop(self, found: socket.socket) -> None:
        if self._held.pop(found, None) is not None:
            self.closed += 1
            self._selector.unregister(found)
            found.close()


async def visit(port: int, path: str) -> Visit:
    """Ask for a page on a connection of its own."""
    begun = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            status, retry_after = await _answer(port, path)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        status, retry_after = 0, None
    return Visit(path, status, time.monotonic() - begun, retry_after)


async def _answer(port: int, path: str) -> tuple[int, str | None]:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        asked = f"GET {path} HTTP/1.1\r\nHost: visitor\r\nAccept-Encoding: gzip\r\n"
        writer.write(f"{asked}Connection: close\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        await reader.readexactly(int(lines["content-length"]))
        return int(head.split(" ", 2)[1]), lines.get("retry-after")
    finally:
        writer.close()


async def closed(port: int, clients: int, seconds: float) -> list[Visit]:
    """Visit from so many clients, each of which waits for its answer before it asks again."""
    end = time.monotonic() + seconds

    async def one(number: int) -> list[Visit]:
        made = []
        while time.monotonic() < end:
            made.append(await visit(port, PAGES[(number + len(made)) % len(PAGES)]))
        return made

    visits = await asyncio.gather(*(one(number) for number in range(clients)))
    return [each for made in visits for each in made]


async def opened(port: int, rate: float, seconds: float) -> list[Visit]:
    """Visit so many times a second, whatever is answered; every twentieth asks for our health."""
    begun, made = time.monotonic(), []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(begun + number / rate - time.monotonic())
        path = "/healthz" if number % 20 == 0 else PAGES[number % len(PAGES)]
        made.append(asyncio.create_task(visit(port, path)))
    return list(await asyncio.gather(*made))


def main(kind: str, port: int, amount: float, seconds: float) -> None:
    """Visit, and print how it went."""
    if kind == "slow":
        slow = Slow(port, int(amount))
        slow.hold(seconds)
        print(json.dumps({"closed": slow.closed, "most": slow.most}))
        return
    if kind == "closed":
        visits = asyncio.run(closed(port, int(amount), seconds))
    else:
        visits = asyncio.run(opened(port, amount, seconds))
    print(json.dumps([asdict(each) for each in visits]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
