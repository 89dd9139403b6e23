"""Every count that is shown is the number of services that one tap would leave."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from sosdir.areas import Gazetteer
from sosdir.models import ChannelKind, Focus, Need, ServiceStatus, State
from sosdir.schedules import TOKYO
from sosdir.search import FACETS, Page, Query, search, without
from sosdir.store import services
from tests.cast import NIGHT, NOON, TODAY, a_channel, a_service

EVENING = datetime(2026, 11, 28, 20, 30, tzinfo=TOKYO)
QUERIES = st.builds(
    Query,
    at=st.sampled_from((NOON, NIGHT, EVENING)),
    today=st.just(TODAY),
    area=st.sampled_from((None, "00", "13", "141003", "27")),
    channel=st.lists(st.sampled_from(ChannelKind), max_size=2, unique=True).map(tuple),
    need=st.lists(st.sampled_from(Need), max_size=2, unique=True).map(tuple),
    focus=st.lists(st.sampled_from(Focus), max_size=1).map(tuple),
    state=st.lists(st.sampled_from(State), max_size=2, unique=True).map(tuple),
    anonymous=st.booleans(),
    lang=st.lists(st.sampled_from(("en", "ja")), max_size=1).map(tuple),
)
MEMBERS = {"channel": ChannelKind, "need": Need, "focus": Focus, "state": State}


def choosing(query: Query, name: str, value: str) -> Query:
    """Return a query that chooses one value of a facet, of needs one more."""
    if name == "anonymous":
        return replace(query, anonymous=True)
    member = MEMBERS.get(name, str)(value)
    if name == "need":
        return replace(query, need=(*query.need, member))
    return replace(query, **{name: (member,)})


def check_counts(db: Database, gazetteer: Gazetteer, query: Query) -> Page:
    page = search(db, gazetteer, query)
    for name, values in page.facets.items():
        for each in values:
            chosen = search(db, gazetteer, choosing(query, name, each.value))
            assert chosen.total == each.count, (name, each.value)
    for (name, value), left in page.left.items():
        assert search(db, gazetteer, without(query, name, value)).total == left, (name, value)
    for pair, left in page.left_by_two.items():
        fewer = query
        for name, value in pair:
            fewer = without(fewer, name, value)
        assert search(db, gazetteer, fewer).total == left, pair
    return page


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_each_count_of_the_shipped_data_is_what_choosing_leaves(
    shipped: Database, gazetteer: Gazetteer, query: Query
) -> None:
    page = check_counts(shipped, gazetteer, query)
    assert set(page.facets) == set(FACETS)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_each_count_of_the_cast_is_what_choosing_leaves(
    database: Database, gazetteer: Gazetteer, query: Query
) -> None:
    check_counts(database, gazetteer, query)


@pytest.mark.parametrize("text", ["夜 LINE", "声を出せない", "今 電話", "横浜市 無料 匿名"])
def test_what_words_say_counts_as_if_it_were_chosen(
    shipped: Database, gazetteer: Gazetteer, text: str
) -> None:
    page = search(shipped, gazetteer, Query(at=EVENING, today=TODAY, text=text))
    area = page.place.code if page.place else None
    chosen = replace(page.query, text="", area=area)
    again = search(shipped, gazetteer, chosen)
    assert (again.total, again.facets) == (page.total, page.facets)
    assert page.left == again.left


def test_the_state_is_that_of_the_channels_asked_for(
    database: Database, gazetteer: Gazetteer
) -> None:
    line = a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", "Mo-Su 18:00-22:00", None)
    services.save(database, a_service(channels=(a_channel("minato-sos"), line)))

    def state_of(**choices: object) -> list[str]:
        query = Query(at=NOON, today=TODAY, area="141003", **choices)  # type: ignore[arg-type]
        page = search(database, gazetteer, query)
        return [each.value for each in page.facets["state"] if each.count]

    focus = (Focus.PREGNANCY_SOS,)
    line_only = {"channel": (ChannelKind.LINE,), "anonymous": True, "focus": focus}
    assert "open" not in state_of(**line_only)
    assert "closed" in state_of(**line_only)


def test_a_line_that_rests_is_closed_in_every_way(database: Database, gazetteer: Gazetteer) -> None:
    mail = a_channel("minato-sos", 2, ChannelKind.EMAIL, "soudan@example.jp", "24/7", None)
    resting = a_service(
        channels=(a_channel("minato-sos"), mail), status=ServiceStatus.TEMPORARILY_CLOSED
    )
    services.save(database, resting)
    found = search(
        database,
        gazetteer,
        Query(at=NOON, today=TODAY, area="141003", state=(State.CLOSED,)),
    )
    assert [hit.published.service.id for hit in found.hits][-1] == "minato-sos"
    night = search(database, gazetteer, Query(at=NOON, today=TODAY, need=(Need.NIGHT,)))
    assert "minato-sos" not in [hit.published.service.id for hit in night.hits]
