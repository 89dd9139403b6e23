"""Names in lines: whole, and never wider than their box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.models import DataPackage
from sosdir.partnerships.lettering import broken, width


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("横浜市", ("横浜市",)),
        ("にんしんSOS東京", ("にんしんSOS東京",)),
        (
            "認定NPO法人 こうのとりのゆりかご in 関西",
            ("認定NPO法人 こうのと", "りのゆりかご in 関西"),
        ),
        ("", ()),
    ],
)
def test_a_name_is_broken_into_lines_of_about_one_length(text: str, lines: tuple[str]) -> None:
    assert broken(text, 12) == lines


def test_a_line_begins_with_no_mark_that_closes_and_ends_with_none_that_opens() -> None:
    for measure in range(4, 14):
        lines = broken("女性のなやみ相談室(女性健康支援センター・不妊専門相談センター)", measure)
        assert not any(each[0] in "・)ー" for each in lines)
        assert not any(each[-1] == "(" for each in lines)


@given(st.text("あア亜aW ()・、-", max_size=60), st.integers(4, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, most: int) -> None:
    lines = broken(text, most)
    assert squeezed("".join(lines)) == squeezed(text)
    # A run of marks may hang; letters never do.
    for each in lines:
        assert width(each.rstrip(" ()・、-")) <= most + 1


def test_every_shipped_name_fits_the_picture(package: DataPackage) -> None:
    names = [each.name for each in package.organizations] + [each.name for each in package.services]
    for name in names:
        for most in (170 / 14, 280 / 14):
            assert all(width(line) <= most for line in broken(name, most - 1)), name
