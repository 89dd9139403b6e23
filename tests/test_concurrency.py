"""Two writers at once: no change is lost, and nobody is told of a lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from sosdir import db, publishing
from sosdir.db import Database
from sosdir.models import Service
from sosdir.publishing import Rules
from sosdir.revising import Author, Reason, StaleError, merge
from sosdir.store import revisions, services
from tests.cast import NOON, an_importable_service

WRITERS = ("hanako", "taro")
EDITS = 250
SHARED, OWN = "minato-sos", "{}-sos"


def mark(service: Service, writer: str, number: int) -> Service:
    """Write into a service that a writer was here: each writer has facts of its own."""
    kept = [each for each in service.statistics if not each.name.startswith(writer)]
    first = service.statistics[0]
    mine = replace(first, name=f"{writer}{number:03}", value=number)
    field = "fee" if writer == WRITERS[0] else "eligibility"
    marked = replace(service, statistics=(*kept, mine))
    return replace(marked, **{field: f"{writer} {number}"})  # type: ignore[arg-type]


def edit(path: Path, known: Rules, service_id: str, writer: str, number: int) -> int:
    """Open, change and save as a form does: read first, save later, merge if need be."""
    with db.reading(path) as database:
        edition = publishing.open_edition(database, service_id)
    mine, opened, merges = mark(edition.service, writer, number), edition.revision, 0
    while True:
        try:
            with db.changing(path) as database:
                save(database, mine, opened, writer, known)
        except StaleError as stale:
            mine, opened, merges = _merged(stale, mine), stale.latest.number, merges + 1
        else:
            return merges


def _merged(stale: StaleError, mine: Service) -> Service:
    assert stale.base is not None
    merged = merge(stale.base, mine, stale.theirs)
    assert merged.conflicts == ()
    return merged.service


def save(database: Database, service: Service, opened: int, writer: str, known: Rules) -> None:
    publishing.publish(database, service, opened, Author(None, writer), Reason(), NOON, known)


@pytest.fixture
def path(cast_home: Callable[..., Path]) -> Path:
    """Give the file of a database with one service for both writers and one for each."""
    ids = (SHARED, *(OWN.format(writer) for writer in WRITERS))
    return cast_home(*(an_importable_service(each) for each in ids)) / "sosdir.db"


def test_five_hundred_edits_of_two_writers_lose_nothing(path: Path) -> None:
    with db.reading(path) as database:
        known = publishing.rules(database)
    start = Barrier(len(WRITERS))

    def work(writer: str) -> int:
        start.wait()
        # Every other edit is of the service that both change.
        ids = (SHARED, OWN.format(writer))
        return sum(edit(path, known, ids[number % 2], writer, number) for number in range(EDITS))

    with ThreadPoolExecutor(len(WRITERS)) as pool:
        merges = list(pool.map(work, WRITERS))

    # Otherwise they never met, and nothing was proved.
    assert sum(merges) > 0
    with db.reading(path) as database:
        assert_nothing_lost(database)


def assert_nothing_lost(database: Database) -> None:
    shared = services.get(database, SHARED)
    assert (shared.fee, shared.eligibility) == ("hanako 248", "taro 248")
    assert {"hanako248", "taro248"} <= {each.name for each in shared.statistics}
    told = revisions.of_service(database, SHARED)
    assert told[0].service == shared
    for writer in WRITERS:
        mine = [each for each in reversed(told) if each.author.name == writer]
        marks = [
            each.service.fee if writer == "hanako" else each.service.eligibility for each in mine
        ]
        assert marks == [f"{writer} {number}" for number in range(0, EDITS, 2)]
        own = revisions.of_service(database, OWN.format(writer))
        assert len(own) == EDITS // 2 + 1
    assert [each.version for each in told] == list(range(len(told), 0, -1))


def test_a_writer_that_fails_leaves_nothing_and_lets_the_next_in(path: Path) -> None:
    class StoppedError(Exception):
        pass

    def fail() -> None:
        with db.changing(path) as database:
            known = publishing.rules(database)
            save(database, an_importable_service(SHARED, name="半分"), 0, "hanako", known)
            raise StoppedError

    with pytest.raises(StoppedError):
        fail()
    with db.changing(path) as database:
        assert services.get(database, SHARED).name == "みなとSOS"
        assert revisions.of_service(database, SHARED) == []
