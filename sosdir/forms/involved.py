"""What the pages of organizations and programmes may be asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from sosdir.forms.query import AT_MOST, MAX_TEXT, ONE_OF, UNREADABLE, BadParametersError
from sosdir.locales import Told, mark
from sosdir.partnerships import Role

_PAGE = re.compile(r"0*[1-9]\d{0,5}", re.ASCII)
_AREA = re.compile(r"\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what is asked of a list of organizations.

    Args:
        text: words of the name.
        area: two digits of a prefecture, 00 for the whole country, None for any.
        role: what it does, None for any.
        page: of the list, from 1.
    """

    text: str
    area: str | None
    role: Role | None
    page: int


def read_asked(parameters: MultiDict[str, str]) -> Asked:
    """Return what parameters ask of a list of organizations.

    Args:
        parameters: of the address.

    Raises:
        BadParametersError: a parameter cannot be used; all such are named.
    """
    told = {name: parameters.get(name, "").strip() for name in ("q", "area", "role", "page")}
    reasons: dict[str, str] = {}
    if len(told["q"]) > MAX_TEXT:
        reasons["q"] = Told(AT_MOST, num=MAX_TEXT)
    if "\ufffd" in told["q"]:
        reasons["q"] = UNREADABLE
    if told["area"] and not _AREA.fullmatch(told["area"]):
        reasons["area"] = mark("都道府県を選んでください。")
    if told["role"] and told["role"] not in set(Role):
        reasons["role"] = Told(ONE_OF, values=", ".join(Role))
    if told["page"] and not _PAGE.fullmatch(told["page"]):
        reasons["page"] = mark("1以上の数にしてください。")
    if reasons:
        raise BadParametersError(reasons)
    return Asked(
        told["q"],
        told["area"] or None,
        Role(told["role"]) if told["role"] else None,
        int(told["page"] or 1),
    )
