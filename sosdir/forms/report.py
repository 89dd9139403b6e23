"""The form in which the public says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from sosdir.forms.fields import LongText, Radios
from sosdir.forms.query import AT_MOST
from sosdir.locales import Told, mark
from sosdir.reports import ANSWER_LABELS, SUBJECT_LABELS, Answer, Message, Subject

MAX_WORDS = 1000
MAX_CONTACT = 200

_IS_WRONG = mark("%(channel)s がちがう・つながらない")
_CHOOSE = mark("どこがちがうか、ひとつえらんでください。")
_WRITE = mark("どこがちがうか、短くてよいので書いてください。")
_TRAPPED = mark("見えない欄に文字が入っていたので、消しました。もう一度「送る」を押してください。")
_UNREADABLE = mark("文字を読み取れませんでした。もう一度入力してください。")
# What is no text and could garble a line, a list or a terminal; a line's end (\n) is text.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _plain(text: str | None) -> str:
    """Return text without control characters, its line ends of one kind."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def _refuse_unreadable(_form: Form, field: Field) -> None:
    if "\ufffd" in (field.data or ""):
        raise ValidationError(_UNREADABLE)


class ReportForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Check what a visitor sends; ``homepage`` is a field that people do not meet."""

    subject = RadioField(mark("どこがちがいますか"), choices=[], validate_choice=False)
    words = TextAreaField(
        mark(mark("くわしいこと")),
        filters=[_plain],
        validators=[
            Length(max=MAX_WORDS, message=Told(AT_MOST, num=MAX_WORDS)),
            _refuse_unreadable,
        ],
    )
    contact = StringField(
        mark(mark("あなたの連絡先")),
        filters=[_plain],
        validators=[
            Length(max=MAX_CONTACT, message=Told(AT_MOST, num=MAX_CONTACT)),
            _refuse_unreadable,
        ],
    )
    homepage = StringField(mark("この欄は空のままにしてください"))
    seal = HiddenField()

    def __init__(self, sent: MultiDict[str, str] | None, shown: Mapping[str, str]) -> None:
        """Take what was sent.

        Args:
            sent: None where nothing was.
            shown: the channels whose value the page shows, in words, by id.
        """
        super().__init__(sent)
        self._choices = dict(_choices(shown))
        self.subject.choices = [
            SelectChoice(value, label) for value, (_, _, label) in self._choices.items()
        ]
        # One of them has to be chosen; the word "optional" must not stand beside it.
        self.subject.flags.required = True

    def validate_subject(self, field: Field) -> None:
        """Refuse what was not offered."""
        if field.data not in self._choices:
            raise ValidationError(_CHOOSE)

    def validate_words(self, field: Field) -> None:
        """Ask for words where the subject says nothing by itself."""
        if self.subject.data == Subject.OTHER and not field.data:
            raise ValidationError(_WRITE)

    def validate_homepage(self, field: Field) -> None:
        """Refuse what only a robot fills in; kindly, for a browser may have done it."""
        if field.data:
            field.data = ""
            raise ValidationError(_TRAPPED)

    def message(self, service_id: str) -> Message:
        """Return what is sent; the form must be valid.

        Args:
            service_id: of the service it is about.
        """
        subject, channel_id, _ = self._choices[self.subject.data]
        return Message(
            service_id=service_id,
            channel_id=channel_id,
            subject=subject,
            words=self.words.data or None,
            contact=self.contact.data or None,
        )

    def faults(self) -> list[tuple[str | None, str, str]]:
        """Return what is to be mended, in the order of the page: id, label and reason."""
        fields = (self.subject, self.words, self.contact)
        found = [(field.id, field.label.text, field.errors[0]) for field in fields if field.errors]
        return [*found, *((None, "", reason) for reason in self.homepage.errors)]


def _choices(shown: Mapping[str, str]) -> list[tuple[str, tuple[Subject, str | None, str]]]:
    """Return each choice's value with what it means: subject, channel and words."""
    numbers = [
        (f"{Subject.NUMBER}-{key}", (Subject.NUMBER, key, Told(_IS_WRONG, channel=words)))
        for key, words in shown.items()
    ]
    others = [(str(each), (each, None, SUBJECT_LABELS[each])) for each in Subject]
    return [*numbers, *others[1:]] if numbers else [*others]


class AnswerForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Check what an admin answers."""

    answer = Radios("どうでしたか", ANSWER_LABELS, validate_choice=False)
    words = LongText("記録に残すこと", MAX_WORDS)

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(sent)
        self.answer.flags.required = True

    def validate_answer(self, field: Field) -> None:
        """Refuse what is no answer."""
        if field.data not in set(Answer):
            raise ValidationError("確かめた結果を、ひとつえらんでください。")

    def faults(self) -> list[tuple[str, str, str]]:
        """Return what is to be mended, in the order of the page: id, label and reason."""
        fields = (self.answer, self.words)
        return [(each.id, each.label.text, each.errors[0]) for each in fields if each.errors]
