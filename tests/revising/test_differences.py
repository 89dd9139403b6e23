"""A change is told fact by fact, in words an admin reads."""

from dataclasses import fields, replace
from datetime import date

import pytest

from sosdir.models import (
    Basis,
    ChannelKind,
    DataPackage,
    EvidenceLevel,
    Organization,
    Service,
    ServiceStatus,
    Statistic,
)
from sosdir.revising import Change, compare
from tests.cast import HARBOUR, a_channel, a_service, a_source, an_importable_service


def paths(changes: tuple[Change, ...]) -> list[str]:
    return [each.path for each in changes]


def test_a_service_does_not_differ_from_itself(package: DataPackage) -> None:
    for service in package.services:
        assert compare(service, service) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "別の名前"}, Change("name", "窓口の名前", "みなとSOS", "別の名前")),
        ({"anonymous": False}, Change("anonymous", "匿名で相談できるか", "はい", "いいえ")),
        ({"anonymous": None}, Change("anonymous", "匿名で相談できるか", "はい", "")),
        ({"organization": HARBOUR}, Change("organization", "運営する団体", "横浜市", HARBOUR.name)),
        (
            {"evidence": EvidenceLevel.UNCONFIRMED},
            Change("evidence", "収集・確認のときの確かさ", "確認済み", "確認待ち"),
        ),
        (
            {"status": ServiceStatus.DEFUNCT},
            Change("status", "続いているか", "続いている", "終了"),
        ),
        (
            {"service_area_basis": Basis.PRESUMED},
            Change("service_area_basis", "対象地域の根拠", "ページに書かれている", "推定(要確認)"),
        ),
        (
            {"staff": ("助産師", "保健師")},
            Change("staff", "答える人", "助産師", "助産師、保健師"),
        ),
        (
            {"checked_on": date(2026, 11, 25)},
            Change("checked_on", "管理者が確認した日", "", "2026-11-25"),
        ),
    ],
)
def test_a_fact_is_told_before_and_after(changes: dict[str, object], told: Change) -> None:
    assert compare(a_service(), a_service(**changes)) == (told,)


def test_areas_bear_their_names() -> None:
    names = {"141003": "横浜市", "14": "神奈川県"}
    (told,) = compare(a_service(), a_service(service_areas=("141003", "14")), names.__getitem__)
    assert (told.before, told.after) == ("横浜市", "横浜市、神奈川県")


def test_a_fact_of_a_channel_names_its_channel() -> None:
    (told,) = compare(a_service(), a_service(channels=(a_channel("minato-sos", hours="24/7"),)))
    assert told.path == "channel/minato-sos-1/hours"
    assert told.label == "連絡手段「電話 03-0000-0001」:受付時間(式)"
    assert (told.before, told.after) == ("Mo-Fr 10:00-16:00; PH off", "24/7")


def test_a_part_added_is_told_whole_and_by_its_facts() -> None:
    added = a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", None, None)
    told = compare(a_service(), a_service(channels=(*a_service().channels, added)))
    assert paths(told) == [
        "channel/minato-sos-2",
        "channel/minato-sos-2/kind",
        "channel/minato-sos-2/value",
        "channel/minato-sos-2/source_ids",
    ]
    assert (told[0].before, told[0].after) == ("", "LINE @minato")


def test_a_part_removed_is_told_once() -> None:
    told = compare(a_service(), a_service(channels=()))
    assert told == (
        Change(
            "channel/minato-sos-1",
            "連絡手段「電話 03-0000-0001」",
            "電話 03-0000-0001",
            "",
        ),
    )


def test_another_order_of_the_channels_is_a_change() -> None:
    two = (a_channel("minato-sos"), a_channel("minato-sos", 2, value="03-0000-0002"))
    (told,) = compare(a_service(channels=two), a_service(channels=two[::-1]))
    assert (told.path, told.label) == ("channel", "連絡手段の順")
    assert told.after.startswith("電話 03-0000-0002")


def test_a_new_service_says_nothing_of_what_it_leaves_out() -> None:
    told = compare(None, a_service(department=None, website=None))
    assert not {"department", "website", "hold"} & set(paths(told))
    assert all(each.before == "" and each.after for each in told)


def test_statistics_are_known_by_name_and_day() -> None:
    friends = Statistic("LINE友だち数", 120, date(2025, 4, 1))
    more = replace(friends, value=150)
    (told,) = compare(a_service(statistics=(friends,)), a_service(statistics=(more,)))
    assert (told.before, told.after) == ("120", "150")


def test_the_source_of_a_figure_is_told_by_who_publishes_it() -> None:
    friends = Statistic("LINE友だち数", 120, date(2025, 4, 1))
    stated = replace(friends, source_ids=("minato-sos-s1",))
    (told,) = compare(a_service(statistics=(friends,)), a_service(statistics=(stated,)))
    assert told.path == "statistic/LINE友だち数@2025-04-01/source_ids"
    assert (told.before, told.after) == ("", "見本新聞")


def test_a_source_is_told_by_who_publishes_it() -> None:
    moved = replace(a_source("minato-sos"), url="https://example.jp/new")
    (told,) = compare(a_service(), a_service(sources=(moved,)))
    assert told.path == "source/minato-sos-s1/url"
    assert "見本新聞" in told.label


def test_no_fact_of_a_service_changes_unseen() -> None:
    old, new = an_importable_service(), another_in_everything()
    told = compare(old, new)
    own = {path.partition("/")[0] for path in paths(told)}
    words = {"channels": "channel", "sources": "source", "statistics": "statistic"}
    for field in fields(Service):
        if field.name != "id":
            assert words.get(field.name, field.name) in own, field.name
    assert all(each.before != each.after for each in told)


def another_in_everything() -> Service:
    """Return a service that differs from the importable one in every fact."""
    old = an_importable_service()
    other: dict[str, object] = {}
    for field in fields(Service):
        value = getattr(old, field.name)
        if isinstance(value, str) and field.name not in {"id", *ENUMS}:
            other[field.name] = value + "x"
        elif isinstance(value, tuple):
            other[field.name] = ()
        elif isinstance(value, bool):
            other[field.name] = not value
        elif isinstance(value, date):
            other[field.name] = date(2000, 1, 1)
    enums = {name: next(m for m in type(v) if m is not v) for name, v in _enums(old).items()}
    own = {
        "organization": Organization("other", "別の団体"),
        "position": None,
        "newest_source_year": 1999,
        "status_note": "休み",
        "successor_id": "sagami-night",
        "hold": "見直し中",
    }
    return replace(old, **{**other, **enums, **own})


ENUMS = {"focus", "answers_for", "service_area_basis", "evidence", "status"}


def _enums(service: Service) -> dict[str, object]:
    return {name: getattr(service, name) for name in ENUMS}
