"""Change the form of a service by its own buttons: parts added, moved, taken away and put back.

Everything works on what was typed, so that nothing is lost and no script is needed.
"""

from __future__ import annotations

from typing import Any

from sosdir.areas import Gazetteer
from sosdir.forms.entering import Entries, new_key
from sosdir.models import NATIONWIDE
from sosdir.vocabulary import NATIONWIDE_LABEL

_PARTS = {"channel": "channels", "source": "sources", "statistic": "statistics"}
REMOVED = "1"


def change_parts(entries: Entries, verb: str, what: str, index: int) -> str | None:
    """Change a list of parts in place.

    Args:
        entries: of the form.
        verb: ``add``, ``remove``, ``restore``, ``move_up`` or ``move_down``.
        what: ``channel``, ``source`` or ``statistic``.
        index: of the part, from 0; nothing is done where there is none.

    Returns:
        The id of what should have the focus next, None where nothing was done.
    """
    name = _PARTS.get(what)
    if name is None:
        return None
    rows = entries[name]
    if verb == "add":
        rows.append(_new_part(entries, what))
        return f"{name}-{len(rows) - 1}-{_FIRST[what]}"
    if not 0 <= index < len(rows):
        return None
    if verb in ("remove", "restore"):
        rows[index]["removed"] = REMOVED if verb == "remove" else ""
        return f"{name}-{index}-{'restore' if verb == 'remove' else _FIRST[what]}"
    return _move(rows, name, index, {"move_up": -1, "move_down": 1}.get(verb, 0))


_FIRST = {"channel": "kind", "source": "url", "statistic": "name"}


def _new_part(entries: Entries, what: str) -> Entries:
    part: Entries = {"key": new_key([*entries["channels"], *entries["sources"]])}
    sources = [row["key"] for row in entries["sources"] if not row.get("removed")]
    # With one source there is nothing to choose.
    if what != "source" and len(sources) == 1:
        part["sources"] = sources
    return part


def _move(rows: list[Any], name: str, index: int, step: int) -> str | None:
    other = index + step
    if step == 0 or not 0 <= other < len(rows):
        return None
    rows[index], rows[other] = rows[other], rows[index]
    return f"{name}-{other}-{'up' if step < 0 and other > 0 else 'down'}"


def add_area(entries: Entries, gazetteer: Gazetteer) -> tuple[str | None, dict[str, str]]:
    """Add the area that was typed, in place, if it is one.

    Args:
        entries: of the form.
        gazetteer: of all places.

    Returns:
        What is wrong, or None; and the places to choose from where several bear the name, full
        name by code.
    """
    typed, chosen = entries["area_name"].strip(), entries["area_choice"]
    if not typed:
        return "市区町村か都道府県の名前を入れてから、押してください。", {}
    found = _places(typed, gazetteer)
    if not found:
        return f"「{typed}」という地域が見つかりません。名前を確かめてください。", {}
    if len(found) > 1 and chosen not in found:
        return f"「{typed}」はいくつかあります。どれかを選んで、もう一度押してください。", found
    code = chosen if chosen in found else next(iter(found))
    entries["area_codes"] = list(dict.fromkeys([*entries["area_codes"], code]))
    entries["area_name"] = entries["area_choice"] = ""
    return None, {}


def _places(typed: str, gazetteer: Gazetteer) -> dict[str, str]:
    if typed in (NATIONWIDE_LABEL, NATIONWIDE):
        return {NATIONWIDE: NATIONWIDE_LABEL}
    if gazetteer.exists(typed):
        return {typed: gazetteer.get(typed).full_name}
    found = gazetteer.recognise(typed)
    return {} if found.rest else {each.code: each.full_name for each in found.places}


def remove_area(entries: Entries, code: str) -> None:
    """Take an area away, in place.

    Args:
        entries: of the form.
        code: of the area; an unknown one is passed over.
    """
    entries["area_codes"] = [each for each in entries["area_codes"] if each != code]
