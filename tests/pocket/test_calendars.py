"""A calendar holds the hours that are known for sure, and nothing else; icalendar reads it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from sosdir.areas import Gazetteer
from sosdir.evidence import is_reachable, publish
from sosdir.models import ChannelKind, DataPackage, Service, ServiceStatus, State
from sosdir.pocket import DAYS, calendar
from sosdir.presentation import Presenter, Result
from sosdir.schedules import TOKYO, answering_hours, availability, is_live
from tests.cast import NOON, TODAY, a_channel, a_service, the_cast

CHANGED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def result(gazetteer: Gazetteer) -> Any:
    presenter = Presenter(gazetteer, NOON, lambda key: f"https://sosdir.example/services/{key}")

    def make(service: Service) -> Result:
        return presenter.result(publish(service, TODAY))

    return make


def read(content: bytes) -> Calendar:
    """Read a calendar, refusing what is not by the letter."""
    found = Calendar.from_ical(content)
    for component in found.walk():
        assert component.errors == []
    return found


def read_of(result: Result, **told: Any) -> Calendar:
    return read(calendar(result, CHANGED, TODAY, **told))


def spans(found: Calendar) -> list[str]:
    return [f"{e.start:%m-%d %H:%M}/{e.end:%H:%M}" for e in found.events]


def test_the_coming_hours_are_events(result: Any) -> None:
    found = read_of(result(a_service()))
    assert spans(found)[:3] == ["11-25 10:00/16:00", "11-26 10:00/16:00", "11-27 10:00/16:00"]
    assert len(found.events) == 20
    first = found.events[0]
    assert first["SUMMARY"] == "みなとSOS (電話)"
    assert first["DESCRIPTION"] == "電話: 03-0000-0001"
    assert first["TRANSP"] == "TRANSPARENT"
    assert str(first["DTSTART"].params["TZID"]) == "Asia/Tokyo"
    assert first["DTSTAMP"].dt == CHANGED
    assert "RRULE" not in first


def test_a_calendar_says_what_it_is_and_when_to_ask_again(result: Any) -> None:
    found = read_of(result(a_service()))
    assert found["NAME"] == found["X-WR-CALNAME"] == "みなとSOS"
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert found["SOURCE"] == "https://sosdir.example/services/minato-sos.ics"
    assert "休みとはかぎりません" in found["DESCRIPTION"]
    assert "収集日:2026年11月23日" in found["DESCRIPTION"]


def test_the_zone_stands_in_the_file(result: Any) -> None:
    (zone,) = read_of(result(a_service())).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Tokyo"
    assert zone.to_tz().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=9)


def test_channels_with_the_same_hours_share_their_events(result: Any) -> None:
    channels = (
        a_channel("minato-sos", 1, hours="Mo 10:00-12:00; PH off"),
        a_channel("minato-sos", 2, ChannelKind.CHAT, None, "Mo 10:00-12:00; PH off"),
        a_channel("minato-sos", 3, value="03-0000-0009", hours="Tu 10:00-12:00; PH off"),
    )
    found = read_of(result(a_service(channels=channels)))
    assert [e["SUMMARY"] for e in found.events] == [
        *["みなとSOS (電話・チャット)"] * 4,
        *["みなとSOS (電話)"] * 4,
    ]


def test_every_event_has_an_id_of_its_own_that_stays(result: Any) -> None:
    for service in the_cast():
        if service.hold is None:
            ids = [str(e["UID"]) for e in read_of(result(service)).events]
            assert len(ids) == len(set(ids))
    tomorrow = calendar(result(a_service()), CHANGED, TODAY + timedelta(days=1))
    before = {str(e["UID"]): e.start for e in read_of(result(a_service())).events}
    after = {str(e["UID"]): e.start for e in read(tomorrow).events}
    assert len(before.keys() & after.keys()) == 19
    assert all(before[key] == after[key] for key in before.keys() & after.keys())


@pytest.mark.parametrize(
    "changes",
    [
        {"channels": (a_channel("minato-sos", hours=None),)},
        {"channels": (a_channel("minato-sos", 1, ChannelKind.EMAIL, "a@example.jp", "24/7"),)},
        {"channels": (a_channel("minato-sos", value=None),)},
        {"status": ServiceStatus.TEMPORARILY_CLOSED},
        {"contact_missing": True},
    ],
)
def test_where_nothing_is_known_there_is_no_event_and_it_is_said(
    result: Any, changes: dict[str, Any]
) -> None:
    found = read_of(result(a_service(**changes)))
    assert found.events == []
    assert "受付時間が分からないため" in found["DESCRIPTION"]


def test_a_withheld_service_tells_no_hours(result: Any) -> None:
    (old,) = (each for each in the_cast() if each.id == "mukashi-sos")
    content = calendar(result(old), CHANGED, TODAY)
    assert read(content).events == []
    assert "24時間" not in content.replace(b"\r\n ", b"").decode()


def test_a_neutral_calendar_tells_nothing_but_times(result: Any) -> None:
    content = calendar(result(a_service()), CHANGED, TODAY, neutral=True)
    found = read(content)
    assert {e["SUMMARY"] for e in found.events} == {"メモ"}
    assert spans(found) == spans(read_of(result(a_service())))
    for word in ("みなと", "minato", "03-0000", "http", "example", "横浜"):
        assert word not in content.replace(b"\r\n ", b"").decode()


def test_events_are_the_open_states_of_every_shipped_service(
    package: DataPackage, result: Any
) -> None:
    for service in package.services:
        if service.hold is not None:
            continue
        shown = publish(service, TODAY)
        found = read_of(result(service))
        told = [(e.start, e.end) for e in found.events]
        hours = [
            answering_hours(each)
            for each in shown.service.channels
            if not shown.withheld
            and is_live(each.kind, each.hours)
            and is_reachable(shown.service, each)
        ]
        for number in range(0, (DAYS - 1) * 24, 5):
            at = datetime(2026, 11, 26, tzinfo=TOKYO) + timedelta(hours=number)
            is_open = any(availability(each, at).state is State.OPEN for each in hours)
            assert any(start <= at < end for start, end in told) == is_open, (service.id, at)


def test_the_address_gives_a_calendar(cast_client: FlaskClient) -> None:
    answer = cast_client.get("/services/sagami-night.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="sagami-night.ics"'
    assert spans(read(answer.get_data()))[0] == "11-25 18:00/02:00"


def test_a_calendar_is_said_in_the_language_of_its_address(cast_client: FlaskClient) -> None:
    answer = cast_client.get("/en/services/minato-sos.ics")
    assert read(answer.get_data()).events[0]["SUMMARY"] == "みなとSOS (Phone)"
    assert answer.headers["Content-Language"] == "en"
