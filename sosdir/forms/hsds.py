"""Read the parameters of the HSDS API by the table of its endpoints."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from sosdir.forms.query import BadParametersError
from sosdir.hsds.asking import LAST_PAGE, MOST_PER_PAGE, MOST_TEXT, Asked, Format
from sosdir.hsds.endpoints import AREA_PATTERN, UNANSWERABLE, UUID_PATTERN, Kind, Parameter
from sosdir.schedules import TOKYO

_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
# As RFC 3339 has it; the zone may be left out, and is then that of Japan.
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[ +-]\d\d:\d\d)?|\d{4}-\d\d-\d\d",
    re.ASCII,
)
_LEAP_SECOND = re.compile(r"(:\d\d):60")
_TRUTH = {"true": True, "false": False}
_AREA = re.compile(AREA_PATTERN, re.ASCII)
_UUID = re.compile(UUID_PATTERN, re.ASCII)


def read_asked(parameters: MultiDict[str, str], known: tuple[Parameter, ...]) -> Asked:
    """Return what parameters ask.

    Args:
        parameters: of the address.
        known: those that the endpoint has.

    Raises:
        BadParametersError: one is unknown, is given twice or cannot be used; all such are named.
    """
    by_name = {each.name: each for each in known}
    reasons: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, given in parameters.lists():
        try:
            values[name] = _read(by_name, name, given)
        except ValueError as error:
            reasons[_printable(name)] = str(error)
    if reasons:
        raise BadParametersError(reasons)
    return Asked(**values)


def _read(known: dict[str, Parameter], name: str, given: list[str]) -> Any:
    if name not in known:
        offered = ", ".join(known) or "none"
        raise ValueError(UNANSWERABLE.get(name, f"Unknown here. Known are: {offered}."))
    if len(given) > 1:
        raise ValueError("Give it once.")
    return _READERS[known[name].kind](given[0])


def _text(text: str) -> str:
    if len(text) > MOST_TEXT:
        raise ValueError(f"At most {MOST_TEXT} characters.")
    if "\ufffd" in text:
        raise ValueError("Its letters cannot be read: send UTF-8.")
    return text


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or int(text) > most:
            raise ValueError(f"A whole number from 1 to {most}.")
        return int(text)

    return read


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise ValueError("true or false.")
    return _TRUTH[text]


def _uuid(text: str) -> str:
    if not _UUID.fullmatch(text):
        raise ValueError("A UUID, such as an id of this API.")
    return text.lower()


def _area(text: str) -> str:
    if not _AREA.fullmatch(text):
        raise ValueError("00, two digits of a prefecture or six digits of a municipality.")
    return text


def _format(text: str) -> Format:
    if text not in set(Format):
        raise ValueError("json or ndjson.")
    return Format(text)


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise ValueError(_WHEN)
    # A plus sign that was not escaped arrives as a space.
    head, tail = _LEAP_SECOND.sub(r"\1:59", text[:19]), text[19:].replace(" ", "+").upper()
    try:
        at = datetime.fromisoformat(head.replace(" ", "T").upper() + tail)
    except ValueError:
        raise ValueError(_WHEN) from None
    return at if at.tzinfo else at.replace(tzinfo=TOKYO)


def _printable(name: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in name)[:80]


_WHEN = "An instant as in RFC 3339, such as 2026-11-28T20:00:00+09:00, its plus sign escaped (%2B)."
_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.PAGE: _number(LAST_PAGE),
    Kind.PER_PAGE: _number(MOST_PER_PAGE),
    Kind.TRUTH: _truth,
    Kind.UUID: _uuid,
    Kind.INSTANT: _instant,
    Kind.AREA: _area,
    Kind.FORMAT: _format,
}
