"""The history of a notice is added to and read, never changed; how it stands follows from it."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from sosdir import db
from sosdir.errors import NotFoundError
from sosdir.models import DataPackage
from sosdir.notices import Action, Notice, Version
from sosdir.store import notices, packages
from sosdir.store.notices import Entry
from tests.cast import NOON, TODAY
from tests.noticing import a_notice
from tests.reviewing import HANAKO


def add(
    database: Database, action: Action, notice: Notice | None = None, minute: int = 0
) -> Version:
    at = NOON + timedelta(minutes=minute)
    return notices.add(database, Entry(notice or a_notice(), action, HANAKO, at, "理由"))


def test_a_version_is_read_as_it_was_written(database: Database) -> None:
    made = add(database, Action.DRAFTED)
    assert notices.history(database, a_notice().id) == [made]
    assert made.notice == a_notice()
    assert (made.version, made.author, made.why, made.made_at) == (1, HANAKO, "理由", NOON)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE notice_version SET content = '{}'",
        "DELETE FROM notice_version",
        "REPLACE INTO notice_version SELECT * FROM notice_version",
        "INSERT OR REPLACE INTO notice_version SELECT 99, notice_id, version, action, made_at,"
        " account_id, account_name, why, content FROM notice_version",
    ],
)
def test_no_version_is_changed_removed_or_replaced(database: Database, sql: str) -> None:
    add(database, Action.PUBLISHED)
    with pytest.raises(sqlite3.IntegrityError, match="a version of a notice is never"):
        database.execute(sql)


D, R, P, B, W = (
    Action.DRAFTED,
    Action.REJECTED,
    Action.PUBLISHED,
    Action.RESTORED,
    Action.WITHDRAWN,
)


@pytest.mark.parametrize(
    ("actions", "public", "draft", "withdrawn"),
    [
        ([D], None, 1, False),
        ([D, D], None, 2, False),
        ([D, R], None, None, False),
        ([D, P], 2, None, False),
        ([P, D], 1, 2, False),
        ([P, D, R], 1, None, False),
        ([P, W], None, None, True),
        ([P, D, W], None, 2, True),
        ([P, W, D], None, 3, True),
        ([P, W, B], 3, None, False),
        ([P, W, P], 3, None, False),
    ],
)
def test_how_a_notice_stands_follows_from_its_history(
    database: Database,
    actions: list[Action],
    public: int | None,
    draft: int | None,
    withdrawn: bool,
) -> None:
    for action in actions:
        add(database, action)
    standing = notices.get(database, a_notice().id)
    assert standing.newest.version == len(actions)
    assert (standing.public.version if standing.public else None) == public
    assert (standing.draft.version if standing.draft else None) == draft
    assert standing.was_withdrawn is withdrawn


def test_an_id_is_never_given_twice(database: Database) -> None:
    assert notices.new_id(database, TODAY) == "2026-11-25-1"
    add(database, D)
    add(database, R)
    assert notices.new_id(database, TODAY) == "2026-11-25-2"


def test_the_published_ones_are_read_the_newest_day_first(database: Database) -> None:
    add(database, P, a_notice("a", day=TODAY - timedelta(days=1)))
    add(database, P, a_notice("b"), minute=1)
    add(database, P, a_notice("c"), minute=2)
    add(database, D, a_notice("d"))
    add(database, P, a_notice("c", title="新しい題"), minute=9)
    found = notices.published(database)
    assert [each.notice.id for each in found] == ["c", "b", "a"]
    assert found[0].published_at == NOON + timedelta(minutes=2)
    assert found[0].updated_at == NOON + timedelta(minutes=9)
    assert found[0].notice.title == "新しい題"


def test_drafts_wait_in_their_order(database: Database) -> None:
    for key in ("b", "a"):
        add(database, D, a_notice(key))
    assert [each.newest.notice.id for each in notices.waiting(database)] == ["b", "a"]
    assert notices.count_waiting(database) == notices.count(database) == 2
    assert len(notices.everything(database, 1)) == 1


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        notices.get(database, "nothing")
    with pytest.raises(NotFoundError):
        notices.version(database, "nothing", 1)
    assert notices.newest_number(database) == 0


def test_notices_outlive_a_load(tmp_path: Path, package: DataPackage) -> None:
    with db.writing(tmp_path / "sosdir.db") as database:
        packages.replace_all(database, package)
        with database.atomic():
            add(database, P)
        packages.replace_all(database, package)
        assert notices.get(database, a_notice().id).public is not None
