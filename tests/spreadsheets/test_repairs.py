"""Taking back what spreadsheets do to cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.errors import InputError
from sosdir.models import ChannelKind
from sosdir.spreadsheets import repairs
from sosdir.tabular import TABLE, Column

CODES = frozenset({"00", "01", "13", "012025", "131016", "141003"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "00"),
        ("1", "01"),
        ("13", "13"),
        ("１３", "13"),
        ("130001", "13"),
        ("141003", "141003"),
        ("12025", "012025"),
        ("13101", "131016"),
        ("10006", "01"),
    ],
)
def test_an_area_code_gets_its_lost_digit_back(text: str, code: str) -> None:
    assert repairs.area_code(text, CODES) == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("48", "都道府県はありません"),
        ("141004", "検査数字が違います"),
        ("99999", "検査数字が合いません"),
        ("横浜市", "数字で書いて"),
        ("1410", "桁数が違います"),
        ("14100３x", "数字で書いて"),
    ],
)
def test_an_area_code_that_cannot_be_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        repairs.area_code(text, CODES)


def test_five_digits_that_may_be_either_are_asked_back() -> None:
    # 012025 that lost its zero, or 12025 without its check digit.
    with pytest.raises(InputError, match="どちらとも"):
        repairs.area_code("12025", frozenset({"012025", "120251", "120252", "120258"}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("312345678", "03-1234-5678"),
        ("9012345678", "090-1234-5678"),
        ("18-883-1175", "018-883-1175"),
        ("０３-１２３４-５６７８", "03-1234-5678"),
        ("189", "189"),
        ("12345", "12345"),
        ("111111111", "111111111"),
    ],
)
def test_a_number_gets_its_zero_back_when_it_is_valid_with_it(text: str, number: str) -> None:
    assert repairs.channel_value(ChannelKind.PHONE, text) == number


@pytest.mark.parametrize(
    ("datatype", "text", "plain"),
    [
        ("date", "2026/11/4", "2026-11-04"),
        ("date", "2026年11月4日", "2026-11-04"),
        ("date", "2026/13/4", "2026/13/4"),
        ("boolean", "TRUE", "true"),
        ("boolean", "ＦＡＬＳＥ", "false"),
        ("integer", "1,234", "1234"),
        ("integer", "２０２５", "2025"),
        ("integer", "2025.0", "2025"),
        ("list", "a; b;", "a;b"),
        ("string", "１２３", "１２３"),
    ],
)
def test_a_cell_is_put_in_its_one_writing(datatype: str, text: str, plain: str) -> None:
    assert repairs.plain(Column("x", datatype), text) == plain


def test_a_word_of_a_closed_list_may_be_wide_or_large() -> None:
    focus = next(each for each in TABLE["service"].columns if each.name == "focus")
    assert repairs.plain(focus, "ＭＡＴＥＲＮＩＴＹ") == "maternity"


@pytest.mark.parametrize(
    ("one", "other"),
    [("2016-10", "Oct-16"), ("2016-10", "2016年10月"), ("2016-10-07", "2016/10/7")],
)
def test_a_date_that_a_spreadsheet_rewrote_is_the_same(one: str, other: str) -> None:
    assert repairs.same_date(one, other)


def test_a_dash_that_cp932_writes_otherwise_is_the_same() -> None:
    assert repairs.same_in_cp932("8時\u301c17時", "8時\uff5e17時")
    assert not repairs.same_in_cp932("8時\u301c17時", "8時\uff5e18時")


@pytest.mark.parametrize("other", ["Oct-17", "秋", "", "Okt-16"])
def test_another_date_is_another(other: str) -> None:
    assert not repairs.same_date("2016-10", other)


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠a ", max_size=8))
def test_a_cell_made_inert_comes_back_as_it_was(cell: str) -> None:
    quoted = repairs.quoted(cell)
    assert repairs.unquoted(quoted) == cell
    assert not quoted.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_hours_that_cannot_be_read_stay_as_they_are() -> None:
    assert repairs.hours("平日") == "平日"
    assert repairs.hours("Ｍo-Fr 9:00〜17:00") == "Mo-Fr 09:00-17:00"
