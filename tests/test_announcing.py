"""Notices are drafted, published, taken down and brought back, and nobody overwrites in silence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from sosdir import announcing
from sosdir.errors import NotFoundError, RefusedError
from sosdir.models import EvidenceLevel
from sosdir.notices import Action, StaleNoticeError
from sosdir.store import notices as store
from sosdir.store import services
from sosdir.store.notices import Entry
from tests.cast import NOON, TODAY, a_service
from tests.noticing import a_notice
from tests.reviewing import HANAKO

KEY = a_notice().id


def publish(database: Database, opened: int | None = None, **changes: object) -> None:
    announcing.keep(database, a_notice(**changes), opened, HANAKO, NOON)


def test_a_notice_is_published_and_changed(database: Database) -> None:
    publish(database)
    publish(database, opened=1, title="新しい題")
    assert store.get(database, KEY).opened.title == "新しい題"
    assert [each.action for each in store.history(database, KEY)] == [Action.PUBLISHED] * 2


def test_a_stale_change_is_refused_with_what_came_between(database: Database) -> None:
    publish(database)
    publish(database, opened=1, title="相手の題")
    with pytest.raises(StaleNoticeError) as stale:
        publish(database, opened=1, title="わたしの題")
    assert stale.value.base == a_notice()
    assert stale.value.standing.opened.title == "相手の題"
    assert len(store.history(database, KEY)) == 2


@pytest.mark.parametrize("opened", [0, 99])
def test_a_version_that_never_was_is_stale(database: Database, opened: int) -> None:
    publish(database)
    with pytest.raises(StaleNoticeError):
        publish(database, opened=opened)


@pytest.mark.parametrize("number", ["03-0000-0005", "03-0000-0006", "03-3235-2638"])
@pytest.mark.parametrize("action", [Action.DRAFTED, Action.PUBLISHED, Action.RESTORED])
def test_no_way_leads_past_the_rule(database: Database, number: str, action: Action) -> None:
    with pytest.raises(RefusedError, match="書けません"):
        announcing.keep(database, a_notice(body=number), None, HANAKO, NOON, action=action)
    assert store.count(database) == 0


def test_a_draft_whose_number_was_withheld_meanwhile_is_not_published(database: Database) -> None:
    notice = a_notice(body="03-0000-0001 へ")
    announcing.keep(database, notice, None, HANAKO, NOON, action=Action.DRAFTED)
    services.save(database, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    with pytest.raises(RefusedError):
        announcing.decide(database, KEY, Action.PUBLISHED, 1, HANAKO, NOON)


def test_a_draft_is_decided_once(database: Database) -> None:
    announcing.keep(database, a_notice(), None, HANAKO, NOON, action=Action.DRAFTED)
    with pytest.raises(NotFoundError):
        announcing.decide(database, KEY, Action.WITHDRAWN, 1, HANAKO, NOON)
    announcing.decide(database, KEY, Action.PUBLISHED, 1, HANAKO, NOON)
    with pytest.raises(NotFoundError):
        announcing.decide(database, KEY, Action.REJECTED, 2, HANAKO, NOON)
    with pytest.raises(StaleNoticeError):
        announcing.decide(database, KEY, Action.WITHDRAWN, 1, HANAKO, NOON)
    announcing.decide(database, KEY, Action.WITHDRAWN, 2, HANAKO, NOON)
    assert announcing.shown(database, TODAY) == ()


def test_a_published_notice_goes_out_of_sight_with_its_number(database: Database) -> None:
    publish(database, body="みなとSOSは 03-0000-0001 です")
    publish_at = NOON + timedelta(minutes=1)
    store.add(database, Entry(a_notice("other"), Action.PUBLISHED, HANAKO, publish_at))
    assert len(announcing.shown(database, TODAY)) == 2
    services.save(database, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    assert [each.notice.id for each in announcing.shown(database, TODAY)] == ["other"]
    (reason,) = announcing.kept_back(database, store.get(database, KEY), TODAY)
    assert "03-0000-0001" in reason
    services.save(database, a_service())
    assert len(announcing.shown(database, TODAY)) == 2


def test_a_notice_goes_out_of_sight_on_the_day_its_report_has_aged(database: Database) -> None:
    reported = replace(a_service(), evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    services.save(database, reported)
    publish(database, body="03-0000-0001")
    assert announcing.shown(database, date(2026, 12, 31)) != ()
    assert announcing.shown(database, date(2027, 1, 1)) == ()
