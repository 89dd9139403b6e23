"""What is counted as it happens, and how it is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from sosdir.config import Settings
from sosdir.metrics import sharing
from sosdir.metrics.outcome import Outcome
from sosdir.metrics.standing import Standing

# Seconds: what a page takes is some hundredths, what a person waits for without wondering is one.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# When each count began is told by the start of the process, and would double the lines.
disable_created_metrics()  # type: ignore[no-untyped-call]

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_NO_ROUTE = "none"


class Counts:
    """Hold the counts of an application.

    Args:
        settings: of the installation.
        clock: gives the present instant with a zone.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._shared = os.environ.get(sharing.FOLDER)
        self._registry = CollectorRegistry()
        self._standing = Standing(settings, clock)
        self.requests = Counter(
            "sosdir_requests",
            "Requests answered, by the endpoint of their route, method and class of status.",
            ("endpoint", "method", "status"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "sosdir_request_seconds",
            "How long an answer took to make, by the endpoint of its route.",
            ("endpoint",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self.in_progress = Gauge(
            "sosdir_requests_in_progress",
            "Requests at work at this moment.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self.cache = Counter(
            "sosdir_page_cache",
            "Looks into the cache of pages, by what they came to.",
            ("outcome",),
            registry=self._registry,
        )
        for outcome in get_args(Outcome):
            # It is told from the beginning, so that an alert can tell nothing from zero.
            self.cache.labels(outcome)
        self.sign_in_failures = Counter(
            "sosdir_sign_in_failures",
            "Passwords, codes and passkeys that were refused.",
            registry=self._registry,
        )

    def count(self, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """Count one answer.

        Args:
            endpoint: of its route, None where no route has its path.
            method: as asked; one that nobody uses counts as ``other``.
            status: of the answer.
            seconds: that it took.
        """
        name = endpoint or _NO_ROUTE
        method = method if method in _METHODS else "other"
        self.requests.labels(name, method, f"{status // 100}xx").inc()
        self.seconds.labels(name).observe(seconds)

    def exposition(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        told = CollectorRegistry()
        told.register(self._standing)
        if self._shared is None:
            ProcessCollector(registry=told)
            return generate_latest(self._registry) + generate_latest(told)
        MultiProcessCollector(told, self._shared)  # type: ignore[no-untyped-call]
        ProcessCollector(pid=sharing.public_process, registry=told)
        return generate_latest(told)
