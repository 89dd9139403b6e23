"""A searchable, mapped, dated and sourced directory of Japan's pregnancy SOS lines."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from markupsafe import Markup

from sosdir import (
    addressing,
    assets,
    auth,
    caching,
    carrying,
    compression,
    config,
    context,
    db,
    doors,
    easy_japanese,
    freshness,
    last_resort,
    metrics,
    moderation,
    multilingual,
    noticeboard,
    open_files,
    planning,
    replica,
    security,
    snapshot,
    styles,
    views,
    watching,
)
from sosdir.config import Settings
from sosdir.paths import bundled
from sosdir.version import __version__

__all__ = ["__version__", "create_app"]

SITE_NAME = "sosdir"
# The longest body that any public page takes; none of them takes an upload.
MAX_BODY = 64 * 1024


def _present() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings | None = None,
    clock: Callable[[], datetime] = _present,
    *,
    on_admin_port: bool = False,
) -> Flask:
    """Return the application.

    Args:
        settings: of this installation; read from the environment when not given.
        clock: gives the present instant with a zone.
        on_admin_port: whether it answers on the port that is for admins, where there is one.

    Raises:
        SettingError: the environment holds a bad value.
    """
    settings = settings or config.from_environment(os.environ)
    app = Flask(
        __name__,
        template_folder=str(bundled("templates")),
        static_folder=str(bundled("static")),
    )
    # Whatever the environment says: a debugger shows what visitors ask and what we keep secret.
    app.debug = False
    app.config.update(SETTINGS=settings, CLOCK=clock, MAX_CONTENT_LENGTH=MAX_BODY)
    app.config["ON_ADMIN_PORT"] = on_admin_port
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for part in (
        metrics,
        # Sees every request first and its answer last.
        watching,
        moderation,
        # Before anything looks into the database.
        freshness,
        db,
        snapshot,
        context,
        planning,
        open_files,
        assets,
        carrying,
        addressing,
        multilingual,
        security,
        compression,
        easy_japanese,
        noticeboard,
        # Behind what reads from a proxy who asks, before what takes the language off.
        caching,
        # Behind the proxies, of which ``auth`` knows, and before all that reads a path.
        doors,
        auth,
        replica,
        # Last of all, around everything.
        last_resort,
    ):
        part.init_app(app)
    # What is kept and answered before this is not counted.
    moderation.count_from_here(app)
    views.register(app)
    _share_settings(app, settings)
    return app


def _share_settings(app: Flask, settings: Settings) -> None:
    """Give every template what the whole site shares."""
    app.jinja_env.globals.update(
        site_name=SITE_NAME,
        data_licence="CC BY 4.0",
        data_licence_url="https://creativecommons.org/licenses/by/4.0/deed.ja",
        exit_url=settings.exit_url,
        neutral_title=settings.neutral_title,
        inline_style=Markup(styles.inline()),  # our own file
        contact_url=settings.contact_url,
        may_be_framed=bool(settings.embed_ancestors),
        site_url=settings.url and settings.url.rstrip("/"),
    )
