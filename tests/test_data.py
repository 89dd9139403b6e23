"""The shipped facts: every row is sound, and says what was collected, no more and no less."""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sosdir import channels, evidence
from sosdir.areas import Gazetteer
from sosdir.models import ChannelKind, DataPackage, EvidenceLevel, Service
from sosdir.schedules import normalise
from tests.cast import TODAY
from tests.conftest import DATA

COLLECTED = DATA.parent.parent / "shared" / "data"
DIALLED = {ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS}


def published(package: DataPackage) -> list[Service]:
    return [service for service in package.services if evidence.is_public(service)]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_118_lines_are_there_and_ten_are_held(package):
    assert len(package.services) == 118
    assert len(published(package)) == 108


def test_every_number_of_a_published_service_can_exist(package):
    for service in published(package):
        for channel in service.channels:
            if channel.value is not None:
                assert channels.normalise(channel.kind, channel.value) == channel.value


def test_no_number_is_a_retired_one(package):
    retired = {channels.dialled_digits(each.number) for each in package.retired_numbers}
    assert len(retired) == 3
    for service in package.services:
        for channel in service.channels:
            if channel.kind in DIALLED and channel.value is not None:
                assert channels.dialled_digits(channel.value) not in retired


def test_every_expression_of_hours_is_in_its_normal_form(package):
    expressions = [c.hours for s in package.services for c in s.channels if c.hours]
    assert len(expressions) > 90
    assert [normalise(each) for each in expressions] == expressions


def test_every_area_code_exists(package, gazetteer: Gazetteer):
    for service in package.services:
        assert service.service_areas
        for code in service.service_areas:
            assert gazetteer.exists(code)


def test_every_channel_of_a_published_service_has_a_source_of_that_service(package):
    for service in published(package):
        sources = {source.id for source in service.sources}
        for channel in service.channels:
            assert channel.source_ids
            assert sources.issuperset(channel.source_ids)


def test_a_service_lies_in_the_prefecture_of_its_municipality(package):
    for service in package.services:
        if service.municipality_code is not None:
            assert service.municipality_code[:2] == service.prefecture_code


def test_nothing_claims_to_have_been_checked(package):
    assert all(service.checked_on is None for service in package.services)


def test_one_organization_stands_once(package):
    names = [organization.name for organization in package.organizations]
    assert len(set(names)) == len(names)
    piccolare = [
        service.id
        for service in package.services
        if service.organization and service.organization.id == "piccolare"
    ]
    assert sorted(piccolare) == ["ninshin-sos-chiba", "ninshin-sos-saitama", "ninshin-sos-tokyo"]


def test_every_organization_is_needed(package):
    used = {s.organization.id for s in package.services if s.organization}
    used |= {each.id for s in package.services for each in s.commissioners}
    assert used == {organization.id for organization in package.organizations}


def test_public_notes_speak_to_callers_and_not_to_editors(package):
    for service in published(package):
        for channel in service.channels:
            assert not re.search("抜粋|出典|要補充", channel.note or "")


def test_twenty_designated_cities_have_their_wards():
    wards = rows("ward.csv")
    assert len({row["municipality_code"] for row in wards}) == 20
    assert [row["name"] for row in wards if row["municipality_code"] == "221309"] == [
        "中央区",
        "浜名区",
        "天竜区",
    ]


def test_a_report_of_2020_is_withheld_and_one_of_2021_is_not_yet(package):
    by_id = {service.id: service for service in package.services}
    old, new = by_id["ninshin-sos-chiba"], by_id["kochi-shi-kosodate-sedai-houkatsu-shien-center"]
    assert (old.newest_source_year, new.newest_source_year) == (2020, 2021)
    assert evidence.level_on(old, TODAY) is EvidenceLevel.UNCONFIRMED
    assert evidence.level_on(new, TODAY) is EvidenceLevel.REPORTED


# Where the facts lie beside the checkout, the package is held against them, both ways.
if COLLECTED.is_dir():
    LINES: list[dict[str, Any]] = json.loads((COLLECTED / "lines.json").read_text("utf-8"))

    @pytest.fixture(scope="module")
    def by_id(package: DataPackage) -> dict[str, Service]:
        return {service.id: service for service in package.services}

    def test_the_lines_are_those_collected(by_id):
        assert sorted(line["id"] for line in LINES) == sorted(by_id)

    @pytest.mark.parametrize("line", LINES, ids=lambda line: str(line["id"]))
    def test_a_line_says_what_was_collected(line, by_id, gazetteer):
        service = by_id[line["id"]]
        for name in SAME:
            assert _plain(getattr(service, name)) == line[name], name
        assert [each.name for each in service.commissioners] == line["commissioned_by"]
        assert list(service.partners) == line["partners"]
        assert _place_names(service, gazetteer) == (line["prefecture"], line["municipality"])
        collected = [{**each} for each in line["channels"]]
        for each in collected:
            del each["note"]
        assert _stands_in(service.confidentiality, line["editor_note"])
        assert [_collected_channel(each) for each in service.channels] == collected
        assert [_collected_source(each) for each in service.sources] == line["sources"]
        assert _statistics(service) == line["statistics"]
        assert _operator_is_kept(service, line["operator"])

    @pytest.mark.parametrize("line", LINES, ids=lambda line: str(line["id"]))
    def test_every_sentence_of_a_note_is_kept_once(line, by_id):
        for channel, collected in zip(by_id[line["id"]].channels, line["channels"], strict=True):
            kept = _sentences(channel.note) + _sentences(channel.editor_note)
            # How a reply comes is a sentence of the note, or stands in the hours, which stay whole.
            for told in filter(None, (channel.reply, channel.caller_id)):
                in_note = told in (collected["note"] or "")
                if in_note or not _stands_in(told, collected["hours_ja"]):
                    kept += _sentences(told)
            assert sorted(kept) == sorted(_sentences(collected["note"]))

    def test_what_is_said_of_replies_and_secrecy_is_only_what_a_source_says(by_id):
        replies = [each for s in by_id.values() for each in s.channels if each.reply]
        assert len(replies) == 14
        assert [each.id for s in by_id.values() for each in s.channels if each.caller_id] == []
        kept = {s.id: s.confidentiality for s in by_id.values() if s.confidentiality}
        assert kept == {"kurume-ninshin-hotline": "秘密厳守"}

    def test_the_places_are_those_collected():
        with (COLLECTED / "municipalities.csv").open(encoding="utf-8", newline="") as file:
            collected = [
                (row["code"], row["name"], row["name_kana"], row["lat"], row["lon"])
                for row in csv.DictReader(file)
            ]
        mended = [
            (code, name, MENDED_KANA.get(code, kana), latitude, longitude)
            for code, name, kana, latitude, longitude in collected
        ]
        assert [tuple(row.values()) for row in rows("municipality.csv")] == mended

    def test_the_outlines_are_those_collected():
        ours = json.loads((DATA / "prefecture.geojson").read_text("utf-8"))
        theirs = json.loads((COLLECTED / "prefectures.geojson").read_text("utf-8"))
        assert [f["geometry"] for f in ours["features"]] == [
            f["geometry"] for f in theirs["features"]
        ]

    def test_the_retired_numbers_are_those_collected():
        collected = (COLLECTED / "retired_numbers.csv").read_text("utf-8")
        assert (DATA / "retired_number.csv").read_text("utf-8") == collected


# Collected with a piece of their district or island; Japan Post's own file reads them so.
MENDED_KANA = {
    "103446": "しんとうむら",
    "103454": "よしおかまち",
    "133817": "みやけむら",
    "134015": "はちじょうまち",
}

SAME = (
    "name",
    "focus",
    "answers_for",
    "programs",
    "area_served",
    "service_areas",
    "service_area_basis",
    "eligibility",
    "fee",
    "anonymous",
    "staff",
    "offers",
    "address",
    "website",
    "established",
    "evidence",
    "newest_source_year",
    "contact_missing",
    "hold",
    "editor_note",
)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _place_names(service: Service, gazetteer: Gazetteer) -> tuple[str | None, str | None]:
    codes = (service.prefecture_code, service.municipality_code)
    prefecture, municipality = (gazetteer.get(code).name if code else None for code in codes)
    return prefecture, municipality


def _collected_channel(channel: Any) -> dict[str, Any]:
    return {
        "kind": channel.kind,
        "value": channel.value,
        "hours": channel.hours,
        "hours_ja": channel.hours_text,
        "toll_free": channel.toll_free,
    }


def _collected_source(source: Any) -> dict[str, Any]:
    return {
        "url": source.url,
        "publisher": source.publisher,
        "kind": source.kind,
        "page_date": source.page_date,
    }


def _statistics(service: Service) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "value": each.value, "on": each.on.isoformat()}
        for each in service.statistics
    ]


def _operator_is_kept(service: Service, operator: str) -> bool:
    if service.operator_text is not None:
        return service.operator_text == operator
    return service.organization is not None and service.organization.name == operator


def _stands_in(words: str | None, text: str | None) -> bool:
    return words is None or words in (text or "")


def _sentences(note: str | None) -> list[str]:
    return [part for part in _split(note or "") if part]


def _split(note: str) -> Iterator[str]:
    """Part a note at its full stops, but not within brackets."""
    depth, part = 0, ""
    for letter in note:
        depth += letter in "(（「『"
        depth -= letter in ")）」』"
        if letter == "。" and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part
