"""Say to whoever found a fault of security where to tell of it: RFC 9116."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response

from sosdir import context
from sosdir.errors import NotFoundError

blueprint = Blueprint("well_known", __name__)

# A contact over plain HTTP is none by RFC 9116, 2.5.3.
_CONTACTS = ("https:", "mailto:")
# The file is made anew from the settings at every request, so it is right whenever it is asked
# for; this is how long a copy of it is to be trusted.
_LASTS = timedelta(days=7)


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Give the contact of this installation, where it has one.

    Raises:
        NotFoundError: it has none that such a file may name.
    """
    settings = context.settings()
    if not (settings.contact_url or "").lower().startswith(_CONTACTS):
        raise NotFoundError("This installation names no contact.")
    lines = [
        f"Contact: {settings.contact_url}",
        f"Expires: {_expires(context.now()):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: ja, en",
    ]
    if settings.url is not None:
        lines.append(f"Canonical: {context.public_url('.security_txt')}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _expires(now: datetime) -> datetime:
    """Return when a copy made now is to be asked for anew, the same all day."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + _LASTS
