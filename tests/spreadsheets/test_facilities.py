"""Rows in the columns of the municipal standard."""

from __future__ import annotations

import csv
import io

import pytest
from sqlite_utils import Database

from sosdir.models import AnswersFor, Basis, EvidenceLevel, Focus, Position, Precision, SourceKind
from sosdir.spreadsheets import decoding, known, municipal
from sosdir.spreadsheets.preview import preview, reader_for
from sosdir.store import services
from sosdir.store.import_rows import ImportRow, Outcome
from tests.cast import HARBOUR, TODAY, a_source, an_importable_service

FACTS = {
    "全国地方公共団体コード": "141305",
    "ID": "0001",
    "地方公共団体名": "神奈川県川崎市",
    "名称": "川崎にんしんSOS相談",
    "名称_カナ": "カワサキニンシンソウダン",
    "所在地_連結表記": "神奈川県川崎市見本町1-1",
    "建物名等(方書)": "見本ビル2階",
    "緯度": "35.53",
    "経度": "139.70",
    "電話番号": "044-200-2111",
    "内線番号": "12",
    "FAX番号": "",
    "メールアドレス": "soudan@example.jp",
    "法人番号": "7000020141305",
    "団体名": "",
    "利用可能曜日": "月火水木金",
    "開始時間": "8:30",
    "終了時間": "17:15",
    "利用可能日時特記事項": "",
    "URL": "https://example.jp/kawasaki",
    "備考": "予約は要りません",
}


def row_of(database: Database, facts: dict[str, str] | None = None, **changes: str) -> ImportRow:
    facts = {**(facts or FACTS), **changes}
    out = io.StringIO()
    csv.writer(out).writerows([list(facts), list(facts.values())])
    sheet = decoding.read(out.getvalue().encode("cp932"))
    directory = known.read(database, TODAY)
    reader = reader_for(sheet, directory)
    (row,) = preview(reader, sheet, directory)
    assert reader.warnings == ()
    return row


def test_a_facility_becomes_a_service_of_its_place(database: Database) -> None:
    row = row_of(database)
    assert [str(fault) for fault in row.faults] == []
    service = row.service
    assert service is not None
    assert service.id == "kawasaki-ninshinsodan"
    assert service.name == "川崎にんしんSOS相談"
    assert (service.focus, service.answers_for) == (Focus.PREGNANCY_SOS, AnswersFor.MUNICIPALITY)
    assert service.organization is not None
    assert service.organization.id == "kawasaki-shi"
    assert (service.service_areas, service.service_area_basis) == (("141305",), Basis.STATED)
    assert service.address == "神奈川県川崎市見本町1-1 見本ビル2階"
    assert service.position == Position(35.53, 139.70, Precision.ADDRESS)
    assert (service.evidence, service.collected_on) == (EvidenceLevel.CONFIRMED, TODAY)
    assert service.editor_note == "予約は要りません"


def test_its_channels_point_at_its_page(database: Database) -> None:
    service = row_of(database).service
    assert service is not None
    (source,) = service.sources
    assert (source.url, source.publisher) == ("https://example.jp/kawasaki", "神奈川県川崎市")
    assert source.kind is SourceKind.GOVERNMENT
    phone, email = service.channels
    assert (phone.value, phone.hours) == ("044-200-2111", "Mo-Fr 08:30-17:15")
    assert (phone.hours_text, phone.note) == ("月火水木金 8:30〜17:15", "内線 12")
    assert (email.value, email.hours) == ("soudan@example.jp", None)
    assert phone.source_ids == email.source_ids == (source.id,)


def test_the_former_columns_are_read_as_well(database: Database) -> None:
    facts = {
        "都道府県コード又は市区町村コード": "14130",
        "NO": "1",
        "都道府県名": "神奈川県",
        "市区町村名": "川崎市",
        "名称": "見本センター",
        "住所": "川崎市見本町1-1",
        "方書": "",
        "電話番号": "44-200-2111",
        "URL": "https://example.jp/k",
    }
    row = row_of(database, facts)
    assert row.outcome is Outcome.CREATED
    assert "都道府県コード又は市区町村コードの「14130」を「141305」と読みました。" in row.notes
    assert "電話番号の「44-200-2111」を「044-200-2111」と読みました。" in row.notes
    assert row.service is not None
    assert row.service.sources[0].publisher == "神奈川県川崎市"


def test_hours_that_cannot_be_read_stay_words(database: Database) -> None:
    row = row_of(database, 利用可能日時特記事項="第3火曜は休み")
    assert row.service is not None
    assert row.service.channels[0].hours is None
    assert row.service.channels[0].hours_text == "月火水木金 8:30〜17:15 第3火曜は休み"
    assert any("式にできないため" in note for note in row.notes)


def test_a_service_is_known_again_by_name_body_and_place(database: Database) -> None:
    base = an_importable_service(sources=(a_source("minato-sos"),))
    services.save(database, base)
    facts = {"全国地方公共団体コード": "141003", "名称": "みなとSOS", "電話番号": "189"}
    row = row_of(database, facts | {"URL": "https://example.jp/minato-sos-s1"})
    assert (row.outcome, row.service_id) == (Outcome.UNCHANGED, "minato-sos")


def test_a_new_number_is_not_stated_by_the_sources_of_the_old_one(database: Database) -> None:
    services.save(database, an_importable_service(sources=(a_source("minato-sos"),)))
    facts = {"全国地方公共団体コード": "141003", "名称": "みなとSOS"}
    row = row_of(database, facts | {"電話番号": "044-200-2111"})
    assert row.outcome is Outcome.REFUSED
    assert "出典がありません" in row.faults[0].reason


def test_a_new_service_without_a_page_is_not_confirmed(database: Database) -> None:
    facts = {"全国地方公共団体コード": "141305", "名称": "川崎妊娠相談"}
    row = row_of(database, facts)
    assert row.service is not None
    assert (row.service.sources, row.service.evidence) == ((), EvidenceLevel.UNCONFIRMED)


def test_a_service_is_known_by_our_id(database: Database) -> None:
    services.save(database, an_importable_service("sagami-night", organization=HARBOUR))
    facts = {"全国地方公共団体コード": "141003", "ID": "sagami-night", "名称": "新しい名"}
    row = row_of(database, facts)
    assert [(each.label, each.after) for each in row.changes] == [("窓口の名前", "新しい名")]


def test_the_same_days_and_times_leave_what_is_known_of_holidays(database: Database) -> None:
    services.save(database, an_importable_service())
    facts = {"全国地方公共団体コード": "141003", "名称": "みなとSOS", "電話番号": "189"}
    hours = {"利用可能曜日": "平日", "開始時間": "10:00", "終了時間": "16:00"}
    assert row_of(database, facts | hours).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("全国地方公共団体コード", "141306", "検査数字が違います"),
        ("全国地方公共団体コード", "", "コードがありません"),
        ("全国地方公共団体コード", "00", "地域|ありません"),
        ("法人番号", "8000020141305", "検査数字が合わなければ"),
        ("法人番号", "123", "検査数字が合わなければ"),
        ("名称", "", "名称がありません"),
        ("電話番号", "044-819-4635", "使ってはならない番号"),
        ("電話番号", "12", "日本の電話番号ではありません"),
        ("緯度", "北緯35度", "数ではありません"),
        ("URL", "", "出典がありません"),
    ],
)
def test_a_row_at_fault_is_refused_by_its_column(
    database: Database, column: str, cell: str, told: str
) -> None:
    row = row_of(database, **{column: cell})
    assert row.outcome is Outcome.REFUSED
    if column != "URL":
        assert row.faults[0].column == column
    assert any(part in row.faults[0].reason for part in told.split("|"))


def test_a_body_that_nobody_knows_is_told(database: Database) -> None:
    row = row_of(database, 団体名="NPO法人みほん")
    assert row.service is not None
    assert row.service.answers_for is AnswersFor.NPO
    assert any("団体「NPO法人みほん」を新しく加えます" in note for note in row.notes)


@pytest.mark.parametrize("number", ["7000020141305", "4011001098993", "7123456789012"])
def test_a_corporate_number_is_known_by_its_check_digit(number: str) -> None:
    assert municipal.is_corporate_number(number)
    wrong = str(int(number[0]) % 9 + 1) + number[1:]
    assert not municipal.is_corporate_number(wrong)


def rows_of(database: Database, *told: dict[str, str]) -> list[ImportRow]:
    out = io.StringIO()
    csv.writer(out).writerows([list(FACTS), *(list((FACTS | each).values()) for each in told)])
    sheet = decoding.read(out.getvalue().encode())
    directory = known.read(database, TODAY)
    return list(preview(reader_for(sheet, directory), sheet, directory))


def test_one_facility_cannot_stand_in_two_rows(database: Database) -> None:
    first, second = rows_of(database, {}, {"ID": "0002"})
    assert first.outcome is Outcome.CREATED
    assert second.faults[0].reason.startswith("2行目と同じ窓口です。")


def test_facilities_that_are_read_alike_get_ids_of_their_own(database: Database) -> None:
    rows = rows_of(database, {"名称": "一"}, {"名称": "二"}, {"名称": "三"})
    slug = "kawasaki-ninshinsodan"
    assert [row.service_id for row in rows] == [slug, f"{slug}-2", f"{slug}-3"]


def test_a_name_that_several_services_bear_is_asked_back(database: Database) -> None:
    for key in ("one-line", "other-line"):
        services.save(database, an_importable_service(key, name="おなじ名"))
    row = row_of(database, {"全国地方公共団体コード": "141003", "ID": "9", "名称": "おなじ名"})
    assert row.faults[0].column == "ID"
    assert "one-line、other-line" in row.faults[0].reason


def test_a_row_with_too_many_cells_is_refused(database: Database) -> None:
    row = row_of(database, {"全国地方公共団体コード": "141003", "名称": "a", "": ""})
    assert row.outcome is Outcome.CREATED
    sheet = decoding.read("全国地方公共団体コード,名称\n141003,a,b\n".encode())
    directory = known.read(database, TODAY)
    (refused,) = preview(reader_for(sheet, directory), sheet, directory)
    assert "見出しより列が多い" in refused.faults[0].reason
