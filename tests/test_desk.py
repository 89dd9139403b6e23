"""What needs a look stands on the desk, the greatest risk first, with its reason."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from sosdir import desk
from sosdir.desk import Contact, Risk
from sosdir.evidence import ALWAYS, NEVER, months_after
from sosdir.models import ChannelKind, EvidenceLevel, Focus, ServiceStatus
from sosdir.store import services, standings
from sosdir.store.standings import Standing
from tests.cast import KANAGAWA, KAWASAKI, NATIONWIDE, TODAY, YOKOHAMA, a_channel, a_service

NAMES = {KANAGAWA: "神奈川県", YOKOHAMA: "横浜市", KAWASAKI: "川崎市", "13": "東京都"}


def standing(service_id: str, **changes: object) -> Standing:
    """Return how a dedicated line stands: confirmed, and last seen 14 months ago."""
    told: dict[str, object] = {
        "name": service_id,
        "focus": Focus.PREGNANCY_SOS,
        "is_active": True,
        "withheld_from": NEVER,
        "looked_at": months_after(TODAY, -14),
        "was_checked": True,
        "has_number": True,
        "areas": frozenset({KANAGAWA}),
        **changes,
    }
    return Standing(service_id, **told)  # type: ignore[arg-type]


def order(*told: Standing) -> list[str]:
    return [each.service_id for each in desk.due(told, TODAY)]


def reasons(*told: Standing) -> tuple[str, ...]:
    """Return the reasons of the first of those told."""
    tasks = desk.due(told, TODAY, NAMES.__getitem__)
    return next(each.reasons for each in tasks if each.service_id == told[0].service_id)


def months_ago(months: int) -> date:
    return months_after(TODAY, -months)


def test_what_was_just_looked_at_is_not_due() -> None:
    assert order(standing("a", looked_at=TODAY), standing("b", looked_at=months_ago(5))) == []


def test_an_unconfirmed_number_goes_before_age_and_age_before_the_rest() -> None:
    told = (
        standing("unconfirmed", withheld_from=ALWAYS, has_number=False, looked_at=TODAY),
        standing("due", looked_at=months_ago(6)),
        standing("overdue", looked_at=months_ago(12)),
        standing("number", withheld_from=ALWAYS, looked_at=TODAY),
    )
    assert order(*told) == ["number", "overdue", "due", "unconfirmed"]
    assert [each.risk for each in desk.due(told, TODAY)] == list(Risk)


def test_the_older_goes_first() -> None:
    ages = (6, 30, 14, 8)
    told = [standing(f"m{age}", looked_at=months_ago(age)) for age in ages]
    assert order(*told) == ["m30", "m14", "m8", "m6"]


def test_among_unconfirmed_numbers_the_older_goes_first() -> None:
    fresh = standing("fresh", withheld_from=ALWAYS, looked_at=TODAY)
    old = standing("old", withheld_from=ALWAYS)
    assert order(fresh, old) == ["old", "fresh"]


def test_the_only_line_of_a_prefecture_goes_before_one_of_ten() -> None:
    ten = [standing(f"a{number}", areas=frozenset({"13"})) for number in range(10)]
    assert order(*ten, standing("only"))[0] == "only"


def test_a_few_days_weigh_less_than_an_area_that_depends() -> None:
    ten = [
        standing(f"a{number}", areas=frozenset({"13"}), looked_at=date(2025, 9, 1))
        for number in range(10)
    ]
    only = standing("only", looked_at=date(2025, 9, 25))
    assert order(*ten, only)[0] == "only"


def test_a_line_for_the_country_takes_nobodys_place() -> None:
    country = standing("country", areas=frozenset({NATIONWIDE}))
    assert order(country, standing("only")) == ["only", "country"]
    assert "神奈川県全域に応じる、ただ一つの専用窓口です" in reasons(standing("only"), country)
    assert not any("ただ一つ" in each for each in reasons(country))


def test_a_line_of_the_prefecture_stands_in_for_one_of_a_town() -> None:
    town = standing("town", areas=frozenset({YOKOHAMA}))
    assert "横浜市に応じる、ただ一つの専用窓口です" in reasons(town)
    assert not any("ただ一つ" in each for each in reasons(town, standing("prefecture")))
    only = reasons(standing("prefecture"), town)
    assert "神奈川県全域に応じる、ただ一つの専用窓口です" in only


@pytest.mark.parametrize(
    "other",
    [
        {"focus": Focus.MATERNITY},
        {"is_active": False},
        {"areas": frozenset({"13"})},
    ],
    ids=["another focus", "at rest", "another prefecture"],
)
def test_what_cannot_stand_in_does_not_count(other: dict[str, object]) -> None:
    told = reasons(standing("only"), standing("other", **other))
    assert "神奈川県全域に応じる、ただ一つの専用窓口です" in told


def test_a_dedicated_line_stands_in_for_a_general_desk() -> None:
    general = standing("desk", focus=Focus.MATERNITY)
    assert "神奈川県全域に応じる、ただ一つの窓口です" in reasons(general)
    assert not any("ただ一つ" in each for each in reasons(general, standing("sos")))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "14か月確認されていません"),
        ({"was_checked": False}, "情報を集めてから14か月、確認されていません"),
        ({"withheld_from": ALWAYS}, "番号は確認待ちで、公開のページに出ていません"),
        ({"withheld_from": ALWAYS, "has_number": False, "looked_at": TODAY}, "確認待ちです"),
    ],
)
def test_the_reason_is_told_in_words(changes: dict[str, object], told: str) -> None:
    assert told in reasons(standing("only", **changes))


def test_a_report_that_ages_becomes_due_on_its_day() -> None:
    aging = standing("aging", withheld_from=date(2027, 1, 1), looked_at=date(2026, 11, 23))
    assert desk.due([aging], date(2026, 12, 31)) == ()
    assert [each.risk for each in desk.due([aging], date(2027, 1, 1))] == [Risk.NUMBER_WITHHELD]


@given(st.dates(date(2020, 1, 1), date(2026, 11, 25)))
def test_months_are_whole_ones(since: date) -> None:
    told = reasons(standing("only", looked_at=since, withheld_from=ALWAYS))
    counted = [int("".join(filter(str.isdigit, each))) for each in told if "か月" in each]
    months = counted[0] if counted else 0
    assert months_after(since, months) <= TODAY < months_after(since, months + 1)


def test_the_cast_stands_as_it_is_stored(database: Database) -> None:
    services.save(database, a_service("ended", status=ServiceStatus.DEFUNCT))
    found = {each.service_id: each for each in standings.everything(database)}
    assert not {"kakushi-line", "ended"} & set(found)
    old, absent = found["mukashi-sos"], found["rusu-line"]
    assert (old.withheld_from, old.has_number, old.areas) == (ALWAYS, True, {KANAGAWA})
    assert (absent.has_number, absent.was_checked) == (False, False)
    assert old.looked_at == date(2026, 11, 23)
    tasks = desk.due(found.values(), TODAY)
    assert [each.service_id for each in tasks] == ["mukashi-sos"]


def test_every_contact_is_at_hand_with_its_link() -> None:
    service = a_service(
        evidence=EvidenceLevel.UNCONFIRMED,
        website="example.jp",
        channels=(
            a_channel("minato-sos"),
            a_channel("minato-sos", 2, ChannelKind.LINE, "@minato"),
            a_channel("minato-sos", 3, ChannelKind.LINE, None),
            a_channel("minato-sos", 4, ChannelKind.WEB_FORM, "javascript:alert(1)"),
        ),
    )
    assert desk.contacts(service) == (
        Contact("電話", "03-0000-0001", "tel:0300000001"),
        Contact("LINE", "@minato", "https://line.me/R/ti/p/@minato"),
        Contact("入力フォーム", "javascript:alert(1)", None),
        Contact("公式サイト", "example.jp", "http://example.jp"),
    )
    assert desk.contacts(a_service(channels=(), website=None, sources=())) == ()


def test_without_a_site_of_its_own_the_sources_are_at_hand() -> None:
    told = desk.contacts(a_service(channels=(), website=None))
    assert told == (Contact("出典", "見本新聞", "https://example.jp/minato-sos-s1"),)


def test_ten_thousand_services_are_sorted_in_a_moment() -> None:
    codes = [f"{number:02}" for number in range(1, 48)]
    many = [
        standing(f"s{number}", areas=frozenset({codes[number % 47]})) for number in range(10_000)
    ]
    began = time.process_time()
    assert len(desk.due(many, TODAY)) == 10_000
    assert time.process_time() - began < 3
