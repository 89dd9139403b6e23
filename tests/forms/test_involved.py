"""What the list of organizations may be asked for."""

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.forms.involved import Asked, read_asked
from sosdir.forms.query import BadParametersError
from sosdir.partnerships import Role


def test_nothing_asked_is_the_first_page_of_all() -> None:
    assert read_asked(MultiDict()) == Asked("", None, None, 1)
    assert read_asked(MultiDict({"q": "", "area": "", "role": "", "page": ""})) == Asked(
        "", None, None, 1
    )


def test_all_can_be_asked_at_once() -> None:
    told = MultiDict({"q": " 助産師会 ", "area": "14", "role": "both", "page": "2"})
    assert read_asked(told) == Asked("助産師会", "14", Role.BOTH, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "長" * 201),
        ("q", "\ufffd"),
        ("area", "141003"),
        ("area", "x"),
        ("role", "owns"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "二"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadParametersError) as caught:
        read_asked(MultiDict({name: value}))
    assert list(caught.value.reasons) == [name]
