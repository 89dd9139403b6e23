"""What a real run writes: nothing of what anyone asked, in no log and in no file of its home."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest

# Long and odd enough to stand nowhere by chance; no letter of it changes in an address.
MARK = "himitsunokotoba7391"
# Of settings: their names are told, what they hold is not.
SECRET = "naisho-naisho-naisho-naisho-naisho-0123"
PATIENCE = 60

QUERIES = (
    f"/?q={MARK}",
    f"/?area={MARK}",
    f"/?at={MARK}",
    f"/?q={quote('横浜市')}&offers={MARK}&lang={MARK}",
    f"/?page={MARK}",
    f"/?{MARK}=1",
    f"/services.json?q={MARK}&at={MARK}",
    f"/services.csv?q={MARK}",
    f"/map?q={MARK}",
    f"/map.js?q={MARK}",
    f"/sheet?ids={MARK}",
    f"/areas/14?q={MARK}",
    f"/offline?area={MARK}",
    f"/nowhere?q={MARK}",
    f"/{MARK}",
    f"/services/{MARK}",
    f"/areas/{MARK}",
    f"/report/{MARK}",
    f"/en/services/{MARK}",
)
BODIES = ("/", "/search", "/report/ninshin-sos-yokohama", "/nowhere", "/services.json", f"/{MARK}")


@dataclass
class Run:
    """A server that runs, and where it writes.

    Args:
        home: its own.
        port: where it listens.
        form: of its log.
        answers: the status of each answer, by method and address.
    """

    home: Path
    port: int
    form: str
    answers: dict[str, int] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str | None = None) -> None:
        """Ask for an address; words that identify the asker go along."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"User-Agent": f"{MARK}/1", "Referer": f"http://{MARK}.example/"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body, headers=headers)
        self.answers[f"{method} {path}"] = connection.getresponse().status
        connection.close()

    def log(self) -> str:
        """Return what it wrote to standard error."""
        return (self.home / "stderr.log").read_text("utf-8")

    def is_up(self) -> bool:
        """Tell whether it answers yet."""
        with suppress(OSError, HTTPException):
            self.ask("GET", "/healthz")
            return self.answers["GET /healthz"] == 200
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module", params=["text", "json"])
def run(
    request: pytest.FixtureRequest, shipped_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    """Serve for real, be asked everything, and stop."""
    home, port = tmp_path_factory.mktemp("served"), free_port()
    shutil.copy(shipped_home / "sosdir.db", home)
    environ = os.environ | {
        "SOSDIR_HOME": str(home),
        "PORT": str(port),
        "RUST_LOG": "debug",
        "SOSDIR_LOG": request.param,
        "SOSDIR_SECRET_KEY": SECRET,
        "SOSDIR_METRICS_TOKEN": SECRET,
    }
    with (home / "stdout.log").open("wb") as out, (home / "stderr.log").open("wb") as err:
        command = [sys.executable, "-m", "sosdir", "serve"]
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=err)
        try:
            served = Run(home, port, request.param)
            until = time.monotonic() + PATIENCE
            while not served.is_up():
                assert process.poll() is None, (home / "stderr.log").read_text("utf-8")
                assert time.monotonic() < until
                time.sleep(0.2)
            for path in QUERIES:
                served.ask("GET", path)
            for path in BODIES:
                served.ask("POST", path, f"q={MARK}&words={MARK}&area={MARK}")
            served.ask("POST", "/services.json", MARK * 10_000)
            # What fails for a reason of ours is logged; it must not take the question along.
            (home / "sosdir.db").write_bytes(b"no database any more" * 400)
            served.ask("GET", f"/?q={MARK}")
        finally:
            process.terminate()
            process.wait(PATIENCE)
    return served


def test_the_run_was_a_real_one(run: Run) -> None:
    assert run.answers[f"GET /?q={MARK}"] >= 500
    assert run.answers[f"GET /?at={MARK}"] == 400
    assert run.answers[f"GET /{MARK}"] == 404
    assert run.answers[f"GET /services.csv?q={MARK}"] == 200
    assert run.answers["POST /nowhere"] in (404, 405)
    # It does write: a log that stays empty would prove nothing.
    assert "cannot be read" in (run.home / "stderr.log").read_text("utf-8")


def test_nothing_that_was_asked_stands_in_anything_it_wrote(run: Run) -> None:
    written = [path for path in run.home.rglob("*") if path.is_file()]
    assert {"stdout.log", "stderr.log"} <= {path.name for path in written}
    assert [path.name for path in written if MARK.encode() in path.read_bytes()] == []


def test_no_secret_of_a_setting_stands_in_anything_it_wrote(run: Run) -> None:
    assert "SOSDIR_SECRET_KEY" in run.log()
    written = [path for path in run.home.rglob("*") if path.is_file()]
    assert [path.name for path in written if SECRET.encode() in path.read_bytes()] == []


def test_the_start_the_faults_and_the_end_are_told_by_endpoint(run: Run) -> None:
    told = run.log()
    assert "starting" in told
    assert "home.home" in told
    assert "stopped" in told


def test_as_json_each_line_is_one_object_whoever_wrote_it(run: Run) -> None:
    if run.form == "text":
        assert not run.log().startswith("{")
        return
    assert (run.home / "stdout.log").read_bytes() == b""
    events = [json.loads(line) for line in run.log().splitlines()]
    for each in events:
        assert {"time", "level", "logger", "message"} <= each.keys()
        assert datetime.fromisoformat(each["time"]).tzinfo is not None
    # The server speaks for itself, and in the same form.
    assert {"sosdir.serving", "sosdir.watching", "_granian"} <= {each["logger"] for each in events}
    (fault, *_) = [each for each in events if each["message"] == "answered with a fault"]
    told = {name: fault[name] for name in ("level", "endpoint", "method", "status")}
    assert told == {"level": "ERROR", "endpoint": "home.home", "method": "GET", "status": 503}


def test_a_command_tells_the_log_what_it_did(shipped_home: Path, tmp_path: Path) -> None:
    environ = os.environ | {"SOSDIR_HOME": str(shipped_home), "SOSDIR_LOG": "json"}
    command = [sys.executable, "-m", "sosdir", "backup", str(tmp_path / "copy.db")]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    (line,) = told.stderr.splitlines()
    event = json.loads(line)
    assert (event["message"], event["logger"]) == ("backup made", "sosdir.cli")
    assert (event["services"], event["sealed"]) == (118, False)
    assert "118 件" in told.stdout


def test_nobody_who_asked_is_named_in_anything_it_wrote(run: Run) -> None:
    logs = (run.home / name for name in ("stdout.log", "stderr.log"))
    for text in (path.read_text("utf-8") for path in logs):
        lines = [line for line in text.splitlines() if f"127.0.0.1:{run.port}" not in line]
        assert [line for line in lines if "127.0.0.1" in line] == []
