"""Answer requests: each module parses, calls what is below, and renders."""

from flask import Flask

from sosdir.views import (
    admin,
    areas,
    home,
    hsds,
    mapping,
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
    for module in (home, services, areas, mapping, pages, offline, report, sheet, hsds):
        app.register_blueprint(module.blueprint)
    admin.register(app)
    problems.init_app(app)
