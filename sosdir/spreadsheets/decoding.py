"""Turn an uploaded file into rows of text, and refuse what is no CSV.

Nothing is ever unpacked: a file is judged by its first bytes, whatever it is called.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sosdir.errors import UploadError

# Ten thousand services take about 8 MB as one sheet.
MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 2_000
MAX_CELL = 10_000

_DELIMITERS = (",", "\t", ";")
_EXCEL = (
    "Excelのブックのようです。Excelで開き、「名前を付けて保存」で"
    "「CSV UTF-8(コンマ区切り)」を選んで、そのファイルを送ってください。"
)
_PACKED = "圧縮されたファイルです。中のCSVを取り出して、そのまま送ってください。"
_PICTURE = "画像やPDFです。CSVのファイルを送ってください。"
# First bytes of what people send by mistake, and of what is sent on purpose.
_FOREIGN = (
    (b"PK\x03\x04", _EXCEL),
    (b"PK\x05\x06", _PACKED),
    (b"PK\x07\x08", _PACKED),
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"\x1f\x8b", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
    (b"%PDF", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", _PICTURE),
)
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What the codec makes of bytes that are no letter of CP932.
_NO_LETTER = re.compile("[\x80\uf8f0-\uf8f3]")
_EMPTY = "ファイルが空です。見出しの行から書いてください。"
_NO_TEXT = "文字のファイルではありません。CSVで保存し直して、送ってください。"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the cells of one row.

    Args:
        line: 1-based line of the file on which it begins; the header is line 1.
        cells: as written, in the header's order; never fewer than it has names.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a decoded file: its header and its rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or CP932.

    Args:
        content: of the file.

    Raises:
        UploadError: it is too big, empty or no text; the message says what to do.
    """
    if len(content) > MAX_BYTES:
        raise UploadError(
            f"ファイルが大きすぎます({MAX_BYTES // 1_000_000} MBまで)。"
            "行をいくつかのファイルに分けて送ってください。"
        )
    for beginning, reason in _FOREIGN:
        if content.startswith(beginning):
            raise UploadError(reason)
    text = _text(content)
    if "\0" in text:
        raise UploadError(_NO_TEXT)
    if not text.strip():
        raise UploadError(_EMPTY)
    return text


def read(content: bytes) -> Sheet:
    """Return the rows of a file, blank ones passed over.

    Args:
        content: of the file.

    Raises:
        UploadError: it cannot be read as a table; the message says where and what to do.
    """
    text = decode(content)
    lines = _lines(text)
    try:
        _line, header = next(lines, (1, []))
        if not header:
            raise UploadError(_EMPTY)
        names = tuple(name.strip() for name in header)
        _refuse_header(names)
        return Sheet(names, tuple(_rows(lines, len(names))))
    except csv.Error as error:
        raise UploadError(
            f'CSVとして読めません({error})。「"」の閉じ忘れがないか確かめてください。'
        ) from error


def _text(content: bytes) -> str:
    encoding = _UTF16.get(content[:2])
    if encoding:
        return _decoded(content, encoding)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp932")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content.count(b"\n", 0, error.start) + 1) from error
    if encoding == "cp932" and (found := _NO_LETTER.search(text)):
        raise _unreadable(text.count("\n", 0, found.start()) + 1)
    return text


def _unreadable(line: int) -> UploadError:
    return UploadError(
        f"{line}行目に読めない文字があります。"
        "「CSV UTF-8(コンマ区切り)」で保存し直して、送ってください。"
    )


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Return the sign that parts the header's names: the one that stands there most often."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _refuse_header(names: tuple[str, ...]) -> None:
    if len(names) > MAX_COLUMNS:
        raise UploadError(f"列が多すぎます({MAX_COLUMNS}列まで)。")
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            raise UploadError(
                f"見出し「{_shown(name)}」が二つあります。どちらかの列を消してください。"
            )
        seen.add(name)


def _rows(lines: Iterator[tuple[int, list[str]]], width: int) -> Iterator[Row]:
    for count, (line, cells) in enumerate(lines):
        if count >= MAX_ROWS:
            raise UploadError(
                f"行が多すぎます({MAX_ROWS:,}行まで)。いくつかのファイルに分けて送ってください。"
            )
        for cell in cells:
            if len(cell) > MAX_CELL:
                raise UploadError(
                    f"{line}行目に{MAX_CELL:,}文字より長い欄があります。短くしてください。"
                )
        yield Row(line, tuple(_even(cells, width)))


def _even(cells: list[str], width: int) -> list[str]:
    """Fill up a row that a spreadsheet cut short, and drop the empty cells that it added."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells + [""] * (width - len(cells))


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
