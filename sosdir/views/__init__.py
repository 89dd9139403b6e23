"""Answer requests: each module parses, calls what is below, and renders."""

from flask import Flask

from sosdir.views import areas, home, mapping, pages, problems, services


def register(app: Flask) -> None:
    """Register every page of the public site.

    Args:
        app: to register with.
    """
    for module in (home, services, areas, mapping, pages):
        app.register_blueprint(module.blueprint)
    problems.init_app(app)
