"""Say, without the application, that there is no room: a plain page, or a problem document."""

from __future__ import annotations

import json
import random
from html import escape
from http import HTTPStatus

from sosdir.formats import PROBLEM_TYPE, problem
from sosdir.locales import JAPANESE, Locale, find, mark, speech
from sosdir.reception.server import Headers
from sosdir.reception.wsgi import Answer
from sosdir.styles import hash_of

# Whoever is told to come again comes after a time of her own, so that not all come at once.
AGAIN_SECONDS = (3, 10)

_HEADING = mark("いま開けません")
_CROWDED = mark("いま、たくさんの人がひらいています。少し待って、もう一度ひらいてください。")
_FAILED = mark("ごめんなさい。こちらの不具合です。少し待って、もう一度ひらいてください。")
# As on every page; they mark where their lines may break.
_AMBULANCE = mark("<span><span>大量の出血、</span><span>産まれそう<b>(救急)</b></span></span>")
_POLICE = mark("<span><span>身の危険が</span><span>あるとき<b>(警察)</b></span></span>")
_UNREAD = mark(
    "送られたものが途中で届かなくなりました。電波のよいところで、もう一度送ってください。"
)
_LEAVE = mark('このページを<span class="nowrap">離れる</span>')
_PROGRAMS = (".json", ".geojson", ".csv", ".ndjson", ".xml")
_API = "/api/"
# No more than makes it calm to look at and easy to press, in the light and in the dark.
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.8 sans-serif;max-width:34rem;margin:auto;"
    "padding:1.5rem}h1{font-size:1.5rem}p a{display:block;padding:.75rem 1rem;margin:.75rem 0;"
    "border:2px solid;border-radius:.5rem;color:inherit;text-decoration:none}"
    "strong{font-size:1.4rem}b{font-weight:400}"
)
# As the pages say it, so that nobody keeps it or hands on where it was asked.
_HEADERS: Headers = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        f"default-src 'none'; style-src {hash_of(_STYLE)}; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
]
_PAGE = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{heading}</title>
<style>{style}</style>
<h1>{heading}</h1>
<p><a href="">{words}</a></p>
<p><a href="tel:119"><strong>119</strong> {ambulance}</a>
<a href="tel:110"><strong>110</strong> {police}</a></p>
<p><a href="{exit_url}" rel="noreferrer">{leave}</a></p>
"""


class Refusals:
    """Make the answers that need no database.

    Args:
        exit_url: where the pages' way out leads.
    """

    def __init__(self, exit_url: str) -> None:
        self._exit_url = exit_url

    def crowded(self, path: str) -> Answer:
        """Return that there is no room at this moment, and when to come again.

        Args:
            path: that was asked.
        """
        again = ("retry-after", str(random.randint(*AGAIN_SECONDS)))
        return self._answer(HTTPStatus.SERVICE_UNAVAILABLE, _CROWDED, path, again)

    def unread(self, status: HTTPStatus, path: str) -> Answer:
        """Return that what was sent could not be read; the connection ends with it.

        Args:
            status: to answer.
            path: that it was sent to.
        """
        return self._answer(status, _UNREAD, path, ("connection", "close"))

    def failed(self, path: str) -> Answer:
        """Return that something is wrong with us.

        Args:
            path: that was asked.
        """
        return self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED, path)

    def _answer(self, status: HTTPStatus, words: str, path: str, *more: tuple[str, str]) -> Answer:
        locale = _locale(path)
        if path.startswith(_API) or path.endswith(_PROGRAMS):
            told = problem(status, speech(locale).say(words), {})
            kind, text = PROBLEM_TYPE, json.dumps(told, ensure_ascii=False)
        else:
            kind, text = "text/html; charset=utf-8", self._page(locale, words)
        body = text.encode()
        size = ("content-length", str(len(body)))
        return Answer(status, [*_HEADERS, ("content-type", kind), size, *more], body)

    def _page(self, locale: Locale, words: str) -> str:
        say = speech(locale).say
        return _PAGE.format(
            lang=locale.tag,
            heading=escape(say(_HEADING)),
            words=escape(say(words)),
            style=_STYLE,
            # These hold marks of their own, and are ours.
            ambulance=say(_AMBULANCE),
            police=say(_POLICE),
            leave=say(_LEAVE),
            exit_url=escape(self._exit_url),
        )


def _locale(path: str) -> Locale:
    code = path.removeprefix("/").partition("/")[0]
    return find(code) or JAPANESE
