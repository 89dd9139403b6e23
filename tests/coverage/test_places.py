"""Every count of a place is the total of the search that its link asks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from werkzeug.datastructures import MultiDict

from sosdir import evidence
from sosdir.areas import Gazetteer
from sosdir.coverage import SPANS, Coverage, cover
from sosdir.forms.query import read_query
from sosdir.models import ChannelKind, EvidenceLevel, Focus, Service, ServiceStatus
from sosdir.search import search
from sosdir.store import services
from tests.cast import (
    KANAGAWA,
    KAWASAKI,
    NATIONWIDE,
    NOON,
    TODAY,
    YOKOHAMA,
    a_channel,
    a_service,
    the_cast,
)

NIGHT = next(span for span in SPANS if span.key == "night")
OWN = ("prefecture", "municipality")


def covered(told: tuple[Service, ...]) -> Coverage:
    listed = filter(evidence.is_listed, told)
    return cover((evidence.publish(each, TODAY) for each in listed), TODAY)


@pytest.fixture
def cast() -> Coverage:
    return covered(the_cast())


def test_lines_for_the_country_stand_apart(cast: Coverage) -> None:
    share = cast.share(KANAGAWA)
    assert [line.service_id for line in share.wide] == ["mukashi-sos", "rusu-line", "sagami-night"]
    assert [line.service_id for line in share.local] == ["kawasaki-desk", "minato-sos"]
    assert [line.service_id for line in cast.nationwide] == ["nihon-always"]
    assert cast.share("13").own == ()


def test_a_line_on_hold_is_not_counted(cast: Coverage) -> None:
    assert "kakushi-line" not in [line.service_id for line in cast.lines]


def test_a_municipality_has_its_own_lines(cast: Coverage) -> None:
    assert [line.service_id for line in cast.share(KAWASAKI).own] == ["kawasaki-desk"]
    assert cast.share(KANAGAWA).presumed == 1


def test_hours_of_a_prefecture_are_those_for_all_its_people(cast: Coverage) -> None:
    # さがみ answers every night until 2; むかし, whose 24 hours are withheld, does not count.
    assert cast.share(KANAGAWA).strip.answered(NIGHT) == 7 * 4
    assert cast.share(YOKOHAMA).strip.rows[0][10].open == 1
    assert cast.share(KANAGAWA).strip.rows[0][10].open == 0


def made(number: int, choice: tuple[object, ...]) -> Service:
    """Return a line of which a little of everything is chosen."""
    areas, kinds, level, missing, status, focus, value, spoken = choice
    key = f"made-{number}"
    channels = tuple(
        a_channel(
            key, place, kind, value if place == 1 else "x", languages=spoken if place == 1 else ()
        )  # type: ignore[arg-type]
        for place, kind in enumerate(kinds, 1)  # type: ignore[call-overload]
    )
    return replace(
        a_service(key),
        service_areas=areas,
        channels=channels,
        evidence=level,
        contact_missing=missing,
        status=status,
        focus=focus,
        anonymous=number % 2 == 0,
        languages=("ja",) if number % 3 else ("ko",),
    )


CHOICES = st.tuples(
    st.sampled_from(
        [
            (YOKOHAMA,),
            (KANAGAWA,),
            (NATIONWIDE,),
            (KAWASAKI, YOKOHAMA),
            (KANAGAWA, YOKOHAMA),
            (NATIONWIDE, KAWASAKI),
            ("13", YOKOHAMA),
        ]
    ),
    st.lists(st.sampled_from(ChannelKind), max_size=3, unique=True),
    st.sampled_from(EvidenceLevel),
    st.booleans(),
    st.sampled_from(ServiceStatus),
    st.sampled_from(Focus),
    st.sampled_from([None, "03-0000-0009"]),
    st.sampled_from([(), ("en",), ("ja", "vi")]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHOICES, min_size=1, max_size=6))
def test_each_count_is_the_total_of_its_search(
    database: Database, gazetteer: Gazetteer, chosen: list[tuple[object, ...]]
) -> None:
    told = tuple(made(number, choice) for number, choice in enumerate(chosen))
    for each in services.everything(database):
        services.remove(database, each.id)
    for service in told:
        services.save(database, service)
    counted = covered(told)
    for code, scopes in ((KANAGAWA, OWN), (KANAGAWA, OWN[:1]), (KAWASAKI, OWN[1:]), ("13", OWN)):
        share = counted.share(code)
        lines = share.wide if scopes == OWN[:1] else share.own
        for measure in counted.measures:
            pairs = [("area", code), *measure.asks, *(("scope", each) for each in scopes)]
            query = read_query(MultiDict(pairs), NOON)
            total = search(database, gazetteer, query).total
            assert measure.count(lines) == total, (code, scopes, measure.key)
