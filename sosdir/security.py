"""Put on every answer the headers that keep a visit private and the page as we made it."""

from __future__ import annotations

from flask import Flask, Response

from sosdir.config import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    # The device's place is asked for by a button of ours, and by nobody else.
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), browsing-topics=()",
}

TWO_YEARS = 63_072_000


def init_app(app: Flask) -> None:
    """Set the headers on every answer of an application.

    Args:
        app: with its ``SETTINGS``.
    """
    settings: Settings = app.config["SETTINGS"]

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.hsts:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
        return response
