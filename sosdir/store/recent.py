"""Read the histories of the services that changed since an instant."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from sosdir.revising import Revision
from sosdir.store import revisions
from sosdir.store.instants import text_of

# An import can change thousands at once; who asks since when is told of the latest.
MOST = 200


def histories(db: Database, since: datetime) -> dict[str, list[Revision]]:
    """Return the whole history of each service that changed in public, newest first, by id.

    Args:
        db: to read.
        since: the first instant that counts, with a zone.
    """
    rows = db.query(
        "SELECT service_id FROM revision"
        " WHERE made_at >= ? AND action NOT IN ('drafted', 'rejected')"
        " GROUP BY service_id ORDER BY max(number) DESC LIMIT ?",
        [text_of(since), MOST],
    )
    return revisions.of_services(db, [row["service_id"] for row in rows])
