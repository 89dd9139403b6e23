"""A decision carries the revision at which it was made, and the words it needs."""

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.forms.review import MAX_WORDS, DecisionForm, RestoringForm


def decision(**told: str) -> DecisionForm:
    return DecisionForm(MultiDict(told))


def test_publishing_needs_no_words() -> None:
    form = decision(opened="12")
    assert form.validate_publishing()
    assert (form.revision, form.words) == (12, None)


def test_rejecting_needs_a_reason() -> None:
    form = decision(opened="12", why=" \n ")
    assert not form.validate_rejecting()
    ((field, label, reason),) = form.faults()
    assert (field, label) == ("why", "理由")
    assert "差し戻す理由を書いてください" in reason
    assert decision(opened="12", why="番号が古い").validate_rejecting()


@pytest.mark.parametrize("opened", ["", " ", "x", "-1", "1.0", "²", "9" * 19, "0x1"])
def test_a_revision_is_a_number_that_can_be(opened: str) -> None:
    form = decision(opened=opened, why="理由")
    assert not form.validate_publishing()
    assert not form.validate_rejecting()
    assert "開き直して" in form.faults()[0][2]


def test_a_service_without_history_is_at_zero() -> None:
    form = decision(opened="0")
    assert form.validate_publishing()
    assert form.revision == 0


def test_words_have_an_end() -> None:
    assert decision(opened="1", why="あ" * MAX_WORDS).validate_rejecting()
    assert not decision(opened="1", why="あ" * (MAX_WORDS + 1)).validate_rejecting()


def test_what_is_brought_back_may_name_its_source() -> None:
    form = RestoringForm(MultiDict({"opened": "3", "why": " まちがい ", "given_source": " 頁 "}))
    assert form.validate()
    assert (form.revision, form.words, form.source) == (3, "まちがい", "頁")
    bare = RestoringForm(MultiDict({"opened": "3"}))
    assert bare.validate()
    assert (bare.words, bare.source) == (None, None)
