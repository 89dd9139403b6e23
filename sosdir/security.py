"""Keep a visit private and the page as we made it: headers on every answer, no query in a log."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request

from sosdir import styles
from sosdir.config import Settings
from sosdir.logs import drop_error_words


def _policy(style: str, ancestors: str, *more: str) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"style-src 'self' {style}",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
            "object-src 'none'",
            *more,
        )
    )


CONTENT_SECURITY_POLICY = _policy(styles.inline_hash(), "'none'")

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    # The device's place is asked for by a button of ours, and by nobody else.
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), browsing-topics=()",
}


TWO_YEARS = 63_072_000


def framed_policy(ancestors: Sequence[str]) -> str:
    """Return the policy of a page that may stand in a frame elsewhere: it runs no script at all.

    Args:
        ancestors: whose pages may frame it; our own may as long as anyone may.
    """
    named = " ".join(("'self'", *ancestors)) if ancestors else "'none'"
    return _policy(styles.framed_hash(), named, "script-src 'none'")


def init_app(app: Flask) -> None:
    """Set the headers on every answer of an application, and keep its log silent on queries.

    Args:
        app: with its ``SETTINGS``.
    """
    settings: Settings = app.config["SETTINGS"]
    app.logger.addFilter(drop_error_words)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.method == "POST":
            # Nobody on the way keeps what was sent; the browser may keep the page for its Back.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if settings.hsts:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
        return response
