"""Make believable services out of nothing: for measuring, never for showing.

Their shapes (ways to reach them, hours, fees, offers, languages) are those of the shipped lines, so
that filters and counts have as much to do; where they are follows from the gazetteer. All else is
invented and says so: every name bears 【合成】, no number can be anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from urllib.parse import urlencode

from sosdir.areas import Gazetteer
from sosdir.models import (
    NATIONWIDE,
    AnswersFor,
    Basis,
    Channel,
    ChannelKind,
    DataPackage,
    EvidenceLevel,
    Municipality,
    Organization,
    Position,
    Precision,
    Service,
    ServiceStatus,
    Source,
    SourceKind,
)

MARK = "【合成】"
COLLECTED_ON = date(2026, 11, 23)
# However many lines there are, few serve the whole country, and some a prefecture.
MOST_NATIONWIDE = 50
MOST_OF_A_PREFECTURE = 20
_SEED = 20261123
_NOBODYS = (ChannelKind.FAX, ChannelKind.SMS)
_SERVED = ("妊娠相談", "にんしんSOS", "思いがけない妊娠の相談", "女性の健康相談", "母子保健窓口")


def synthetic_package(package: DataPackage, gazetteer: Gazetteer, size: int) -> DataPackage:
    """Return a package of so many invented services in the places of a real one.

    Args:
        package: the shipped one: its places are kept, its services give their shapes.
        gazetteer: of those places.
        size: how many services.
    """
    services = tuple(_services(package.services, gazetteer, size))
    organizations = {
        each.organization.id: each.organization for each in services if each.organization
    }
    return replace(package, services=services, organizations=tuple(organizations.values()))


def _services(shapes: Sequence[Service], gazetteer: Gazetteer, size: int) -> Iterator[Service]:
    chance = random.Random(_SEED)
    shapes = [each for each in shapes if each.hold is None and _callable(each)]
    places = _places(gazetteer, size)
    for number, place in zip(range(size), places, strict=False):
        yield _service(chance.choice(shapes), place, number, chance)


def _places(gazetteer: Gazetteer, size: int) -> Iterator[Municipality | str]:
    """Yield the place of each line: the country, prefectures, and then towns in turn."""
    prefectures = [each.code for each in gazetteer.prefectures]
    towns = [town for code in prefectures for town in gazetteer.municipalities_of(code)]
    random.Random(_SEED).shuffle(towns)
    yield from [NATIONWIDE] * min(MOST_NATIONWIDE, max(1, size // 8))
    yield from prefectures * min(MOST_OF_A_PREFECTURE, max(1, size // (4 * len(prefectures))))
    for number in count():
        yield towns[number % len(towns)]


def _service(
    shape: Service, place: Municipality | str, number: int, chance: random.Random
) -> Service:
    key = f"synthetic-{number}"
    town = None if isinstance(place, str) else place
    code = place if isinstance(place, str) else place.code
    named = town.name if town else "全国" if code == NATIONWIDE else f"県{code}"
    channels = tuple(_channel(each, key, order) for order, each in enumerate(_callable(shape), 1))
    return replace(
        shape,
        id=key,
        name=f"{named}{chance.choice(_SERVED)}{number}{MARK}",
        answers_for=AnswersFor.MUNICIPALITY if town else AnswersFor.PREFECTURE,
        organization=Organization(f"synthetic-body-{number // 3}", f"団体{number // 3}{MARK}"),
        department=None,
        operator_text=None,
        commissioners=(),
        partners=(),
        programs=(),
        prefecture_code=None if code == NATIONWIDE else code[:2],
        municipality_code=town.code if town else None,
        address=None,
        position=Position(town.latitude, town.longitude, Precision.MUNICIPALITY) if town else None,
        area_served=None,
        service_areas=(code,),
        service_area_basis=Basis.STATED,
        eligibility=None,
        channels=channels,
        confidentiality=None,
        website=f"https://example.jp/synthetic/{number}",
        statistics=(),
        established=None,
        evidence=EvidenceLevel.CONFIRMED,
        collected_on=COLLECTED_ON,
        checked_on=None,
        contact_missing=False,
        status=ServiceStatus.ACTIVE,
        status_note=None,
        successor_id=None,
        editor_note=None,
        sources=(_source(key),),
    )


def _callable(shape: Service) -> list[Channel]:
    """Return the channels for which a value can be invented that is nobody's."""
    return [each for each in shape.channels if each.kind not in _NOBODYS]


def _channel(shape: Channel, key: str, order: int) -> Channel:
    return replace(
        shape,
        id=f"{key}-{order}",
        value=_value(shape.kind, key),
        hours_text=None,
        caller_id=None,
        reply=None,
        note=None,
        editor_note=None,
        source_ids=(f"{key}-s1",),
    )


def _value(kind: ChannelKind, key: str) -> str:
    match kind:
        case ChannelKind.PHONE:
            # The one number that a package may hold and no person has: it is read as a real one.
            return "189"
        case ChannelKind.EMAIL:
            return f"{key}@example.jp"
        case ChannelKind.LINE:
            return f"@{key}"
        case ChannelKind.IN_PERSON:
            return f"役場の窓口{MARK}"
        case _:
            return f"https://example.jp/synthetic/{key}/{kind}"


def _source(key: str) -> Source:
    url = f"https://example.jp/synthetic/source/{key}"
    return Source(f"{key}-s1", url, f"合成の出典{MARK}", SourceKind.OPERATOR, "2026-11")


# What people ask, out of ten: six a town, one or two a prefecture or words, and one by filters.
_NEEDS = ("", "", "", "", " 夜", " LINE", " 電話", " 匿名", " 今", " 土日")
_WORDS = (
    "にんしんSOS",
    "妊娠相談",
    "女性の健康",
    "母子保健",
    "LINE 匿名",
    "24時間",
    "英語 電話",
    "中高生",
)
_FILTERS: tuple[dict[str, str], ...] = (
    {"channel": "line"},
    {"state": "open"},
    {"anonymous": "true"},
    {"channel": "phone", "state": "open"},
    {"need": "night"},
    {"channel": "line", "area": "13"},
)


def searches(gazetteer: Gazetteer, size: int) -> list[dict[str, str]]:
    """Return the queries of so many searches as people make them, no two alike where it can be.

    60 of 100 name a town, every other of them with a need besides; 15 a prefecture, 15 words or a
    name, 10 are filters alone.

    Args:
        gazetteer: of the places to name.
        size: how many.
    """
    chance = random.Random(_SEED)
    towns = [t for p in gazetteer.prefectures for t in gazetteer.municipalities_of(p.code)]
    found = []
    for number in range(size):
        share = number % 20
        if share < 12:
            query = {"q": chance.choice(towns).name + chance.choice(_NEEDS)}
        elif share < 15:
            query = {"q": chance.choice(gazetteer.prefectures).full_name + chance.choice(_NEEDS)}
        elif share < 18:
            query = {"q": chance.choice(_WORDS)}
        else:
            query = dict(chance.choice(_FILTERS))
        found.append(query)
    return found


def addresses(queries: Sequence[dict[str, str]], path: str = "/services.json") -> list[str]:
    """Return the addresses that ask these queries of us.

    Args:
        queries: as :func:`searches` makes them.
        path: of the door.
    """
    return [f"{path}?{urlencode(query)}" for query in queries]
