"""Say where the time of a search goes that is made anew: by a thousand samples a second."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from werkzeug.test import EnvironBuilder

from sosdir import create_app, db
from sosdir.config import Settings
from sosdir.store import geography
from tests.synthetic import addresses, searches

SECONDS = 10.0
EVERY = 0.001
QUERIES = 500
# By what stands in the path of a file; the innermost call that is of one of them has the sample.
PARTS = (
    (
        "finding: places, words, filters, order, counts",
        ("sosdir/search", "sosdir/areas", "sosdir/needs"),
    ),
    (
        "telling: what is shown of each line, as JSON",
        ("sosdir/answers", "sosdir/presentation", "sosdir/formats"),
    ),
    ("reading the question", ("sosdir/forms", "sosdir/context", "wtforms")),
    ("knowing whether the data was written", ("sosdir/stamps", "sosdir/snapshot", "sosdir/kept")),
    (
        "limits, forgery, packing: before and after each request",
        ("flask_limiter", "limits/", "flask_wtf", "flask_compress"),
    ),
    ("all else of ours: headers, language, watching", ("/sosdir/",)),
    ("Flask and Werkzeug", ("/flask/", "/werkzeug/", "/jinja2/")),
)
OTHER = "Python itself"


def measure(home: Path) -> list[tuple[str, float]]:
    """Return the share of each part, the largest first.

    Args:
        home: with a database of the shipped data.
    """
    with db.reading(home / "sosdir.db") as database:
        queries = searches(geography.gazetteer(database), QUERIES)
    application = create_app(Settings(home=home, cache_megabytes=0))
    asked = [_environ(each) for each in addresses([each for each in queries if "q" in each])]
    for environ in asked:
        _ask(application, environ)
    found = _sampled(application, asked)
    return [(name, number / found.total()) for name, number in found.most_common()]


def _environ(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return EnvironBuilder(path=path, query_string=query).get_environ()


def _ask(application: Any, environ: dict[str, Any]) -> None:
    body = application(dict(environ), lambda *_told: None)
    for _ in body:
        pass
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _sampled(application: Any, asked: Sequence[dict[str, Any]]) -> Counter[str]:
    found: Counter[str] = Counter()

    def sample(_signal: int, frame: FrameType | None) -> None:
        found[_part(frame)] += 1

    # By a signal, not by a thread: a thread would look whenever the other waits for the system.
    signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for environ in asked:
            _ask(application, environ)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return found


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        file = frame.f_code.co_filename
        for name, places in PARTS:
            if any(place in file for place in places):
                return name
        frame = frame.f_back
    return OTHER
