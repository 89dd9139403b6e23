"""Count what happens and tell how the installation stands, for Prometheus: never who, nor for what.

The finest thing that a label names is an endpoint. Nothing is counted where nobody may read it.
A process counts for itself, save where ``sosdir serve`` runs two of them, one a port: then each
writes its counts into files of a folder that both know, and either tells those of both.

The library is loaded with the first application that counts: only then is it known which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app

from sosdir.config import Settings
from sosdir.metrics.outcome import Outcome

if TYPE_CHECKING:
    from sosdir.metrics.counts import Counts

__all__ = ["Outcome", "count_cache", "find", "init_app"]

_NAME = "metrics"


def count_cache(outcome: Outcome, app: Flask | None = None) -> None:
    """Count one look into the cache of pages; costs nothing where no metrics are wanted.

    Args:
        outcome: what it came to.
        app: whose; the one at hand when not given.
    """
    counts = find(app)
    if counts is not None:
        counts.cache.labels(outcome).inc()


def find(app: Flask | None = None) -> Counts | None:
    """Return the counts of an application, None where none are wanted.

    Args:
        app: whose; the one at hand when not given.
    """
    counts: Counts | None = (app or current_app).extensions[_NAME]
    return counts


def init_app(app: Flask) -> None:
    """Give an application its counts, where its settings say who may read them.

    Args:
        app: with its ``SETTINGS``.
    """
    settings: Settings = app.config["SETTINGS"]
    app.extensions[_NAME] = None
    if settings.metrics_token is None:
        return
    from sosdir.metrics.counts import Counts

    app.extensions[_NAME] = Counts(settings, app.config["CLOCK"])
