"""What the public says is wrong, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sosdir.locales import mark

# One person must not be able to label every number. The directory holds a few hundred, of which
# a handful change in a year.
MOST_LABELLED_WITHIN_AN_HOUR = 10
MOST_LABELLED_AT_ONCE = 40
AN_HOUR = timedelta(hours=1)


class Subject(StrEnum):
    """Tell what a report says is wrong."""

    NUMBER = "number"
    HOURS = "hours"
    CLOSED = "closed"
    OTHER = "other"


class Answer(StrEnum):
    """Tell what an admin found."""

    CORRECTED = "corrected"
    NOTHING_WRONG = "nothing_wrong"
    NOT_CLEAR = "not_clear"
    SPAM = "spam"


SUBJECT_LABELS = MappingProxyType(
    {
        Subject.NUMBER: mark("番号や連絡先がちがう・つながらない"),
        Subject.HOURS: mark("受付時間がちがう"),
        Subject.CLOSED: mark("もうやっていない"),
        Subject.OTHER: mark("そのほか"),
    }
)

ANSWER_LABELS = MappingProxyType(
    {
        Answer.CORRECTED: "確かめて、直した",
        Answer.NOTHING_WRONG: "確かめた。ちがいはなかった",
        Answer.NOT_CLEAR: "確かめきれなかった",
        Answer.SPAM: "いたずら・宣伝だった",
    }
)

# Of these a report can say which channel it means.
ABOUT_A_CHANNEL = frozenset({Subject.NUMBER, Subject.HOURS})


@dataclass(frozen=True, slots=True)
class Message:
    """Hold what a visitor sends.

    Args:
        service_id: of the service it is about.
        channel_id: of the channel it is about, None where it names none.
        subject: what is wrong.
        words: the visitor's own, or None.
        contact: where the visitor can be asked back, or None; erased with the answer.
    """

    service_id: str
    channel_id: str | None
    subject: Subject
    words: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what an admin answered.

    Args:
        answer: what was found.
        words: for the file, or None.
        made_at: with a zone.
        made_by: the admin's name.
    """

    answer: Answer
    words: str | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """Hold one report and what became of it.

    Args:
        id: in the order received, from 1.
        message: as sent; without its contact once answered.
        received_at: with a zone.
        labels: whether it labels its channel as doubted while it waits.
        reply: of an admin, None while it waits.
    """

    id: int
    message: Message
    received_at: datetime
    labels: bool
    reply: Reply | None

    @property
    def is_waiting(self) -> bool:
        """Tell whether nobody has answered it."""
        return self.reply is None

    def days_waiting(self, now: datetime) -> int:
        """Return how many whole days ago it was received.

        Args:
            now: with a zone.
        """
        return max(0, (now - self.received_at).days)


def may_label(within_the_hour: int, at_once: int) -> bool:
    """Tell whether one number more may be labelled; past the measure an admin looks first.

    Args:
        within_the_hour: numbers that reports have labelled in the last hour.
        at_once: numbers that are labelled now.
    """
    return within_the_hour < MOST_LABELLED_WITHIN_AN_HOUR and at_once < MOST_LABELLED_AT_ONCE
