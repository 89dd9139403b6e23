"""What a visitor sends is checked, and what she typed stays as it was."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.forms.report import MAX_CONTACT, MAX_WORDS, AnswerForm, ReportForm
from sosdir.forms.sealing import SealFault, fault_of_seal, seal
from sosdir.reports import Subject
from tests.cast import NOON

SHOWN = {"minato-sos-1": "電話 03-0000-0001", "minato-sos-2": "LINE @minato"}
KEY = "k" * 32


def a_form(shown: dict[str, str] = SHOWN, **fields: str) -> ReportForm:
    return ReportForm(MultiDict(fields), shown)


def test_a_wrong_number_names_its_channel() -> None:
    form = a_form(subject="number-minato-sos-1", words="ちがう人が出た", contact="a@example.jp")
    assert form.validate()
    message = form.message("minato-sos")
    assert message.subject is Subject.NUMBER
    assert message.channel_id == "minato-sos-1"
    assert message.words == "ちがう人が出た"
    assert message.contact == "a@example.jp"


@pytest.mark.parametrize("subject", ["hours", "closed"])
def test_hours_and_closing_need_no_words(subject: str) -> None:
    form = a_form(subject=subject)
    assert form.validate()
    message = form.message("minato-sos")
    assert (message.subject, message.channel_id, message.words) == (subject, None, None)


def test_where_nothing_is_shown_a_number_can_still_be_reported() -> None:
    form = a_form({}, subject="number")
    assert form.validate()
    assert form.message("mukashi-sos").channel_id is None


@pytest.mark.parametrize(
    "subject", ["", "nothing", "number", "number-other-9", "NUMBER", "number-minato-sos-1 "]
)
def test_what_was_not_offered_is_refused(subject: str) -> None:
    form = a_form(subject=subject)
    assert not form.validate()
    assert form.faults() == [
        ("subject", "どこがちがいますか", "どこがちがうか、ひとつえらんでください。")
    ]


def test_something_else_has_to_be_said() -> None:
    form = a_form(subject="other", words=" \n ")
    assert not form.validate()
    assert [fault[0] for fault in form.faults()] == ["words"]
    assert a_form(subject="other", words="名前がちがう").validate()


@pytest.mark.parametrize(("field", "most"), [("words", MAX_WORDS), ("contact", MAX_CONTACT)])
def test_text_has_its_length_and_is_not_lost(field: str, most: int) -> None:
    assert a_form(subject="hours", **{field: "あ" * most}).validate()
    form = a_form(subject="hours", **{field: "あ" * (most + 1)})
    assert not form.validate()
    assert form.faults()[0][0] == field
    assert form[field].data == "あ" * (most + 1)


def test_a_line_end_counts_as_one_letter_whoever_sends_it() -> None:
    assert a_form(subject="hours", words="あ\r\n" * (MAX_WORDS // 2)).validate()


def test_control_characters_are_dropped() -> None:
    form = a_form(subject="hours", words="一\x00\x1b[31m二\r\n三\u202e四\u2028", contact="\x07a\nb")
    assert form.validate()
    assert form.message("minato-sos").words == "一[31m二\n三四"


def test_unreadable_letters_are_told() -> None:
    form = a_form(subject="hours", words="\ufffd")
    assert not form.validate()
    assert "読み取れません" in form.faults()[0][2]


def test_the_field_that_people_do_not_meet_is_emptied_and_told() -> None:
    form = a_form(subject="hours", homepage="http://spam.example/")
    assert not form.validate()
    assert form.homepage.data == ""
    assert "消しました" in form.faults()[0][2]


@pytest.mark.parametrize(
    ("age", "fault"),
    [
        (timedelta(0), SealFault.EARLY),
        (timedelta(seconds=1.9), SealFault.EARLY),
        (timedelta(seconds=-60), SealFault.EARLY),
        (timedelta(seconds=2), None),
        (timedelta(hours=24), None),
        (timedelta(hours=24, seconds=1), SealFault.LATE),
    ],
)
def test_a_seal_counts_neither_at_once_nor_for_ever(
    age: timedelta, fault: SealFault | None
) -> None:
    text = seal(KEY, "report/a", NOON)
    assert fault_of_seal(KEY, "report/a", text, NOON + age) is fault


@pytest.mark.parametrize("text", ["", "x", "W10.x", "あ", "\x00", "a" * 5000])
def test_a_forged_seal_is_broken(text: str) -> None:
    assert fault_of_seal(KEY, "report/a", text, NOON) is SealFault.BROKEN


def test_a_seal_is_of_one_installation_and_one_service() -> None:
    text = seal(KEY, "report/a", NOON)
    later = NOON + timedelta(minutes=1)
    assert fault_of_seal(KEY, "report/b", text, later) is SealFault.BROKEN
    assert fault_of_seal("o" * 32, "report/a", text, later) is SealFault.BROKEN


def test_an_answer_is_one_of_the_four() -> None:
    assert AnswerForm(MultiDict({"answer": "not_clear"})).validate()
    form = AnswerForm(MultiDict({"answer": "perhaps", "words": "見本"}))
    assert not form.validate()
    assert [fault[0] for fault in form.faults()] == ["answer"]
    assert form.words.data == "見本"
