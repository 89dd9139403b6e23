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
# Linux has it, and may lack ps; macOS has ps alone.
PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """Hold what the system tells of a process: its parent, its state, its command."""

    parent: int
    state: str
    command: str


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
            found |= {pid for pid, each in table().items() if each.parent in found}
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
    return not processes & table().keys()


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


def table() -> dict[int, Process]:
    """Return the processes that run, by number; what is dead and not yet buried is left out."""
    found = _of_proc() if PROC.is_dir() else _of_ps()
    return {pid: each for pid, each in found if not each.state.startswith("Z")}


def _of_proc() -> Iterator[tuple[int, Process]]:
    for folder in PROC.glob("[0-9]*"):
        # One that ends meanwhile is none any more.
        with suppress(OSError):
            state, parent = (folder / "stat").read_text("utf-8").rsplit(")", 1)[1].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            yield int(folder.name), Process(int(parent), state, command)


def _of_ps() -> Iterator[tuple[int, Process]]:
    columns = ["ps", "-A", "-o", "pid=,ppid=,stat=,args="]
    told = subprocess.run(columns, capture_output=True, check=True, text=True).stdout
    for line in told.splitlines():
        pid, parent, state, *command = line.split(maxsplit=3)
        yield int(pid), Process(int(parent), state, "".join(command))
