"""What services say of those who have to do with them."""

from sosdir.models import Organization
from sosdir.partnerships import Tie, areas_of, by_commissioners, groups, in_order, tie_of, within
from tests.cast import HARBOUR, YOKOHAMA, a_service

CITY = Organization("minato-shi", "みなと市")
PREFECTURE = Organization("umi-ken", "うみ県")


def a_tie(
    key: str = "a",
    operator: Organization | None = HARBOUR,
    commissioners: tuple[Organization, ...] = (),
    **changes: object,
) -> Tie:
    told: dict[str, object] = {
        "partners": (),
        "programs": (),
        "areas": ("14",),
        "seat": None,
        **changes,
    }
    return Tie(key, f"窓口{key}", operator, commissioners, **told)  # type: ignore[arg-type]


def test_a_tie_says_what_its_service_says() -> None:
    told = tie_of(
        a_service(
            organization=HARBOUR,
            commissioners=(CITY, HARBOUR),
            partners=("見本の会",),
            programs=("見本事業",),
        )
    )
    assert (told.operator, told.partners, told.programs) == (HARBOUR, ("見本の会",), ("見本事業",))
    assert told.areas == (YOKOHAMA,)


def test_who_runs_a_line_itself_commissions_nobody() -> None:
    told = tie_of(a_service(organization=CITY, commissioners=(CITY, PREFECTURE)))
    assert told.commissioners == (PREFECTURE,)


def test_a_line_belongs_to_the_prefectures_it_serves_and_to_the_one_it_sits_in() -> None:
    country = a_tie(areas=("00",), seat="43")
    assert country.prefectures == ("00", "43")
    assert within([country, a_tie("b", areas=("141003",))], "43") == (country,)
    assert areas_of([country, a_tie("b", areas=("141003", "13"))]) == ("00", "13", "14", "43")


def test_nothing_is_said_where_no_source_names_anybody() -> None:
    assert not a_tie(operator=None).says_something
    assert a_tie(operator=None, programs=("見本事業",)).says_something


def test_lines_of_the_same_bodies_stand_together_whatever_their_order() -> None:
    ties = [
        a_tie("a", HARBOUR),
        a_tie("b", HARBOUR, (CITY,)),
        a_tie("c", None),
        a_tie("d", CITY),
        a_tie("e", HARBOUR, (CITY,)),
        a_tie("f", PREFECTURE, (CITY,)),
    ]
    held = [
        (each.commissioners, each.operator, [tie.service_id for tie in each.ties])
        for each in groups(reversed(ties))
    ]
    assert held == [
        ((CITY,), HARBOUR, ["b", "e"]),
        ((CITY,), PREFECTURE, ["f"]),
        ((), HARBOUR, ["a"]),
        ((), CITY, ["d"]),
        ((), None, ["c"]),
    ]
    branches = [(bodies, len(branch)) for bodies, branch in by_commissioners(ties)]
    assert branches == [((CITY,), 2), ((), 3)]
    assert in_order(ties) == in_order(reversed(ties))
