"""Our sheet: what is written comes back, and what a person changed in it is understood."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from sosdir.models import ChannelKind, Service, Source, SourceKind, Statistic
from sosdir.spreadsheets import decoding, known, writing
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.proposals import Proposal
from sosdir.spreadsheets.sheet import SheetReader
from sosdir.store import services
from tests.cast import TODAY, a_channel, a_source, an_importable_service

Edit = Callable[[dict[str, str]], Any]
KEY = "minato-sos"


@pytest.fixture
def directory(database: Database) -> Known:
    """Give the directory of the cast, with one service that has something everywhere."""
    services.save(database, an_importable_service())
    return known.read(database, TODAY)


def read_text(text: str, directory: Known) -> list[Proposal]:
    sheet = decoding.read(text.encode())
    reader = SheetReader(sheet.header, directory)
    return [reader.read(row) for row in sheet.rows]


def edited(directory: Known, edit: Edit, *, key: str = KEY) -> Proposal:
    """Read the row of a service after a person has changed its cells."""
    rows = list(
        csv.reader(io.StringIO(writing.sheet_text([directory.services[key]]).lstrip("\ufeff")))
    )
    cells = dict(zip(*rows, strict=True))
    edit(cells)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([list(cells), list(cells.values())])
    (proposal,) = read_text(out.getvalue(), directory)
    return proposal


def service_of(proposal: Proposal) -> Service:
    assert [str(each) for each in proposal.faults] == []
    assert proposal.service is not None
    return proposal.service


def test_every_shipped_service_comes_back_as_it_was(shipped: Database) -> None:
    directory = known.read(shipped, TODAY)
    proposals = read_text(writing.sheet_text(list(directory.services.values())), directory)
    assert len(proposals) == 118
    for proposal in proposals:
        assert service_of(proposal) == proposal.base == directory.services[proposal.service_id]


def test_every_shipped_service_can_be_read_where_none_is_known(shipped: Database) -> None:
    directory = known.read(shipped, TODAY)
    text = writing.sheet_text(list(directory.services.values()))
    nothing = replace(directory, services={}, organizations={})
    for proposal in read_text(text, nothing):
        assert service_of(proposal) == directory.services[proposal.service_id]


def as_excel_saves(cells: dict[str, str]) -> None:
    """Do to cells what a spreadsheet does to them by itself."""
    for name, cell in cells.items():
        if cell in ("true", "false"):
            cells[name] = cell.upper()
        elif cell.isdigit():
            cells[name] = str(int(cell))
        elif name in ("collected_on", "checked_on", "statistic_1_on", "source_1_page_date"):
            cells[name] = cell.replace("-", "/").replace("/0", "/")


def test_a_sheet_that_excel_saved_changes_nothing(directory: Known) -> None:
    proposal = edited(directory, as_excel_saves)
    assert service_of(proposal) == proposal.base
    assert proposal.notes == []


plain_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=12,
)
words = plain_text.filter(lambda text: ";" not in text)


@given(
    name=plain_text,
    note=st.none()
    | plain_text.map(lambda text: f"'{text}")
    | plain_text.map(lambda text: f"={text}"),
    partners=st.lists(words, max_size=3),
    numbers=st.lists(st.integers(1, 9), max_size=3, unique=True),
    flags=st.tuples(*[st.sampled_from([True, False, None])] * 2),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_service_comes_back_as_it_was(
    directory: Known,
    name: str,
    note: str | None,
    partners: list[str],
    numbers: list[int],
    flags: Any,
) -> None:
    service = an_importable_service(
        name=name,
        editor_note=note,
        partners=tuple(partners),
        anonymous=flags[0],
        confidentiality=note,
        channels=tuple(
            a_channel(
                KEY,
                each,
                value="189",
                toll_free=flags[1],
                hours_text=note,
                caller_id=note,
                reply=name,
            )
            for each in numbers
        ),
        statistics=tuple(
            Statistic(name, each, date(2025, 1, each), (f"{KEY}-s1",)) for each in numbers
        ),
    )
    nothing = replace(directory, services={}, is_used=lambda _key: False)
    (proposal,) = read_text(writing.sheet_text([service]), nothing)
    assert service_of(proposal) == service


def test_formulas_are_made_inert(directory: Known) -> None:
    service = an_importable_service(
        name="=HYPERLINK(1)", channels=(a_channel(KEY, 1, ChannelKind.LINE, "@minato"),)
    )
    text = writing.sheet_text([service])
    assert "'=HYPERLINK(1)" in text
    assert "'@minato" in text
    (proposal,) = read_text(text, directory)
    assert service_of(proposal).name == "=HYPERLINK(1)"
    assert service_of(proposal).channels[0].value == "@minato"


def test_a_missing_column_leaves_what_is_and_an_empty_cell_takes_it_away(directory: Known) -> None:
    (proposal,) = read_text(f"id,fee\n{KEY},\n", directory)
    assert service_of(proposal) == replace(directory.services[KEY], fee=None)


def test_a_required_cell_cannot_be_emptied(directory: Known) -> None:
    (proposal,) = read_text(f"id,name\n{KEY},\n", directory)
    assert [str(each) for each in proposal.faults] == ["2:name: 空にできません。"]


def test_channels_that_changed_places_keep_their_ids(directory: Known) -> None:
    def swap(cells: dict[str, str]) -> None:
        for name in [name for name in cells if name.startswith("channel_1_")]:
            other = name.replace("channel_1_", "channel_2_")
            cells[name], cells[other] = cells[other], cells[name]

    proposal = edited(directory, swap)
    before = directory.services[KEY].channels
    assert service_of(proposal).channels == (before[1], before[0])


def test_a_channel_put_in_gets_an_id_that_was_never_used(directory: Known) -> None:
    used = replace(directory, part_ids=lambda _key: {f"{KEY}-1", f"{KEY}-2", f"{KEY}-7"})

    def add(cells: dict[str, str]) -> None:
        cells |= {
            "channel_3_id": "",
            "channel_3_kind": "email",
            "channel_3_value": "new@example.jp",
        }
        cells |= {"channel_3_sources": "1"}

    found = service_of(edited(used, add)).channels[2]
    assert (found.id, found.value, found.source_ids) == (
        f"{KEY}-8",
        "new@example.jp",
        (f"{KEY}-s1",),
    )


def test_a_channel_without_its_id_is_known_again_by_what_it_says(directory: Known) -> None:
    def forget(cells: dict[str, str]) -> None:
        cells["channel_2_id"] = ""

    proposal = edited(directory, forget)
    assert service_of(proposal) == proposal.base


def test_languages_are_read_by_their_names(directory: Known) -> None:
    def name(cells: dict[str, str]) -> None:
        cells |= {"languages": "日本語; English", "channel_1_languages": "ベトナム語"}

    proposal = edited(directory, name)
    assert service_of(proposal).languages == ("ja", "en")
    assert service_of(proposal).channels[0].languages == ("vi",)
    assert "channel_1_languagesの「ベトナム語」を「vi」と読みました。" in proposal.notes


def test_an_emptied_group_takes_its_channel_away(directory: Known) -> None:
    def empty(cells: dict[str, str]) -> None:
        cells.update(dict.fromkeys((name for name in cells if name.startswith("channel_1_")), ""))

    assert [each.id for each in service_of(edited(directory, empty)).channels] == [f"{KEY}-2"]


def test_groups_that_the_sheet_lacks_are_left(directory: Known) -> None:
    text = f"id,channel_1_note\n{KEY},あたらしい\n"
    (proposal,) = read_text(text, directory)
    before = directory.services[KEY].channels
    assert service_of(proposal).channels == (replace(before[0], note="あたらしい"), before[1])


def test_a_source_put_first_moves_the_numbers_of_all(directory: Known) -> None:
    def insert(cells: dict[str, str]) -> None:
        for name in ("id", "url", "publisher", "kind", "page_date"):
            cells[f"source_2_{name}"] = cells[f"source_1_{name}"]
        cells |= {
            "source_1_id": "",
            "source_1_url": "https://example.jp/neu",
            "source_1_publisher": "横浜市",
        }
        cells |= {"source_1_kind": "government", "source_1_page_date": ""}
        cells |= {"channel_1_sources": "2", "channel_2_sources": "1、2"}

    found = service_of(edited(directory, insert))
    added = Source(f"{KEY}-s2", "https://example.jp/neu", "横浜市", SourceKind.GOVERNMENT, None)
    assert found.sources == (added, a_source(KEY))
    assert [each.source_ids for each in found.channels] == [
        (f"{KEY}-s1",),
        (f"{KEY}-s2", f"{KEY}-s1"),
    ]


@pytest.mark.parametrize(
    ("cell", "text", "column", "told"),
    [
        ("channel_1_sources", "9", "channel_1_sources", "出典9がありません"),
        ("channel_1_id", "minato-sos-99", "channel_1_id", "この窓口にありません"),
        ("channel_2_id", "minato-sos-1", "channel_2_id", "二か所にあります"),
        ("channel_1_kind", "telegraph", "channel_1_kind", "選べません"),
        ("service_areas", "141004", "service_areas", "検査数字が違います"),
        ("prefecture_code", "48", "prefecture_code", "都道府県はありません"),
        ("municipality_code", "14", "municipality_code", "市区町村のコードではありません"),
        ("collected_on", "きのう", "collected_on", "日付ではありません"),
        ("latitude", "north", "latitude", "数ではありません"),
        ("organization_id", "NEW", "organization_id", "書き方が違います"),
        ("organization_id", "somebody", "organization_name", ""),
        ("commissioner_ids", "a;b", "commissioner_ids", "数が合いません"),
        ("name", "a\u202eb", "name", "目に見えない文字"),
    ],
)
def test_a_cell_at_fault_is_told_by_its_column(
    directory: Known, cell: str, text: str, column: str, told: str
) -> None:
    def spoil(cells: dict[str, str]) -> None:
        cells[cell] = text
        if cell == "organization_id" and text == "somebody":
            cells["organization_name"] = ""

    faults = edited(directory, spoil).faults
    assert [(each.line, each.column) for each in faults] == [(2, column)]
    assert told in faults[0].reason


def test_each_repair_is_told(directory: Known) -> None:
    def excel(cells: dict[str, str]) -> None:
        cells["service_areas"] = "14; 131016"
        cells["checked_on"] = "2026/11/1"
        cells["channel_1_value"] = "312345678"

    proposal = edited(directory, excel)
    found = service_of(proposal)
    assert (found.service_areas, found.checked_on) == (("14", "131016"), date(2026, 11, 1))
    assert found.channels[0].value == "03-1234-5678"
    assert "checked_onの「2026/11/1」を「2026-11-01」と読みました。" in proposal.notes
    assert "channel_1_valueの「312345678」を「03-1234-5678」と読みました。" in proposal.notes


def test_one_organization_cannot_have_two_names_in_one_file(directory: Known) -> None:
    rows = f"{KEY},yokohama-shi,横浜市役所\nmukashi-sos,yokohama-shi,横浜市\n"
    text = f"id,organization_id,organization_name\n{rows}"
    first, second = read_text(text, directory)
    assert "すべての窓口で「横浜市役所」に変わります" in first.notes[0]
    assert "2行目では団体「yokohama-shi」の名称が「横浜市役所」です。" in second.faults[0].reason


def test_a_row_with_too_many_cells_is_refused(directory: Known) -> None:
    (proposal,) = read_text(f"id,name\n{KEY},a,b\n", directory)
    assert "見出しは2列ですが、この行は3列あります" in proposal.faults[0].reason


@pytest.mark.parametrize(
    ("column", "cell", "organization"),
    [
        ("organization_name", "NPO法人みなと", "minato"),
        ("organization_name", "横浜市", "yokohama-shi"),
        ("organization_id", "minato", "minato"),
        ("organization_id", "", None),
        ("organization_name", "", None),
    ],
)
def test_who_runs_it_is_known_by_id_or_by_name(
    directory: Known, column: str, cell: str, organization: str | None
) -> None:
    (proposal,) = read_text(f"id,{column}\n{KEY},{cell}\n", directory)
    found = service_of(proposal).organization
    assert (found.id if found else None) == organization


@pytest.mark.parametrize(
    ("column", "cell"), [("organization_name", "だれも知らない会"), ("organization_id", "unknown")]
)
def test_a_body_that_nobody_knows_needs_an_id_and_a_name(
    directory: Known, column: str, cell: str
) -> None:
    (proposal,) = read_text(f"id,{column}\n{KEY},{cell}\n", directory)
    assert proposal.service is None
    assert len(proposal.faults) == 1


def test_who_commissions_it_is_known_by_id_alone(directory: Known) -> None:
    (proposal,) = read_text(f"id,commissioner_ids\n{KEY},yokohama-shi; minato\n", directory)
    names = [each.name for each in service_of(proposal).commissioners]
    assert names == ["横浜市", "NPO法人みなと"]
