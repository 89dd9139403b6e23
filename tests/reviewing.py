"""Changes for tests of review and history, written as the pages write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sosdir import db, publishing
from sosdir.models import Service
from sosdir.revising import Action, Author, Reason, Revision
from sosdir.store import revisions, services
from tests.cast import NOON, a_channel, an_importable_service

HANAKO = Author(None, "山田花子")
WHY = Reason("電話で聞いた", "https://example.jp/page")


def a_line(**changes: Any) -> Service:
    """Return the first of the cast so that it may be published: its number is everyone's, 189."""
    return replace(an_importable_service(), checked_on=None, **changes)


def without_source(service: Service) -> Service:
    """Return a service whose one channel points at no source."""
    return replace(service, channels=(a_channel(service.id, value="189", source_ids=()),))


def keep(path: Path, service: Service) -> None:
    """Store a service as it is, without history."""
    with db.changing(path) as database:
        services.save(database, service)


def draft(path: Path, service: Service, now: datetime = NOON, reason: Reason = WHY) -> Revision:
    """Leave a draft of a service, new or known."""
    return _save(path, publishing.save_draft, service, now, reason)


def publish(path: Path, service: Service, now: datetime = NOON, reason: Reason = WHY) -> Revision:
    """Publish a service, new or known."""
    return _save(path, publishing.publish, service, now, reason)


def check(path: Path, service_id: str = "minato-sos", now: datetime = NOON) -> Revision:
    """Check a service by telephone."""
    with db.changing(path) as database:
        return publishing.check(database, service_id, Action.CHECKED_BY_PHONE, HANAKO, now)


def stored(path: Path, service_id: str = "minato-sos") -> Service:
    """Return a service as it is stored."""
    with db.reading(path) as database:
        return services.get(database, service_id)


def history(path: Path, service_id: str = "minato-sos") -> list[Revision]:
    """Return the history of a service, the oldest first."""
    with db.reading(path) as database:
        return revisions.of_service(database, service_id)[::-1]


def _save(
    path: Path, save: Callable[..., Revision], service: Service, now: datetime, reason: Reason
) -> Revision:
    with db.changing(path) as database:
        latest = revisions.latest(database, service.id)
        known = latest.number if latest else 0
        opened = known if revisions.is_known(database, service.id) else None
        return save(database, service, opened, HANAKO, reason, now)
