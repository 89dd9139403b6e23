"""The admins' side: every blueprint is named ``admin_…`` and every route bears its rule."""

from flask import Flask

from sosdir.views.admin import (
    account,
    checks,
    desk,
    drafts,
    edit_notice,
    edit_service,
    history,
    imports,
    invitations,
    links,
    notices,
    reports,
    second_factor,
    service,
    services,
    sign_in,
    users,
)

# In the order of the navigation.
_MODULES = (
    sign_in,
    invitations,
    account,
    second_factor,
    desk,
    services,
    edit_service,
    checks,
    service,
    history,
    drafts,
    reports,
    imports,
    edit_notice,
    notices,
    links,
    users,
)


def register(app: Flask) -> None:
    """Register every page of the admins.

    Args:
        app: to register with.
    """
    for module in _MODULES:
        app.register_blueprint(module.blueprint)
