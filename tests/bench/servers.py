"""Start what is measured, each on a port of its own: ours, a bare Flask, Caddy, Datasette."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 120
PYTHON = Path(sys.executable)
HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Running:
    """Hold a server that runs.

    Args:
        base: its address.
        process: its first process.
        seconds: from its start to its first answer.
    """

    base: str
    process: subprocess.Popen[bytes]
    seconds: float

    @property
    def megabytes(self) -> float:
        """Return the memory of its largest process that answers, the worker's."""
        found = [_rss(child) for child in _children(self.process.pid)] or [_rss(self.process.pid)]
        return max(found) / 1024


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that finds this checkout.

    Args:
        more: names and values besides.
    """
    return os.environ | {"PYTHONPATH": str(HERE)} | dict(more)


@contextmanager
def running(
    command: list[str], port: int, path: str = "/", more: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Run a server until the block ends.

    Args:
        command: that starts it.
        port: where it will listen.
        path: that it answers with 200 when it is there.
        more: of the environment.
    """
    base = f"http://127.0.0.1:{port}"
    environ = environment(more or {})
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=HERE, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, base + path, begin + PATIENCE)
        yield Running(base, process, time.perf_counter() - begin)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def ours(home: Path, megabytes: int = 16) -> Iterator[Running]:
    """Serve a home as anyone would.

    Args:
        home: with its database.
        megabytes: of finished answers to keep; 0 to make each anew.
    """
    port = _free_port()
    more = {"SOSDIR_HOME": str(home), "PORT": str(port), "SOSDIR_CACHE_MB": str(megabytes)}
    command = [str(PYTHON), "-m", "sosdir", "serve"]
    with running(command, port, "/healthz", more) as found:
        yield found


@contextmanager
def hello() -> Iterator[Running]:
    """Serve a bare Flask."""
    port = _free_port()
    with running([str(PYTHON), "-m", "tests.bench.hello", str(port)], port) as found:
        yield found


@contextmanager
def a_file(folder: Path) -> Iterator[Running]:
    """Serve files with Caddy.

    Args:
        folder: of the files; ``index.html`` is there.
    """
    port, program = _free_port(), _program("caddy")
    command = [program, "file-server", "--root", str(folder), "--listen", f"127.0.0.1:{port}"]
    with running(command, port) as found:
        yield found


@contextmanager
def datasette(database: Path) -> Iterator[Running]:
    """Serve a database of ours with Datasette.

    Args:
        database: as the open data gives it away, with its index of words.
    """
    port, program = _free_port(), _program("datasette")
    command = [program, "serve", "-i", str(database), "-p", str(port), "-h", "127.0.0.1"]
    with running(command, port, "/-/versions.json") as found:
        yield found


def _program(name: str) -> str:
    beside = PYTHON.with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        sys.exit(f"{name} is not installed here; make bench installs it.")
    return found


def _wait(process: subprocess.Popen[bytes], url: str, until: float) -> None:
    while process.poll() is None and time.perf_counter() < until:
        try:
            urlopen(url).close()
        except (URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    sys.exit(f"{url} did not answer.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in told.stdout.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def _rss(pid: int) -> int:
    """Return the kilobytes of memory that a process holds."""
    command = ["ps", "-o", "rss=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0)
