"""Turning an uploaded file into rows, and refusing what is none."""

from __future__ import annotations

import io
import zipfile

import pytest

from sosdir.errors import UploadError
from sosdir.spreadsheets import decoding

TEXT = "id,name\nminato,みなと〜①\n"


def cells(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in decoding.read(content).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_file_is_read_in_each_writing_of_excel(encoding: str) -> None:
    text = TEXT.replace("〜", "～")
    assert cells(text.encode(encoding)) == [(2, ("minato", "みなと～①"))]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_header_tells_what_parts_the_cells(delimiter: str) -> None:
    content = f'id{delimiter}name\nminato{delimiter}"a{delimiter}b"\n'.encode()
    assert cells(content) == [(2, ("minato", f"a{delimiter}b"))]


def test_a_line_break_in_quotes_does_not_end_a_row() -> None:
    sheet = decoding.read(b'id,name\r\na,"one\r\ntwo"\r\n\r\nb,three\r\n')
    assert [(row.line, row.cells[1]) for row in sheet.rows] == [(2, "one\r\ntwo"), (5, "three")]


def test_rows_that_a_spreadsheet_cut_short_or_made_longer_are_evened() -> None:
    assert cells(b"id,name,fee\na\nb,c,d,,\n") == [(2, ("a", "", "")), (3, ("b", "c", "d"))]


def test_a_row_with_more_cells_than_the_header_keeps_them_to_be_refused() -> None:
    assert cells(b"id,name\na,b,c\n") == [(2, ("a", "b", "c"))]


def a_zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * 5_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (a_zip_bomb(), "Excelのブック"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excelのブック"),
        (b"\x1f\x8b\x08\x00", "圧縮された"),
        (b"BZh91AY", "圧縮された"),
        (b"%PDF-1.7", "画像やPDF"),
        (b"\x89PNG\r\n", "画像やPDF"),
        (b"id,name\na,\x00b\n", "文字のファイルではありません"),
        (b"", "空です"),
        (b"\xef\xbb\xbf \r\n", "空です"),
        (b",,,\r\n,,,\r\n", "空です"),
        (b"id,name\nminato," + b"\x81\xff\x00\n", "2行目に読めない文字"),
        (b"id,name\na,\x80\xff\n", "2行目に読めない文字"),
        (b"id,id\na,b\n", "見出し「id」が二つ"),
        (b"id\n" + b"a" * 10_001, "2行目に10,000文字より長い欄"),
        (b'id,name\na,"' + b"b" * 200_000, "CSVとして読めません"),
        (b'id,name\na,"b', "CSVとして読めません"),
        (b"x," * 2_001 + b"x\n", "列が多すぎます"),
        (b"a" * 20_000_001, "20 MBまで"),
        (b"id\n" + b"a\n" * 50_001, "行が多すぎます(50,000行まで)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(UploadError, match=told.replace("(", r"\(").replace(")", r"\)")):
        decoding.read(content)


def test_three_hundred_columns_are_read() -> None:
    header = ",".join(f"column_{number}" for number in range(300))
    assert len(decoding.read(f"{header}\n1\n".encode()).rows[0].cells) == 300
