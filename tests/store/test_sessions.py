"""Sessions as stored: each has its end, and belongs to one browser."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from sqlite_utils import Database

from sosdir.accounts import Role
from sosdir.store import accounts, sessions
from tests.cast import NOON

AGENT, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def owner(database: Database) -> int:
    """Give the id of an account with one session."""
    account = accounts.add(database, "hanako", "花子", Role.EDITOR, NOON)
    sessions.begin(database, "first", account.id, AGENT, NOON)
    return account.id


def lives(database: Database, after: timedelta = timedelta(), agent: str = AGENT) -> bool:
    return sessions.find(database, "first", agent, NOON + after) is not None


def test_a_session_belongs_to_one_browser(database: Database, owner: int) -> None:
    assert lives(database)
    assert not lives(database, agent=OTHER)
    assert sessions.find(database, "unknown", AGENT, NOON) is None


def test_a_session_ends_after_a_pause(database: Database, owner: int) -> None:
    assert lives(database, timedelta(hours=1, minutes=59))
    assert not lives(database, timedelta(hours=2))


def test_use_keeps_a_session_alive_for_a_day_of_work(database: Database, owner: int) -> None:
    for hour in range(1, 12):
        assert lives(database, timedelta(hours=hour))
        sessions.touch(database, "first", NOON + timedelta(hours=hour))
    assert lives(database, timedelta(hours=11, minutes=59))
    assert not lives(database, timedelta(hours=12))


def test_a_zone_makes_no_difference(database: Database, owner: int) -> None:
    found = sessions.find(database, "first", AGENT, NOON.astimezone(UTC))
    assert found is not None
    assert found.began_at == NOON


def test_a_session_that_has_ended_stays_ended(database: Database, owner: int) -> None:
    sessions.end(database, "first")
    sessions.touch(database, "first", NOON)
    assert not lives(database)


def test_those_that_are_over_are_swept_out(database: Database, owner: int) -> None:
    later = NOON + timedelta(hours=3)
    sessions.begin(database, "second", owner, AGENT, later)
    assert database["session"].count == 1
    assert [each.token_hash for each in sessions.of_account(database, owner, later)] == ["second"]


def test_all_but_one_can_be_ended(database: Database, owner: int) -> None:
    sessions.begin(database, "second", owner, OTHER, NOON)
    sessions.end_all(database, owner, but="second")
    assert [each.token_hash for each in sessions.of_account(database, owner, NOON)] == ["second"]
    sessions.end_all(database, owner)
    assert sessions.of_account(database, owner, NOON) == []
