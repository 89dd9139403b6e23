"""What a planner asks for is read, or refused with a sentence."""

from datetime import date

import pytest

from sosdir.forms.planning import read_choice, read_since
from sosdir.forms.query import BadParametersError

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_day_is_no_question(value: str | None) -> None:
    assert read_since(value, TODAY) is None


@pytest.mark.parametrize("value", ["2026-11-25", " 2026-11-25 ", "20261125"])
def test_a_day_up_to_today_is_read(value: str) -> None:
    assert read_since(value, TODAY) == TODAY


@pytest.mark.parametrize("value", ["2026-11-26", "1999-12-31", "2026/06/01", "x", "2026-02-30"])
def test_any_other_is_refused(value: str) -> None:
    with pytest.raises(BadParametersError, match="2026-06-01"):
        read_since(value, TODAY)


def test_a_choice_is_one_of_those_there_are() -> None:
    assert read_choice("sort", "known", ("known", "line")) == "known"
    assert read_choice("sort", None, ("known",)) is None
    with pytest.raises(BadParametersError, match="known, line"):
        read_choice("sort", "x", ("known", "line"))
