"""Ask each address once and say what came of it; nothing of the directory is changed."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Iterable
from http.cookiejar import DefaultCookiePolicy

import httpx

from sosdir.channels import is_web_address, website_href
from sosdir.errors import SosdirError
from sosdir.links.politeness import PAUSE, ROBOT, TIMEOUT, Courtesy
from sosdir.links.records import Outcome, Verdict
from sosdir.links.transport import (
    GuardedTransport,
    Network,
    PrivateHostError,
    UnknownHostError,
)
from sosdir.version import __version__

MOST_REDIRECTS = 10
_PERMANENTLY = frozenset({301, 308})
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 403, 429, 451})

_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (httpx.InvalidURL, "ウェブの住所として読めません"),
    (PrivateHostError, "公開されていないネットワークを指しています"),
    (UnknownHostError, "サーバーの名前が見つかりません"),
    ((TimeoutError, httpx.TimeoutException), "時間内に返事がありません"),
)

_Step = tuple[int, httpx.URL | None]


async def verify(
    urls: Iterable[str], network: Network, about: str | None = None, pause: float = PAUSE
) -> AsyncGenerator[Verdict, None]:
    """Ask addresses and yield what came of each, in the order in which they answer.

    Args:
        urls: as the directory holds them, without repeats.
        network: the ways out.
        about: address of a page that says who asks, or None.
        pause: seconds between two requests to one host.
    """
    async with _client(network, about) as client:
        courtesy = Courtesy(client, pause)
        asked = [asyncio.create_task(_verdict(courtesy, url)) for url in urls]
        try:
            for done in asyncio.as_completed(asked):
                yield await done
        finally:
            for each in asked:
                each.cancel()
            await asyncio.gather(*asked, return_exceptions=True)


def _client(network: Network, about: str | None) -> httpx.AsyncClient:
    agent = f"{ROBOT}/{__version__}"
    client = httpx.AsyncClient(
        transport=GuardedTransport(network),
        # A proxy of the environment would look names up itself, past the guard.
        trust_env=False,
        timeout=TIMEOUT,
        headers={
            "User-Agent": f"{agent} (+{about})" if about else agent,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Language": "ja",
            "Accept-Encoding": "identity",
        },
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


async def _verdict(courtesy: Courtesy, url: str) -> Verdict:
    try:
        href = website_href(url)
        if href is None:
            raise httpx.InvalidURL(url)
        return await _follow(courtesy, url, httpx.URL(href).copy_with(fragment=None))
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        return Verdict(url, Outcome.FAILING, status, detail="robots.txt が読めません")
    except (SosdirError, httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        if _is_about_certificate(error):
            return Verdict(url, Outcome.BAD_CERTIFICATE)
        return Verdict(url, Outcome.FAILING, detail=_reason(error))


def _reason(error: Exception) -> str:
    """Say what kept an answer from coming."""
    known = (reason for kinds, reason in _REASONS if isinstance(error, kinds))
    return next(known, "サーバーにつながりません")


async def _follow(courtesy: Courtesy, url: str, start: httpx.URL) -> Verdict:
    """Ask an address and go on to where it leads, until it leads no further."""
    here, moved = start, True
    permanent: httpx.URL = start
    for _ in range(MOST_REDIRECTS + 1):
        leads_to = str(here) if here != start else None
        if not await courtesy.allows(here):
            return Verdict(url, Outcome.NOT_ALLOWED, None, leads_to)
        status, target = await _ask(courtesy, here)
        if target is None:
            return _judged(url, status, start, permanent, leads_to)
        if not is_web_address(str(target)):
            return Verdict(url, Outcome.FAILING, status, detail="読めない住所へ送られます")
        moved = moved and status in _PERMANENTLY
        here = target.copy_with(fragment=None)
        permanent = here if moved else permanent
    return Verdict(url, Outcome.FAILING, status, detail="送り先がいつまでも変わります")


def _judged(
    url: str, status: int, start: httpx.URL, permanent: httpx.URL, leads_to: str | None
) -> Verdict:
    if status < 400:
        if _is_elsewhere(start, permanent):
            return Verdict(url, Outcome.MOVED, status, str(permanent))
        return Verdict(url, Outcome.OK, status, leads_to)
    if status in _GONE:
        return Verdict(url, Outcome.GONE, status, leads_to)
    if status in _REFUSED:
        return Verdict(url, Outcome.REFUSED, status, leads_to)
    return Verdict(url, Outcome.FAILING, status, leads_to)


def _is_elsewhere(start: httpx.URL, end: httpx.URL) -> bool:
    """Tell whether a page moved; the same page behind https or a closing slash has not."""
    return _plain(start) != _plain(end)


def _plain(url: httpx.URL) -> tuple[str, str]:
    return url.host, url.raw_path.decode("ascii").rstrip("/")


async def _ask(courtesy: Courtesy, url: httpx.URL) -> _Step:
    """Ask for the head alone; where that is refused, for the page."""
    status, target = await courtesy.status_of("HEAD", url)
    # Some servers answer every HEAD with an error; a page is called gone by a GET only.
    if status >= 400 and status != 429:
        return await courtesy.status_of("GET", url)
    return status, target


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
