"""Folding and refusing opening_hours expressions."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosdir.errors import HoursError
from sosdir.schedules import normalise
from sosdir.schedules.folding import fold

PUBLISHED = [
    "09:00-20:00",
    "09:00-21:00",
    "10:00-21:30",
    "24/7",
    "Mo,Fr 10:00-16:00; PH off",
    "Mo,Th 15:00-20:00; Sa 11:00-16:00",
    "Mo,We 13:30-16:00",
    "Mo,We,Fr 14:00-17:00",
    "Mo,We,Fr 16:00-21:00; PH off",
    "Mo,We,Fr,Sa 12:00-15:00; PH off",
    "Mo,We,Fr,Sa 18:00-21:00; Tu,Th 13:00-16:00",
    "Mo-Fr 05:00-07:00,22:00-24:00; Sa,Su,PH 10:00-12:00,22:00-24:00",
    "Mo-Fr 08:15-17:00; PH off",
    "Mo-Fr 08:30-16:30",
    "Mo-Fr 08:30-17:00; PH off",
    "Mo-Fr 08:30-17:15",
    "Mo-Fr 08:30-17:15; PH off",
    "Mo-Fr 08:30-17:30; PH off",
    "Mo-Fr 08:30-18:00",
    "Mo-Fr 08:30-18:00; PH off",
    "Mo-Fr 08:30-19:00; PH off",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-18:00,21:00-23:00; Sa,Su,PH 12:00-18:00",
    "Mo-Fr 09:00-21:00; Sa,Su,PH 13:00-21:00",
    "Mo-Fr 10:00-16:00",
    "Mo-Fr 10:00-16:00; PH off",
    "Mo-Fr 10:00-16:00; Sa 13:00-20:00; PH off",
    "Mo-Fr 10:00-16:00; Sa 17:00-21:00; PH off",
    "Mo-Fr 10:00-17:00",
    "Mo-Fr 10:00-18:00",
    "Mo-Fr 10:00-19:00",
    "Mo-Sa 09:00-17:00",
    "Mo-Sa 09:00-17:30; PH off",
    "Mo-Sa 13:00-21:00",
    "Mo-Su 06:00-22:00",
    "Mo-Su 09:30-16:00; PH off",
    "Mo-Su 09:00-17:30",
    "Mo-Su 10:00-20:00",
    "Mo-Su 10:00-22:00",
    "Mo-Su 10:00-22:00; Jan 01 off",
    "Mo-Su 16:00-24:00",
    "Mo-Su 18:00-24:00",
    "Mo-Tu,Th-Su 09:00-16:00; PH off",
    "Mo-We,Fr 08:30-17:15; Th 08:30-19:00; PH off; Dec 29-Jan 03 off",
    "Mo-We,Fr 09:00-12:00; PH off",
    "Su-Th 10:00-18:00; PH off; Aug 13-15 off; Dec 29-Jan 03 off",
    "Th 08:30-17:15",
    "Tu 11:00-15:00",
    "Tu,Sa 10:00-20:00",
    "Tu,Th 10:00-16:00",
    "Tu,We,Fr 15:00-20:00; Su 09:00-14:00; Jan 01 off",
    "We,Sa 13:00-17:00",
]


@pytest.mark.parametrize("expression", PUBLISHED)
def test_what_the_directory_publishes_is_its_own_normal_form(expression: str) -> None:
    assert normalise(expression) == expression


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ｍｏ－Ｆｒ　９：００〜１７：００", "Mo-Fr 09:00-17:00"),
        ("mo-fr 9:00～17:00；ph OFF", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo–Fr 10:00―16:00", "Mo-Fr 10:00-16:00"),
        ("Mo - Fr 08:30 - 17:15", "Mo-Fr 08:30-17:15"),
        ("Mo-Fr 08:30 -17:15", "Mo-Fr 08:30-17:15"),
        ("Mo-Fr 10:00ー16:00", "Mo-Fr 10:00-16:00"),
        ("Mo、We・Fr 10:00-12:00、13:00-16:00", "Mo,We,Fr 10:00-12:00,13:00-16:00"),
        ("Mo, Tu 10:00-12:00", "Mo,Tu 10:00-12:00"),
        ("Mo-Fr 9:00-17:00、Sa 9:00-12:00", "Mo-Fr 09:00-17:00, Sa 09:00-12:00"),
        ("24／7", "24/7"),
        ("24/7、ph off", "24/7, PH off"),
        ("  Mo 10:00-12:00 ;; PH off ; ", "Mo 10:00-12:00; PH off"),
        ("Mo 10:00-12:00 「要予約、昼休み」", 'Mo 10:00-12:00 "要予約、昼休み"'),
        ('Mo "Ａ；Ｂ"、Tu 10:00-12:00', 'Mo "Ａ；Ｂ", Tu 10:00-12:00'),
        ("Mo 10:00-12:00||unknown", "Mo 10:00-12:00 || unknown"),
        ("Mo 10:00-12:00\n PH　off", "Mo 10:00-12:00 PH off"),
        ("PH +1 day off", "PH +1 day off"),
        ("Mo[-1] -1 day 10:00-12:00", "Mo[-1] -1 day 10:00-12:00"),
    ],
)
def test_japanese_typing_is_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("expression", "position", "word"),
    [
        ("", 0, "空"),
        ("　 ；", 0, "空"),
        ("24/24", 0, "24/24"),
        ("月〜金 10:00-16:00", 0, "曜日は Mo"),
        ("Mo-Fr 10-16", 6, "10:00-16:00 のように"),
        ("Mo-Fr 10時〜16時", 6, "10:00-16:00 のように"),
        ("Mo-Fr 25:00-30:00", 6, "25:00-30:00"),
        ("Mo-Fr 10:00-49:00", 12, "49:00"),
        ("Mo-Fr 10:00 16:00", 12, "16:00"),
        ("Mo-Fr 10:00", 11, "途中で終わって"),
        ("Ｍｏ，ＰＨ，Ｔｕ 10:00-12:00", 6, "祝日 PH は"),
        ('Mo 10:00-12:00 "要予約', 15, "注記"),
        ('Mo 10:00-12:00 "要予約" 13時', 21, "13時"),
        ("Mo-Fr 10:00-16:00 PH off", 18, "PH off"),
        ("Mo-Fr 10:00-16:00; SH off", 19, "学校"),
        ("Mo 10:00-12:00; easter off", 16, "easter"),
        ("Mo sunrise-18:00", 3, "日の出"),
        ("Mo 10:00-(dusk-01:00)", 10, "日の出"),
        ("Mo 10:00-16:00/90", 3, "間隔"),
        ("Mo 10:00-10:00", 3, "同じ時刻"),
        ("Mo 10:00-12:00; Apr 31 off", 16, "Apr 31"),
        ("Feb 28-30 off", 0, "Feb 28-30"),
        ("Mo 10:00-12:00; PH Mo off", 16, "何通りにも"),
        ("Mo PH 10:00-12:00", 0, "何通りにも"),
        ('"予約":10:00-12:00', 0, "何通りにも"),
        ("Mo 10:00\u200b-12:00", 8, "目に見えない"),
        ("Mo\ud800", 2, "目に見えない"),
        ("Mo-Fr 10:00-16:00; " * 27 + "PH off", 500, "500文字"),
        (" " * 2_001 + "24/7", 500, "500文字"),
    ],
)
def test_a_bad_expression_is_refused_with_the_place_of_its_fault(
    expression: str, position: int, word: str
) -> None:
    with pytest.raises(HoursError, match=re.escape(word)) as caught:
        normalise(expression)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "expression",
    ['Mo 10:00-12:00 "easter SH Apr 31 10:00-10:00"', "Feb 29 off", "Mo[2,4] 22:00-26:00"],
)
def test_comments_and_rare_days_are_not_refused(expression: str) -> None:
    assert normalise(expression) == expression


def test_a_fault_without_a_place_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from sosdir.schedules import expression, rules

    def refuse(text: str) -> None:
        raise rules.ParserError("no place")

    monkeypatch.setattr(expression, "parse", refuse)
    with pytest.raises(HoursError) as caught:
        normalise("Mo 07:07-08:08")
    assert caught.value.position is None


_WORDS = "Mo Tu-Fr Sa[2,4] PH SH ＰＨ 10:00-12:00 9:00 22:00-26:00 10:00+ Jan 01 Apr 31 off unknown"
_MARKS = ' 　,、;|-〜ー:/(\n「"要'
_PIECES = st.sampled_from([*_WORDS.split(), *_MARKS, ", ", "||", "24/7", "+1 day", "week 4"])
_ALMOST = st.lists(_PIECES, max_size=10).map("".join)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text() | _ALMOST)
def test_any_text_is_normalised_or_refused_with_a_place_inside_it(text: str) -> None:
    try:
        normal = normalise(text)
    except HoursError as refusal:
        position = refusal.position
    else:
        position = 0
        assert normalise(normal) == normal
    assert position is not None
    assert 0 <= position <= len(fold(text))


@settings(deadline=None)  # a busy machine is no fault
@given(_ALMOST)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text", [";;,x", "；、Mo", "｢要予約｣", "Mo 10:00-12:00 ﹁要予約﹂,Tu off", "1 -｜｜"]
)
def test_what_the_fuzzer_found_is_folded_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("brackets", ["「」", "｢｣", "『』", "﹁﹂"])
def test_a_comment_may_stand_in_any_brackets(brackets: str) -> None:
    assert normalise(f"Mo 10:00-12:00 {brackets[0]}要予約{brackets[1]}") == (
        'Mo 10:00-12:00 "要予約"'
    )


@pytest.mark.parametrize(
    "expression", ["20210:00-11:00", "Dec 2910:00-12:00", "week 410:00-11:00", "2026 Dec 110:00+"]
)
def test_days_that_run_into_the_hours_are_refused(expression: str) -> None:
    with pytest.raises(HoursError):
        normalise(expression)
