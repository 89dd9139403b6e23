"""Answer requests: each module parses, calls what is below, and renders."""

from flask import Flask

from sosdir.config import Settings
from sosdir.views import (
    admin,
    areas,
    catalogue,
    coverage,
    embed,
    embedding,
    feed,
    home,
    hsds,
    mapping,
    metrics,
    notices,
    oembed,
    offline,
    open_data,
    organizations,
    pages,
    partners,
    pocket,
    problems,
    programs,
    report,
    services,
    sheet,
    sitemap,
    well_known,
)

_PUBLIC = (
    home,
    services,
    pocket,
    areas,
    mapping,
    sheet,
    report,
    pages,
    open_data,
    catalogue,
    hsds,
    embed,
    embedding,
    oembed,
    offline,
    notices,
    feed,
    sitemap,
    well_known,
    coverage,
    organizations,
    programs,
    partners,
)


def register(app: Flask) -> None:
    """Register every page of the public site and of the admins' side.

    Args:
        app: to register with.
    """
    for module in _PUBLIC:
        app.register_blueprint(module.blueprint)
    settings: Settings = app.config["SETTINGS"]
    if settings.metrics_token is not None:
        app.register_blueprint(metrics.blueprint)
    if not settings.read_only:
        admin.register(app)
    problems.init_app(app)
