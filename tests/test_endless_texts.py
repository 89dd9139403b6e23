"""No text, however long or twisted, keeps a parser busy or gets past its own refusal."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from werkzeug.datastructures import MultiDict

from sosdir import channels, importing, languages, schedules, text
from sosdir.areas import Gazetteer
from sosdir.errors import DataPackageError, InputError, UploadError
from sosdir.forms.collection import read_collection, split_ids
from sosdir.forms.embedding import read_limit
from sosdir.forms.hsds import read_asked
from sosdir.forms.planning import read_since
from sosdir.forms.query import BadParametersError, read_query
from sosdir.hsds.endpoints import ENDPOINTS
from sosdir.models import ChannelKind
from sosdir.needs import read as read_needs
from sosdir.notices.contacts import Contact, KnownContacts
from sosdir.spreadsheets import decoding, known, weekdays
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.tabular import TABLES, read_value
from tests.cast import NOON, TODAY

# Far above what any of them takes on a busy machine, far below what a blow-up takes.
MOST_SECONDS = 5.0
LONG = 20_000

# What has made parsers of others slow: nothing but openings, repeats, marks upon marks, changes
# of direction, and letters that grow when they are folded.
ENDLESS = {
    "openings": "(" * LONG,
    "quotes": '"' * LONG,
    "commas": "," * LONG,
    "semicolons": "; " * (LONG // 2),
    "spaces": " " * LONG + "x",
    "wide spaces": "\u3000" * LONG + "x",
    "zeros": "0" * LONG,
    "nines": "9" * LONG,
    "numbers parted": "0-" * (LONG // 2),
    "long marks": "0ー" * (LONG // 2),
    "days": "Mo," * (LONG // 3),
    "hours": "Mo 10:00-12:00; " * (LONG // 16),
    "dashes": "-" * LONG,
    "marks upon marks": "は" + "\u3099" * LONG,
    "accents": "e" + "\u0301" * LONG,
    "right to left": "\u202e\u2066" * (LONG // 2),
    "zero width": "\u200b" * LONG,
    "letters that grow": "\ufdfa" * (LONG // 18),
    "half characters": "\ud800" * LONG,
    "NUL": "\0" * LONG,
    "a district without end": "郡" * LONG,
    "a place again and again": "横浜市" * (LONG // 3),
    "towns and districts": "北葛城郡広陵町" * (LONG // 7),
    "a need again and again": "夜LINEで" * (LONG // 6),
    "particles": "ので" * (LONG // 2),
    "latin names": "yokohama " * (LONG // 9),
    "addresses": "http://" * (LONG // 7),
    "dots": "a." * (LONG // 2),
    "at signs": "a@" * (LONG // 2),
    "a plus": "+81" * (LONG // 3),
    "dates": "2026年11月24日" * (LONG // 11),
    "lists": ";" * LONG,
    "half a mail address": "a" * LONG + "@" + "b-" * 1000,
}
# Digits to Python, and no digits of ours.
FOREIGN_DIGITS = ("²", "①", "１", "٣", "१", "๓", "𝟙", "½", "Ⅳ", "一", "1\u0301", "1\u200b", "1_0")
HUGE = "9" * 5_000


@pytest.fixture(params=ENDLESS.values(), ids=ENDLESS.keys())
def endless(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give one text, and fail if all that was asked of it took too long."""
    began = time.process_time()
    yield request.param
    assert time.process_time() - began < MOST_SECONDS


def refused(read: Callable[[], object], kind: type[Exception] = InputError) -> None:
    """Let something be read, or be refused in its own words."""
    try:
        read()
    except kind as refusal:
        assert str(refusal)  # noqa: PT017 - it may also be read


def test_hours(endless: str) -> None:
    refused(lambda: schedules.normalise(endless))
    refused(lambda: schedules.normalise(endless[:500]))
    weekdays.opening_hours(endless, endless, endless, endless)


def test_contacts(endless: str) -> None:
    for kind in ChannelKind:
        refused(lambda kind=kind: channels.normalise(kind, endless))  # type: ignore[misc]
    channels.is_web_address(endless)
    channels.website_href(endless)
    channels.international(endless)


def test_numbers_in_a_text(endless: str) -> None:
    list(channels.numbers_in(endless))
    contacts = (
        Contact(ChannelKind.PHONE, "03-0000-0001", "みなと"),
        Contact(ChannelKind.PHONE, "0" * 11, "みなと"),
        Contact(ChannelKind.LINE, "@minato", "みなと"),
    )
    assert len(list(KnownContacts(kept_back=contacts).kept_back_in(endless))) <= len(contacts)


def test_places_and_needs(endless: str, gazetteer: Gazetteer) -> None:
    gazetteer.recognise(endless)
    gazetteer.beginning(endless)
    read_needs(text.words(endless))
    languages.code_or_word(endless)


def test_cells(endless: str) -> None:
    for table in TABLES:
        for column in table.columns:
            refused(lambda column=column: read_value(column, endless))  # type: ignore[misc]


def test_parameters(endless: str) -> None:
    names = ("q", "area", "channel", "need", "lang", "offers", "at", "page", "sort", "anonymous")
    sent = MultiDict(dict.fromkeys((*names, "ids", "limit"), endless))
    refused(lambda: read_query(sent, NOON), BadParametersError)
    refused(lambda: read_collection(sent), BadParametersError)
    refused(lambda: read_limit(sent), BadParametersError)
    refused(lambda: read_since(endless, TODAY), BadParametersError)
    for endpoint in ENDPOINTS:
        every = MultiDict((each.name, endless) for each in endpoint.parameters)
        refused(lambda: read_asked(every, endpoint.parameters), BadParametersError)  # noqa: B023


def test_an_upload(endless: str, database: Database) -> None:
    rows = io.StringIO()
    csv.writer(rows).writerows([("id", "name"), ("minato", endless[:9_000]), (endless[:9_000], "")])
    directory = known.read(database, TODAY)
    for content in (endless, rows.getvalue()):
        try:
            sheet = decoding.read(content.encode("utf-8", "replace"))
            assert list(preview(reader_for(sheet, directory), sheet, directory))
        except UploadError:
            continue


@pytest.mark.parametrize("digit", FOREIGN_DIGITS)
def test_foreign_digits_are_no_numbers_of_ours(digit: str) -> None:
    for name in ("page", "area", "at"):
        sent = f"1{digit}" if name == "area" else digit
        with pytest.raises(BadParametersError, match=name):
            read_query(MultiDict({name: sent}), NOON)
    with pytest.raises(BadParametersError):
        read_limit(MultiDict({"limit": digit}))
    with pytest.raises(BadParametersError):
        read_since(f"2026-0{digit}-01", TODAY)
    assert split_ids([digit]) == ()


@pytest.mark.parametrize("name", ["page", "area", "at"])
def test_a_number_without_end_is_refused_by_name(name: str) -> None:
    with pytest.raises(BadParametersError, match=name):
        read_query(MultiDict({name: HUGE}), NOON)


def test_a_number_without_end_is_no_limit_and_no_day() -> None:
    with pytest.raises(BadParametersError, match="limit"):
        read_limit(MultiDict({"limit": HUGE}))
    with pytest.raises(BadParametersError, match="since"):
        read_since(HUGE, TODAY)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_outlines_nested_without_end_are_a_fault_of_their_file(tmp_path: Path, depth: int) -> None:
    for table in TABLES:
        (tmp_path / table.file).write_text(f"{','.join(table.header)}\n", "utf-8")
    (tmp_path / importing.OUTLINES_FILE).write_text("[" * depth, "utf-8")
    with pytest.raises(DataPackageError) as caught:
        importing.read_package(tmp_path)
    assert [each.file for each in caught.value.faults] == [importing.OUTLINES_FILE]


@pytest.mark.parametrize("content", [None, [], "x", {"features": 1}, {"features": [{}]}], ids=str)
def test_outlines_of_any_other_shape_are_a_fault_of_their_file(
    tmp_path: Path, content: object
) -> None:
    for table in TABLES:
        (tmp_path / table.file).write_text(f"{','.join(table.header)}\n", "utf-8")
    (tmp_path / importing.OUTLINES_FILE).write_text(json.dumps(content), "utf-8")
    with pytest.raises(DataPackageError) as caught:
        importing.read_package(tmp_path)
    assert {each.file for each in caught.value.faults} == {importing.OUTLINES_FILE}
