"""The CSV for people opens in a spreadsheet of Japan and is told column by column."""

import codecs
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from frictionless import Resource, Schema

from sosdir.areas import Gazetteer
from sosdir.models import ChannelKind, DataPackage, ServiceStatus
from sosdir.opendata import COLUMNS, Row, dictionary_csv, people_csv, published
from sosdir.spreadsheets.decoding import read
from sosdir.spreadsheets.municipal import NAMES, is_municipal, understand
from tests.cast import NATIONWIDE, TODAY, a_channel, a_service, the_cast

TYPES = {"数値": "number", "日付": "date"}


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def the_row(gazetteer: Gazetteer) -> Any:
    def make(*services: Any, doubted: frozenset[str] = frozenset()) -> dict[str, str]:
        found = published(services, TODAY)
        rows = (Row(each, gazetteer, "https://x.example/s", doubted) for each in found)
        return cells(people_csv(rows))[0]

    return make


def test_a_row_says_what_is_known(the_row: Any) -> None:
    row = the_row(a_service())
    assert row["名称"] == "みなとSOS"
    assert row["全国地方公共団体コード"] == "141003"
    assert row["地方公共団体名"] == row["対象地域"] == "神奈川県横浜市"
    assert row["電話番号"] == "03-0000-0001"
    assert (row["利用可能曜日"], row["開始時間"], row["終了時間"]) == (
        "月火水木金",
        "10:00",
        "16:00",
    )
    assert row["利用可能日時特記事項"] == "電話:平日10時から16時"
    assert (row["匿名"], row["料金"], row["確かさ"]) == ("可", "無料", "公式ページの情報")
    assert (row["緯度"], row["位置の確かさ"]) == ("35.45033", "役所の位置")
    assert (row["情報を集めた日"], row["確認した日"]) == ("2026-11-23", "")


@pytest.mark.parametrize(
    ("areas", "code", "name"),
    [(("14",), "140007", "神奈川県"), (("13", "14"), "130001", "東京都"), ((NATIONWIDE,), "", "")],
)
def test_a_prefecture_has_the_six_digits_of_the_standard(
    the_row: Any, areas: tuple[str, ...], code: str, name: str
) -> None:
    row = the_row(a_service(service_areas=areas))
    assert (row["全国地方公共団体コード"], row["地方公共団体名"]) == (code, name)
    assert row["対象地域コード"] == ";".join(areas)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("Mo-Fr 10:00-16:00; PH off", ("月火水木金", "10:00", "16:00")),
        ("Mo,We 09:00-12:00", ("月水", "09:00", "12:00")),
        ("24/7", ("", "", "")),
        ("Mo-Fr 10:00-12:00,13:00-16:00", ("", "", "")),
        ("Mo-Fr 18:00-02:00", ("月火水木金", "18:00", "02:00")),
        ("Mo-Fr 10:00-16:00; Dec 29-Jan 03 off", ("", "", "")),
        (None, ("", "", "")),
    ],
)
def test_days_and_times_stand_only_where_they_can_be_said_for_sure(
    the_row: Any, hours: str | None, told: tuple[str, str, str]
) -> None:
    row = the_row(a_service(channels=(a_channel("minato-sos", hours=hours),)))
    assert (row["利用可能曜日"], row["開始時間"], row["終了時間"]) == told


def test_hours_that_differ_by_channel_stand_in_words_alone(the_row: Any) -> None:
    chat = a_channel("minato-sos", 2, ChannelKind.CHAT, None, "24/7", None)
    row = the_row(a_service(channels=(a_channel("minato-sos"), chat)))
    assert row["利用可能曜日"] == ""
    assert row["利用可能日時特記事項"].startswith("電話:平日10時から16時 / チャット:")


def test_what_is_withheld_is_empty_and_what_is_held_absent(gazetteer: Gazetteer) -> None:
    found = published(the_cast(), TODAY)
    text = people_csv(Row(each, gazetteer, "") for each in found)
    rows = {row["ID"]: row for row in cells(text)}
    assert "kakushi-line" not in rows
    old = rows["mukashi-sos"]
    assert old["連絡先の公開"] == "確認中のため非公開"
    for empty in ("電話番号", "メールアドレス", "所在地_連結表記", "緯度", "利用可能日時特記事項"):
        assert old[empty] == ""
    for secret in ("03-0000-0005", "mukashi@", "9-9", "むかしは24時間", "覚え書き"):
        assert secret not in text


def test_a_line_that_rests_has_no_number(the_row: Any) -> None:
    row = the_row(a_service(status=ServiceStatus.TEMPORARILY_CLOSED, status_note="春まで"))
    assert (row["電話番号"], row["状況"], row["休止の知らせ"]) == ("", "休止中", "春まで")


def test_a_value_reported_as_wrong_is_named(the_row: Any) -> None:
    row = the_row(a_service(), doubted=frozenset({"minato-sos-1"}))
    assert row["番号の確認中"] == "03-0000-0001"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_is_a_formula(the_row: Any, sign: str) -> None:
    row = the_row(a_service(name=f"{sign}1+1", eligibility=f"{sign}cmd|' /C calc'!A0"))
    assert row["名称"] == f"'{sign}1+1"
    assert row["対象者"].startswith("'")


def test_the_columns_are_those_of_the_standard_where_it_has_them() -> None:
    header = [column.name for column in COLUMNS]
    assert is_municipal(header)
    assert len(header) == len(set(header))
    todays = {names[0] for names in NAMES.values()}
    assert {column.name for column in COLUMNS if column.standard} == todays & set(header)


def test_a_spreadsheet_on_a_cp932_machine_reads_it_by_its_mark(client: FlaskClient) -> None:
    content = client.get("/open-data/services.csv").get_data()
    # Such a machine takes for CP932 what bears no mark, and shows no letter of it rightly.
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "cp932"
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
    assert rows[0] == [column.name for column in COLUMNS]
    assert "にんしんSOSヨコハマ" in {row[3] for row in rows}
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert content.count(b"\r\n") == len(rows)


def test_our_own_import_knows_its_columns(client: FlaskClient) -> None:
    sheet = read(client.get("/open-data/services.csv").get_data())
    places, _passed_over = understand(sheet.header)
    assert {"code", "id", "name", "phone", "days", "hours_remarks", "url"} <= places.keys()


def test_the_shipped_lines_are_one_row_each(client: FlaskClient, package: DataPackage) -> None:
    rows = cells(client.get("/open-data/services.csv").get_data(as_text=True))
    assert [row["ID"] for row in rows] == sorted(
        each.id for each in package.services if each.hold is None
    )


def test_the_dictionary_tells_every_column() -> None:
    rows = cells(dictionary_csv())
    assert [row["項目名"] for row in rows] == [column.name for column in COLUMNS]
    assert all(row["説明"] and row["形式"] for row in rows)


def test_the_table_is_what_its_dictionary_says(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_bytes(client.get("/open-data/services.csv").get_data())
    fields = [
        {"name": row["項目名"], "type": TYPES.get(row["形式"], "string")}
        for row in cells(client.get("/open-data/columns.csv").get_data(as_text=True))
    ]
    schema = Schema.from_descriptor({"fields": fields})
    table = Resource(
        path="services.csv", basepath=str(tmp_path), schema=schema, encoding="utf-8-sig"
    )
    report = table.validate()
    assert report.flatten(["title", "fieldName", "note"]) == []


def test_a_query_chooses_the_rows(client: FlaskClient) -> None:
    rows = cells(
        client.get("/open-data/services.csv?area=141003&channel=line").get_data(as_text=True)
    )
    asked = client.get("/services.json?area=141003&channel=line").get_json()
    assert len(rows) == asked["total"] > 1
    assert "ninshin-sos-yokohama" in {row["ID"] for row in rows}
