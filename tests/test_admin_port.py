"""The server for real: two ports, one of them the admins' own, that come and go together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sosdir.config import Settings
from sosdir.errors import ServingError
from sosdir.serving import serve
from tests.running import (
    PATIENCE,
    PROC,
    Served,
    are_gone,
    ask,
    free_ports,
    is_up,
    serving,
    table,
    wait_until,
)

TOKEN = "t" * 40


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    """Give a home of its own with the shipped data."""
    shutil.copy(shipped_home / "sosdir.db", tmp_path)
    return tmp_path


@pytest.fixture
def ports() -> list[int]:
    """Give a port for the public and one for admins."""
    return free_ports(2)


@pytest.fixture
def served(home: Path, ports: list[int]) -> Iterator[Served]:
    """Give a server that runs on both ports."""
    told = {"SOSDIR_ADMIN_PORT": str(ports[1]), "SOSDIR_METRICS_TOKEN": TOKEN}
    with serving(home, ports, **told) as found:
        yield found


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (each.name, tuple(sorted(each.labels.items()))): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


def test_each_port_shows_its_side_and_both_are_counted(served: Served, ports: list[int]) -> None:
    public, admins = ports
    assert ask(public, "/admin/sign-in").status == 404
    assert ask(public, "/metrics", Authorization=f"Bearer {TOKEN}").status == 404
    assert "Set-Cookie" not in ask(public, "/admin/sign-in").headers
    for written in ("/%61dmin/sign-in", "//admin/sign-in", "/admin%2Fsign-in", "/%6Detrics"):
        assert ask(public, written, Authorization=f"Bearer {TOKEN}").status == 404
    assert ask(admins, "/admin/sign-in").status == 200
    assert [ask(port, "/areas/14").status for port in (public, public, admins)] == [200] * 3
    assert ask(admins, "/metrics").status == 401
    told = samples(ask(admins, "/metrics", Authorization=f"Bearer {TOKEN}").text)
    labels = (("endpoint", "areas.area"), ("method", "GET"), ("status", "2xx"))
    # Two processes answered, and one tells of both.
    hits = told["sosdir_page_cache_total", (("outcome", "hit"),)]
    assert told["sosdir_requests_total", labels] + hits >= 3
    assert told["sosdir_requests_total", labels] >= 2
    assert told["sosdir_request_seconds_count", (("endpoint", "areas.area"),)] >= 2
    assert told["sosdir_requests_in_progress", ()] == 1
    if PROC.is_dir():
        assert told["process_resident_memory_bytes", ()] > 10_000_000


def test_a_reader_tells_its_metrics_on_the_admins_port_and_has_no_admins_side(
    home: Path, ports: list[int]
) -> None:
    public, admins = ports
    told = {
        "SOSDIR_READ_ONLY": "1",
        "SOSDIR_ADMIN_PORT": str(admins),
        "SOSDIR_ADMIN_ADDRESSES": "::ffff:127.0.0.1",
        "SOSDIR_METRICS_TOKEN": TOKEN,
    }
    with serving(home, ports, **told):
        assert ask(admins, "/admin/sign-in").status == 404
        assert ask(public, "/metrics", Authorization=f"Bearer {TOKEN}").status == 404
        answer = ask(admins, "/metrics", Authorization=f"Bearer {TOKEN}")
        assert samples(answer.text)["sosdir_database_readable", ()] == 1
        passed_on = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "127.0.0.1"}
        assert ask(admins, "/metrics", **passed_on).status == 404


def test_told_to_stop_it_leaves_nothing_behind(served: Served, ports: list[int]) -> None:
    processes = served.processes()
    # The two servers and a worker of each.
    assert len(processes) >= 4
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(PATIENCE) == 0
    # Python's own process that looks after shared memory ends a moment after the others.
    wait_until(lambda: are_gone(processes), served.lines)
    assert not any(map(is_up, ports))


def test_killed_it_leaves_nothing_behind(served: Served) -> None:
    processes = served.processes()
    served.process.kill()
    served.process.wait(PATIENCE)
    wait_until(lambda: are_gone(processes), served.lines)


def test_where_the_admins_server_ends_by_itself_so_does_the_other(served: Served) -> None:
    processes = served.processes()
    # Its worker bears the same command, and is not a child of ours.
    running = table()
    (second,) = (
        pid
        for pid in processes
        if running[pid].parent == served.process.pid and "--on-admin-port" in running[pid].command
    )
    os.kill(second, signal.SIGKILL)
    assert served.process.wait(PATIENCE) == 1
    wait_until(lambda: are_gone(processes), served.lines)
    # The worker that it left behind may have the last word.
    assert any("ended by itself" in line for line in served.lines())


def test_a_port_that_is_taken_stops_the_start(home: Path, ports: list[int]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports[1]))
        other.listen()
        with serving(home, ports[:1], SOSDIR_ADMIN_PORT=str(ports[1])) as served:
            assert served.process.wait(PATIENCE) == 1
    assert f"127.0.0.1:{ports[1]} cannot be listened on" in served.log.read_text("utf-8")
    # The worker that it left behind may have the last word.
    assert any("ended by itself" in line for line in served.lines())


def test_two_servers_never_share_a_port(home: Path, ports: list[int]) -> None:
    with serving(home, ports[:1]), pytest.raises(ServingError, match="cannot be listened on"):
        serve(Settings(home=home), "127.0.0.1", ports[0])


def test_one_port_cannot_be_both(home: Path) -> None:
    with pytest.raises(ServingError, match="8001 cannot be the public one"):
        serve(Settings(home=home, admin_port=8001), "127.0.0.1", 8001)
