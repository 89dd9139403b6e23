"""Schemathesis asks the running site whatever its OpenAPI document allows, and what it does not.

All phases and all checks are on: no fault of the server, no undocumented status, type or header,
every answer as its schema says, what is allowed accepted and what is not refused, methods that
are not there refused too. What is asked is the same each time.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest
from flask import Flask
from werkzeug.serving import make_server

EXAMPLES = "10"


@pytest.fixture(scope="module")
def address(shipped_app: Flask) -> Iterator[str]:
    """Give the address of the site with the shipped data, served over HTTP."""
    server = make_server("127.0.0.1", 0, shipped_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_that_can_be_asked_breaks_the_api_or_its_document(
    address: str, tmp_path: Path
) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    words = ("run", f"{address}/api/hsds/openapi.json", "--checks", "all", "--seed", "1")
    bounds = ("--max-examples", EXAMPLES, "--generation-deterministic", "--workers", "1")
    quiet = ("--no-color", "--suppress-health-check", "all")
    command = [str(program), *words, *bounds, *quiet]
    told = run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr[-2000:]
    assert "Stateful" in told.stdout
