"""What is asked of channels holds of one channel together."""

from dataclasses import replace

from sosdir import evidence
from sosdir.models import ChannelKind, DataPackage, EvidenceLevel, Need, ServiceStatus
from sosdir.needs import Wish, channel_facts
from tests.cast import TODAY, a_channel, a_service

NIGHTLY = "Mo-Su 18:00-23:00"
LINE_AT_NIGHT = Wish(kinds=frozenset({ChannelKind.LINE}), needs=frozenset({Need.NIGHT}))


def a_line(hours: str | None, **changes: object) -> object:
    return a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", hours, None, **changes)


def meets(wish: Wish, *channels: object, **changes: object) -> bool:
    facts = channel_facts(a_service(channels=channels, **changes))
    return any(map(wish.met_by, facts))


def test_a_phone_at_night_makes_no_line_at_night() -> None:
    by_day, by_night = a_line("Mo-Fr 10:00-16:00"), a_line(NIGHTLY)
    phone = a_channel("minato-sos", hours=NIGHTLY)
    assert not meets(LINE_AT_NIGHT, phone, by_day)
    assert meets(LINE_AT_NIGHT, a_channel("minato-sos"), by_night)


def test_a_line_without_hours_is_not_said_to_answer_at_night() -> None:
    assert not meets(LINE_AT_NIGHT, a_line(None))


def test_a_channel_speaks_its_own_languages_or_else_those_of_its_service() -> None:
    wish = Wish(kinds=frozenset({ChannelKind.PHONE}), languages=frozenset({"en"}))
    phone = a_channel("minato-sos")
    assert meets(wish, phone, languages=("ja", "en"))
    assert not meets(wish, phone, a_line(None, languages=("en",)), languages=("ja",))
    assert not meets(wish, replace(phone, languages=("vi",)), languages=("en",))


def test_neither_a_phone_nor_a_fax_nor_a_visit_is_for_who_cannot_speak() -> None:
    wish = Wish(needs=frozenset({Need.TEXT_ONLY}))
    for kind in ChannelKind:
        spoken = kind in {ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.IN_PERSON}
        assert meets(wish, a_channel("minato-sos", kind=kind)) is not spoken


def test_a_line_that_rests_and_a_fax_answer_at_no_time() -> None:
    wish = Wish(needs=frozenset({Need.NIGHT}))
    phone = a_channel("minato-sos", hours="24/7")
    assert not meets(wish, phone, status=ServiceStatus.TEMPORARILY_CLOSED)
    assert not meets(wish, replace(phone, kind=ChannelKind.FAX))


def test_an_uncertain_turn_of_the_year_takes_nothing_from_the_nights_before() -> None:
    phone = a_channel("minato-sos", hours="24/7", hours_text="24時間(年末年始を除く)")
    (facts,) = channel_facts(a_service(channels=(phone,)))
    assert {Need.NIGHT, Need.AROUND_THE_CLOCK} <= facts.needs


def test_what_is_withheld_is_told_as_the_published_service_tells_it(package: DataPackage) -> None:
    withheld = 0
    for service in package.services:
        if service.hold is not None:
            continue
        published = evidence.publish(service, TODAY)
        stored, shown = channel_facts(service), channel_facts(published.service)
        if published.withheld:
            withheld += 1
            stored = tuple(each.withheld() for each in stored)
            shown = tuple(replace(each, reachable=False) for each in shown)
        assert stored == shown
    assert withheld > 20


def test_a_service_that_names_no_channel_still_speaks_its_languages() -> None:
    quiet = a_service(channels=(), languages=("en",), evidence=EvidenceLevel.CONFIRMED)
    assert any(map(Wish(languages=frozenset({"en"})).met_by, channel_facts(quiet)))
    assert not any(map(Wish(kinds=frozenset({ChannelKind.LINE})).met_by, channel_facts(quiet)))
