"""What a report is, and how many numbers reports may label."""

from datetime import timedelta

import pytest

from sosdir.reports import (
    ANSWER_LABELS,
    MOST_LABELLED_AT_ONCE,
    MOST_LABELLED_WITHIN_AN_HOUR,
    SUBJECT_LABELS,
    Answer,
    Message,
    Reply,
    Report,
    Subject,
    may_label,
)
from tests.cast import NOON

MESSAGE = Message("minato-sos", "minato-sos-1", Subject.NUMBER, "ちがう人が出た", None)


def test_every_subject_and_answer_has_its_words() -> None:
    assert set(SUBJECT_LABELS) == set(Subject)
    assert set(ANSWER_LABELS) == set(Answer)


def test_a_report_waits_until_it_is_answered() -> None:
    report = Report(1, MESSAGE, NOON, True, None)
    assert report.is_waiting
    reply = Reply(Answer.CORRECTED, None, NOON, "花子")
    assert not Report(1, MESSAGE, NOON, True, reply).is_waiting


@pytest.mark.parametrize(("hours", "days"), [(-1, 0), (0, 0), (23, 0), (24, 1), (49, 2)])
def test_a_report_ages_by_whole_days(hours: int, days: int) -> None:
    report = Report(1, MESSAGE, NOON, True, None)
    assert report.days_waiting(NOON + timedelta(hours=hours)) == days


@pytest.mark.parametrize(
    ("within_the_hour", "at_once", "may"),
    [
        (0, 0, True),
        (MOST_LABELLED_WITHIN_AN_HOUR - 1, MOST_LABELLED_AT_ONCE - 1, True),
        (MOST_LABELLED_WITHIN_AN_HOUR, 0, False),
        (0, MOST_LABELLED_AT_ONCE, False),
    ],
)
def test_only_so_many_numbers_are_labelled(within_the_hour: int, at_once: int, may: bool) -> None:
    assert may_label(within_the_hour, at_once) is may
