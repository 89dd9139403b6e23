"""Ask hosts politely: few at once, one request at a time each, and only what they allow."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.robotparser import RobotFileParser

import httpx

AT_ONCE = 8
PAUSE = 1.0
LONGEST_PAUSE = 30.0
TIMEOUT = 15.0
# A longer file is cut. Source: RFC 9309, 2.5, asks for 500 KiB at least.
MOST_ROBOTS = 512 * 1024
MOST_ROBOTS_REDIRECTS = 5
ROBOT = "sosdir"


@dataclass
class _Host:
    """Hold what is known of one host."""

    pause: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Courtesy:
    """Send requests so that no host is troubled.

    Args:
        client: that sends them, without following redirects.
        pause: seconds between two requests to one host.
    """

    def __init__(self, client: httpx.AsyncClient, pause: float = PAUSE) -> None:
        self._client = client
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._hosts: dict[str, _Host] = defaultdict(lambda: _Host(pause))
        self._rules: dict[str, asyncio.Task[RobotFileParser]] = {}

    async def status_of(self, method: str, url: httpx.URL) -> tuple[int, httpx.URL | None]:
        """Return the status of an answer and where it leads; the body is not read.

        Args:
            method: ``HEAD`` or ``GET``.
            url: to ask.

        Raises:
            httpx.HTTPError: there is no answer.
            TimeoutError: it takes too long.
            SosdirError: the host must not or cannot be asked.
        """
        async with self._asking(method, url) as response:
            target = response.headers.get("Location") if response.has_redirect_location else None
            return response.status_code, url.join(target) if target else None

    async def allows(self, url: httpx.URL) -> bool:
        """Tell whether the host of an address lets robots ask it.

        Args:
            url: to ask about.

        Raises:
            httpx.HTTPError: the host does not say, so it must not be asked.
            TimeoutError: it takes too long to say.
            SosdirError: the host must not or cannot be asked.
        """
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._read_rules(url))
        rules = await self._rules[origin]
        return rules.can_fetch(ROBOT, str(url))

    async def _read_rules(self, url: httpx.URL) -> RobotFileParser:
        """Read robots.txt: none allows everything, a failing one nothing (RFC 9309, 2.3.1)."""
        rules = RobotFileParser()
        lines = await self._robots_lines(url.copy_with(raw_path=b"/robots.txt"))
        rules.parse(lines)
        delay = rules.crawl_delay(ROBOT)
        if delay is not None:
            host = self._hosts[url.host]
            host.pause = max(host.pause, min(float(delay), LONGEST_PAUSE))
        return rules

    async def _robots_lines(self, url: httpx.URL) -> list[str]:
        for _ in range(MOST_ROBOTS_REDIRECTS + 1):
            async with self._asking("GET", url) as response:
                if response.has_redirect_location:
                    url = url.join(response.headers["Location"])
                    continue
                if response.status_code >= 500:
                    response.raise_for_status()
                if response.status_code >= 400:
                    return []
                return (await _beginning(response)).decode("utf-8", "replace").splitlines()
        return []

    @asynccontextmanager
    async def _asking(self, method: str, url: httpx.URL) -> AsyncIterator[httpx.Response]:
        host = self._hosts[url.host]
        loop = asyncio.get_running_loop()
        async with host.turn:
            await asyncio.sleep(max(0.0, host.free_at - loop.time()))
            async with self._slots:
                try:
                    async with asyncio.timeout(TIMEOUT), self._client.stream(method, url) as answer:
                        yield answer
                finally:
                    host.free_at = loop.time() + host.pause


async def _beginning(response: httpx.Response) -> bytes:
    """Return the beginning of a body as sent, unpacked by nobody."""
    found = bytearray()
    async for part in response.aiter_raw():
        found += part
        if len(found) >= MOST_ROBOTS:
            break
    return bytes(found[:MOST_ROBOTS])


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
