"""The one cookie: of admins only, for their pages only."""

from __future__ import annotations

import hashlib
from ipaddress import ip_address

from flask import Flask, Request, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from sosdir import context
from sosdir.accounts import secret_key
from sosdir.config import Settings
from sosdir.errors import SecretKeyError

PREFIX = "/admin"
# The browser takes a cookie of the second name over HTTPS only: nobody who rewrites plain HTTP on
# the way can slip one in. ``__Host-`` would ask for a path of ``/``, and with it send the cookie
# along with every public page.
NAME = "sosdir_admin"
SECURE_NAME = f"__Secure-{NAME}"


class AdminCookie(SecureCookieSessionInterface):
    """Open the session under ``/admin`` alone; elsewhere there is none to write to."""

    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name of the cookie: the one for HTTPS, save on this machine."""
        return NAME if on_this_machine(request) else SECURE_NAME

    def get_cookie_path(self, app: Flask) -> str:
        """Return the path beyond which the browser never sends it."""
        return PREFIX

    def get_cookie_samesite(self, app: Flask) -> str:
        """Return ``Lax``: a link from elsewhere may open a page; a form there sends nothing."""
        return "Lax"

    def get_cookie_httponly(self, app: Flask) -> bool:
        """Return that no script may read it."""
        return True

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return whether the browser may send it over HTTPS only: always, save on this machine."""
        return not on_this_machine(request)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request of an admin, None for any other."""
        if not is_of_admins(request.path):
            return None
        try:
            make_key(app)
        except SecretKeyError:
            # There is no page yet to say so; the gate asks again.
            return None
        return super().open_session(app, request)


def is_of_admins(path: str) -> bool:
    """Tell whether a path is of the admins' side.

    Args:
        path: of a request.
    """
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def make_key(app: Flask | None = None) -> None:
    """Make sure that there is a secret key, at the first need: a home may be read-only.

    Args:
        app: whose; the one at hand when not given.

    Raises:
        SecretKeyError: there is none and none can be made.
    """
    app = app or current_app
    if not app.config["SECRET_KEY"]:
        settings: Settings = app.config["SETTINGS"]
        app.config["SECRET_KEY"] = secret_key.keep(settings.home)


def on_this_machine(request: Request) -> bool:
    """Tell whether a request is plain HTTP to this very machine, where nobody can listen.

    Args:
        request: to judge.
    """
    if request.is_secure or _has_strange_proxy(request):
        return False
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _has_strange_proxy(request: Request) -> bool:
    """Tell whether a proxy passed a request on that no setting speaks of: it hides who asks."""
    settings = context.settings()
    return not settings.proxies and "X-Forwarded-For" in request.headers
