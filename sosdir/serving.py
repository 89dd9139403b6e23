"""Serve the site on this machine, and on a writer tell every minute that it lives.

Where admins have a port of their own, a second server with a process of its own answers there. It
is started and stopped with the first, and neither goes on without the other.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from sosdir import caching, config, create_app, db, logs
from sosdir.config import Settings
from sosdir.errors import DatabaseError, ServingError
from sosdir.metrics import sharing
from sosdir.reception import Door, Refusals
from sosdir.store import heartbeats
from sosdir.version import __version__

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
MEMORY_ARENAS = "2"
BEAT_SECONDS = 60.0
# The first answers come before the first writing.
FIRST_BEAT_SECONDS = 2.0
# How soon one of the processes notices that the other is gone, and how long the second may take to
# stop: longer than its worker.
LOOK_SECONDS = 0.5
LAST_SECONDS = STOP_SECONDS + 5.0

_log = logging.getLogger(__name__)


def serve(settings: Settings, host: str, port: int, *, on_admin_port: bool = False) -> None:
    """Serve the site until it is stopped.

    Args:
        settings: of this installation.
        host: address to listen on.
        port: to listen on.
        on_admin_port: whether this is the second server, on the port that is for admins.

    Raises:
        DatabaseError: there is no database of this version.
        ServingError: a port is taken, or one of the two servers ended by itself.
    """
    if not on_admin_port and port == settings.admin_port:
        raise ServingError(f"Port {port} cannot be the public one and the admins' too.")
    db.open_for_reading(settings.database).close()
    _refuse_taken(host, port)
    logs.begin(settings.log)
    _log.info("starting", extra=_told(host, port))
    stopped = Event()
    # A worker is started from nothing, not forked: on SIGHUP the next one has the code of now.
    multiprocessing.set_start_method("spawn", force=True)
    # Where glibc gives each thread heaps of its own, what one of them freed lies idle in it.
    os.environ.setdefault("MALLOC_ARENA_MAX", MEMORY_ARENAS)
    server = _server(settings, host, port, on_admin_port=on_admin_port)
    with ExitStack() as ending:
        ending.callback(stopped.set)
        if on_admin_port:
            _follow_parent(stopped)
        elif settings.admin_port is not None:
            ending.enter_context(_beside(settings, host, server))
        if not settings.read_only and not on_admin_port:
            Thread(target=_live, args=(settings.database, stopped), daemon=True).start()
        server.serve()
    _log.info("stopped", extra={"port": port})


def public_door() -> Door:
    """Return what a worker serves to the public: the application, behind its door.

    Raises:
        SettingError: the environment holds a bad value.
    """
    return _door(on_admin_port=False)


def admins_door() -> Door:
    """Return what a worker serves on the admins' own port.

    Raises:
        SettingError: the environment holds a bad value.
    """
    return _door(on_admin_port=True)


def _door(*, on_admin_port: bool) -> Door:
    settings = config.from_environment(os.environ)
    logs.begin(settings.log)
    sharing.begin(is_public=not on_admin_port)
    _follow_parent(Event())
    application = create_app(settings, on_admin_port=on_admin_port).wsgi_app
    return Door(application, Refusals(settings.exit_url), caching.only_kept(application))


def _refuse_taken(host: str, port: int) -> None:
    """Refuse a port on which somebody listens: two servers of one user could share it unnoticed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServingError(f"{host}:{port} cannot be listened on: {error.strerror}.") from error


def _server(settings: Settings, host: str, port: int, *, on_admin_port: bool) -> Any:
    return Server(
        f"sosdir.serving:{'admins_door' if on_admin_port else 'public_door'}",
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
        log_dictconfig=logs.configuration(settings.log),
    )


@contextmanager
def _beside(settings: Settings, host: str, server: Any) -> Iterator[None]:
    """Run the admins' server beside the public one, and end with it."""
    with tempfile.TemporaryDirectory(prefix="sosdir-") as shared:
        os.environ[sharing.FOLDER] = shared
        port = str(settings.admin_port)
        command = (sys.executable, "-m", "sosdir", "serve", "--host", host, "--port", port)
        second = subprocess.Popen([*command, "--on-admin-port"])
        server.on_reload(lambda: second.send_signal(signal.SIGHUP))
        stopping = Event()
        Thread(target=_end_with, args=(second, stopping, server), daemon=True).start()
        try:
            yield
        finally:
            was_running = second.poll() is None
            stopping.set()
            _stop(second)
            os.environ.pop(sharing.FOLDER, None)
    if not was_running:
        raise ServingError("The server on the admins' port ended by itself; so this one did too.")


def _end_with(second: subprocess.Popen[bytes], stopping: Event, server: Any) -> None:
    """Stop the public server when the admins' one ends before it."""
    while not stopping.wait(LOOK_SECONDS):
        if second.poll() is not None:
            server.signal_handler_interrupt()
            return


def _stop(second: subprocess.Popen[bytes]) -> None:
    second.terminate()
    try:
        second.wait(LAST_SECONDS)
    except subprocess.TimeoutExpired:
        second.kill()
        second.wait()


def _follow_parent(stopped: Event) -> None:
    """End this process when whoever started it is gone, though it was killed in silence."""
    parent = os.getppid()

    def look() -> None:
        while not stopped.wait(LOOK_SECONDS):
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    Thread(target=look, daemon=True).start()


def _told(host: str, port: int) -> dict[str, object]:
    """Return what is said at the start: the version, and which settings are set, by their names."""
    names = sorted(name for name, value in os.environ.items() if value and _is_ours(name))
    return {"version": __version__, "address": f"{host}:{port}", "settings": names}


def _is_ours(name: str) -> bool:
    return name == "PORT" or name.startswith("SOSDIR_")


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
