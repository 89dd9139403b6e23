"""Folding: what people type meets what sources write."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sosdir.text import bigrams, fold, fold_digits, runs, words

# Letters whose folding meets: voiced marks, small letters, hyphens, control characters.
TRICKY = st.text(
    alphabet=st.sampled_from("ヶヵかけ゛゙ﾞカガにんしんニンシ\0\u200b\u00ad 　-ー1０(.İßſ")
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ＬＩＮＥ", "line"),
        ("ﾖｺﾊﾏ", "よこはま"),
        ("ヨコハマ", "よこはま"),
        ("茅ヶ崎", "茅ケ崎"),
        ("にんしんSOS", "妊娠SOS"),
        ("ニンシンＳＯＳ", "妊娠sos"),
        ("０３−００００−０００１", "03-0000-0001"),
        ("03‐0000–0001", "03-0000-0001"),
        ("渋谷区\u3000\t夜", "渋谷区 夜"),
        ("  みなと  ", "みなと"),
        ("みな\u200bと\x00", "みなと"),
        ("ガ", "ガ"),
    ],
)
def test_two_writings_of_one_thing_fold_alike(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


def test_folded_text_is_plain_and_small() -> None:
    assert fold("ニンシン ＳＯＳ") == "妊娠 sos"


def test_a_word_that_a_control_character_parts_is_whole_again() -> None:
    assert fold("にん\x00しん") == "妊娠"


def test_different_words_stay_different() -> None:
    assert fold("はは") != fold("ばば")


@given(st.text() | TRICKY)
@example("ヶ゙")
@example("にん\x00しん")
@example("か\x00゙")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | TRICKY)
def test_folded_text_holds_nothing_that_cannot_be_seen(text: str) -> None:
    assert fold(text).isprintable()


@pytest.mark.parametrize(
    "typed",
    [
        "03-0000-0001",
        "０３−００００−０００１",
        "03ー0000ー0001",
        "(03)0000-0001",
        "03 0000 0001",
        "03.0000.0001",
        "03・0000・0001",
        "0300000001",
    ],
)
def test_every_writing_of_a_number_is_one_word(typed: str) -> None:
    assert fold_digits(typed).lstrip("(") == "0300000001"


def test_hyphens_between_letters_stay() -> None:
    assert fold_digits("a-b 3-b") == "a-b 3-b"


def test_a_query_is_split_at_spaces_of_any_width() -> None:
    assert words("渋谷区　夜 LINE") == ("渋谷区", "夜", "line")


def test_an_empty_query_has_no_words() -> None:
    assert words(" 　") == ()


def test_punctuation_parts_the_runs() -> None:
    assert runs("にんしんSOS(横浜)・03-0000-0001") == ("妊娠sos", "横浜", "0300000001")


def test_a_run_is_cut_into_overlapping_pairs() -> None:
    assert bigrams("妊娠相談") == ("妊娠", "娠相", "相談")


def test_one_letter_stands_for_itself() -> None:
    assert bigrams("夜") == ("夜",)


@given(st.text(alphabet="妊娠相談sos1", min_size=2, max_size=20))
def test_the_pairs_of_a_run_say_the_run(run: str) -> None:
    pairs = bigrams(run)
    assert pairs[0] + "".join(pair[1] for pair in pairs[1:]) == run


@given(st.text())
def test_no_text_breaks_the_splitting(text: str) -> None:
    for run in runs(text):
        assert run
        assert all(bigrams(run))
