"""Let nobody try passwords and codes for long: failures counted by account and by address.

Counted in memory by the library's own clock; nothing of it is ever stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any, NoReturn, TypeVar

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter, RequestLimit

from sosdir.auth.refusals import RefusalError

View = TypeVar("View", bound=Callable[..., Any])

FOR_AN_ACCOUNT = "10 per 15 minutes"
# Several colleagues may sit behind one address.
FOR_AN_ADDRESS = "40 per 15 minutes"

# Whoever holds one address of version 6 holds this many bits of them: RFC 6177.
_OWN_BITS = 64
_GUARDED = "sosdir_guarded"
# Of this process only: an address is counted without being kept.
_KEY = secrets.token_bytes(32)


def hidden(text: str) -> str:
    """Return what stands for a text in the counts, and cannot be turned back into it.

    Args:
        text: to hide.
    """
    return hmac.new(_KEY, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hidden_address() -> str:
    """Return what stands for the address that asks, with all that its holder has beside it."""
    return hidden(f"address {_holder(request.remote_addr or '')}")


limiter = Limiter(hidden_address, storage_uri="memory://", strategy="moving-window")


def against_guessing(whose: Callable[[], str]) -> Callable[[View], View]:
    """Refuse a view to whoever has failed too often of late, by account and by address.

    A failure is an answer of 422; stands nearest to the function.

    Args:
        whose: gives a text that stands for the account that is tried.
    """

    def key() -> str:
        return hidden(f"account {whose()}")

    def guard(view: View) -> View:
        by_account = _failures(FOR_AN_ACCOUNT, "account", key)
        by_address = _failures(FOR_AN_ADDRESS, "address", hidden_address)
        guarded: View = by_account(by_address(view))
        setattr(guarded, _GUARDED, True)
        return guarded

    return guard


def is_failure(response: Response) -> bool:
    """Tell whether the request at hand tried a password, a code or a passkey in vain.

    Args:
        response: that it is answered with.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, _GUARDED, False) and _has_failed(response)


def init_app(app: Flask) -> None:
    """Give an application counts of its own, in memory.

    Args:
        app: to register with.
    """
    limiter.init_app(app)


def tell_when(limit: RequestLimit) -> NoReturn:
    """Answer one who tried too often: when to try again.

    Args:
        limit: that was reached.

    Raises:
        RefusalError: always.
    """
    seconds = max(1, ceil(limit.reset_at - time.time()))
    minutes = ceil(seconds / 60)
    words = "短いあいだに何度も試されたので、止めています。"
    when = f"{minutes}分たってから、もう一度ためしてください。"
    raise RefusalError(HTTPStatus.TOO_MANY_REQUESTS, words + when, retry_after=seconds)


def _holder(address: str) -> str:
    """Return what the holder of an address cannot change at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{int(found) >> (found.max_prefixlen - _OWN_BITS):x}"


def _failures(allowed: str, scope: str, key: Callable[[], str]) -> Callable[[Any], Any]:
    return limiter.shared_limit(
        allowed, scope, key_func=key, deduct_when=_has_failed, on_breach=tell_when
    )


def _has_failed(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
