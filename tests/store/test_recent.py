"""The histories of what changed since an instant are read, and no others."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from sosdir.revising import Action, Author
from sosdir.store import recent, revisions
from sosdir.store.revisions import Entry
from tests.cast import NOON, a_service

HANAKO = Author(7, "花子")


def test_a_history_is_whole_where_its_end_is_recent(database: Database) -> None:
    for days, key in ((9, "minato-sos"), (1, "minato-sos"), (9, "sagami-night")):
        made = NOON - timedelta(days=days)
        revisions.add(database, Entry(a_service(key), Action.PUBLISHED, HANAKO, made))
    found = recent.histories(database, NOON - timedelta(days=2))
    assert {key: [each.version for each in history] for key, history in found.items()} == {
        "minato-sos": [2, 1]
    }
    assert recent.histories(database, NOON) == {}


def test_what_reached_nobody_takes_no_place_of_what_did(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    for key, action in (
        ("minato-sos", Action.PUBLISHED),
        ("sagami-night", Action.PUBLISHED),
        ("mukashi-sos", Action.DRAFTED),
        ("nihon-always", Action.REJECTED),
        ("minato-sos", Action.DRAFTED),
    ):
        revisions.add(database, Entry(a_service(key), action, HANAKO, NOON))
    found = recent.histories(database, NOON)
    assert {key: len(history) for key, history in found.items()} == {
        "minato-sos": 2,
        "sagami-night": 1,
    }
