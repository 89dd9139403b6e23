"""One service is judged by itself as it would be in a package."""

from dataclasses import replace
from datetime import date

import pytest

from sosdir.checking import check_service, dead_numbers
from sosdir.errors import Fault
from sosdir.models import (
    ChannelKind,
    DataPackage,
    Organization,
    RetiredNumber,
    Service,
    ServiceStatus,
    Source,
    SourceKind,
    Statistic,
)
from tests.cast import YOKOHAMA, a_channel, an_importable_service

CODES = frozenset({"00", "13", "14", YOKOHAMA})
DEAD = dead_numbers([RetiredNumber("0120-415-415", "見本", None, "別の方の番号", "見本")])
SOUND = an_importable_service()


def faults(
    service: Service, *, needs_sources: bool = True, codes: frozenset[str] = CODES
) -> list[Fault]:
    return check_service(service, codes, DEAD, needs_sources=needs_sources)


def places(service: Service, *, needs_sources: bool = True) -> list[str]:
    found = faults(service, needs_sources=needs_sources)
    return [f"{each.file}:{each.line}:{each.column}" for each in found]


def with_channel(**changes: object) -> Service:
    first, *others = SOUND.channels
    return replace(SOUND, channels=(*others, replace(first, **changes)))  # type: ignore[arg-type]


def test_every_shipped_service_may_be_published_or_is_on_hold(package: DataPackage) -> None:
    codes = frozenset({"00"}) | {each.code for each in package.municipalities}
    codes |= {each.prefecture.code for each in package.outlines}
    dead = dead_numbers(package.retired_numbers)
    for service in package.services:
        assert check_service(service, codes, dead, needs_sources=service.hold is None) == []


def test_a_sound_service_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("service", "place"),
    [
        (replace(SOUND, id="Not A Slug"), "service.csv:2:id"),
        (replace(SOUND, name=""), "service.csv:2:name"),
        (replace(SOUND, languages=("11か国語",)), "service.csv:2:languages"),
        (replace(SOUND, languages=("英語",)), "service.csv:2:languages"),
        (with_channel(languages=("en-US",)), "channel.csv:3:languages"),
        (replace(SOUND, name="見え\u200bない"), "service.csv:2:name"),
        (replace(SOUND, name="逆\u202eさ"), "service.csv:2:name"),
        (replace(SOUND, organization=Organization("x", "")), "organization.csv:2:name"),
        (replace(SOUND, commissioners=(Organization("x", ""),)), "organization.csv:3:name"),
        (replace(SOUND, staff=("助産師;保健師",)), "service.csv:2:staff"),
        (replace(SOUND, service_areas=()), "service.csv:2:id"),
        (replace(SOUND, service_areas=("14", "99")), "service_area.csv:3:area_code"),
        (replace(SOUND, prefecture_code="99"), "service.csv:2:prefecture_code"),
        (replace(SOUND, municipality_code="130001"), "service.csv:2:municipality_code"),
        (replace(SOUND, website="ftp://example.jp"), "service.csv:2:website"),
        (replace(SOUND, successor_id="minato-sos"), "service.csv:2:successor_id"),
        (replace(SOUND, successor_id="another"), "service.csv:2:successor_id"),
        (with_channel(value="12345"), "channel.csv:3:value"),
        (with_channel(value="1 8 9"), "channel.csv:3:value"),
        (with_channel(value="0120-415-415"), "channel.csv:3:value"),
        (with_channel(value="+81 120 415 415"), "channel.csv:3:value"),
        (with_channel(hours="いつでも"), "channel.csv:3:hours"),
        (with_channel(hours="mo-fr 9:00-17:00"), "channel.csv:3:hours"),
        (with_channel(note="0120 415 415 へどうぞ"), "channel.csv:3:note"),
        (with_channel(source_ids=()), "channel.csv:3:source_ids"),
        (with_channel(source_ids=("other-s1",)), "channel.csv:3:source_ids"),
        (with_channel(id="minato-sos-2"), "channel.csv:3:id"),
        (replace(SOUND, eligibility="0120-415-415"), "service.csv:2:eligibility"),
    ],
)
def test_a_fault_is_told_by_its_place(service: Service, place: str) -> None:
    assert place in places(service)


def a_page(url: str) -> Source:
    return Source("minato-sos-s9", url, "見本", SourceKind.NEWS, None)


@pytest.mark.parametrize("url", ["page", "javascript:alert(1)", "https://a@b.example/", ""])
def test_a_source_is_a_page_of_the_web(url: str) -> None:
    assert "source.csv:3:url" in places(replace(SOUND, sources=(*SOUND.sources, a_page(url))))


def test_no_service_bears_a_word_of_our_addresses() -> None:
    assert "service.csv:2:id" in places(an_importable_service("new"))


def test_only_the_lack_of_a_source_is_forgiven_a_draft() -> None:
    assert places(with_channel(source_ids=()), needs_sources=False) == []
    assert places(with_channel(source_ids=("other-s1",)), needs_sources=False) != []
    assert places(with_channel(source_ids=(), hours="??"), needs_sources=False) == [
        "channel.csv:3:hours"
    ]


def test_what_is_on_hold_is_kept_as_found_but_for_dead_numbers() -> None:
    held = replace(with_channel(value="12345", source_ids=()), hold="見直し中")
    assert places(held) == []
    dead = replace(with_channel(value="0120-415-415"), hold="見直し中")
    assert places(dead) == ["channel.csv:3:value"]


def test_one_that_ended_may_name_who_took_its_place() -> None:
    assert faults(replace(SOUND, status=ServiceStatus.DEFUNCT, successor_id="another")) == []


def with_figure(*source_ids: str) -> Service:
    return replace(SOUND, statistics=(Statistic("友だち", 1, date(2025, 1, 1), tuple(source_ids)),))


def test_a_figure_is_published_only_with_a_page_of_its_service_that_states_it() -> None:
    assert faults(with_figure(SOUND.sources[0].id)) == []
    assert places(with_figure()) == ["statistic.csv:2:source_ids"]
    assert places(with_figure(), needs_sources=False) == []
    assert places(with_figure("other-s1"), needs_sources=False) == ["statistic.csv:2:source_ids"]
    assert places(replace(with_figure(), hold="見直し中")) == []


def test_statistics_are_told_apart_by_name_and_day() -> None:
    page, day = (SOUND.sources[0].id,), date(2025, 1, 1)
    twice = (Statistic("友だち", 1, day, page), Statistic("友だち", 2, day, page))
    assert places(replace(SOUND, statistics=twice)) == ["statistic.csv:3:service_id,name,on"]


def test_each_channel_is_told_by_its_place_in_the_list() -> None:
    channels = tuple(
        a_channel("minato-sos", number, ChannelKind.EMAIL, value, None, None)
        for number, value in enumerate(("a@example.jp", "no mail", "also no mail"), 1)
    )
    assert places(replace(SOUND, channels=channels)) == [
        "channel.csv:3:value",
        "channel.csv:4:value",
    ]
