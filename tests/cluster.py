"""Start and stop the parts of the cluster as its Procfile names them."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
PROCFILE = ROOT / "deploy" / "cluster" / "Procfile"
PATIENCE = 180.0
_PORTS = 5


def commands() -> dict[str, str]:
    """Return the command of each part."""
    lines = PROCFILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def wait_until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
    """Return how many seconds it took until something held."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < patience, f"waited in vain: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


class Cluster:
    """Hold the parts that run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_ports()
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (home / "log.txt").open("wb")

    def start(self, *names: str) -> None:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        env = os.environ | {
            "PATH": path,
            # The code beside these tests, wherever sosdir is installed from.
            "PYTHONPATH": str(ROOT),
            "CLUSTER_HOME": str(self.home),
            "CLUSTER_PORT": str(self.port),
        }
        for name in names:
            self.parts[name] = subprocess.Popen(
                shlex.split(commands()[name]),
                cwd=ROOT,
                env=env,
                stdout=self.log,
                stderr=self.log,
                start_new_session=True,
            )

    def kill(self, *names: str) -> None:
        """Kill parts with all that they started, as a lost machine is gone."""
        for name in names:
            part = self.parts.pop(name)
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()

    def restart(self, name: str) -> None:
        """Stop a part as its system does for an upgrade, and start it again."""
        part = self.parts.pop(name)
        part.terminate()
        part.wait(PATIENCE)
        self.start(name)

    def stop(self) -> None:
        self.kill(*self.parts)
        self.log.close()

    def told(self) -> str:
        """Return all that the parts have logged."""
        return (self.home / "log.txt").read_text(encoding="utf-8")

    def get(self, path: str, part: int = 0) -> httpx.Response | None:
        """Ask the proxy, or the part whose port is so many after its; None if nobody answers."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port + part}{path}", timeout=60)
        except httpx.TransportError:
            return None

    def answers(self, path: str, part: int = 0) -> bool:
        answer = self.get(path, part)
        return answer is not None and answer.status_code == 200


def free_ports() -> int:
    """Return the first of some ports in a row that nobody listens on."""
    for first in range(20_000 + os.getpid() % 10_000, 32_000, _PORTS):
        with ExitStack() as taken:
            try:
                for port in range(first, first + _PORTS):
                    taken.enter_context(closing(socket.socket())).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise AssertionError("no ports are free")
