"""What is counted of a line is what the search sees of it."""

from datetime import date

import pytest

from sosdir import evidence
from sosdir.coverage import Line, line_of
from sosdir.models import Basis, ChannelKind, EvidenceLevel, Scope, Service, ServiceStatus
from tests.cast import KANAGAWA, KAWASAKI, NATIONWIDE, TODAY, YOKOHAMA, a_channel, a_service


def counted(service: Service, day: date = TODAY) -> Line:
    return line_of(evidence.publish(service, day))


def test_a_line_counts_by_the_channels_that_are_shown() -> None:
    line = counted(
        a_service(
            channels=(
                a_channel("minato-sos"),
                a_channel("minato-sos", 2, ChannelKind.LINE, None, "24/7"),
                a_channel("minato-sos", 3, ChannelKind.FAX, None, None),
            )
        )
    )
    # The operator's site leads on to its LINE, not to its fax.
    assert line.kinds == {ChannelKind.PHONE, ChannelKind.LINE}
    assert line.hours == ("Mo-Fr 10:00-16:00; PH off", "24/7")
    assert line.usable
    assert not line.silent


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": EvidenceLevel.UNCONFIRMED},
        {"contact_missing": True},
        {"status": ServiceStatus.TEMPORARILY_CLOSED},
        {"evidence": EvidenceLevel.REPORTED, "newest_source_year": 2019},
    ],
)
def test_a_line_whose_contact_is_not_shown_is_known_and_no_more(changes: dict[str, object]) -> None:
    line = counted(a_service(**changes))
    assert not line.usable
    assert (line.kinds, line.hours, line.languages) == (frozenset(), (), frozenset())


def test_a_report_stops_counting_with_the_years() -> None:
    service = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    assert counted(service, date(2026, 12, 31)).usable
    assert not counted(service, date(2027, 1, 1)).usable


def test_a_line_that_takes_messages_is_answered_at_no_hour() -> None:
    channels = (
        a_channel("minato-sos", 1, ChannelKind.EMAIL, "a@example.jp", "24/7"),
        a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", None),
    )
    line = counted(a_service(channels=channels))
    assert line.usable
    assert (line.hours, line.silent) == ((), False)


def test_a_phone_without_hours_is_silent_on_them() -> None:
    assert counted(a_service(channels=(a_channel("minato-sos", hours=None),))).silent


@pytest.mark.parametrize(
    ("areas", "code", "scope"),
    [
        ((YOKOHAMA,), YOKOHAMA, Scope.MUNICIPALITY),
        ((YOKOHAMA,), KANAGAWA, Scope.MUNICIPALITY),
        ((YOKOHAMA,), KAWASAKI, None),
        ((YOKOHAMA,), "13", None),
        ((KANAGAWA,), YOKOHAMA, Scope.PREFECTURE),
        ((KANAGAWA, YOKOHAMA), KANAGAWA, Scope.PREFECTURE),
        ((KANAGAWA, YOKOHAMA), YOKOHAMA, Scope.MUNICIPALITY),
        ((NATIONWIDE,), "13", Scope.COUNTRY),
        ((NATIONWIDE, YOKOHAMA), KANAGAWA, Scope.COUNTRY),
    ],
)
def test_a_line_serves_a_place_by_its_nearest_area(
    areas: tuple[str, ...], code: str, scope: Scope | None
) -> None:
    assert counted(a_service(service_areas=areas)).scope(code) is scope


def test_an_area_that_no_page_states_is_told_apart() -> None:
    assert counted(a_service(service_area_basis=Basis.PRESUMED)).presumed
    assert not counted(a_service()).presumed
