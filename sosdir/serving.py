"""Serve the site on this machine, and on a writer tell every minute that it lives."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from granian.constants import Interfaces
from granian.server import Server

from sosdir import db
from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.store import heartbeats

# Requests at work at once, and those that may wait for them; SQLite and Python gain little by more.
THREADS = 4
BACKLOG = 256
BEAT_SECONDS = 60.0
# The workers are forked in this time: no thread may hold the database while they are.
FIRST_BEAT_SECONDS = 2.0

_log = logging.getLogger(__name__)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the site until it is stopped.

    Args:
        settings: of this installation.
        host: address to listen on.
        port: to listen on.

    Raises:
        DatabaseError: there is no database of this version.
    """
    db.open_for_reading(settings.database).close()
    stopped = Event()
    if not settings.read_only:
        Thread(target=_live, args=(settings.database, stopped), daemon=True).start()
    try:
        Server(
            "sosdir:create_app",
            factory=True,
            interface=Interfaces.WSGI,
            address=host,
            port=port,
            websockets=False,
            blocking_threads=THREADS,
            backpressure=BACKLOG,
            # The access log would keep what people search for; what fails is logged without it.
            log_access=False,
        ).serve()
    finally:
        stopped.set()


def _live(database: Path, stopped: Event) -> None:
    """Tell that the writer lives, soon and every minute until it stops."""
    pause = FIRST_BEAT_SECONDS
    while not stopped.wait(pause):
        pause = BEAT_SECONDS
        try:
            with db.changing(database) as found:
                heartbeats.beat(found, datetime.now(UTC))
        except DatabaseError as error:
            # The site goes on; where the copies are served they say that they are stale.
            _log.warning("%s", error)
