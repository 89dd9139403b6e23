"""Reports are kept, label what they doubt, and lose the contact with the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from sosdir import db
from sosdir.errors import AnsweredError, NotFoundError
from sosdir.reports import (
    MOST_LABELLED_AT_ONCE,
    MOST_LABELLED_WITHIN_AN_HOUR,
    Answer,
    Message,
    Reply,
    Subject,
)
from sosdir.store import reports, services
from tests.cast import NOON, a_channel, a_service

REPLY = Reply(Answer.NOTHING_WRONG, "電話で確かめた", NOON + timedelta(days=1), "公開の花子")


def a_message(
    channel_id: str | None = "minato-sos-1",
    subject: Subject = Subject.NUMBER,
    contact: str | None = "hito@example.jp",
) -> Message:
    return Message("minato-sos", channel_id, subject, "ちがう人が出た", contact)


def label(database: Database, count: int, at: datetime) -> None:
    """Report so many different numbers."""
    for number in range(count):
        reports.add(database, a_message(f"at-{at:%H%M}-{number}"), at)


def test_a_report_is_read_as_it_was_added(database: Database) -> None:
    added = reports.add(database, a_message(), NOON)
    assert reports.get(database, added.id) == added
    assert added.message == a_message()
    assert added.received_at == NOON
    assert added.is_waiting


def test_a_report_that_is_not_there_is_told(database: Database) -> None:
    with pytest.raises(NotFoundError, match="no report 7"):
        reports.get(database, 7)


def test_the_oldest_waits_first_and_the_newest_answer_stands_first(database: Database) -> None:
    first, second, third = (reports.add(database, a_message(), NOON) for _ in range(3))
    reports.answer(database, second.id, REPLY)
    assert [each.id for each in reports.waiting(database)] == [first.id, third.id]
    reports.answer(database, first.id, Reply(Answer.SPAM, None, NOON + timedelta(days=2), "花子"))
    assert [each.id for each in reports.answered(database, 9)] == [first.id, second.id]
    assert [each.id for each in reports.answered(database, 1)] == [first.id]


def test_reports_wait_for_their_service(database: Database) -> None:
    mine = reports.add(database, a_message(), NOON)
    reports.add(database, Message("other", None, Subject.CLOSED, None, None), NOON)
    assert reports.waiting_for(database, "minato-sos") == [mine]


def test_a_wrong_number_is_labelled_until_it_is_answered(database: Database) -> None:
    first = reports.add(database, a_message(), NOON)
    assert first.labels
    assert reports.doubted_channels(database) == {"minato-sos-1"}
    reports.answer(database, first.id, REPLY)
    assert reports.doubted_channels(database) == frozenset()


def test_a_number_reported_twice_is_labelled_until_both_are_answered(database: Database) -> None:
    first, second = (reports.add(database, a_message(), NOON) for _ in range(2))
    reports.answer(database, first.id, REPLY)
    assert reports.doubted_channels(database) == {"minato-sos-1"}
    reports.answer(database, second.id, REPLY)
    assert reports.doubted_channels(database) == frozenset()


def test_a_number_that_was_corrected_since_is_not_labelled(database: Database) -> None:
    reports.add(database, a_message(), NOON)
    corrected = a_channel("minato-sos", value="03-0000-0099")
    services.save(database, a_service(channels=(corrected,)))
    assert reports.doubted_channels(database) == frozenset()


@pytest.mark.parametrize(
    "message",
    [
        a_message(None),
        *(a_message(subject=each) for each in Subject if each is not Subject.NUMBER),
    ],
)
def test_nothing_else_labels(database: Database, message: Message) -> None:
    assert not reports.add(database, message, NOON).labels
    assert reports.doubted_channels(database) == frozenset()


def test_past_the_measure_of_an_hour_a_report_waits_without_a_label(database: Database) -> None:
    label(database, MOST_LABELLED_WITHIN_AN_HOUR, NOON)
    assert not reports.add(database, a_message("one-more"), NOON).labels
    # A number that bears the label keeps it.
    assert reports.add(database, a_message("at-1200-0"), NOON).labels
    later = NOON + timedelta(hours=1)
    assert reports.add(database, a_message("one-more"), later).labels


def test_answering_at_once_does_not_make_room_within_the_hour(database: Database) -> None:
    for number in range(MOST_LABELLED_WITHIN_AN_HOUR):
        added = reports.add(database, a_message(f"number-{number}"), NOON)
        reports.answer(database, added.id, REPLY)
    assert not reports.add(database, a_message("one-more"), NOON).labels


def test_only_so_many_numbers_are_labelled_at_once(database: Database) -> None:
    hours = range(MOST_LABELLED_AT_ONCE // MOST_LABELLED_WITHIN_AN_HOUR)
    for hour in hours:
        label(database, MOST_LABELLED_WITHIN_AN_HOUR, NOON + timedelta(hours=hour))
    assert len(reports.doubted_channels(database)) == MOST_LABELLED_AT_ONCE
    later = NOON + timedelta(days=1)
    assert not reports.add(database, a_message("one-more"), later).labels


def test_an_answer_erases_the_contact_and_keeps_the_words(database: Database) -> None:
    added = reports.add(database, a_message(), NOON)
    answered = reports.answer(database, added.id, REPLY)
    assert answered.message.contact is None
    assert answered.message.words == "ちがう人が出た"
    assert answered.reply == REPLY


def test_an_erased_contact_is_not_in_the_file(cast_home: Callable[..., Path]) -> None:
    path = cast_home() / "sosdir.db"
    with db.changing(path) as database:
        added = reports.add(database, a_message(), NOON)
    with db.changing(path) as database:
        reports.answer(database, added.id, REPLY)
    with db.writing(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"hito@example.jp" not in path.read_bytes()


def test_a_report_is_answered_once(database: Database) -> None:
    added = reports.add(database, a_message(), NOON)
    reports.answer(database, added.id, REPLY)
    with pytest.raises(AnsweredError):
        reports.answer(database, added.id, Reply(Answer.SPAM, None, NOON, "ほかの人"))
    assert reports.get(database, added.id).reply == REPLY


def test_what_every_page_asks_is_answered_by_its_index(database: Database) -> None:
    plan = database.execute(f"EXPLAIN QUERY PLAN {reports._LABELLED}").fetchall()
    steps = [row[3] for row in plan]
    assert any("INDEX report_labelling" in step for step in steps), steps
    assert not any(step.startswith("SCAN channel") for step in steps), steps
