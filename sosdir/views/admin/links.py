"""The pages that we point at and that somebody has to look at."""

from __future__ import annotations

from flask import Blueprint, render_template

from sosdir import context, db
from sosdir.accounts import Role
from sosdir.auth import allowed
from sosdir.channels import website_href
from sosdir.links import LABELS
from sosdir.store import links as store

blueprint = Blueprint("admin_links", __name__)

PLACE_LABELS = {"website": "公式ページ", "source": "出典", "channel": "連絡の方法"}


@blueprint.get("/admin/links")
@allowed(Role.EDITOR)
def links() -> str:
    """List the addresses that failed or moved, the dead first, with the services they stand in."""
    found = store.to_look_at(db.current())
    return render_template(
        "admin/links.html",
        links=found,
        href=website_href,
        outcome_labels=LABELS,
        place_labels=PLACE_LABELS,
        last_checked=store.last_checked(db.current()),
        now=context.now(),
    )
