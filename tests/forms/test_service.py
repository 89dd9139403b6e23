"""The form of a service: what it shows is what it saves, and what it refuses it says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sosdir.areas import Gazetteer
from sosdir.errors import Fault, GeocodingError
from sosdir.forms.bodies import Bodies, new_organization, slug
from sosdir.forms.entering import Entries, blank_entries, entries_of
from sosdir.forms.faults import mark, place_faults, troubles
from sosdir.forms.parts import too_many
from sosdir.forms.pressing import Helpers, Pressed, press
from sosdir.forms.reading import read_service
from sosdir.forms.service import MAX_CHANNELS, ServiceForm
from sosdir.forms.sheet import Sheet, Surroundings, known_of
from sosdir.models import (
    DataPackage,
    EvidenceLevel,
    Organization,
    Position,
    Precision,
    Service,
    SourceKind,
    Statistic,
)
from tests.cast import CITY, HARBOUR, TODAY, a_channel, a_service, a_source
from tests.forms.filling import posted

Changes = dict[str, Any]


@pytest.fixture
def helpers(gazetteer: Gazetteer) -> Helpers:
    """Give what buttons ask: all places, and the two bodies of the cast."""
    return Helpers(gazetteer, Bodies([CITY, HARBOUR]))


def around(
    gazetteer: Gazetteer, base: Service | None, bodies: Bodies | None = None, **changes: Any
) -> Surroundings:
    """Return surroundings in which no id is taken and the bodies are the cast's."""
    known = known_of(changes.pop("used", ()), base)
    told = Surroundings(
        base, known, bodies or Bodies([CITY, HARBOUR]), gazetteer, TODAY, lambda wanted: False
    )
    return replace(told, **changes)


def read(
    gazetteer: Gazetteer, base: Service, bodies: Bodies | None = None, **changes: Any
) -> tuple[Service, dict[str, str]]:
    """Open a service, change some entries, send the form and return what it tells."""
    entries = entries_of(base, gazetteer, known_of((), base)) | changes
    form = ServiceForm(data=ServiceForm(posted(ServiceForm(data=entries))).data)
    assert form.validate(), form.errors
    sheet = Sheet(form, around(gazetteer, base, bodies))
    return read_service(sheet), sheet.faults


def row(entries: Entries, number: int = 0) -> Entries:
    """Return one channel of a form."""
    found: Entries = entries["channels"][number]
    return found


def test_opening_and_saving_without_a_change_changes_nothing(
    package: DataPackage, gazetteer: Gazetteer
) -> None:
    bodies = Bodies(package.organizations)
    for service in package.services:
        assert read(gazetteer, service, bodies) == (service, {})


def test_a_text_is_stripped_and_an_empty_one_is_unknown(gazetteer: Gazetteer) -> None:
    service, _ = read(gazetteer, a_service(), department=" 見本課 ", eligibility="  ")
    assert (service.department, service.eligibility) == ("見本課", None)


def test_a_list_is_one_item_a_line(gazetteer: Gazetteer) -> None:
    service, _ = read(gazetteer, a_service(), staff="助産師\n\n 保健師 ")
    assert service.staff == ("助産師", "保健師")


@pytest.mark.parametrize(
    ("free", "words", "fee"),
    [(True, "", "free"), (False, "通話料のみ", "通話料のみ"), (False, "", None)],
)
def test_a_fee_is_free_or_in_words_or_unknown(
    gazetteer: Gazetteer, free: bool, words: str, fee: str | None
) -> None:
    service, faults = read(gazetteer, a_service(), fee_free=free, fee=words)
    assert (service.fee, faults) == (fee, {})


def test_a_fee_is_not_free_and_in_words_at_once(gazetteer: Gazetteer) -> None:
    assert "fee" in read(gazetteer, a_service(), fee_free=True, fee="千円")[1]


def test_safety_facts_are_read_and_shown_again(gazetteer: Gazetteer) -> None:
    channel = a_channel("minato-sos", caller_id="非通知では受けられません", reply="翌日までに返信")
    base = a_service(confidentiality="秘密は守られます", channels=(channel,))
    entries = entries_of(base, gazetteer, known_of((), base))
    assert entries["confidentiality"] == "秘密は守られます"
    assert entries["channels"][0]["reply"] == "翌日までに返信"
    typed = [entries["channels"][0] | {"reply": " ", "caller_id": "186をつけて"}]
    service, faults = read(gazetteer, base, confidentiality="", channels=typed)
    assert (service.confidentiality, service.channels[0].reply) == (None, None)
    assert service.channels[0].caller_id == "186をつけて"
    assert not faults


def test_a_language_is_typed_by_its_name_and_kept_as_its_code(gazetteer: Gazetteer) -> None:
    base = a_service(languages=("ja",), channels=(a_channel("minato-sos", languages=("en",)),))
    entries = entries_of(base, gazetteer, known_of((), base))
    assert (entries["languages"], entries["channels"][0]["languages"]) == ("日本語", "英語")
    typed = [entries["channels"][0] | {"languages": "English\n ベトナム語\nen\n"}]
    service, faults = read(gazetteer, base, languages="日本語\n手話", channels=typed)
    assert (service.languages, service.channels[0].languages) == (("ja", "jsl"), ("en", "vi"))
    assert not faults


def test_a_word_that_names_no_language_is_kept_for_the_check_to_refuse(
    gazetteer: Gazetteer,
) -> None:
    service, _ = read(gazetteer, a_service(), languages="英語\n11か国語")
    assert service.languages == ("en", "11か国語")


def test_numbers_and_hours_are_written_in_their_normal_form(gazetteer: Gazetteer) -> None:
    entries = entries_of(a_service(), gazetteer, ("minato-sos-1", "minato-sos-s1"))
    row(entries)["value"], row(entries)["hours"] = "０３－１２３４－５６７８", "mo-fr 10:00~16:00"
    form = ServiceForm(data=entries)
    service = read_service(Sheet(form, around(gazetteer, a_service())))
    assert service.channels[0].value == form.channels[0].form.value.data == "03-1234-5678"
    assert service.channels[0].hours == "Mo-Fr 10:00-16:00"


def test_what_has_no_normal_form_is_left_as_typed(gazetteer: Gazetteer) -> None:
    entries = entries_of(a_service(), gazetteer, ())
    row(entries)["value"], row(entries)["hours"] = "12", "平日"
    service = read_service(Sheet(ServiceForm(data=entries), around(gazetteer, a_service())))
    assert (service.channels[0].value, service.channels[0].hours) == ("12", "平日")


@pytest.mark.parametrize(
    ("north", "east", "precision", "where"),
    [
        ("35.4", "", "address", "latitude"),
        ("35.4", "139.6", "", "precision"),
        ("北", "139.6", "address", "latitude"),
        ("35.4", "1e9", "address", "longitude"),
    ],
)
def test_a_position_is_whole_or_not_there(
    gazetteer: Gazetteer, north: str, east: str, precision: str, where: str
) -> None:
    changes = {"latitude": north, "longitude": east, "precision": precision}
    service, faults = read(gazetteer, a_service(), **changes)
    assert service.position is None
    assert where in faults


def test_a_seat_is_named_in_any_writing(gazetteer: Gazetteer) -> None:
    for typed in ("川崎市", "かわさきし", "神奈川県川崎市"):
        service, faults = read(gazetteer, a_service(), seat=typed)
        assert (service.prefecture_code, service.municipality_code) == ("14", "141305"), typed
        assert faults == {}
    assert read(gazetteer, a_service(), seat="神奈川県")[0].municipality_code is None
    assert read(gazetteer, a_service(), seat="")[0].prefecture_code is None


@pytest.mark.parametrize("typed", ["府中市", "どこにもない市", "横浜市の見本町"])
def test_a_seat_is_never_guessed(gazetteer: Gazetteer, typed: str) -> None:
    service, faults = read(gazetteer, a_service(), seat=typed)
    assert service.municipality_code is None
    assert "seat" in faults


def test_an_organization_is_chosen_by_its_name(gazetteer: Gazetteer) -> None:
    service, faults = read(gazetteer, a_service(), organization=HARBOUR.name)
    assert (service.organization, faults) == (HARBOUR, {})
    assert read(gazetteer, a_service(), organization="")[0].organization is None


def test_an_unknown_organization_is_asked_back_then_registered(gazetteer: Gazetteer) -> None:
    name = "NPO法人とうだい"
    assert "organization" in read(gazetteer, a_service(), organization=name)[1]
    chosen, faults = read(gazetteer, a_service(), organization=name, organization_choice="new")
    assert (chosen.organization, faults) == (new_organization(name), {})
    told, faults = read(gazetteer, a_service(), commissioners=name, new_organizations=[name])
    assert (told.commissioners, faults) == ((new_organization(name),), {})


def test_a_choice_among_organizations_counts(gazetteer: Gazetteer) -> None:
    service, _ = read(gazetteer, a_service(), organization="みなと", organization_choice="minato")
    assert service.organization == HARBOUR


def test_the_id_of_a_new_organization_follows_from_its_name_alone() -> None:
    one, other = new_organization("灯台の会"), new_organization("灯台の家")
    assert one == new_organization("灯台の会")
    assert one.id != other.id


def test_of_two_bodies_with_one_name_the_one_at_hand_stays(gazetteer: Gazetteer) -> None:
    twin = Organization("yokohama-2", CITY.name)
    service, _ = read(gazetteer, a_service(organization=twin), Bodies([CITY, twin]))
    assert service.organization == twin


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("にんしんSOSヨコハマ", "ninshin-sos-yokohama"),
        ("妊娠相談", ""),
        ("Minato Line", "minato-line"),
    ],
)
def test_a_name_gives_a_word_for_addresses(name: str, word: str) -> None:
    assert slug(name) == word


def new_service(gazetteer: Gazetteer, taken: tuple[str, ...] = (), **changes: Any) -> Sheet:
    """Fill in the form of a new service and read it."""
    entries = blank_entries() | {
        "name": "灯台の窓口",
        "focus": "pregnancy_sos",
        "answers_for": "npo",
        "area_codes": ["141003"],
        **changes,
    }
    form = ServiceForm(data=ServiceForm(posted(ServiceForm(data=entries))).data)
    around_it = around(gazetteer, None, is_taken=lambda wanted: wanted in taken)
    return Sheet(form, around_it)


def test_a_new_service_gets_an_id_that_was_never_used(gazetteer: Gazetteer) -> None:
    assert read_service(new_service(gazetteer)).id == "yokohama-madoguchi"
    taken = ("yokohama-madoguchi", "yokohama-madoguchi-2")
    assert read_service(new_service(gazetteer, taken)).id == "yokohama-madoguchi-3"
    assert read_service(new_service(gazetteer, name="みなとSOS")).id == "minato-sos"


@pytest.mark.parametrize("typed", ["minato-sos", "new"])
def test_an_id_is_never_used_again(gazetteer: Gazetteer, typed: str) -> None:
    sheet = new_service(gazetteer, ("minato-sos",), id=typed)
    read_service(sheet)
    assert "id" in sheet.faults


def test_a_new_service_was_collected_today_and_is_as_well_known_as_its_sources(
    gazetteer: Gazetteer,
) -> None:
    page = {"key": "new-1", "url": "https://example.jp/", "publisher": "見本", "kind": "news"}
    service = read_service(new_service(gazetteer, sources=[page | {"page_date": "2024-05"}]))
    assert (service.collected_on, service.checked_on) == (TODAY, None)
    assert (service.evidence, service.newest_source_year) == (EvidenceLevel.REPORTED, 2024)
    own = read_service(new_service(gazetteer, sources=[page | {"kind": "operator"}]))
    assert own.evidence is EvidenceLevel.CONFIRMED
    assert read_service(new_service(gazetteer)).evidence is EvidenceLevel.UNCONFIRMED


def test_a_blank_new_part_is_no_part(gazetteer: Gazetteer) -> None:
    sheet = new_service(gazetteer)
    service = read_service(sheet)
    assert (service.channels, service.sources, sheet.faults) == ((), (), {})


def test_an_old_part_that_was_emptied_is_a_fault(gazetteer: Gazetteer) -> None:
    entries = entries_of(a_service(), gazetteer, known_of((), a_service()))
    row(entries).update(kind="", value="", hours="", hours_text="")
    _, faults = read(gazetteer, a_service(), channels=entries["channels"])
    assert faults == {"channels-0-kind": "手段を選んでください。"}


@pytest.mark.parametrize("how", ["phone", "site"])
def test_what_was_made_sure_of_is_confirmed_today(gazetteer: Gazetteer, how: str) -> None:
    base = a_service(evidence=EvidenceLevel.UNCONFIRMED, newest_source_year=2012)
    service, _ = read(gazetteer, base, confirmation=how)
    assert (service.evidence, service.checked_on) == (EvidenceLevel.CONFIRMED, TODAY)


def test_another_page_decides_anew_how_well_a_service_is_known(gazetteer: Gazetteer) -> None:
    base = a_service(evidence=EvidenceLevel.UNCONFIRMED, newest_source_year=2012, sources=())
    base = replace(base, channels=(a_channel("minato-sos", source_ids=()),))
    page = {"key": "new-1", "url": "https://example.jp/n", "publisher": "見本", "page_date": "2025"}
    reported, _ = read(gazetteer, base, sources=[page | {"kind": "news"}])
    assert (reported.evidence, reported.newest_source_year) == (EvidenceLevel.REPORTED, 2025)
    own, _ = read(gazetteer, base, sources=[page | {"kind": "operator"}])
    assert own.evidence is EvidenceLevel.CONFIRMED
    kept, _ = read(gazetteer, base, name="別の名前")
    assert kept.evidence is EvidenceLevel.UNCONFIRMED


def test_an_old_page_raises_nothing_by_being_touched(gazetteer: Gazetteer) -> None:
    old = replace(a_source("minato-sos"), kind=SourceKind.GOVERNMENT, page_date="2012")
    base = a_service(evidence=EvidenceLevel.UNCONFIRMED, newest_source_year=2012, sources=(old,))
    entries = entries_of(base, gazetteer, known_of((), base))
    entries["sources"][0]["page_date"] = "2012年"
    service, _ = read(gazetteer, base, sources=entries["sources"])
    assert service.evidence is EvidenceLevel.UNCONFIRMED


def test_a_check_outlives_a_new_page(gazetteer: Gazetteer) -> None:
    base = a_service(checked_on=date(2026, 11, 1))
    service, _ = read(gazetteer, base, sources=[])
    assert (service.evidence, service.checked_on) == (EvidenceLevel.CONFIRMED, base.checked_on)


def test_ids_of_parts_stay_and_new_ones_were_never_used(gazetteer: Gazetteer) -> None:
    base = a_service()
    entries = entries_of(base, gazetteer, known_of((), base))
    press(entries, "add_channel", Helpers(gazetteer, Bodies([])))
    row(entries, 1).update(kind="email", value="a@example.jp")
    press(entries, "move_up_channel:1", Helpers(gazetteer, Bodies([])))
    told = around(gazetteer, base, used=("minato-sos-1", "minato-sos-4", "minato-sos-s1"))
    service = read_service(Sheet(ServiceForm(data=entries), told))
    assert [each.id for each in service.channels] == ["minato-sos-5", "minato-sos-1"]
    assert service.channels[0].source_ids == ("minato-sos-s1",)


@pytest.mark.parametrize("key", ["sagami-night-1", "minato-sos-1", "x" * 300, "minato-sos-s1"])
def test_no_part_takes_an_id_that_is_not_its_own(gazetteer: Gazetteer, key: str) -> None:
    base = a_service()
    entries = entries_of(base, gazetteer, known_of((), base))
    entries["channels"].append({**row(entries), "key": key})
    service, _ = read(gazetteer, base, channels=entries["channels"])
    assert [each.id for each in service.channels] == ["minato-sos-1", "minato-sos-2"]


def test_a_part_taken_away_can_be_put_back(gazetteer: Gazetteer, helpers: Helpers) -> None:
    base = a_service()
    entries = entries_of(base, gazetteer, known_of((), base))
    assert press(entries, "remove_channel:0", helpers).focus == "channels-0-restore"
    assert read(gazetteer, base, channels=entries["channels"])[0].channels == ()
    press(entries, "restore_channel:0", helpers)
    assert read(gazetteer, base, channels=entries["channels"])[0] == base


@pytest.mark.parametrize(
    "button",
    ["remove_channel:9", "move_up_channel:0", "add_ghost", "nonsense", "", "restore_channel:-1"],
)
def test_a_button_without_sense_changes_nothing(
    gazetteer: Gazetteer, helpers: Helpers, button: str
) -> None:
    base = a_service()
    entries = entries_of(base, gazetteer, known_of((), base))
    assert press(entries, button, helpers) == Pressed()
    assert read(gazetteer, base, **entries)[0] == base


def areas_after(helpers: Helpers, typed: str, chosen: str = "") -> tuple[list[str], Pressed]:
    entries = ServiceForm(data={"area_name": typed, "area_choice": chosen}).data
    pressed = press(entries, "add_area", helpers)
    return entries["area_codes"], pressed


@pytest.mark.parametrize(
    ("typed", "code"),
    [("全国", "00"), ("神奈川県", "14"), ("よこはま", "141003"), ("141003", "141003")],
)
def test_an_area_is_added_by_its_name(helpers: Helpers, typed: str, code: str) -> None:
    assert areas_after(helpers, typed)[0] == [code]


def test_an_area_borne_by_several_is_asked_back(helpers: Helpers) -> None:
    codes, pressed = areas_after(helpers, "府中市")
    assert codes == []
    assert set(pressed.areas.values()) == {"東京都府中市", "広島県府中市"}
    assert areas_after(helpers, "府中市", "132063")[0] == ["132063"]


@pytest.mark.parametrize("typed", ["", "どこでもない"])
def test_what_is_no_area_is_told(helpers: Helpers, typed: str) -> None:
    codes, pressed = areas_after(helpers, typed)
    assert codes == []
    assert "area_name" in pressed.reasons


def test_an_area_is_taken_away(helpers: Helpers) -> None:
    entries = ServiceForm(data={"area_codes": ["14", "13"]}).data
    press(entries, "remove_area:14", helpers)
    assert entries["area_codes"] == ["13"]


def test_organizations_are_found_by_a_part_of_their_names(helpers: Helpers) -> None:
    entries = ServiceForm(data={"organization": "みなと"}).data
    pressed = press(entries, "find_organization", helpers)
    assert list(pressed.bodies) == ["minato", "new"]
    assert press(ServiceForm(data={}).data, "find_organization", helpers).reasons


def test_an_address_is_placed_at_its_town_hall(helpers: Helpers) -> None:
    entries = ServiceForm(data={"address": "横浜市見本町1-1"}).data
    assert press(entries, "locate", helpers).reasons == {}
    assert (entries["seat_code"], entries["precision"]) == ("141003", "municipality")
    lost = ServiceForm(data={"address": "どこか1-1"}).data
    assert "address" in press(lost, "locate", helpers).reasons


def test_an_online_geocoder_is_asked_only_where_one_is_set(helpers: Helpers) -> None:
    entries = ServiceForm(data={"address": "横浜市見本町1-1"}).data
    assert "address" in press(entries, "locate_online", helpers).reasons

    def found(address: str) -> Position:
        assert address == "横浜市見本町1-1"
        return Position(35.5, 139.5, Precision.ADDRESS)

    press(entries, "locate_online", replace(helpers, find_online=found))
    assert (entries["latitude"], entries["precision"]) == ("35.50000", "address")

    def silent(_: str) -> Position:
        raise GeocodingError("no answer")

    pressed = press(entries, "locate_online", replace(helpers, find_online=silent))
    assert "つながりません" in pressed.reasons["address"]
    nowhere = press(entries, "locate_online", replace(helpers, find_online=lambda _: None))
    assert "見つかりません" in nowhere.reasons["address"]


def test_too_many_parts_are_refused(gazetteer: Gazetteer) -> None:
    entries = entries_of(a_service(), gazetteer, ())
    entries["channels"] = [dict(row(entries), key=f"new-{n}") for n in range(5 * MAX_CHANNELS)]
    form = ServiceForm(posted(ServiceForm(data=entries)))
    assert len(form.channels) == MAX_CHANNELS + 1
    assert dict(too_many(form)).keys() == {"channels"}
    many = ServiceForm(data={"area_codes": [f"{n:06}" for n in range(61)]})
    assert dict(too_many(many)).keys() == {"area_name"}


@pytest.mark.parametrize(
    ("name", "value"), [("name", "あ" * 301), ("focus", "ghost"), ("status", "asleep")]
)
def test_what_is_too_long_or_not_offered_is_refused(
    gazetteer: Gazetteer, name: str, value: str
) -> None:
    entries = entries_of(a_service(), gazetteer, ()) | {name: value}
    form = ServiceForm(data=entries)
    assert not form.validate()
    assert list(form.errors) == [name]


@pytest.mark.parametrize(
    ("fault", "field_id"),
    [
        (Fault("channel.csv", 3, "value", "x"), "channels-2-value"),
        (Fault("channel.csv", 2, "source_ids", "x"), "channels-0-sources"),
        (Fault("source.csv", 2, "url", "x"), "sources-0-url"),
        (Fault("service.csv", 2, "position_precision", "x"), "precision"),
        (Fault("service.csv", 2, "id", "対象地域が service_area.csv にありません。"), "area_name"),
        (Fault("service_area.csv", 2, "area_code", "x"), "area_name"),
        (Fault("service.csv", 2, "successor_id", "x"), "successor"),
        (Fault("organization.csv", 2, "name", "x"), "organization"),
        (Fault("channel.csv", 9, "value", "x"), "channels"),
    ],
)
def test_a_fault_is_told_at_its_field(gazetteer: Gazetteer, fault: Fault, field_id: str) -> None:
    entries = entries_of(a_service(), gazetteer, known_of((), a_service()))
    second, third = dict(row(entries), removed="1"), dict(row(entries), key="new-1")
    entries["channels"] += [second, third]
    form = ServiceForm(data=entries)
    reasons = place_faults(form, [fault])
    assert list(reasons) == [field_id]
    mark(form, reasons)
    assert [each.field_id for each in troubles(form, reasons)] == [field_id]


def test_a_figure_points_at_the_pages_that_are_ticked(gazetteer: Gazetteer) -> None:
    figure = Statistic("友だち数", 3, date(2026, 1, 1), ("minato-sos-s2", "minato-sos-s1"))
    sources = (a_source("minato-sos"), a_source("minato-sos", 2))
    service = a_service(statistics=(figure,), sources=sources)
    ticked = {"name": "友だち数", "value": "3", "on": "2026-01-01"}
    both = [{**ticked, "sources": ["minato-sos-s1", "minato-sos-s2"]}]
    kept, _ = read(gazetteer, service, statistics=both)
    assert kept.statistics == (figure,)
    one, _ = read(gazetteer, service, statistics=[{**ticked, "sources": ["minato-sos-s1"]}])
    assert one.statistics[0].source_ids == ("minato-sos-s1",)


@pytest.mark.parametrize(
    ("name", "value", "on", "where"),
    [
        ("", "3", "2026-01-01", "name"),
        ("友だち数", "三", "2026-01-01", "value"),
        ("友だち数", "3", "20260101", "on"),
        ("友だち数", "3", "2026-02-30", "on"),
    ],
)
def test_a_dated_figure_is_whole(
    gazetteer: Gazetteer, name: str, value: str, on: str, where: str
) -> None:
    told = [{"name": name, "value": value, "on": on}]
    _, faults = read(gazetteer, a_service(), statistics=told)
    assert list(faults) == [f"statistics-0-{where}"]
