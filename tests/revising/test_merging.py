"""Two changes of one service become one; where both touched one fact, a person chooses."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sosdir.models import ChannelKind, EvidenceLevel, Service, Statistic
from sosdir.revising import Merge, merge
from tests.cast import a_channel, a_service, a_source

NAMES = st.sampled_from(["みなとSOS", "別の名前", "第三の名前"])
PHONES = st.sampled_from(["03-0000-0001", "03-0000-0002", "03-0000-0009"])
HOURS = st.sampled_from([None, "24/7", "Mo-Fr 10:00-16:00; PH off"])


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Give any state of one service, its channels and sources in any number and order."""
    numbers = draw(st.permutations(sorted(draw(st.sets(st.integers(1, 4))))))
    pages = sorted(draw(st.sets(st.integers(1, 3))))
    sources = tuple(a_source("minato-sos", each) for each in pages)
    ids = [each.id for each in sources]
    channels = tuple(
        a_channel(
            "minato-sos",
            number,
            value=draw(PHONES),
            hours=draw(HOURS),
            source_ids=tuple(draw(st.lists(st.sampled_from(ids), unique=True)) if ids else ()),
        )
        for number in numbers
    )
    pointing = tuple(draw(st.lists(st.sampled_from(ids), unique=True)) if ids else ())
    friends = Statistic("LINE友だち数", draw(st.integers(1, 3)), date(2025, 4, 1), pointing)
    return a_service(
        name=draw(NAMES),
        fee=draw(st.sampled_from([None, "free", "無料"])),
        service_areas=draw(st.sampled_from([("14",), ("141003",), ("14", "13")])),
        channels=channels,
        sources=sources,
        statistics=draw(st.sampled_from([(), (friends,)])),
    )


@given(services(), services())
def test_what_they_left_alone_stays_mine(base: Service, mine: Service) -> None:
    merged = merge(base, mine, base)
    assert merged.service == mine
    assert merged.conflicts == merged.taken == ()


@given(services(), services())
def test_what_i_left_alone_becomes_theirs(base: Service, theirs: Service) -> None:
    merged = merge(base, base, theirs)
    assert merged.service == theirs
    assert merged.conflicts == ()


@given(services(), services(), services())
def test_any_merge_can_be_made_whole(base: Service, mine: Service, theirs: Service) -> None:
    merged = merge(base, mine, theirs)
    for service in (merged.service, merged.choosing([each.path for each in merged.conflicts])):
        assert_sound(service)
    assert merged.choosing([]) == merged.service


@given(services(), services())
def test_the_same_change_twice_is_no_conflict(base: Service, both: Service) -> None:
    merged = merge(base, both, both)
    assert (merged.service, merged.conflicts) == (both, ())


def assert_sound(service: Service) -> None:
    """Assert that each part bears an id of its own and points at what is there."""
    channels = [each.id for each in service.channels]
    sources = [each.id for each in service.sources]
    assert len(set(channels)) == len(channels)
    assert len(set(sources)) == len(sources)
    for channel in service.channels:
        assert set(channel.source_ids) <= set(sources)
    for figure in service.statistics:
        assert set(figure.source_ids) <= set(sources)


def conflicts(merged: Merge) -> list[str]:
    return [each.path for each in merged.conflicts]


def test_changes_of_two_facts_are_both_kept() -> None:
    mine, theirs = a_service(name="別の名前"), a_service(fee=None, website=None)
    merged = merge(a_service(), mine, theirs)
    assert merged.service == a_service(name="別の名前", fee=None, website=None)
    assert conflicts(merged) == []
    assert [each.path for each in merged.taken] == ["fee", "website"]


def test_changes_of_two_facts_of_one_channel_are_both_kept() -> None:
    mine = a_service(channels=(a_channel("minato-sos", value="03-0000-0009"),))
    theirs = a_service(channels=(a_channel("minato-sos", hours="24/7"),))
    merged = merge(a_service(), mine, theirs)
    wanted = a_channel("minato-sos", value="03-0000-0009", hours="24/7")
    assert merged.service.channels == (wanted,)
    assert conflicts(merged) == []


def test_one_fact_changed_by_both_is_a_conflict() -> None:
    merged = merge(a_service(), a_service(name="私の名前"), a_service(name="人の名前"))
    (told,) = merged.conflicts
    assert (told.path, told.label) == ("name", "窓口の名前")
    assert (told.base, told.mine, told.theirs) == ("みなとSOS", "私の名前", "人の名前")
    assert merged.service.name == "私の名前"
    assert merged.choosing(["name"]).name == "人の名前"


def test_each_conflict_is_chosen_by_itself() -> None:
    mine = a_service(name="私の名前", channels=(a_channel("minato-sos", hours="24/7"),))
    theirs = a_service(name="人の名前", channels=(a_channel("minato-sos", hours=None),))
    merged = merge(a_service(), mine, theirs)
    assert conflicts(merged) == ["name", "channel/minato-sos-1/hours"]
    chosen = merged.choosing(["channel/minato-sos-1/hours"])
    assert (chosen.name, chosen.channels[0].hours) == ("私の名前", None)


def test_channels_that_both_add_stay_apart() -> None:
    first = a_service().channels
    mine = a_service(channels=(*first, a_channel("minato-sos", 2, value="03-0000-0002")))
    line = a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", None, None)
    theirs = a_service(channels=(*first, line))
    merged = merge(a_service(), mine, theirs)
    assert conflicts(merged) == []
    held = {each.id: each.value for each in merged.service.channels}
    assert held == {
        "minato-sos-1": "03-0000-0001",
        "minato-sos-2": "@minato",
        "minato-sos-3": "03-0000-0002",
    }


def test_a_channel_keeps_pointing_at_the_source_that_came_with_it() -> None:
    mine = a_service(
        sources=(a_source("minato-sos"), replace(a_source("minato-sos", 2), publisher="私の出典")),
        channels=(a_channel("minato-sos", source_ids=("minato-sos-s2",)),),
    )
    theirs = a_service(
        sources=(a_source("minato-sos"), replace(a_source("minato-sos", 2), publisher="人の出典"))
    )
    merged = merge(a_service(), mine, theirs).service
    (pointed,) = merged.channels[0].source_ids
    assert {each.id: each.publisher for each in merged.sources}[pointed] == "私の出典"
    assert len(merged.sources) == 3


def test_a_figure_keeps_pointing_at_the_source_that_came_with_it() -> None:
    friends = Statistic("LINE友だち数", 3, date(2025, 4, 1), ("minato-sos-s2",))
    mine = a_service(
        sources=(a_source("minato-sos"), replace(a_source("minato-sos", 2), publisher="私の出典")),
        statistics=(friends,),
    )
    theirs = a_service(
        sources=(a_source("minato-sos"), replace(a_source("minato-sos", 2), publisher="人の出典"))
    )
    merged = merge(a_service(), mine, theirs).service
    (pointed,) = merged.statistics[0].source_ids
    assert {each.id: each.publisher for each in merged.sources}[pointed] == "私の出典"


def test_what_both_add_alike_stands_once() -> None:
    both = a_service(
        channels=(*a_service().channels, a_channel("minato-sos", 2, value="03-0000-0002"))
    )
    merged = merge(a_service(), both, replace(both, name="別の名前"))
    assert [each.id for each in merged.service.channels] == ["minato-sos-1", "minato-sos-2"]


def test_one_removes_what_the_other_changes() -> None:
    theirs = a_service(channels=(a_channel("minato-sos", hours="24/7"),))
    merged = merge(a_service(), a_service(channels=()), theirs)
    (told,) = merged.conflicts
    assert told.path == "channel/minato-sos-1"
    assert told.mine == ""
    assert merged.service.channels == ()
    assert merged.choosing([told.path]).channels == theirs.channels


def test_they_remove_what_i_left_alone() -> None:
    merged = merge(a_service(), a_service(name="別の名前"), a_service(channels=()))
    assert merged.service == a_service(name="別の名前", channels=())


def test_a_source_that_they_removed_is_pointed_at_no_more() -> None:
    mine = a_service(channels=(*a_service().channels, a_channel("minato-sos", 2)))
    theirs = a_service(sources=(), channels=(a_channel("minato-sos", source_ids=()),))
    merged = merge(a_service(), mine, theirs)
    assert_sound(merged.service)
    assert len(merged.service.channels) == 2


def test_their_order_stands_where_i_moved_nothing() -> None:
    two = (a_channel("minato-sos"), a_channel("minato-sos", 2, value="03-0000-0002"))
    base = a_service(channels=two)
    theirs = a_service(channels=two[::-1])
    merged = merge(base, replace(base, name="別の名前"), theirs)
    assert merged.service.channels == theirs.channels


def test_a_draft_takes_a_later_check() -> None:
    day = date(2026, 11, 25)
    checked = a_service(evidence=EvidenceLevel.CONFIRMED, checked_on=day)
    base = a_service(evidence=EvidenceLevel.UNCONFIRMED)
    draft = replace(base, name="別の名前")
    merged = merge(base, draft, checked)
    assert merged.conflicts == ()
    assert merged.service == replace(checked, name="別の名前")


def test_areas_are_named_in_conflicts() -> None:
    names = {"14": "神奈川県", "13": "東京都", "141003": "横浜市"}
    mine, theirs = a_service(service_areas=("14",)), a_service(service_areas=("13",))
    (told,) = merge(a_service(), mine, theirs, names.__getitem__).conflicts
    assert (told.base, told.mine, told.theirs) == ("横浜市", "神奈川県", "東京都")


def test_how_well_a_line_is_known_is_one_fact_of_the_later_check() -> None:
    base = a_service(checked_on=date(2026, 1, 1))
    mine = replace(base, checked_on=None, evidence=EvidenceLevel.REPORTED)
    theirs = replace(base, checked_on=date(2026, 11, 25), newest_source_year=2026)
    merged = merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.service == theirs
    assert merge(base, theirs, mine).service == theirs
