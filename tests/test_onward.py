"""Who comes next when a line does not answer: the same search, for the same person."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlite_utils import Database

from sosdir.areas import Gazetteer
from sosdir.models import NATIONWIDE, ChannelKind, Focus, Service, ServiceStatus, State
from sosdir.onward import MOST, Hit, Onward, onward
from sosdir.search import Query, search
from sosdir.store import services
from tests.cast import (
    KANAGAWA,
    KAWASAKI,
    NIGHT,
    NOON,
    TODAY,
    YOKOHAMA,
    a_channel,
    a_service,
)


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.published.service.id for hit in hits]


def after(
    database: Database,
    gazetteer: Gazetteer,
    service: Service | None = None,
    at: datetime = NOON,
    **asked: object,
) -> Onward:
    """Return who comes next after a service, the line of Yokohama unless told otherwise."""
    query = Query(at=at, today=TODAY, **asked)  # type: ignore[arg-type]
    return onward(database, gazetteer, query, service or a_service())


def everyone(found: Onward) -> list[str]:
    return ids((*found.near, *found.nationwide, *found.general))


def test_those_of_the_place_come_first_and_then_those_of_the_country(
    database: Database, gazetteer: Gazetteer
) -> None:
    found = after(database, gazetteer, area=YOKOHAMA)
    assert ids(found.near) == ["sagami-night"]
    assert ids(found.nationwide) == ["nihon-always"]


def test_the_line_itself_is_not_among_them(database: Database, gazetteer: Gazetteer) -> None:
    for service_id in ("minato-sos", "sagami-night", "nihon-always"):
        asked = a_service(service_id)
        assert service_id not in everyone(after(database, gazetteer, asked, area=YOKOHAMA))


@pytest.mark.parametrize("area", [YOKOHAMA, KAWASAKI, KANAGAWA, "13", NATIONWIDE])
def test_nobody_is_sent_where_nothing_shown_reaches_anyone(
    database: Database, gazetteer: Gazetteer, area: str
) -> None:
    found = everyone(after(database, gazetteer, area=area))
    assert not {"mukashi-sos", "rusu-line", "kakushi-line"} & set(found)


@pytest.mark.parametrize(
    ("area", "never"),
    [(YOKOHAMA, "kawasaki-desk"), (KANAGAWA, "kawasaki-desk"), (KAWASAKI, "minato-sos")],
)
def test_a_line_that_serves_only_another_municipality_is_never_offered(
    database: Database, gazetteer: Gazetteer, area: str, never: str
) -> None:
    other = a_service("nihon-always")
    assert never not in everyone(after(database, gazetteer, other, area=area))


def test_a_resting_line_is_not_offered(database: Database, gazetteer: Gazetteer) -> None:
    rests = a_service("rests", status=ServiceStatus.TEMPORARILY_CLOSED)
    services.save(database, rests)
    assert "rests" not in everyone(after(database, gazetteer, area=YOKOHAMA))


def test_a_fax_alone_is_no_way_on(database: Database, gazetteer: Gazetteer) -> None:
    fax = a_channel("fax-only", 1, ChannelKind.FAX, "03-0000-0009")
    services.save(database, a_service("fax-only", channels=(fax,)))
    assert "fax-only" not in everyone(after(database, gazetteer, area=YOKOHAMA))


@pytest.mark.parametrize("at", [NOON, NIGHT])
def test_the_order_is_that_of_the_list_of_the_same_moment(
    database: Database, gazetteer: Gazetteer, at: datetime
) -> None:
    for number in range(1, 6):
        hours = f"Mo-Su {8 + number}:00-{18 + number}:00; PH off"
        line = a_channel(f"yoko-{number}", value="03-0000-0009", hours=hours)
        services.save(database, a_service(f"yoko-{number}", name=f"線{number}", channels=(line,)))
    listed = ids(search(database, gazetteer, Query(at=at, today=TODAY, area=YOKOHAMA)).hits)
    near = ids(after(database, gazetteer, at=at, area=YOKOHAMA).near)
    assert len(near) == MOST
    assert near == [each for each in listed if each in near]
    assert near[0] == next(each for each in listed if each not in {"minato-sos", "nihon-always"})


def test_the_same_needs_are_kept(database: Database, gazetteer: Gazetteer) -> None:
    found = after(database, gazetteer, area=YOKOHAMA, channel=(ChannelKind.EMAIL,))
    assert (ids(found.near), ids(found.nationwide)) == ([], ["nihon-always"])
    assert not found.relaxed


def test_words_typed_are_kept_with_their_place(database: Database, gazetteer: Gazetteer) -> None:
    found = after(database, gazetteer, text="横浜市 さがみ")
    assert (ids(found.near), ids(found.nationwide)) == (["sagami-night"], [])
    assert found.place is not None
    assert found.place.code == YOKOHAMA


def test_where_nobody_else_has_what_is_needed_all_are_offered_and_it_is_said(
    database: Database, gazetteer: Gazetteer
) -> None:
    found = after(database, gazetteer, area=YOKOHAMA, channel=(ChannelKind.CHAT,))
    assert ids(found.near) == ["sagami-night"]
    assert ids(found.nationwide) == ["nihon-always"]
    assert found.relaxed


def test_another_state_is_asked_about_another_moment(
    database: Database, gazetteer: Gazetteer
) -> None:
    asked = {"area": YOKOHAMA, "state": (State.OPEN,)}
    assert ids(after(database, gazetteer, **asked).near) == []  # type: ignore[arg-type]
    assert ids(after(database, gazetteer, at=NIGHT, **asked).near) == ["sagami-night"]  # type: ignore[arg-type]


def test_without_a_place_it_is_that_which_the_line_serves(
    database: Database, gazetteer: Gazetteer
) -> None:
    found = after(database, gazetteer)
    assert found.place is not None
    assert (found.place.code, found.assumed) == (YOKOHAMA, YOKOHAMA)
    assert ids(found.near) == ["sagami-night"]
    assert after(database, gazetteer, area=YOKOHAMA).assumed is None


def test_after_a_line_for_the_whole_country_come_the_others_of_the_country(
    database: Database, gazetteer: Gazetteer
) -> None:
    services.save(database, a_service("nihon-too", service_areas=(NATIONWIDE,)))
    found = after(database, gazetteer, a_service("nihon-always", service_areas=(NATIONWIDE,)))
    assert found.place is None
    assert (ids(found.near), ids(found.nationwide)) == ([], ["nihon-too"])


def test_a_name_of_several_places_leads_only_to_lines_for_all(
    database: Database, gazetteer: Gazetteer
) -> None:
    assert everyone(after(database, gazetteer, text="府中市")) == ["nihon-always"]


def test_general_desks_of_the_place_follow_whatever_was_needed(
    database: Database, gazetteer: Gazetteer
) -> None:
    found = after(database, gazetteer, area=KAWASAKI, channel=(ChannelKind.LINE,))
    assert ids(found.near) == ["sagami-night"]
    assert ids(found.general) == ["kawasaki-desk"]


def test_a_desk_named_before_is_not_named_twice(database: Database, gazetteer: Gazetteer) -> None:
    found = after(database, gazetteer, area=KAWASAKI)
    assert "kawasaki-desk" in ids(found.near)
    assert ids(found.general) == []


def test_a_desk_asked_for_leads_to_other_desks(database: Database, gazetteer: Gazetteer) -> None:
    desk = replace(a_service("yoko-desk"), focus=Focus.WOMENS_HEALTH)
    services.save(database, desk)
    found = after(database, gazetteer, area=YOKOHAMA, focus=(Focus.WOMENS_HEALTH,))
    assert everyone(found) == ["yoko-desk"]


def test_every_shipped_line_leads_on_to_someone(shipped: Database, gazetteer: Gazetteer) -> None:
    for service in services.everything(shipped):
        found = after(shipped, gazetteer, service)
        assert everyone(found), service.id
        assert service.id not in everyone(found)
