"""How a service is said: in words, with nothing added."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sosdir.areas import Gazetteer
from sosdir.evidence import publish
from sosdir.models import (
    Basis,
    ChannelKind,
    EvidenceLevel,
    Position,
    Precision,
    Service,
    SourceKind,
)
from sosdir.presentation import ChannelLine, Presenter, Result
from sosdir.schedules import TOKYO
from sosdir.vocabulary import EVIDENCE_LABELS
from tests.cast import KAWASAKI, NIGHT, NOON, YOKOHAMA, a_channel, a_service, a_source, the_cast

Present = Callable[..., Result]


@pytest.fixture
def present(gazetteer: Gazetteer) -> Present:
    """Give a presenter of one service as of an instant, Wednesday noon unless told."""

    def call(service: Service, at: datetime = NOON, place: str | None = None) -> Result:
        presenter = Presenter(gazetteer, at, lambda service_id: f"/services/{service_id}")
        asked = gazetteer.get(place) if place else None
        return presenter.result(publish(service, presenter.now.date()), 0, asked)

    return call


def one_channel(
    present: Present, *arguments: Any, at: datetime = NOON, **changes: Any
) -> ChannelLine:
    """Return how the only channel of a service is said."""
    website = changes.pop("website", "https://example.jp/")
    channel = a_channel("minato-sos", 1, *arguments, **changes)
    (line,) = present(a_service(channels=(channel,), website=website), at).channels
    return line


def by_name(name: str) -> Service:
    return next(each for each in the_cast() if each.id == name)


def test_a_service_is_said_in_labels(present: Present) -> None:
    result = present(a_service())
    assert (result.name, result.url) == ("みなとSOS", "/services/minato-sos")
    assert result.focus_label == "妊娠SOS(専用の窓口)"
    assert result.answers_for_label == "市区町村の窓口"
    assert result.evidence_label == "公式ページの情報"
    assert result.organization == "横浜市"
    assert result.area_label == "横浜市"
    assert result.free is True
    assert result.fee_text is None


def test_what_no_source_says_stays_unknown(present: Present) -> None:
    result = present(a_service(organization=None, fee=None, anonymous=None, website=None))
    assert result.organization is None
    assert result.fee is None
    assert result.fee_text is None
    assert result.free is False
    assert result.anonymous is None
    assert result.website is None


def test_a_fee_in_the_sources_words_is_kept(present: Present) -> None:
    result = present(a_service(fee="無料(通話料はかかります)"))
    assert result.free is True
    assert result.fee_text == "無料(通話料はかかります)"
    assert present(a_service(fee="初回3000円")).free is False


def test_a_presumed_area_is_known_as_such(present: Present) -> None:
    assert present(a_service()).area_presumed is False
    assert present(a_service(service_area_basis=Basis.PRESUMED)).area_presumed is True


@pytest.mark.parametrize(
    ("areas", "label"),
    [
        (("00",), "全国"),
        (("14",), "神奈川県"),
        ((YOKOHAMA, KAWASAKI), "横浜市・川崎市"),
        (("14", "13", "12"), "神奈川県・東京都・千葉県"),
        (("14", "13", "12", "11"), "神奈川県・東京都・千葉県ほか"),
    ],
)
def test_areas_are_named_and_many_are_cut(
    present: Present, areas: tuple[str, ...], label: str
) -> None:
    assert present(a_service(service_areas=areas)).area_label == label


def test_the_state_is_said_with_its_next_change(present: Present) -> None:
    result = present(a_service())
    assert result.state == "open"
    assert "16" in result.state_text
    assert result.next_change == datetime(2026, 11, 25, 16, 0, tzinfo=TOKYO)
    assert present(a_service(), NIGHT).state == "closed"


def test_the_instant_may_be_told_in_any_zone(present: Present) -> None:
    from_afar = datetime.fromisoformat("2026-11-24T22:00-05:00")
    assert present(a_service(), from_afar) == present(a_service())


@pytest.mark.parametrize(
    ("at", "label"),
    [
        ("2026-11-25T12:00", "11月25日(水)12時00分の状態"),
        ("2026-11-23T18:05", "11月23日(月・祝)18時05分の状態"),
        ("2027-01-01T00:00", "1月1日(金・祝)0時00分の状態"),
    ],
)
def test_the_instant_is_said_with_its_weekday_and_holiday(
    gazetteer: Gazetteer, at: str, label: str
) -> None:
    presenter = Presenter(gazetteer, datetime.fromisoformat(at).replace(tzinfo=TOKYO), str)
    assert presenter.at_label() == label


def test_the_day_of_collection_is_told_until_someone_has_checked(present: Present) -> None:
    collected = present(a_service()).checked_label
    assert collected.startswith("収集日:2026年11月23日")
    checked = present(a_service(checked_on=date(2026, 11, 24))).checked_label
    assert checked == "確認日:2026年11月24日"


def test_languages_are_named_of_the_service_and_of_the_channel_alone(present: Present) -> None:
    channels = (a_channel("minato-sos"), a_channel("minato-sos", 2, languages=("en",)))
    result = present(a_service(languages=("ja",), channels=channels))
    assert (result.languages, result.language_names) == (("ja", "en"), ("日本語", "英語"))
    assert [each.language_names for each in result.channels] == [(), ("英語",)]


def test_a_phone_is_a_link_that_dials(present: Present) -> None:
    line = one_channel(present)
    assert line.href == "tel:0300000001"
    assert line.value == line.display == "03-0000-0001"
    assert line.action_label == "電話する"
    assert (line.live, line.state, line.withheld) == (True, "open", False)


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        (ChannelKind.EMAIL, "a@example.jp", "mailto:a@example.jp"),
        (ChannelKind.LINE, "@sagami", "https://line.me/R/ti/p/@sagami"),
        (ChannelKind.LINE, "https://lin.ee/x", "https://lin.ee/x"),
        (ChannelKind.LINE, "みなと相談", None),
        (ChannelKind.WEB_FORM, "https://example.jp/form", "https://example.jp/form"),
        (ChannelKind.WEB_FORM, "javascript:alert(1)", None),
        (ChannelKind.PHONE, "#8000", None),
        (ChannelKind.FAX, "03-0000-0009", None),
        (ChannelKind.IN_PERSON, "横浜市見本町1", None),
    ],
)
def test_a_channel_links_only_to_what_can_be_reached(
    present: Present, kind: ChannelKind, value: str, href: str | None
) -> None:
    line = one_channel(present, kind, value, None, None)
    assert line.href == href
    assert line.value == value
    assert line.via_website is False


@pytest.mark.parametrize(
    "kind", [ChannelKind.LINE, ChannelKind.EMAIL, ChannelKind.WEB_FORM, ChannelKind.CHAT]
)
def test_a_channel_without_its_address_is_reached_by_the_website(
    present: Present, kind: ChannelKind
) -> None:
    line = one_channel(present, kind, None, None, None)
    assert line.href == "https://example.jp/"
    assert line.via_website is True
    assert line.action_label is not None
    assert line.action_label.startswith("公式ページから")
    assert one_channel(present, kind, None, None, None, website=None).href is None


def test_a_phone_without_a_number_is_reached_by_nothing(present: Present) -> None:
    line = one_channel(present, ChannelKind.PHONE, None, "24/7", None)
    assert line.href is None
    assert line.state == "unknown"
    assert line.state_text == "連絡先は確認中です"


def test_a_place_that_is_not_known_says_so(present: Present) -> None:
    line = one_channel(present, ChannelKind.IN_PERSON, None, None, None)
    assert line.state_text == "場所は確認中です"


def test_a_channel_that_cannot_be_reached_opens_no_service(present: Present) -> None:
    result = present(by_name("rusu-line"))
    assert result.state == "unknown"
    assert result.state_text == "連絡先は確認中です"


def test_the_week_begins_today(present: Present) -> None:
    week = one_channel(present).week
    assert [day.date_label for day in week][:2] == ["11月25日", "11月26日"]
    assert [day.is_today for day in week] == [True] + [False] * 6
    assert week[0].spans == "10:00〜16:00"
    assert week[3].spans == ""
    assert one_channel(present, hours=None).week == ()


def test_a_holiday_of_the_week_is_named(present: Present) -> None:
    monday = datetime(2026, 11, 23, 12, 0, tzinfo=TOKYO)
    assert one_channel(present, at=monday).week[0].holiday == "勤労感謝の日"


def test_a_week_that_is_not_certain_says_so(present: Present) -> None:
    monday = datetime(2026, 11, 23, 12, 0, tzinfo=TOKYO)
    holiday = one_channel(present, hours="Mo-Fr 10:00-16:00", at=monday).week[0]
    assert holiday.unknown is True


def test_a_withheld_service_has_its_name_and_website_only(present: Present) -> None:
    result = present(by_name("mukashi-sos"))
    assert result.withheld is True
    assert result.state == "unknown"
    assert result.state_text == "番号は確認中です"
    assert result.website == "https://example.jp/minato"
    assert result.address is result.latitude is result.longitude is None
    for line in result.channels:
        assert line.withheld is True
        assert line.value is line.href is line.hours is line.hours_text is line.note is None
        assert line.week == ()
        assert line.state_text == "番号は確認中です"
        assert line.via_website is False
    assert [line.kind for line in result.channels] == ["phone", "email"]


def test_a_website_without_its_scheme_is_a_link(present: Present) -> None:
    assert present(a_service(website="example.jp/a")).website == "http://example.jp/a"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_no_other_scheme_becomes_a_link(present: Present, address: str) -> None:
    source = replace(a_source("minato-sos"), url=address)
    result = present(a_service(website=address, sources=(source,)))
    links = (result.website, result.sources[0].url)
    assert all(link is None or link.startswith("http://") for link in links)


def test_channels_point_at_their_sources_by_number(present: Present) -> None:
    sources = (
        a_source("minato-sos", 1),
        replace(a_source("minato-sos", 2), kind=SourceKind.GOVERNMENT, page_date=None),
    )
    channel = a_channel("minato-sos", source_ids=("minato-sos-s2", "minato-sos-s1"))
    result = present(a_service(channels=(channel,), sources=sources))
    assert [each.number for each in result.sources] == [1, 2]
    assert [each.kind_label for each in result.sources] == ["報道", "国・自治体"]
    assert result.channels[0].sources == (2, 1)


def test_the_distance_is_told_where_both_ends_are_known(present: Present) -> None:
    assert present(a_service()).distance_km is None
    near = present(a_service(), place=YOKOHAMA).distance_km
    far = present(a_service(), place=KAWASAKI).distance_km
    assert near is not None
    assert far is not None
    assert near < 2 < far < 30
    assert present(a_service(position=None), place=YOKOHAMA).distance_km is None


def test_how_exactly_a_position_is_known_is_told(present: Present) -> None:
    exact = Position(35.0, 139.0, Precision.ADDRESS)
    result = present(a_service(position=exact))
    assert (result.latitude, result.longitude) == (35.0, 139.0)
    assert result.position_precision == "address"
    assert present(a_service(position=None)).position_precision is None


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (datetime(2027, 5, 22, tzinfo=TOKYO), None),
        (datetime(2027, 5, 23, tzinfo=TOKYO), "確認から半年たちました"),
        (datetime(2027, 11, 23, tzinfo=TOKYO), "1年以上確認していません"),
    ],
)
def test_age_is_said(present: Present, day: datetime, label: str | None) -> None:
    assert present(a_service(checked_on=date(2026, 11, 23)), day).age_label == label


def test_what_was_only_collected_is_not_said_to_be_checked(present: Present) -> None:
    label = present(a_service(), datetime(2027, 6, 1, tzinfo=TOKYO)).age_label
    assert label == "情報を集めてから半年たちました"


def test_the_evidence_of_the_day_is_said(present: Present) -> None:
    reported = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    assert present(reported).evidence_label == EVIDENCE_LABELS[EvidenceLevel.REPORTED]
    aged = present(reported, datetime(2027, 1, 1, tzinfo=TOKYO))
    assert aged.evidence_label == EVIDENCE_LABELS[EvidenceLevel.UNCONFIRMED]


def test_a_known_place_is_not_called_sought_where_the_contact_is(present: Present) -> None:
    door = a_channel("minato-sos", kind=ChannelKind.IN_PERSON, value="横浜市見本町1-1")
    result = present(a_service(contact_missing=True, channels=(door,)))
    assert result.channels[0].state_text == "連絡先は確認中です"
    assert result.channels[0].value == "横浜市見本町1-1"
