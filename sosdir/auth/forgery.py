"""Refuse what another site makes an admin's browser send."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from sosdir.auth.refusals import FORGED, RefusalError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})

_protection = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give an application its tokens; the gate asks for them.

    Args:
        app: to register with.
    """
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        # A token lasts as long as its session, which is not long.
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages send no Referer to ask for.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_METHODS=["POST", "PUT", "PATCH", "DELETE"],
    )
    _protection.init_app(app)


def refuse_forged() -> None:
    """Refuse a request that changes something and was not sent by a page of ours.

    Raises:
        RefusalError: its token is missing or wrong, or the browser says that another site sent it.
    """
    if request.method in _SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in _OURS:
        raise RefusalError(400, FORGED)
    try:
        _protection.protect()
    except CSRFError as error:
        raise RefusalError(400, FORGED) from error
