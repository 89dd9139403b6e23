"""Answer requests: each module parses, calls what is below, and renders."""

from flask import Flask

from sosdir.views import (
    admin,
    areas,
    home,
    mapping,
    offline,
    open_data,
    pages,
    pocket,
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
    for module in (
        home,
        services,
        pocket,
        areas,
        mapping,
        pages,
        open_data,
        offline,
        report,
        sheet,
    ):
        app.register_blueprint(module.blueprint)
    admin.register(app)
    problems.init_app(app)
