"""Take back what spreadsheets do to cells, where only one thing can have been meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from datetime import date
from functools import lru_cache

from sosdir import channels, languages
from sosdir.areas import is_valid_code
from sosdir.errors import ChannelError, HoursError, InputError
from sosdir.formats import inert
from sosdir.models import NATIONWIDE, ChannelKind
from sosdir.schedules import normalise as normalise_hours
from sosdir.tabular import LIST_DELIMITER, Column

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_WHOLE = re.compile(r"(\d+)\.0+")
_PLAIN = frozenset({"integer", "number", "boolean", "date"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH = re.compile(r"([A-Za-z]{3})-(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?")
_LOST_ZERO = (9, 10)
# Signs that CP932 has only once: a table that passed through it brings back the second of each.
_TWINS = str.maketrans(
    "\u301c\u2016\u2212\u00a2\u00a3\u00ac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2"
)


def quoted(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, so that ``unquoted`` gives it back.

    Args:
        cell: any text.
    """
    bare = cell.lstrip("'")
    return f"'{cell}" if inert(bare) != bare else cell


def unquoted(cell: str) -> str:
    """Take away the mark that ``quoted`` set; the exact inverse of it.

    Args:
        cell: as the file holds it.
    """
    if not cell.startswith("'"):
        return cell
    bare = cell.lstrip("'")
    return cell[1:] if inert(bare) != bare else cell


def plain(column: Column, text: str) -> str:
    """Return a cell in the one writing that ``tabular.read_value`` takes, if it can be had.

    Args:
        column: where it stands.
        text: without white space around it.
    """
    if column.datatype == "list":
        items = [item for each in text.split(LIST_DELIMITER) if (item := each.strip())]
        if column.name == "languages":
            items = [languages.code_or_word(item) for item in items]
        return LIST_DELIMITER.join(items)
    if column.enum is not None:
        return _folded(text).lower()
    return _plain_value(column.datatype, _folded(text)) if column.datatype in _PLAIN else text


def _plain_value(datatype: str, text: str) -> str:
    if datatype == "boolean":
        return {"1": "true", "0": "false"}.get(text, text.lower())
    if datatype == "date":
        return iso_date(text) or text
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    whole = _WHOLE.fullmatch(text) if datatype == "integer" else None
    return whole[1] if whole else text


def iso_date(text: str) -> str | None:
    """Return a date in ISO 8601, or None where it is none.

    Args:
        text: such as 2026/11/24, 2026.11.24 or 2026年11月24日.
    """
    found = _DATE.fullmatch(_folded(text))
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def same_in_cp932(one: str, other: str) -> bool:
    """Tell whether two texts are the same once a spreadsheet has written them in CP932.

    Args:
        one: as the directory holds it, such as 8時\u301c17時.
        other: as the file holds it, such as 8時\uff5e17時.
    """
    return one.translate(_TWINS) == other.translate(_TWINS)


def same_date(one: str, other: str) -> bool:
    """Tell whether two texts are the same day or month, one of them rewritten by a spreadsheet.

    Args:
        one: as the directory holds it, such as 2016-10.
        other: as the file holds it, such as Oct-16.
    """
    key = _date_key(one)
    return key is not None and key == _date_key(other)


def _date_key(text: str) -> str | None:
    if day := iso_date(text):
        return day
    if found := _MONTH.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02}"
    found = _ENGLISH_MONTH.fullmatch(text)
    if found is None or found[1].lower() not in _MONTHS:
        return None
    return f"20{found[2]}-{_MONTHS.index(found[1].lower()) + 1:02}"


def prefecture_code(text: str) -> str:
    """Return the two digits of a prefecture.

    Args:
        text: with or without its zero, or its six digits (140007).

    Raises:
        InputError: it is no prefecture.
    """
    code = area_code(text, frozenset())
    if code == NATIONWIDE or len(code) != 2:
        raise InputError(f"「{text}」は都道府県のコードではありません。01から47までの2桁です。")
    return code


def area_code(text: str, codes: Set[str]) -> str:
    """Return an area code whole: its lost zero put back, its check digit made sure.

    Five digits are either six that lost their zero or five without the check digit; which, the
    municipalities that exist decide.

    Args:
        text: 00, a prefecture's one, two or six digits, or a municipality's five or six.
        codes: of all areas.

    Raises:
        InputError: no area can be meant, or the check digit is wrong.
    """
    digits = _folded(text)
    if not digits.isascii() or not digits.isdigit():
        raise InputError(f"「{text}」は地域のコードではありません。数字で書いてください。")
    if len(digits) <= 2:
        code = digits.zfill(2)
        if code > "47":
            raise InputError(f"「{text}」という都道府県はありません。01から47までの2桁です。")
        return code
    if len(digits) == 5:
        return _from_five(digits, codes)
    if len(digits) == 6 and is_valid_code(digits):
        return digits[:2] if digits[2:5] == "000" else digits
    if len(digits) == 6:
        raise InputError(f"「{text}」は検査数字が違います。コードを確かめてください。")
    raise InputError(f"「{text}」は桁数が違います。地域のコードは2桁か6桁です。")


def _from_five(digits: str, codes: Set[str]) -> str:
    whole = f"0{digits}"
    checked = (f"{digits}{number}" for number in range(10))
    meant = [code for code in (whole, *checked) if is_valid_code(code)]
    meant = [code for code in meant if code in codes or code[2:5] == "000"]
    if len(meant) == 1:
        return meant[0][:2] if meant[0][2:5] == "000" else meant[0]
    told = "どちらとも読めます" if meant else "検査数字が合いません"
    raise InputError(f"「{digits}」は5桁で、{told}。検査数字までの6桁で書いてください。")


def channel_value(kind: ChannelKind | None, text: str) -> str:
    """Return the value of a channel in its normal form; one that has none stays as it is.

    Args:
        kind: by which means, None when it could not be read.
        text: without white space around it.
    """
    if kind is None or not text:
        return text
    try:
        return channels.normalise(kind, text)
    except ChannelError:
        return _with_zero(kind, text)


def _with_zero(kind: ChannelKind, text: str) -> str:
    if kind not in channels.DIALLED or len(channels.dialled_digits(text)) not in _LOST_ZERO:
        return text
    try:
        return channels.normalise(kind, f"0{_folded(text)}")
    except ChannelError:
        return text


@lru_cache(maxsize=4096)
def hours(text: str) -> str:
    """Return opening hours in plain OSM letters; what cannot be read stays as it is.

    Args:
        text: without white space around it.
    """
    try:
        return normalise_hours(text)
    except HoursError:
        return text


def _folded(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()
