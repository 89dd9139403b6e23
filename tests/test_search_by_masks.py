"""The quick search finds, counts and orders exactly as the simple one does."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from sosdir import evidence
from sosdir.areas import Gazetteer
from sosdir.models import ChannelKind, Focus, Need, Scope, Service, ServiceStatus, State
from sosdir.schedules import TOKYO
from sosdir.search import Query, Reading, Sort, leading, read_index, search
from sosdir.search.masks import chosen, flags_of, mask, mask_of_runs
from sosdir.store import services
from tests import simple_search
from tests.cast import NIGHT, NOON, the_cast

MOMENTS = (
    NOON,
    NIGHT,
    datetime(2026, 11, 28, 20, 30, 59, tzinfo=TOKYO),
    datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=TOKYO),
    datetime(2027, 1, 1, tzinfo=TOKYO),
)
# What a report of 2021 said is withheld from the first of January 2027.
DAYS = (date(2026, 11, 28), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29))
TEXTS = (
    "",
    "横浜市",
    "横浜市 夜 LINE",
    "東京",
    "府中市",
    "にんしんSOS",
    "妊娠 相談",
    "LINE 匿名",
    "0120",
    "045",
    "s",
    "*",
    "今 話せる",
    "渋谷区 英語",
    "ぬるぽ",
)
QUERIES = st.builds(
    Query,
    at=st.sampled_from(MOMENTS),
    today=st.sampled_from(DAYS),
    text=st.sampled_from(TEXTS),
    area=st.sampled_from((None, None, None, "00", "13", "141003", "27")),
    channel=st.lists(st.sampled_from(ChannelKind), max_size=2, unique=True).map(tuple),
    need=st.lists(st.sampled_from(Need), max_size=2, unique=True).map(tuple),
    focus=st.lists(st.sampled_from(Focus), max_size=2, unique=True).map(tuple),
    state=st.lists(st.sampled_from(State), max_size=2, unique=True).map(tuple),
    anonymous=st.booleans(),
    lang=st.lists(st.sampled_from(("en", "ja", "zh")), max_size=1).map(tuple),
    offers=st.lists(st.sampled_from(("妊娠検査薬", "同行支援")), max_size=1).map(tuple),
    scope=st.lists(st.sampled_from(Scope), max_size=2, unique=True).map(tuple),
    reachable=st.booleans(),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 3),
    per_page=st.sampled_from((1, 5, 20)),
)
IN_A_FIXTURE = [HealthCheck.function_scoped_fixture]


def check_alike(db: Database, reading: Reading, gazetteer: Gazetteer, query: Query) -> None:
    simple, quick = simple_search.search(db, gazetteer, query), search(reading, gazetteer, query)
    assert quick.total == simple.total
    assert quick.facets == simple.facets
    assert quick.left == simple.left
    assert quick.left_by_two == simple.left_by_two
    if query.page == quick.page:
        assert quick.ids == simple.ids
    stored = {each.id: each for each in services.find(db, list(quick.ids))}
    published = [evidence.publish(stored[each], query.today) for each in quick.ids]
    assert [hit.published for hit in quick.hits] == published
    first = leading(reading, gazetteer, query)
    ids = [hit.published.service.id for hit in first.hits]
    assert (ids, first.total, first.sought) == simple_search.leading(db, gazetteer, query)


@settings(max_examples=60, deadline=None, suppress_health_check=IN_A_FIXTURE)
@given(queries=st.lists(QUERIES, min_size=1, max_size=4))
def test_the_shipped_lines_are_found_alike(
    shipped: Database, shipped_gazetteer: Gazetteer, queries: list[Query]
) -> None:
    # One index answers them all: what it keeps of one must not colour the next.
    reading = Reading(read_index(shipped), lambda: shipped)
    for query in queries:
        check_alike(shipped, reading, shipped_gazetteer, query)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_answered_alike_at_every_moment(
    shipped: Database, shipped_gazetteer: Gazetteer, text: str, sort: Sort
) -> None:
    reading = Reading(read_index(shipped), lambda: shipped)
    for at in MOMENTS:
        for day in DAYS:
            query = Query(at=at, today=day, text=text, sort=sort)
            check_alike(shipped, reading, shipped_gazetteer, query)


def changed(service: Service, number: int) -> Service:
    """Return a service changed in one of the ways that searches see."""
    match number % 5:
        case 0:
            return replace(service, status=ServiceStatus.TEMPORARILY_CLOSED)
        case 1:
            return replace(service, service_areas=("00",))
        case 2:
            return replace(service, anonymous=not service.anonymous, offers=("妊娠検査薬",))
        case 3:
            return replace(service, hold="確認できない")
        case _:
            return replace(service, channels=service.channels[:1], name=f"{service.name}あ")


@settings(max_examples=25, deadline=None, suppress_health_check=IN_A_FIXTURE)
@given(
    queries=st.lists(QUERIES, min_size=1, max_size=3),
    edits=st.lists(st.integers(0, 99), max_size=3),
)
def test_what_was_edited_is_found_alike(
    database: Database, gazetteer: Gazetteer, queries: list[Query], edits: list[int]
) -> None:
    cast = the_cast()
    for number in (None, *edits):
        if number is not None:
            services.save(database, changed(cast[number % len(cast)], number // len(cast)))
        reading = Reading(read_index(database), lambda: database)
        for query in queries:
            check_alike(database, reading, gazetteer, query)


def test_within_a_minute_nothing_is_worked_out_anew(
    shipped: Database, shipped_gazetteer: Gazetteer
) -> None:
    index = read_index(shipped)
    reading = Reading(index, lambda: shipped)
    query = Query(at=NOON, today=NOON.date(), text="横浜市 夜")
    search(reading, shipped_gazetteer, query)
    moment = index.moments.of(NOON.replace(second=0, microsecond=0))
    known = len(moment.shapes)
    search(reading, shipped_gazetteer, replace(query, at=NOON.replace(second=59)))
    assert index.moments.of(NOON.replace(second=0, microsecond=0)) is moment
    assert len(moment.shapes) == known


def test_what_is_kept_needs_no_database(shipped: Database, shipped_gazetteer: Gazetteer) -> None:
    lent: list[Database] = []

    def lend() -> Database:
        lent.append(shipped)
        return shipped

    reading = Reading(read_index(shipped), lend)
    query = Query(at=NOON, today=NOON.date(), text="横浜市 相談窓口")
    first = search(reading, shipped_gazetteer, query).hits
    assert lent
    lent.clear()
    assert search(reading, shipped_gazetteer, query).hits == first
    assert not lent


@given(flags=st.lists(st.booleans(), max_size=200))
def test_a_mask_means_the_rows_whose_flag_is_set(flags: list[bool]) -> None:
    rows = mask(flags)
    assert [bool(rows >> number & 1) for number in range(len(flags))] == flags
    meant = [number for number, flag in enumerate(flags) if flag]
    assert list(chosen(range(len(flags)), rows)) == meant
    assert [bool(each) for each in flags_of(rows, len(flags))][: len(flags)] == flags
    runs = [(number, 1) for number in meant]
    assert mask_of_runs(runs, len(flags)) == rows
