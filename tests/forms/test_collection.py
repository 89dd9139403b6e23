"""What was collected is read from an address, in order, or refused in a sentence."""

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.forms.collection import MAX_COLLECTED, SheetForm, read_collection, split_ids
from sosdir.forms.query import BadParametersError


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        (["a,b"], ("a", "b")),
        (["b", "a"], ("b", "a")),
        (["a, b,,a", "c"], ("a", "b", "c")),
        (["A", "<b>", "a" * 81, "-a", ""], ()),
    ],
)
def test_ids_are_kept_in_order_and_once(values: list[str], ids: tuple[str, ...]) -> None:
    assert split_ids(values) == ids


def test_a_collection_is_a_sheet_unless_cards_are_asked_for() -> None:
    assert read_collection(MultiDict({"ids": "a"})).form is SheetForm.SHEET
    assert read_collection(MultiDict({"ids": "a", "form": "card"})).form is SheetForm.CARD


@pytest.mark.parametrize(
    ("parameters", "name", "reason"),
    [
        ({}, "ids", "えらばれていません"),
        ({"ids": " ,, "}, "ids", "えらばれていません"),
        ({"ids": ",".join(f"a{n}" for n in range(MAX_COLLECTED + 1))}, "ids", "20件まで"),
        ({"ids": "a", "form": "poster"}, "form", "sheet か card"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_in_words(
    parameters: dict[str, str], name: str, reason: str
) -> None:
    with pytest.raises(BadParametersError) as refused:
        read_collection(MultiDict(parameters))
    assert reason in refused.value.reasons[name]


def test_as_many_as_fit_are_taken() -> None:
    ids = ",".join(f"a{n}" for n in range(MAX_COLLECTED))
    assert len(read_collection(MultiDict({"ids": ids})).ids) == MAX_COLLECTED
