"""On several machines: what is written is read everywhere, and what is lost is not missed.

The parts run for real, on loopback; a machine is lost by killing all that runs on it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from sosdir import db, publishing
from sosdir.revising import Author, Reason
from tests.cast import an_importable_service
from tests.cluster import Cluster, commands, wait_until

# It needs programs that no other test does, and a quiet machine.
pytestmark = pytest.mark.cluster

WRITER, READERS = 1, (2, 3)
READER_PARTS = {2: ("follow1", "reader1"), 3: ("follow2", "reader2")}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Give a whole cluster that answers."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start(*commands())
        wait_until(lambda: cluster.answers("/healthz"), cluster.told())
        for part in (WRITER, *READERS):
            wait_until(lambda part=part: cluster.answers("/healthz", part), cluster.told())  # type: ignore[misc]
        yield cluster
    finally:
        cluster.stop()


def publish(cluster: Cluster, service_id: str) -> None:
    """Publish a service on the writer, as its forms do."""
    service = an_importable_service(service_id)
    with db.changing(cluster.home / "writer" / "sosdir.db") as database:
        publishing.publish(
            database, service, None, Author(None, "hanako"), Reason(), datetime.now(UTC)
        )


def seconds_until_shown(cluster: Cluster, service_id: str, *parts: int) -> float:
    """Return how long it takes until parts show a service."""
    path = f"/services/{service_id}"
    return wait_until(lambda: all(cluster.answers(path, part) for part in parts), path)


def test_each_edit_comes_to_every_reader(cluster: Cluster) -> None:
    for number in range(3):
        publish(cluster, f"edit-{number}")
        seconds_until_shown(cluster, f"edit-{number}", *READERS)


def test_readers_have_no_admins_side_and_the_proxy_leads_to_the_writers(cluster: Cluster) -> None:
    for part in READERS:
        answer = cluster.get("/admin", part)
        assert answer is not None
        assert answer.status_code == 404
    answer = cluster.get("/admin/sign-in")
    assert answer is not None
    assert answer.status_code != 404
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_the_writer_the_readers_go_on(cluster: Cluster) -> None:
    cluster.kill("writer")
    for _ in range(20):
        assert cluster.answers("/?area=14")
    cluster.start("writer")
    wait_until(lambda: cluster.answers("/healthz", WRITER), "the writer comes back")
    publish(cluster, "after-the-kill")
    seconds_until_shown(cluster, "after-the-kill", *READERS)


def test_a_reader_can_be_killed_without_one_failed_request(cluster: Cluster) -> None:
    done = Event()

    def ask() -> list[int]:
        told = []
        while not done.is_set():
            answer = cluster.get("/areas/14")
            told.append(answer.status_code if answer else 0)
        return told

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        time.sleep(1)
        cluster.kill(*READER_PARTS[2])
        time.sleep(3)
        done.set()
    told = [status for each in asking for status in each.result()]
    assert len(told) >= 8
    assert set(told) == {200}


def test_a_reader_from_nothing_comes_to_serve(cluster: Cluster) -> None:
    if "reader1" in cluster.parts:
        cluster.kill(*READER_PARTS[2])
    shutil.rmtree(cluster.home / "reader1")
    cluster.start(*READER_PARTS[2])
    wait_until(lambda: cluster.answers("/healthz", 2), "a new reader")
    publish(cluster, "for-the-new-reader")
    seconds_until_shown(cluster, "for-the-new-reader", 2)


def test_a_writer_that_lost_its_disk_has_everything_up_to_the_last_second(
    cluster: Cluster,
) -> None:
    publish(cluster, "the-last-one")
    # Once a reader has it, the store has it.
    seconds_until_shown(cluster, "the-last-one", 3)
    cluster.kill("writer")
    shutil.rmtree(cluster.home / "writer")
    cluster.start("writer")
    wait_until(lambda: cluster.answers("/services/the-last-one", WRITER), "the writer is restored")
    publish(cluster, "after-the-loss")
    seconds_until_shown(cluster, "after-the-loss", *READERS)


def test_no_log_of_any_part_holds_what_was_asked(cluster: Cluster) -> None:
    cluster.get("/?q=himitsu-no-machi")
    stopped = [name for name in ("reader1", "reader2") if name in cluster.parts]
    cluster.kill(*stopped)
    # With no reader left the proxy has something to complain of.
    answer = cluster.get("/?q=himitsu-no-machi")
    assert answer is not None
    assert answer.status_code >= 500
    assert "himitsu" not in cluster.told()
    cluster.start(*stopped)
    wait_until(lambda: cluster.answers("/healthz"), "the readers come back")
