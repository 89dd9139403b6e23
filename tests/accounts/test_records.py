"""Roles and logins."""

import pytest

from sosdir.accounts import ROLE_LABELS, Role, normal_login
from sosdir.errors import AccountError


@pytest.mark.parametrize(
    ("role", "able"),
    [
        (Role.EDITOR, {Role.EDITOR}),
        (Role.PUBLISHER, {Role.EDITOR, Role.PUBLISHER}),
        (Role.ADMIN, set(Role)),
    ],
)
def test_a_higher_role_may_all_that_a_lower_one_may(role: Role, able: set[Role]) -> None:
    assert {each for each in Role if role.may(each)} == able


def test_every_role_has_its_word() -> None:
    assert set(ROLE_LABELS) == set(Role)


@pytest.mark.parametrize(
    "typed", ["Hanako@Example.jp", " hanako@example.jp ", "ｈａｎａｋｏ＠example.jp"]
)
def test_a_login_has_one_form(typed: str) -> None:
    assert normal_login(typed) == "hanako@example.jp"


@pytest.mark.parametrize(
    "typed", ["", "a", "-a", "はなこ", "a b", "a/b", "a\x00b", "x" * 65, "a\nb"]
)
def test_what_cannot_be_a_login_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(AccountError, match="例"):
        normal_login(typed)
