"""Open the admins' side only where it was said to be: elsewhere it looks as if it did not exist.

What is hidden is asked for as a path that nobody has. So whatever answers it answers as it does
for any address that does not exist, and nothing after this can give a hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from sosdir import networks
from sosdir.config import Settings

# What only those see who may come near the admins' side; metrics are watched, not read.
HIDDEN = ("admin", "metrics")
# No route begins so.
_NOWHERE = "/nowhere"
# A proxy that no setting speaks of hides who asks.
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED")


@dataclass(frozen=True, slots=True)
class _Door:
    """Lead those who may not come in to nowhere.

    Args:
        app: behind the door.
        settings: from where one may come in, and how many proxies tell who asks.
        is_shut: whether nobody may, for there is another port for it.
    """

    app: WSGIApplication
    settings: Settings
    is_shut: bool

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if _leads_inside(environ.get("PATH_INFO", "")) and not self._lets_in(environ):
            environ["PATH_INFO"] = _NOWHERE + environ["PATH_INFO"]
        return self.app(environ, start)

    def _lets_in(self, environ: WSGIEnvironment) -> bool:
        if self.is_shut:
            return False
        named = self.settings.admin_addresses
        if not named:
            return True
        if not self.settings.proxies and any(name in environ for name in _PASSED_ON):
            return False
        return networks.holds(named, environ.get("REMOTE_ADDR"))


def init_app(app: Flask) -> None:
    """Guard the way to the admins' side of an application.

    Stands behind whatever tells the address of who asks, and before all that reads a path.

    Args:
        app: with its ``SETTINGS``, and ``ON_ADMIN_PORT`` where it answers on the admins' own port.
    """
    settings: Settings = app.config["SETTINGS"]
    is_shut = settings.admin_port is not None and not app.config["ON_ADMIN_PORT"]
    app.wsgi_app = _Door(app.wsgi_app, settings, is_shut)  # type: ignore[assignment, method-assign]


def _leads_inside(path: str) -> bool:
    """Tell whether a path is of what is hidden; slashes that stand for nothing hide nothing."""
    first, _, _ = path.lstrip("/").partition("/")
    return first in HIDDEN
