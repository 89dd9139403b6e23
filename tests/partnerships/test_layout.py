"""The picture says what the list says: every body and service once, every tie as a line."""

import re
from itertools import combinations

import pytest

from sosdir.models import DataPackage
from sosdir.partnerships import Box, Labels, Picture, groups, picture, tie_of, within
from tests.cast import HARBOUR
from tests.partnerships.test_ties import CITY, PREFECTURE, a_tie

LABELS = Labels("ともに行う団体", "事業")
ENDS = re.compile(r"M(\d+) (\d+)C.* (\d+)H(\d+)")


def a_picture(*ties: object) -> Picture:
    return picture(ties, LABELS)  # type: ignore[arg-type]


def words_of(box: Box) -> list[str]:
    return ["".join(words for words, _, _ in text.lines) for text in box.texts]


def boxes(drawn: Picture, kind: str) -> list[Box]:
    return [each for each in drawn.boxes if each.kind == kind]


def named_ends(drawn: Picture) -> set[tuple[str, str]]:
    """Return which box each line joins to which, by the first of their texts."""
    lefts = {(box.x + box.width, box.middle): words_of(box)[0] for box in drawn.boxes}
    rights = {(box.x, box.middle): words_of(box)[0] for box in drawn.boxes}
    found = (ENDS.fullmatch(edge.path) for edge in drawn.edges)
    ends = [tuple(map(int, each.groups())) for each in found if each]
    assert len(ends) == len(drawn.edges)
    return {(lefts[x, y], rights[right, there]) for x, y, there, right in ends}


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_a_tie_is_a_line_from_who_commissions_to_who_runs_to_the_line() -> None:
    drawn = a_picture(
        a_tie("a", HARBOUR, (CITY, PREFECTURE)), a_tie("b", HARBOUR, (CITY, PREFECTURE))
    )
    assert named_ends(drawn) == {
        (CITY.name, HARBOUR.name),
        (PREFECTURE.name, HARBOUR.name),
        (HARBOUR.name, "窓口a"),
        (HARBOUR.name, "窓口b"),
    }


def test_where_nobody_is_named_as_operator_the_line_goes_straight_to_the_service() -> None:
    drawn = a_picture(a_tie("a", None, (CITY,)), a_tie("b", None))
    assert named_ends(drawn) == {(CITY.name, "窓口a")}


def test_an_operator_stands_once_for_each_set_of_commissioners() -> None:
    drawn = a_picture(a_tie("a", HARBOUR, (CITY,)), a_tie("b", HARBOUR))
    assert [words_of(each) for each in boxes(drawn, "operator")] == [[HARBOUR.name]] * 2
    assert (CITY.name, HARBOUR.name) in named_ends(drawn)


def test_a_service_tells_its_programmes_and_partners_below_its_name() -> None:
    drawn = a_picture(a_tie("a", partners=("見本の会",), programs=("こども家庭センター",)))
    (box,) = boxes(drawn, "service")
    assert words_of(box) == ["窓口a", "事業", "こども家庭センター", "ともに行う団体", "見本の会"]
    assert [each.target for each in box.texts] == ["a", None, "kodomo-katei-center", None, None]


def test_an_empty_picture_has_a_height() -> None:
    assert a_picture().height > 0


@pytest.mark.parametrize("code", [f"{number:02}" for number in range(48)])
def test_no_box_covers_another_and_every_text_is_within_its_box(
    package: DataPackage, code: str
) -> None:
    ties = within((tie_of(each) for each in package.services if not each.hold), code)
    drawn = picture(ties, LABELS)
    assert not [pair for pair in combinations(drawn.boxes, 2) if overlap(*pair)]
    for box in drawn.boxes:
        assert 0 <= box.x <= box.x + box.width <= drawn.width
        assert 0 <= box.y <= box.y + box.height <= drawn.height
        for text in box.texts:
            assert all(box.y < y < box.y + box.height for _, _, y in text.lines)
            assert text.target is None or text.height >= 24
    assert len(boxes(drawn, "service")) == len(ties)
    assert len(boxes(drawn, "operator")) == sum(1 for each in groups(ties) if each.operator)
