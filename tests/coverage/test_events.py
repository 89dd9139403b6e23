"""What changed since a day is told by sources and history, without any value of a channel."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sosdir.coverage import Event, Happening, changes, openings
from sosdir.models import ChannelKind, Service, ServiceStatus
from sosdir.revising import Action, Author, Revision
from tests.cast import NOON, a_channel, a_service

SINCE = date(2026, 11, 1)
HANAKO = Author(1, "花子")


def history(*told: tuple[Action, Service], start: datetime = NOON) -> list[Revision]:
    return [
        Revision(
            number, service.id, number, action, start + timedelta(hours=number), HANAKO,
            None, None, None, service,
        )
        for number, (action, service) in enumerate(told, 1)
    ]  # fmt: skip


def happened(*told: tuple[Action, Service], since: date = SINCE) -> list[Event]:
    service = told[-1][1]
    return list(changes([service], {service.id: history(*told)}, since))


def test_a_line_that_is_published_anew_was_added() -> None:
    (event,) = happened((Action.PUBLISHED, a_service()))
    assert (event.happening, event.on) == (Happening.ADDED, NOON.date())


def test_what_was_there_when_history_began_is_no_change() -> None:
    assert happened((Action.LOADED, a_service())) == []


def test_a_draft_is_no_change() -> None:
    assert happened((Action.LOADED, a_service()), (Action.DRAFTED, a_service(name="x"))) == []


def test_an_end_is_told() -> None:
    ended = a_service(status=ServiceStatus.DEFUNCT)
    (event,) = happened((Action.LOADED, a_service()), (Action.PUBLISHED, ended))
    assert event.happening is Happening.ENDED


def test_a_line_that_is_let_go_from_hold_was_added() -> None:
    held = a_service(hold="?")
    (event,) = happened((Action.LOADED, held), (Action.PUBLISHED, a_service()))
    assert event.happening is Happening.ADDED


def test_a_line_on_hold_is_told_by_nothing() -> None:
    held = a_service(hold="?", established="2026-11-20")
    assert openings([held]) == ()
    assert happened((Action.LOADED, a_service()), (Action.PUBLISHED, held)) == []


def test_channels_that_come_and_go_are_told_by_their_kind() -> None:
    line = a_channel("minato-sos", 2, ChannelKind.LINE, "@secret", None)
    with_line = a_service(channels=(line,))
    gained, lost = happened((Action.LOADED, a_service()), (Action.PUBLISHED, with_line))
    assert (gained.happening, gained.kinds) == (Happening.GAINED, (ChannelKind.LINE,))
    assert (lost.happening, lost.kinds) == (Happening.LOST, (ChannelKind.PHONE,))
    assert "@secret" not in repr((gained, lost))


def test_another_number_is_not_told() -> None:
    other = a_service(channels=(a_channel("minato-sos", value="03-0000-0008"),))
    assert happened((Action.LOADED, a_service()), (Action.PUBLISHED, other)) == []


def test_what_came_before_the_day_is_left_out() -> None:
    assert happened((Action.PUBLISHED, a_service()), since=date(2026, 11, 26)) == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026年11月20日(常設)", date(2026, 11, 20)),
        ("2026-11", date(2026, 11, 1)),
        ("2026", date(2026, 1, 1)),
        ("令和8年11月20日", date(2026, 11, 20)),
        ("令和8年11月", date(2026, 11, 1)),
        ("2026年度", date(2026, 4, 1)),
        ("令和8年度（7月～）", date(2026, 4, 1)),
        ("9月1日（年の記載なし。2026年度の受賞記事より前）", None),
        ("2026-13-45", None),
        (None, None),
    ],
)
def test_a_line_opened_on_the_first_day_that_its_source_allows(
    words: str | None, first: date | None
) -> None:
    found = openings([replace(a_service(), established=words)])
    assert [each.on for each in found] == ([first] if first else [])
    assert all(each.happening is Happening.OPENED for each in found)
