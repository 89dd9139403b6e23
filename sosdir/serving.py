"""Serve the site on this machine, and on a writer tell every minute that it lives."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from sosdir import caching, config, create_app, db
from sosdir.config import Settings
from sosdir.errors import DatabaseError
from sosdir.reception import Door, Refusals
from sosdir.store import heartbeats

# The headers of a request must come in this time and into this room; then it is the turn of
# `sosdir.reception`. A connection on which nothing is asked ends after the same time.
HTTP1 = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=32 * 1024)
# The server takes no new connection beyond so many: idle ones must not keep others out.
CONNECTIONS = 16_384
MACOS_FILES = 10_240
# Those that knock at once wait here for the server; where it overflows they knock again in seconds.
BACKLOG = 4096
STOP_SECONDS = 20
# On SIGHUP the worker that goes still serves for so long: the new one has to start meanwhile.
TOGETHER_SECONDS = 15.0
BEAT_SECONDS = 60.0
# The first answers come before the first writing.
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
    # A worker is started from nothing, not forked: on SIGHUP the next one has the code of now.
    multiprocessing.set_start_method("spawn", force=True)
    try:
        Server(
            "sosdir.serving:door",
            factory=True,
            interface=Interfaces.RSGI,
            address=host,
            port=port,
            http=HTTPModes.http1,
            http1_settings=HTTP1,
            websockets=False,
            backlog=BACKLOG,
            backpressure=_connections(),
            respawn_failed_workers=True,
            respawn_interval=TOGETHER_SECONDS,
            # Requests at work are finished before the server stops, within this time.
            workers_kill_timeout=STOP_SECONDS,
            # The access log would keep what people search for; what fails is logged without it.
            log_access=False,
        ).serve()
    finally:
        stopped.set()


def door() -> Door:
    """Return what a worker serves: the application of the environment, behind its door.

    Raises:
        SettingError: the environment holds a bad value.
    """
    settings = config.from_environment(os.environ)
    application = create_app(settings).wsgi_app
    return Door(application, Refusals(settings.exit_url), caching.only_kept(application))


def _connections() -> int:
    """Return how many connections to hold, having asked the system for as many as it grants."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
    # macOS grants less than it says.
    for files in (wanted, MACOS_FILES):
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
            break
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The rest is for the database and for files.
    return min(CONNECTIONS, files * 3 // 4)


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
