"""What we know, how old it is, and what may be shown."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.channels import dialled_digits
from sosdir.evidence import (
    ALWAYS,
    NEVER,
    Age,
    after_change,
    age_on,
    age_since,
    changed_at,
    counts_until,
    from_sources,
    is_listed,
    is_public,
    is_reachable,
    is_resting,
    level_on,
    looked_at,
    months_after,
    publish,
    withheld_from,
    without_blind_check,
    without_rest,
)
from sosdir.models import (
    ChannelKind,
    DataPackage,
    EvidenceLevel,
    Position,
    Precision,
    Service,
    ServiceStatus,
    Source,
    SourceKind,
    Statistic,
)
from sosdir.text import fold_digits
from tests.cast import NOON, TODAY, a_channel, a_service, a_source

FAR_OFF = date(2099, 12, 31)

CHANNEL_SECRETS = {
    "value": "秘密の番号",
    "hours": "秘密の式",
    "hours_text": "秘密の時間",
    "caller_id": "秘密の見え方",
    "reply": "秘密の返事",
    "note": "秘密の注意",
    "editor_note": "管理者だけの注意",
}
SERVICE_SECRETS = {
    "address": "秘密の住所",
    "position": Position(35.98765, 139.12345, Precision.ADDRESS),
    "statistics": (Statistic("秘密の数", 987654, date(2020, 1, 1)),),
    "confidentiality": "秘密は守られるという約束",
    "operator_text": "管理者だけの運営者",
    "editor_note": "管理者だけの覚え書き",
}


def a_report(year: int | None) -> Service:
    """Return a service that another source told of in a year."""
    return a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=year)


def with_secrets(level: EvidenceLevel) -> Service:
    """Return a service whose every field that may be withheld is filled."""
    channel = a_channel("minato-sos", toll_free=True, **CHANNEL_SECRETS)
    return a_service(evidence=level, channels=(channel,), **SERVICE_SECRETS)


def strings(value: object) -> Iterator[str]:
    """Give every string and number that a record holds, at any depth."""
    if is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif value is not None:
        yield str(value)


def test_a_report_of_2021_counts_on_the_last_day_of_2026() -> None:
    assert level_on(a_report(2021), date(2026, 12, 31)) is EvidenceLevel.REPORTED


def test_a_report_of_2021_counts_no_more_in_2027() -> None:
    assert level_on(a_report(2021), date(2027, 1, 1)) is EvidenceLevel.UNCONFIRMED
    assert withheld_from(a_report(2021)) == date(2027, 1, 1)


def test_a_report_of_2020_counts_no_more_in_2026() -> None:
    assert level_on(a_report(2020), date(2026, 1, 1)) is EvidenceLevel.UNCONFIRMED


def test_an_undated_report_counts() -> None:
    assert withheld_from(a_report(None)) == NEVER
    assert level_on(a_report(None), FAR_OFF) is EvidenceLevel.REPORTED


@pytest.mark.parametrize("year", [1999, 2026, None])
def test_an_unconfirmed_service_is_withheld_on_every_day(year: int | None) -> None:
    service = a_service(evidence=EvidenceLevel.UNCONFIRMED, newest_source_year=year)
    assert withheld_from(service) == ALWAYS
    assert publish(service, TODAY).withheld


@pytest.mark.parametrize("year", [1999, 2026, None])
def test_a_confirmed_service_is_never_withheld(year: int | None) -> None:
    service = a_service(evidence=EvidenceLevel.CONFIRMED, newest_source_year=year)
    assert withheld_from(service) == NEVER
    assert not publish(service, FAR_OFF).withheld


def test_a_check_counts_before_the_collection() -> None:
    service = a_service(collected_on=date(2026, 11, 23), checked_on=date(2027, 2, 1))
    assert looked_at(service) == date(2027, 2, 1)
    assert age_on(service, date(2027, 6, 1)) is Age.FRESH


def test_without_a_check_the_collection_counts() -> None:
    service = a_service(collected_on=date(2026, 11, 23), checked_on=None)
    assert looked_at(service) == date(2026, 11, 23)
    assert age_on(service, date(2027, 6, 1)) is Age.DUE


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 11, 23), Age.FRESH),
        (date(2027, 5, 22), Age.FRESH),
        (date(2027, 5, 23), Age.DUE),
        (date(2027, 11, 22), Age.DUE),
        (date(2027, 11, 23), Age.OVERDUE),
        (date(2040, 1, 1), Age.OVERDUE),
    ],
)
def test_facts_are_due_after_six_months_and_overdue_after_twelve(day: date, age: Age) -> None:
    assert age_since(date(2026, 11, 23), day) is age


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 29), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then


def test_facts_of_the_end_of_august_are_due_on_the_last_day_of_february() -> None:
    assert age_since(date(2026, 8, 31), date(2027, 2, 27)) is Age.FRESH
    assert age_since(date(2026, 8, 31), date(2027, 2, 28)) is Age.DUE


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(0, 48))
def test_months_never_run_backwards(day: date, months: int) -> None:
    then = months_after(day, months)
    assert months_after(day + timedelta(days=1), months) >= then
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize("day", [date(9999, 1, 1), date(9999, 12, 31)])
def test_the_end_of_time_is_no_error(day: date) -> None:
    assert months_after(day, 12) == date.max


def test_a_service_on_hold_is_not_public() -> None:
    assert is_public(a_service())
    assert not is_public(a_service(hold="理由"))
    assert not is_public(a_service(hold=""))


def test_a_service_on_hold_cannot_be_published() -> None:
    with pytest.raises(ValueError, match="minato-sos is on hold"):
        publish(a_service(hold="理由"), TODAY)


@pytest.mark.parametrize("name", [*CHANNEL_SECRETS, *SERVICE_SECRETS])
def test_the_publishing_test_would_see_each_secret(name: str) -> None:
    secret = (CHANNEL_SECRETS | SERVICE_SECRETS)[name]
    assert set(strings(secret)) <= set(strings(with_secrets(EvidenceLevel.CONFIRMED)))


def test_a_withheld_service_keeps_no_secret_at_any_depth() -> None:
    shown = repr(publish(with_secrets(EvidenceLevel.UNCONFIRMED), TODAY))
    secrets = set(strings((*CHANNEL_SECRETS.values(), *SERVICE_SECRETS.values())))
    # The words of a vocabulary are no secret.
    secrets -= {Precision.ADDRESS.value}
    assert [secret for secret in secrets if secret in shown] == []
    assert "toll_free=True" not in shown


def test_a_shown_service_keeps_only_the_admins_fields_back() -> None:
    service = with_secrets(EvidenceLevel.CONFIRMED)
    published = publish(service, TODAY)
    channel = replace(service.channels[0], editor_note=None)
    assert published.service == replace(
        service, operator_text=None, editor_note=None, channels=(channel,)
    )
    assert (published.level, published.withheld) == (EvidenceLevel.CONFIRMED, False)


def test_a_withheld_service_is_still_named_with_its_area_and_website() -> None:
    service = with_secrets(EvidenceLevel.UNCONFIRMED)
    shown = publish(service, TODAY).service
    for name in ("id", "name", "organization", "service_areas", "website", "sources", "focus"):
        assert getattr(shown, name) == getattr(service, name)
    assert [channel.kind for channel in shown.channels] == [ChannelKind.PHONE]


def test_a_report_is_withheld_from_the_day_it_counts_no_more() -> None:
    service = a_report(2021)
    before, after = publish(service, date(2026, 12, 31)), publish(service, date(2027, 1, 1))
    assert before.service.channels[0].value == "03-0000-0001"
    assert after.service.channels[0].value is None
    assert (before.withheld, after.withheld) == (False, True)


def test_no_shipped_number_that_is_withheld_can_be_read_anywhere(package: DataPackage) -> None:
    withheld = 0
    for service in package.services:
        if not is_public(service) or not (published := publish(service, TODAY)).withheld:
            continue
        withheld += 1
        shown = fold_digits(repr(published))
        for channel in service.channels:
            if channel.kind in {ChannelKind.PHONE, ChannelKind.FAX} and channel.value:
                assert dialled_digits(channel.value) not in shown, service.id
    assert withheld


@pytest.mark.parametrize("kind", ChannelKind)
def test_a_channel_with_its_value_is_reachable(kind: ChannelKind) -> None:
    assert is_reachable(a_service(website=None), a_channel("minato-sos", kind=kind))


@pytest.mark.parametrize(
    ("kind", "leads_on"),
    [
        (ChannelKind.LINE, True),
        (ChannelKind.CHAT, True),
        (ChannelKind.EMAIL, True),
        (ChannelKind.WEB_FORM, True),
        (ChannelKind.CHATBOT, True),
        (ChannelKind.X, True),
        (ChannelKind.PHONE, False),
        (ChannelKind.SMS, False),
        (ChannelKind.FAX, False),
        (ChannelKind.IN_PERSON, False),
    ],
)
def test_the_operators_site_leads_on_to_what_is_online(kind: ChannelKind, leads_on: bool) -> None:
    channel = a_channel("minato-sos", kind=kind, value=None)
    assert is_reachable(a_service(website="https://example.jp/"), channel) is leads_on
    assert not is_reachable(a_service(website=None), channel)


def test_a_site_promises_nothing_where_no_contact_is_known() -> None:
    service = a_service(website="https://example.jp/", contact_missing=True)
    assert not is_reachable(service, a_channel("minato-sos", kind=ChannelKind.LINE, value=None))
    assert not is_reachable(service, a_channel("minato-sos", kind=ChannelKind.IN_PERSON))


@pytest.mark.parametrize(
    ("status", "hold", "listed"),
    [
        (ServiceStatus.ACTIVE, None, True),
        (ServiceStatus.TEMPORARILY_CLOSED, None, True),
        (ServiceStatus.DEFUNCT, None, False),
        (ServiceStatus.ACTIVE, "理由", False),
    ],
)
def test_what_has_ended_or_is_on_hold_stands_in_no_list(
    status: ServiceStatus, hold: str | None, listed: bool
) -> None:
    assert is_listed(a_service(status=status, hold=hold)) is listed


@pytest.mark.parametrize("status", [ServiceStatus.TEMPORARILY_CLOSED, ServiceStatus.DEFUNCT])
def test_nobody_is_sent_to_a_service_that_does_not_run(status: ServiceStatus) -> None:
    service = a_service(status=status)
    assert not is_reachable(service, service.channels[0])
    assert is_resting(service) is (status is ServiceStatus.TEMPORARILY_CLOSED)


def a_page(kind: SourceKind, page_date: str | None = None, number: int = 1) -> Source:
    return replace(a_source("minato-sos", number), kind=kind, page_date=page_date)


@pytest.mark.parametrize("kind", [SourceKind.OPERATOR, SourceKind.GOVERNMENT])
def test_the_operators_own_page_confirms(kind: SourceKind) -> None:
    assert from_sources([a_page(kind), a_page(SourceKind.NEWS)])[0] is EvidenceLevel.CONFIRMED


@pytest.mark.parametrize("kind", [SourceKind.NEWS, SourceKind.OTHER])
def test_other_pages_report(kind: SourceKind) -> None:
    assert from_sources([a_page(kind)]) == (EvidenceLevel.REPORTED, None)


def test_no_page_is_no_evidence() -> None:
    assert from_sources([]) == (EvidenceLevel.UNCONFIRMED, None)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("2024-05", 2024),
        ("2025年11月号掲載", 2025),
        ("04-26(2023年度下半期の報告の日)", 2023),
        ("2019年から2021年", 2021),
        ("11-28(年の記載なし)", None),
        ("120250", None),
        ("", None),
    ],
)
def test_the_year_of_a_page_is_read_from_its_words(words: str, year: int | None) -> None:
    assert from_sources([a_page(SourceKind.NEWS, words)])[1] == year


def test_the_year_of_every_shipped_service_is_that_of_its_newest_page(package: DataPackage) -> None:
    for service in package.services:
        assert from_sources(service.sources)[1] == service.newest_source_year, service.id


UNSURE = a_service(evidence=EvidenceLevel.UNCONFIRMED, sources=(a_page(SourceKind.OPERATOR),))


def test_an_old_page_of_the_operator_raises_nothing_by_itself() -> None:
    touched = a_page(SourceKind.OPERATOR, "2012年")
    known = after_change(UNSURE, [touched], UNSURE.channels)
    assert known == (EvidenceLevel.UNCONFIRMED, 2012, None)


def test_a_new_page_raises_as_far_as_it_reaches() -> None:
    old = UNSURE.sources[0]
    news, own = a_page(SourceKind.NEWS, "2025", 2), a_page(SourceKind.GOVERNMENT, "2026", 2)
    same = UNSURE.channels
    assert after_change(UNSURE, [old, news], same) == (EvidenceLevel.REPORTED, 2025, None)
    assert after_change(UNSURE, [old, own], same) == (EvidenceLevel.CONFIRMED, 2026, None)


def test_a_page_taken_away_lowers() -> None:
    sure = a_service(sources=(a_page(SourceKind.OPERATOR), a_page(SourceKind.NEWS, None, 2)))
    same = sure.channels
    assert after_change(sure, sure.sources[1:], same)[0] is EvidenceLevel.REPORTED
    assert after_change(sure, [], same)[0] is EvidenceLevel.UNCONFIRMED
    checked = replace(sure, checked_on=TODAY)
    assert after_change(checked, [], same) == (EvidenceLevel.CONFIRMED, None, TODAY)


CHECKED = a_service(checked_on=TODAY)
OTHER_NUMBER = (a_channel("minato-sos", value="03-0000-0099"),)


def test_a_check_does_not_stand_for_a_number_it_never_saw() -> None:
    changed = replace(CHECKED, channels=OTHER_NUMBER)
    after = without_blind_check(CHECKED, changed)
    assert (after.checked_on, after.evidence) == (None, EvidenceLevel.REPORTED)
    page = a_page(SourceKind.OPERATOR, "2026", 2)
    level, _, day = after_change(CHECKED, [*CHECKED.sources, page], OTHER_NUMBER)
    assert (level, day) == (EvidenceLevel.CONFIRMED, None)


def test_a_lost_check_raises_nothing() -> None:
    doubtful = replace(CHECKED, evidence=EvidenceLevel.UNCONFIRMED)
    assert after_change(doubtful, doubtful.sources, OTHER_NUMBER)[0] is EvidenceLevel.UNCONFIRMED


def test_a_check_stands_where_no_number_is_new() -> None:
    renamed = replace(CHECKED, name="別の名", channels=())
    assert without_blind_check(CHECKED, renamed) == renamed
    rechecked = replace(CHECKED, channels=OTHER_NUMBER, checked_on=date(2026, 11, 26))
    assert without_blind_check(CHECKED, rechecked) == rechecked


def test_a_report_counts_until_the_sixth_year_after() -> None:
    assert counts_until(2021) == date(2027, 1, 1)
    assert counts_until(None) == NEVER


def test_nothing_that_leads_to_a_line_that_rests_is_given_away() -> None:
    channel = a_channel("minato-sos", caller_id="非通知です", reply="翌日まで", note="夜は別の番号")
    service = a_service("minato-sos", channels=(channel,), address="港区1-1")
    open_to_all = publish(service, TODAY)
    assert without_rest(open_to_all) is open_to_all
    resting = replace(service, status=ServiceStatus.TEMPORARILY_CLOSED)
    shown = without_rest(publish(resting, TODAY)).service
    assert shown.name == service.name
    assert (shown.address, shown.position) == (None, None)
    (silent,) = shown.channels
    assert silent.kind == channel.kind
    told = (silent.value, silent.hours, silent.hours_text, silent.toll_free)
    assert (*told, silent.caller_id, silent.reply, silent.note) == (None,) * 7


@pytest.mark.parametrize(
    ("hidden_from", "recorded", "at"),
    [
        (NEVER, None, NOON.replace(day=20, hour=0)),
        (ALWAYS, None, NOON.replace(day=20, hour=0)),
        (NEVER, NOON - timedelta(days=30), NOON.replace(day=20, hour=0)),
        (NEVER, NOON, NOON),
        (date(2026, 11, 24), NOON - timedelta(days=3), NOON.replace(day=24, hour=0)),
        (date(2026, 11, 24), NOON, NOON),
        (date(2026, 11, 26), None, NOON.replace(day=20, hour=0)),
    ],
)
def test_a_service_changed_when_history_a_look_or_its_age_says_so_last(
    hidden_from: date, recorded: datetime | None, at: datetime
) -> None:
    assert changed_at(date(2026, 11, 20), hidden_from, recorded, TODAY) == at
