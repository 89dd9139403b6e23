"""Let in who may come in, and nobody else: rules of routes, sessions, forgery, attempts."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from sosdir.auth import acts, forgery, limits, signing_in
from sosdir.auth.cookies import AdminCookie
from sosdir.auth.gate import gate, in_admin
from sosdir.auth.marks import allowed
from sosdir.auth.refusals import RefusalError
from sosdir.auth.signing_in import author, current_account, find_account, require
from sosdir.config import Settings
from sosdir.errors import DatabaseError

__all__ = [
    "RefusalError",
    "allowed",
    "author",
    "current_account",
    "find_account",
    "gate",
    "in_admin",
    "init_app",
    "require",
]


def init_app(app: Flask) -> None:
    """Guard everything under ``/admin``; no other page ever sees a cookie.

    Args:
        app: with its ``SETTINGS``.
    """
    settings: Settings = app.config["SETTINGS"]
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.config["SECRET_KEY"] = settings.secret_key
    app.session_interface = AdminCookie()
    forgery.init_app(app)
    limits.init_app(app)
    signing_in.init_app(app)
    app.before_request(gate)
    app.after_request(_keep_private)
    app.after_request(acts.write_down)
    app.context_processor(_share_account)


def _keep_private(response: Response) -> Response:
    """Let nobody on the way keep an admin's page, nor learn its secrets by its length."""
    if in_admin():
        response.headers["Cache-Control"] = "no-store, no-transform"
        # Whatever compresses the answers asks for this.
        request.environ.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def _share_account() -> dict[str, object]:
    """Give the templates of the admins' side who is signed in."""
    if not in_admin():
        return {}
    try:
        return {"me": find_account()}
    except DatabaseError:
        # The page that says so must still be made.
        return {"me": None}
