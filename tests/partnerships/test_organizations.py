"""Organizations by what they run and commission."""

import pytest

from sosdir.partnerships import Role, chosen, involvements
from tests.cast import HARBOUR
from tests.partnerships.test_ties import CITY, PREFECTURE, a_tie

TIES = (
    a_tie("a", HARBOUR, (CITY,), areas=("141003",)),
    a_tie("b", CITY, areas=("141003",)),
    a_tie("c", HARBOUR, (PREFECTURE,), areas=("13",)),
    a_tie("d", None),
)
FOUND = involvements(TIES)


def test_an_organization_runs_some_and_commissions_others() -> None:
    assert set(FOUND) == {HARBOUR.id, CITY.id, PREFECTURE.id}
    city = FOUND[CITY.id]
    assert [each.service_id for each in city.runs] == ["b"]
    assert [each.service_id for each in city.commissions] == ["a"]
    assert [each.service_id for each in city.ties] == ["b", "a"]


def test_its_prefectures_are_those_of_its_services() -> None:
    assert FOUND[HARBOUR.id].areas == ("13", "14")
    assert FOUND[PREFECTURE.id].areas == ("13",)


@pytest.mark.parametrize(
    ("text", "area", "role", "ids"),
    [
        ("", None, None, {HARBOUR.id, CITY.id, PREFECTURE.id}),
        ("ミナト 市", None, None, {CITY.id}),
        ("", "13", None, {HARBOUR.id, PREFECTURE.id}),
        ("", None, Role.RUNS, {HARBOUR.id, CITY.id}),
        ("", None, Role.COMMISSIONS, {CITY.id, PREFECTURE.id}),
        ("", None, Role.BOTH, {CITY.id}),
        ("みなと", "13", Role.BOTH, set()),
    ],
)
def test_the_list_is_narrowed(text: str, area: str, role: Role, ids: set[str]) -> None:
    found = chosen(FOUND.values(), text, area, role)
    assert {each.organization.id for each in found} == ids
