"""Keep a visit private and the page as we made it: headers on every answer, no query in a log."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, redirect, request

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
# Whether pages elsewhere may load an answer into themselves: see ``_who_may_load``.
_LOADED_BY = "Cross-Origin-Resource-Policy"


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
    app.after_request(_name_no_host)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault(_LOADED_BY, _who_may_load(response))
        if request.method == "POST":
            # Nobody on the way keeps what was sent; the browser may keep the page for its Back.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if settings.hsts:
            response.headers["Strict-Transport-Security"] = _stay_on_https(settings)
        return response


def _stay_on_https(settings: Settings) -> str:
    return f"max-age={TWO_YEARS}{'; includeSubDomains' if settings.hsts_subdomains else ''}"


def _who_may_load(response: Response) -> str:
    """Return who may load an answer without asking: for data that all may read, everyone.

    From any other a page elsewhere could learn whether it was asked for before, or is heavy.
    """
    return "cross-origin" if "Access-Control-Allow-Origin" in response.headers else "same-origin"


def _name_no_host(response: Response) -> Response:
    """Let a redirect to a page of ours bear no host.

    A request can name any host, browsers and caches keep some redirects for good, and behind a
    proxy that ends TLS the scheme would be wrong as well.
    """
    own, location = f"{request.scheme}://{request.host}", response.headers.get("Location", "")
    path = location.removeprefix(own)
    if path != location and path.startswith("/") and not path.startswith("//"):
        response.headers["Location"] = path
        # Its page names the address as well.
        response.set_data(redirect(path, response.status_code).get_data())
    return response
