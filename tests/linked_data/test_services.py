"""A service is said in the words of schema.org: what is shown of it, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sosdir import evidence
from sosdir.areas import Gazetteer
from sosdir.linked_data import service
from sosdir.models import (
    AnswersFor,
    Channel,
    ChannelKind,
    EvidenceLevel,
    Service,
    ServiceStatus,
)
from sosdir.presentation import Presenter
from tests.cast import CITY, HARBOUR, NOON, TODAY, YOKOHAMA, a_channel, a_service

URL = "https://sosdir.example.jp/services/minato-sos"
Say = Callable[..., dict[str, Any]]


@pytest.fixture
def say(gazetteer: Gazetteer) -> Say:
    """Give what says a service that is published today."""

    def said(told: Service, *doubted: str) -> dict[str, Any]:
        presenter = Presenter(gazetteer, NOON, lambda _: URL, doubted=frozenset(doubted))
        return service(presenter.result(evidence.publish(told, TODAY)), URL, presenter.area_name)

    return said


def with_channel(kind: ChannelKind, value: str | None, **changes: Any) -> Service:
    channel: Channel = replace(a_channel("minato-sos", 1, kind, value), **changes)
    return a_service(channels=(channel,))


def channel_of(document: dict[str, Any]) -> dict[str, Any]:
    (channel,) = document["availableChannel"]
    found: dict[str, Any] = channel
    return found


def test_a_line_of_a_city_is_a_government_service_for_its_people(say: Say) -> None:
    document = say(a_service())
    assert document["@context"] == "https://schema.org"
    assert document["@type"] == "GovernmentService"
    assert document["@id"] == document["url"] == URL
    assert document["provider"] == {"@type": "Organization", "name": CITY.name}
    assert document["areaServed"] == [
        {
            "@type": "AdministrativeArea",
            "name": "横浜市",
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "JIS X 0402",
                "value": YOKOHAMA,
            },
        }
    ]
    assert document["offers"]["price"] == 0
    assert document["mainEntityOfPage"]["dateCreated"] == "2026-11-23"
    assert "lastReviewed" not in document["mainEntityOfPage"]


def test_who_commissions_provides_and_who_runs_operates(say: Say) -> None:
    document = say(a_service(organization=HARBOUR, commissioners=(CITY,)))
    assert document["provider"]["name"] == CITY.name
    assert document["serviceOperator"]["name"] == HARBOUR.name
    assert "serviceOperator" not in say(a_service(commissioners=(CITY,)))


@pytest.mark.parametrize("who", [AnswersFor.NATIONAL, AnswersFor.NPO, AnswersFor.MEDICAL])
def test_a_body_of_its_own_is_no_government_service(say: Say, who: AnswersFor) -> None:
    document = say(a_service(answers_for=who, service_areas=("00",), commissioners=(HARBOUR,)))
    assert document["@type"] == "Service"
    assert document["provider"]["name"] == CITY.name
    assert document["areaServed"] == [{"@type": "Country", "name": "Japan", "identifier": "JP"}]


def test_a_number_is_written_as_it_is_dialled_from_anywhere(say: Say) -> None:
    point = channel_of(say(with_channel(ChannelKind.PHONE, "045-662-5524")))["servicePhone"]
    assert point["telephone"] == "+81456625524"
    assert point["hoursAvailable"][0]["opens"] == "10:00"
    short = channel_of(say(with_channel(ChannelKind.PHONE, "#8000", hours=None)))
    assert short["servicePhone"] == {"@type": "ContactPoint", "telephone": "#8000"}


def test_each_kind_of_channel_is_said_by_its_own_word(say: Say) -> None:
    sms = channel_of(say(with_channel(ChannelKind.SMS, "090-1234-5678")))
    assert sms["serviceSmsNumber"]["telephone"] == "+819012345678"
    line = channel_of(say(with_channel(ChannelKind.LINE, "@sagami", languages=("ja", "en"))))
    assert line["serviceUrl"] == "https://line.me/R/ti/p/@sagami"
    assert line["availableLanguage"] == ["ja", "en"]
    mail = channel_of(say(with_channel(ChannelKind.EMAIL, "soudan@example.jp")))
    assert mail["serviceUrl"] == "mailto:soudan@example.jp"
    place = channel_of(say(with_channel(ChannelKind.IN_PERSON, "横浜市見本町1-1")))
    assert place["serviceLocation"]["address"] == "横浜市見本町1-1"
    assert place["serviceLocation"]["openingHoursSpecification"]


def test_where_only_the_website_leads_on_it_is_said_and_no_other(say: Say) -> None:
    channel = channel_of(say(with_channel(ChannelKind.LINE, None)))
    assert channel["serviceUrl"] == "https://example.jp/minato"


@pytest.mark.parametrize(
    "told",
    [
        a_service(evidence=EvidenceLevel.UNCONFIRMED),
        a_service(contact_missing=True),
        a_service(status=ServiceStatus.TEMPORARILY_CLOSED),
        with_channel(ChannelKind.FAX, "045-662-5524"),
        with_channel(ChannelKind.PHONE, None),
    ],
)
def test_nobody_is_led_where_nobody_is_known_to_answer(say: Say, told: Service) -> None:
    assert "availableChannel" not in say(told)


def test_a_number_that_was_reported_as_wrong_is_left_out(say: Say) -> None:
    told = with_channel(ChannelKind.PHONE, "045-662-5524")
    assert "availableChannel" not in say(told, told.channels[0].id)


def test_an_admins_check_is_the_day_of_the_last_review(say: Say) -> None:
    assert say(a_service(checked_on=TODAY))["mainEntityOfPage"]["lastReviewed"] == "2026-11-25"
