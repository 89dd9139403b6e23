"""Keep the public side open to all: no address is too long, and nobody asks for all the work.

Searches of one internet connection are counted in memory, under a key that dies with the process;
nothing of it is stored. A school or a library behind one address must never notice.
"""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address

from flask import Flask, request
from werkzeug.exceptions import RequestURITooLarge

from sosdir.auth import RefusalError, in_admin
from sosdir.auth.flood import wait_of_address
from sosdir.locales import mark
from sosdir.weights import weight

# Twice what any query of ours comes to, with every letter of it escaped.
LONGEST_ADDRESS = 8 * 1024
# Forty pupils at ten pages a minute come to 400. What is heavy counts for several.
WORK = "600 per minute"

TOO_MUCH = mark(
    "このインターネット回線から、短いあいだにたくさんの検索がありました。"
    "あなたのせいではないかもしれません。1分ほど待って、もう一度ひらいてください。"
)


def init_app(app: Flask) -> None:
    """Refuse addresses that are too long, before anything reads them.

    Args:
        app: to register with.
    """
    app.before_request(_refuse_long)


def count_from_here(app: Flask) -> None:
    """Count the requests that come as far as this: what answers before it, answers for nothing.

    Args:
        app: to register with, after whatever keeps pages.
    """
    app.before_request(_count)


def _refuse_long() -> None:
    asked = len(request.environ.get("QUERY_STRING", "")) + len(request.path)
    if asked > LONGEST_ADDRESS:
        raise RequestURITooLarge


def _count() -> None:
    cost = weight(request.path)
    if not cost or in_admin() or not _is_of_one_connection():
        return
    seconds = wait_of_address("work", WORK, cost)
    if seconds:
        raise RefusalError(HTTPStatus.TOO_MANY_REQUESTS, TOO_MUCH, retry_after=seconds)


def _is_of_one_connection() -> bool:
    """Tell whether the address is that of a connection, not of a proxy that nobody told us of."""
    try:
        return ip_address(request.remote_addr or "").is_global
    except ValueError:
        return False
