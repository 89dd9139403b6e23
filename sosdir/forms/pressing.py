"""Do what the buttons within the form of a service do: nothing here saves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sosdir.areas import Gazetteer
from sosdir.errors import GeocodingError
from sosdir.forms import rows
from sosdir.forms.bodies import Bodies
from sosdir.forms.entering import Entries
from sosdir.forms.seating import NEW_BODY
from sosdir.geocoding import GazetteerGeocoder
from sosdir.models import Position, Precision
from sosdir.tabular import COORDINATE_DECIMALS

FindOnline = Callable[[str], Position | None]

_PART = re.compile(
    r"(add|remove|restore|move_up|move_down)_(channel|source|statistic)(?::(\d{1,3}))?"
)
_NOT_FOUND = "その所在地の市区町村が見つかりません。市区町村の名前から書いてください。"
_OFFLINE = "いま、住所をさがすサービスにつながりません。少し待つか、位置を手で入れてください。"


@dataclass(slots=True)
class Pressed:
    """Hold what came of a button.

    Args:
        focus: id of what should have the focus next, empty for none.
        reasons: what could not be done, by the id of the field.
        areas: to choose from, full name by code.
        bodies: to choose from, name by id.
        news: what was done, in words, or empty.
    """

    focus: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    news: str = ""


@dataclass(frozen=True, slots=True)
class Helpers:
    """Hold what buttons ask: places, organizations, and an online geocoder where one is set."""

    gazetteer: Gazetteer
    bodies: Bodies
    find_online: FindOnline | None = None


def press(entries: Entries, button: str, helpers: Helpers) -> Pressed:
    """Change what stands in a form as one of its buttons says; an unknown one changes nothing.

    Args:
        entries: of the form, changed in place.
        button: such as ``add_channel`` or ``remove_source:1``.
        helpers: what buttons ask.
    """
    _take_chosen_body(entries, helpers.bodies)
    part = _PART.fullmatch(button)
    if part is not None:
        verb, what, index = part.groups()
        return Pressed(rows.change_parts(entries, verb, what, int(index or 0)) or "")
    verb, _, detail = button.partition(":")
    if verb == "remove_area":
        rows.remove_area(entries, detail)
        return Pressed("area_name")
    act = _ACTS.get(verb)
    return act(entries, helpers) if act else Pressed()


def _add_area(entries: Entries, helpers: Helpers) -> Pressed:
    reason, choices = rows.add_area(entries, helpers.gazetteer)
    reasons = {} if reason is None else {"area_name": reason}
    return Pressed("area_choice-0" if choices else "area_name", reasons, areas=choices)


def _take_chosen_body(entries: Entries, bodies: Bodies) -> None:
    """Write the organization that was chosen as if its name had been typed, and choose no more."""
    found = bodies.get(entries.get("organization_choice", ""))
    if found is not None:
        entries["organization"], entries["organization_id"] = found.name, found.id
        entries["organization_choice"] = ""


def _find_organization(entries: Entries, helpers: Helpers) -> Pressed:
    typed = entries["organization"].strip()
    if not typed:
        reason = "団体の名前の一部を入れてから、押してください。"
        return Pressed("organization", {"organization": reason})
    entries["organization_choice"] = ""
    return Pressed("organization_choice-0", bodies=choices_of_bodies(typed, helpers.bodies))


def choices_of_bodies(typed: str, bodies: Bodies) -> dict[str, str]:
    """Return the organizations that a name may mean, and the choice to register a new one.

    Args:
        typed: the name or a part of it.
        bodies: the organizations.
    """
    found = {each.id: each.name for each in bodies.matching(typed)}
    if bodies.named(typed) is None:
        found[NEW_BODY] = f"「{typed}」を新しい団体として登録"
    return found


def _locate(entries: Entries, helpers: Helpers) -> Pressed:
    geocoder = GazetteerGeocoder(helpers.gazetteer)
    address, seat = entries["address"].strip(), entries["seat"].strip()
    for text in filter(None, (address, f"{seat}{address}", seat)):
        found: Any = geocoder.geocode(text)
        if found is not None:
            place = helpers.gazetteer.get(found.raw["code"])
            position = Position(found.latitude, found.longitude, Precision.MUNICIPALITY)
            _put(entries, position)
            entries["seat"], entries["seat_code"] = place.full_name, place.code
            return Pressed("latitude", news=f"{place.full_name}の役所の位置を入れました。")
    return Pressed("address", {"address": _NOT_FOUND})


def _locate_online(entries: Entries, helpers: Helpers) -> Pressed:
    address = entries["address"].strip()
    if helpers.find_online is None or not address:
        return Pressed("address", {"address": "所在地を書いてから、押してください。"})
    try:
        position = helpers.find_online(f"{entries['seat'].strip()} {address}".strip())
    except GeocodingError:
        return Pressed("address", {"address": _OFFLINE})
    if position is None:
        return Pressed("address", {"address": "その所在地は見つかりませんでした。"})
    _put(entries, position)
    return Pressed("latitude", news="見つかった位置を入れました。地図で確かめてください。")


def _put(entries: Entries, position: Position) -> None:
    entries["latitude"] = f"{position.latitude:.{COORDINATE_DECIMALS}f}"
    entries["longitude"] = f"{position.longitude:.{COORDINATE_DECIMALS}f}"
    entries["precision"] = position.precision.value


_ACTS: Mapping[str, Callable[[Entries, Helpers], Pressed]] = {
    "add_area": _add_area,
    "find_organization": _find_organization,
    "locate": _locate,
    "locate_online": _locate_online,
}
