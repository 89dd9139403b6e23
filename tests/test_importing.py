"""A data package is read whole, or refused with every fault by file, line and column."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sosdir import exporting, importing
from sosdir.errors import DataPackageError
from sosdir.models import ChannelKind, DataPackage
from sosdir.tabular import TABLES
from tests.bundled import DATA, rows
from tests.cast import a_channel, a_package, an_importable_service

RETIRED = next(iter(rows("retired_number.csv")))["number"]
AREA, EXCHANGE, LAST = RETIRED.split("-")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")

Edit = Callable[..., None]


@pytest.fixture
def written(package: DataPackage) -> DataPackage:
    """Give a small package with two services, the second on hold."""
    held = an_importable_service(
        "kakushi-line",
        hold="番号を確かめている",
        channels=(a_channel("kakushi-line", value="代表番号へ", source_ids=()),),
    )
    return a_package(package, an_importable_service(), held)


@pytest.fixture
def folder(written: DataPackage, tmp_path: Path) -> Path:
    """Give the folder of that package."""
    exporting.write_package(written, tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Give a way to write a cell of the package's files anew."""

    def change(file: str, column: str, cell: str, line: int = 2) -> None:
        with (folder / file).open(encoding="utf-8", newline="") as opened:
            table = list(csv.reader(opened))
        table[line - 1][table[0].index(column)] = cell
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(table)
        (folder / file).write_text(out.getvalue(), encoding="utf-8")

    return change


def faults(folder: Path) -> list[str]:
    """Return the faults of a package, as they are printed."""
    with pytest.raises(DataPackageError) as caught:
        importing.read_package(folder)
    return [str(fault) for fault in caught.value.faults]


def the_fault(folder: Path) -> str:
    """Return the one fault of a package."""
    (only,) = faults(folder)
    return only


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def rewrite(path: Path, lines: list[str]) -> None:
    """Write a file of lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_package_is_read_as_it_was_written(folder: Path, written: DataPackage) -> None:
    assert importing.read_package(folder) == written


def test_the_shipped_package_has_no_fault(package: DataPackage) -> None:
    assert len(package.services) > 100
    assert len(package.outlines) == 47


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_spreadsheets_mark_and_line_ends_are_accepted(
    folder: Path, written: DataPackage, encoding: str, ending: str
) -> None:
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", ending)
        path.write_bytes(text.encode(encoding))
    assert importing.read_package(folder) == written


@pytest.mark.parametrize("name", [*(table.file for table in TABLES), "prefecture.geojson"])
def test_a_missing_file_is_one_fault_and_no_more(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert the_fault(folder) == f"{name}: ファイルがありません。"


def test_a_file_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "channel.csv").unlink()
    (folder / "channel.csv").mkdir()
    assert the_fault(folder).startswith("channel.csv: 読めません")


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    assert len(faults(tmp_path)) == len(TABLES) + 1


def test_a_wrong_header_is_told_with_the_right_one(folder: Path) -> None:
    path = folder / "organization.csv"
    rewrite(path, ["id,title", *lines_of(path)[1:]])
    assert the_fault(folder) == (
        "organization.csv:1: 見出しが違います。次のとおりにしてください: id,name"
    )


def test_an_empty_file_has_a_wrong_header(folder: Path) -> None:
    (folder / "ward.csv").write_bytes(b"")
    assert the_fault(folder).startswith("ward.csv:1: 見出しが違います。")


def test_a_line_with_a_cell_too_few_is_told_and_hides_nothing_else(folder: Path) -> None:
    path = folder / "organization.csv"
    rewrite(path, ["id,name", "minato", *lines_of(path)[2:]])
    assert the_fault(folder) == "organization.csv:2: 2列のはずが1列あります。"


def test_an_empty_line_is_a_line_with_cells_too_few(folder: Path) -> None:
    path = folder / "service_area.csv"
    rewrite(path, [*lines_of(path), ""])
    assert the_fault(folder) == "service_area.csv:4: 2列のはずが0列あります。"


def test_lines_are_counted_as_an_editor_counts_them(folder: Path, edit: Edit) -> None:
    edit("service.csv", "editor_note", "一行目\n二行目\n三行目")
    edit("service.csv", "fee", " 無料", line=3)
    assert the_fault(folder).startswith("service.csv:5:fee: ")


@pytest.mark.parametrize(
    ("file", "column", "cell", "reason"),
    [
        ("service.csv", "name", "", "空にできません。"),
        ("service.csv", "focus", "sos", "「sos」は選べません。次のどれか"),
        ("service.csv", "evidence", "", "空にできません。"),
        ("service.csv", "collected_on", "2026/11/23", "「2026/11/23」は日付ではありません"),
        ("service.csv", "checked_on", "きのう", "「きのう」は日付ではありません"),
        ("service.csv", "anonymous", "はい", "「はい」は選べません。true か false"),
        ("service.csv", "contact_missing", "", "空にできません。"),
        ("service.csv", "latitude", "北緯35度", "「北緯35度」は数ではありません。"),
        ("service.csv", "newest_source_year", "2025年", "「2025年」は整数ではありません。"),
        ("service.csv", "newest_source_year", "99999", "1900から2100までの数"),
        ("service.csv", "editor_note", "見本\x00", "目に見えない文字"),
        ("service.csv", "organization_id", "none", "「none」は organization.csv にありません。"),
        ("service.csv", "commissioner_ids", "none", "「none」は organization.csv にありません。"),
        ("service.csv", "prefecture_code", "99", "「99」という地域はありません。"),
        ("service.csv", "municipality_code", "999999", "「999999」という地域はありません。"),
        ("service.csv", "longitude", "", "三つそろえるか、三つとも空"),
        ("service.csv", "position_precision", "", "三つそろえるか、三つとも空"),
        ("service.csv", "website", "javascript:alert(1)", "ウェブの住所ではありません。"),
        ("service_area.csv", "area_code", "99", "「99」という地域はありません。"),
        ("service_area.csv", "area_code", "141", "「141」は書き方が違います"),
        ("source.csv", "url", "javascript:alert(1)", "ウェブの住所ではありません。"),
        ("source.csv", "kind", "blog", "「blog」は選べません。"),
        ("statistic.csv", "value", "多数", "「多数」は整数ではありません。"),
        ("statistic.csv", "service_id", "nonesuch", "「nonesuch」は service.csv にありません。"),
        ("channel.csv", "kind", "telepathy", "「telepathy」は選べません。"),
        ("channel.csv", "service_id", "nonesuch", "「nonesuch」は service.csv にありません。"),
        ("channel.csv", "value", "03-0000-0001", "日本の電話番号ではありません。"),
        ("channel.csv", "value", "１８９", "「１８９」は「189」と書いてください。"),
        ("channel.csv", "hours", "Mo-Fr 10:00～16:00", "と書いてください。"),
        ("channel.csv", "source_ids", "", "出典がありません。"),
        ("channel.csv", "source_ids", "kakushi-line-s1", "はこの窓口の出典ではありません。"),
        ("ward.csv", "municipality_code", "999999", "「999999」は municipality.csv にありません。"),
        ("ward.csv", "name", " 鶴見区", "前後に空白があります。"),
        ("municipality.csv", "latitude", "", "空にできません。"),
        ("retired_number.csv", "retired", "むかし", "「むかし」は日付ではありません"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_by_file_line_and_column(
    folder: Path, edit: Edit, file: str, column: str, cell: str, reason: str
) -> None:
    edit(file, column, cell)
    # A channel torn from its service is no longer stated by that service's sources either.
    told = [fault for fault in faults(folder) if f":{column}: " in fault]
    expected = "latitude" if "三つ" in reason else column
    told = told or [the_fault(folder)]
    assert len(told) == 1
    assert told[0].startswith(f"{file}:2:{expected}: ")
    assert reason in told[0]
    assert told[0].endswith(("。", ")")) or "次のどれか" in told[0]


def test_a_wrong_cell_brings_no_fault_that_is_not_there(folder: Path, edit: Edit) -> None:
    edit("service.csv", "focus", "sos")
    edit("municipality.csv", "latitude", "")
    assert [fault.split(": ")[0] for fault in faults(folder)] == [
        "service.csv:2:focus",
        "municipality.csv:2:latitude",
    ]


def test_an_id_that_cannot_be_read_is_told_where_it_stands(folder: Path, edit: Edit) -> None:
    edit("source.csv", "id", "みなと")
    edit("service.csv", "id", "みなと")
    told = faults(folder)
    assert [fault for fault in told if fault.startswith(("source.csv:2:id", "service.csv:2:id"))]
    assert not [fault for fault in told if "None" in fault]


def test_an_id_borne_twice_is_told_with_the_first_line(folder: Path, edit: Edit) -> None:
    edit("organization.csv", "id", "minato", line=3)
    edit("service.csv", "organization_id", "minato", line=2)
    edit("service.csv", "organization_id", "minato", line=3)
    assert the_fault(folder) == (
        "organization.csv:3:id: 2行目と同じです。どちらかを消してください。"
    )


def test_a_service_without_an_area_is_told(folder: Path) -> None:
    path = folder / "service_area.csv"
    rewrite(path, lines_of(path)[:-1])
    assert the_fault(folder) == ("service.csv:3:id: 対象地域が service_area.csv にありません。")


def test_unreadable_hours_are_told_with_the_place_of_the_fault(folder: Path, edit: Edit) -> None:
    edit("channel.csv", "hours", "Mo-Fr 25:99-26:00")
    told = the_fault(folder)
    assert told.startswith("channel.csv:2:hours: 「Mo-Fr 25:99-26:00」を受付時間として読めません。")
    assert "文字目" in told


@pytest.mark.parametrize(
    "writing",
    [
        RETIRED,
        RETIRED.translate(FULL_WIDTH),
        RETIRED.replace("-", "."),
        RETIRED.replace("-", ""),
        f"({AREA}){EXCHANGE}-{LAST}",
        f"+81-{AREA[1:]}-{EXCHANGE}-{LAST}",
    ],
)
@pytest.mark.parametrize("kind", [ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS])
def test_a_retired_number_is_refused_in_every_writing(
    folder: Path, edit: Edit, kind: ChannelKind, writing: str
) -> None:
    edit("channel.csv", "kind", kind.value)
    edit("channel.csv", "value", writing)
    told = the_fault(folder)
    assert told.startswith(f"channel.csv:2:value: 「{writing}」は使ってはならない番号です: ")


def test_a_retired_number_is_refused_on_hold_too(folder: Path, edit: Edit) -> None:
    edit("channel.csv", "value", RETIRED, line=4)
    assert "使ってはならない番号です" in the_fault(folder)


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("channel.csv", "note"),
        ("channel.csv", "hours_text"),
        ("service.csv", "name"),
        ("service.csv", "eligibility"),
        ("service.csv", "fee"),
        ("service.csv", "offers"),
        ("service.csv", "address"),
        ("organization.csv", "name"),
    ],
)
def test_a_retired_number_is_refused_within_what_the_public_reads(
    folder: Path, edit: Edit, file: str, column: str
) -> None:
    edit(file, column, f"17:00 {RETIRED.replace('-', ' ')}へ")
    told = the_fault(folder)
    assert told.startswith(f"{file}:2:{column}: ")
    assert "使ってはならない番号です" in told


@pytest.mark.parametrize("column", ["editor_note", "operator_text"])
def test_an_admin_may_note_a_retired_number(folder: Path, edit: Edit, column: str) -> None:
    edit("service.csv", column, f"もとは {RETIRED}")
    assert importing.read_package(folder).services


def test_a_number_that_only_holds_a_retired_one_is_another(folder: Path, edit: Edit) -> None:
    edit("channel.csv", "note", f"受付番号 1{RETIRED}")
    assert importing.read_package(folder).services


def test_a_channel_on_hold_needs_no_source_and_no_whole_number(folder: Path) -> None:
    held = importing.read_package(folder).services[1]
    assert held.hold
    assert held.channels[0].source_ids == ()
    assert held.channels[0].value == "代表番号へ"


def test_to_publish_what_was_on_hold_its_channels_must_be_whole(folder: Path, edit: Edit) -> None:
    edit("service.csv", "hold", "", line=3)
    assert [fault.split(": ")[0] for fault in faults(folder)] == [
        "channel.csv:4:value",
        "channel.csv:4:source_ids",
    ]


def test_a_website_without_its_scheme_is_accepted(folder: Path, edit: Edit) -> None:
    edit("service.csv", "website", "example.jp")
    assert importing.read_package(folder).services[0].website == "example.jp"


def test_a_file_in_the_old_japanese_encoding_is_refused(folder: Path) -> None:
    path = folder / "organization.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))
    assert the_fault(folder) == (
        "organization.csv:2: UTF-8ではありません。UTF-8で保存してください。"
    )


def test_a_file_in_two_bytes_a_letter_is_refused(folder: Path) -> None:
    path = folder / "organization.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert "UTF-8ではありません" in the_fault(folder)


@pytest.mark.parametrize(
    "broken", ['minato,"みなと', 'minato,"みなと"と', 'minato,"' + "あ" * 200_000]
)
def test_broken_quotes_are_told(folder: Path, broken: str) -> None:
    path = folder / "organization.csv"
    rewrite(path, ["id,name", broken])
    told = the_fault(folder)
    assert told.startswith("organization.csv:2: CSVとして読めません")


def test_a_huge_file_is_refused_unread(folder: Path) -> None:
    with (folder / "channel.csv").open("r+b") as file:
        file.truncate(importing.MAX_BYTES + 1)
    assert the_fault(folder).startswith("channel.csv: 大きすぎます")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"features": [1]}', '{"features": [{"properties": {}}]}', "{\n{"]
)
def test_outlines_that_cannot_be_read_are_told(folder: Path, text: str) -> None:
    (folder / "prefecture.geojson").write_text(text, encoding="utf-8")
    assert "都道府県の輪郭として読めません" in the_fault(folder)


def test_broken_outlines_are_told_with_their_line(folder: Path) -> None:
    (folder / "prefecture.geojson").write_text('{\n"features":\n[}', encoding="utf-8")
    assert the_fault(folder).startswith("prefecture.geojson:3: ")


def test_an_outline_borne_twice_is_told(folder: Path) -> None:
    path = folder / "prefecture.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"].append(collection["features"][0])
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert "「13」が二度あります" in the_fault(folder)


def test_all_faults_are_told_together_in_the_order_of_the_files(folder: Path, edit: Edit) -> None:
    edit("service_area.csv", "area_code", "99")
    edit("service.csv", "focus", "sos")
    edit("service.csv", "municipality_code", "999999", line=3)
    edit("channel.csv", "value", RETIRED, line=2)
    edit("channel.csv", "hours", "いつでも")
    edit("channel.csv", "service_id", "nonesuch", line=4)
    edit("organization.csv", "name", "")
    rewrite(folder / "ward.csv", ["code,name"])
    (folder / "statistic.csv").unlink()
    assert [fault.split(": ")[0] for fault in faults(folder)] == [
        "organization.csv:2:name",
        "service.csv:2:focus",
        "service.csv:3:municipality_code",
        "channel.csv:2:value",
        "channel.csv:2:hours",
        "channel.csv:4:service_id",
        "service_area.csv:2:area_code",
        "statistic.csv",
        "ward.csv:1",
    ]


def test_an_edited_copy_of_the_shipped_package_is_refused_by_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(DATA, folder)
    path = folder / "service_area.csv"
    rewrite(path, [*lines_of(path), "nonesuch,00"])
    line = len(lines_of(path))
    assert the_fault(folder) == (
        f"service_area.csv:{line}:service_id: 「nonesuch」は service.csv にありません。"
    )
