"""Watch each request: how long it took and how it ended, told by its endpoint and nothing finer."""

from __future__ import annotations

import logging
import time
from types import TracebackType

from flask import Flask, Response, current_app, g, request

from sosdir import metrics
from sosdir.auth import limits

# Whoever waits longer on a good network wonders whether it still works.
SLOW_SECONDS = 1.0
_NO_ROUTE = "none"

_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Watch every request of an application; to be the first that looks at one, and the last.

    Args:
        app: to register with.
    """
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)
    # Flask's own names the path, and so the service or the place.
    app.log_exception = _log_exception  # type: ignore[method-assign]


def _begin() -> None:
    g.began_at = time.perf_counter()
    counts = metrics.find()
    if counts is not None:
        counts.in_progress.inc()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began_at
    counts = metrics.find()
    if counts is not None:
        counts.count(request.endpoint, request.method, response.status_code, seconds)
        if limits.is_failure(response):
            # The log is told of it by ``auth.acts``.
            counts.sign_in_failures.inc()
    if response.status_code >= 500:
        _log.error("answered with a fault", extra=_fields(status=response.status_code))
    if seconds >= SLOW_SECONDS:
        _log.warning("slow", extra=_fields(milliseconds=round(seconds * 1000)))
    return response


def _leave(_error: BaseException | None) -> None:
    counts = metrics.find()
    if counts is not None and "began_at" in g:
        counts.in_progress.dec()


def _log_exception(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, ...],
) -> None:
    current_app.logger.error("failed", exc_info=exc_info, extra=_fields())  # type: ignore[arg-type]


def _fields(**more: int) -> dict[str, str | int]:
    return {"endpoint": request.endpoint or _NO_ROUTE, "method": request.method, **more}
