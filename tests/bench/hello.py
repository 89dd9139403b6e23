"""Answer "hello" with Flask and nothing else: what the framework can do on the same server."""

from __future__ import annotations

import sys

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

# As many as work on requests of ours.
THREADS = 4


def create_app() -> Flask:
    """Return the application."""
    app = Flask(__name__)

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app


if __name__ == "__main__":
    Server(
        "tests.bench.hello:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        websockets=False,
        blocking_threads=THREADS,
        log_access=False,
    ).serve()
