"""Run `sosdir serve` for real, on loopback, and ask it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """Hold what was answered: status, headers and text."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """Hold a server that runs.

    Args:
        process: that was started.
        log: what it writes to standard error.
    """

    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> list[str]:
        """Return the lines of its log."""
        return self.log.read_text("utf-8").splitlines()

    def processes(self) -> set[int]:
        """Return its process and all that descend from it."""
        found, last = {self.process.pid}, set[int]()
        while found != last:
            last = set(found)
            found |= {pid for pid, parent in _parents().items() if parent in found}
        return found


def ask(port: int, path: str, **headers: str) -> Answer:
    """Ask for a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        found = connection.getresponse()
        return Answer(found.status, dict(found.getheaders()), found.read().decode())
    finally:
        connection.close()


def is_up(port: int) -> bool:
    """Tell whether a server answers on a port."""
    with suppress(OSError, HTTPException):
        return ask(port, "/healthz").status in {200, 503}
    return False


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait_until(holds: Callable[[], bool], what: Callable[[], object]) -> None:
    """Wait until something holds, or say what there is instead."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, what()
        time.sleep(0.05)


def are_gone(processes: set[int]) -> bool:
    """Tell whether processes run no more."""
    return not processes & {pid for pid in _parents() if not _is_dead(pid)}


@contextmanager
def serving(home: Path, ports: list[int], **settings: str) -> Iterator[Served]:
    """Serve a home until the block ends, on a port or on two."""
    environ = os.environ | {"SOSDIR_HOME": str(home), "PORT": str(ports[0]), **settings}
    log = home / "stderr.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "sosdir", "serve"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    served = Served(process, log)
    try:
        wait_until(
            lambda: process.poll() is not None or all(map(is_up, ports)),
            lambda: log.read_text("utf-8"),
        )
        yield served
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _parents() -> dict[int, int]:
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=True)
    pairs = (line.split() for line in told.stdout.decode().splitlines())
    return {int(pid): int(parent) for pid, parent in pairs}


def _is_dead(pid: int) -> bool:
    """Tell whether nothing is left of a process but its number."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() in {"", "Z", "Zs", "Z+"}
