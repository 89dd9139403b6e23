"""Start the real server as a process, and see what it takes of the machine."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0


@dataclass(frozen=True)
class Served:
    """A server that runs: its port, and its first process."""

    port: int
    pid: int

    def ask(self, path: str, patience: float = 30.0) -> tuple[int, float]:
        """Return the status and how many seconds it took, on a connection of its own."""
        begun = time.monotonic()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=patience)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        return answer.status, time.monotonic() - begun

    def megabytes(self) -> float:
        """Return the memory that all its processes hold."""
        return sum(map(_megabytes, _family(self.pid)))


@contextmanager
def serving(home: Path, root: Path = ROOT) -> Iterator[Served]:
    """Serve a home with the command that everybody uses, on a free port of loopback.

    Args:
        home: of the database.
        root: where the code is.
    """
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"SOSDIR_HOME": str(home), "PORT": str(port), "PYTHONPATH": str(root)}
    with (home / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sosdir", "serve"],
            cwd=root,
            env=environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            served = Served(port, process.pid)
            _wait(served, home / "serve.log")
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def files_for(wanted: int) -> int:
    """Return how many of so many connections this machine lets one process hold."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The server keeps a quarter of its own for other things.
    return min(wanted, files * 3 // 4 - 100)


def allow_files() -> None:
    """Let this process and those it starts hold as many files as the machine grants."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 32_768 if most == resource.RLIM_INFINITY else most
    for files in (enough, 10_240):
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
            return


def _wait(served: Served, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            if served.ask("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def _family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found, parents = [pid], {each: parent for each, parent, _ in _processes()}
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def _megabytes(pid: int) -> float:
    return sum(kilobytes for each, _, kilobytes in _processes() if each == pid) / 1024


def _processes() -> list[tuple[int, int, int]]:
    """Return each process, its parent and the kilobytes that it holds."""
    if not Path("/proc/self/status").exists():
        told = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,rss="], text=True)
        return [tuple(map(int, line.split())) for line in told.splitlines()]  # type: ignore[misc]
    found = []
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError:
            # It has ended meanwhile.
            continue
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        size = told.get("VmRSS", "0 kB").split()[0]
        found.append((int(path.parent.name), int(told["PPid"]), int(size)))
    return found
