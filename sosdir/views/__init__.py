"""Answer requests: each module parses, calls what is below, and renders."""

from flask import Flask

from sosdir.views import (
    admin,
    areas,
    catalogue,
    embed,
    embedding,
    home,
    mapping,
    oembed,
    offline,
    pages,
    problems,
    report,
    services,
    sheet,
)


def register(app: Flask) -> None:
    """Register every page of the public site and of the admins' side.

    Args:
        app: to register with.
    """
    for module in (home, services, areas, mapping, pages, offline, report, sheet):
        app.register_blueprint(module.blueprint)
    for door in (embed, embedding, oembed, catalogue):
        app.register_blueprint(door.blueprint)
    admin.register(app)
    problems.init_app(app)
