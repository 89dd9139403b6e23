"""Read where a service sits, and who runs it, in the form of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sosdir.forms.bodies import new_organization
from sosdir.forms.fields import lines
from sosdir.forms.sheet import Sheet
from sosdir.models import NATIONWIDE, Organization, Position, Precision
from sosdir.tabular import COORDINATE_DECIMALS

NEW_BODY = "new"

_DEGREES = re.compile(r"[0-9]{1,3}(\.[0-9]{1,15})?", re.ASCII)


def read_organization(sheet: Sheet) -> Organization | None:
    """Return who runs the service, None where nobody is named.

    Args:
        sheet: of the form.
    """
    form, bodies = sheet.form, sheet.around.bodies
    chosen = form.organization_choice.data
    name = form.organization.data.strip()
    if chosen == NEW_BODY and name:
        return bodies.named(name) or new_organization(name)
    if chosen and (found := bodies.get(chosen)):
        form.organization.data, form.organization_id.data = found.name, found.id
        return found
    if not name:
        return None
    kept = bodies.get(form.organization_id.data)
    if kept is not None and kept.name == name:
        return kept
    return bodies.named(name) or _unknown_body(sheet, "organization", name)


def read_commissioners(sheet: Sheet) -> Iterator[Organization]:
    """Give who commissions the service.

    Args:
        sheet: of the form.
    """
    likely = sheet.around.base.commissioners if sheet.around.base else ()
    for name in dict.fromkeys(lines(sheet.form.commissioners.data)):
        found = sheet.around.bodies.named(name, likely)
        found = found or _unknown_body(sheet, "commissioners", name)
        if found is not None:
            yield found


def _unknown_body(sheet: Sheet, where: str, name: str) -> Organization | None:
    if name in sheet.form.new_organizations.data:
        return new_organization(name)
    sheet.faults[where] = (
        f"「{name}」はまだ登録されていません。下の候補から選ぶか、"
        "新しい団体として登録するほうに印をつけてください。"
    )
    return None


def read_seat(sheet: Sheet) -> str | None:
    """Return the code of the municipality or prefecture where the service sits, or None.

    Args:
        sheet: of the form; the full name is written back into it.
    """
    text, code = sheet.form.seat.data.strip(), sheet.form.seat_code.data
    gazetteer = sheet.around.gazetteer
    if not text:
        return None
    known = gazetteer.exists(code) and code != NATIONWIDE
    if known and text in (gazetteer.get(code).full_name, code):
        return code
    found = gazetteer.recognise(text)
    if found.rest or not found.places:
        sheet.faults["seat"] = f"「{text}」という市区町村が見つかりません。書き直してください。"
        return None
    if len(found.places) > 1:
        names = "、".join(each.full_name for each in found.places)
        sheet.faults["seat"] = f"どれかひとつを書いてください: {names}"
        return None
    place = found.places[0]
    sheet.form.seat.data, sheet.form.seat_code.data = place.full_name, place.code
    return place.code


def read_position(sheet: Sheet) -> Position | None:
    """Return where the service is shown on a map, or None.

    Args:
        sheet: of the form.
    """
    north, east = _degrees(sheet, "latitude"), _degrees(sheet, "longitude")
    precision = sheet.form.precision.data
    texts = (sheet.text("latitude"), sheet.text("longitude"), precision)
    if not any(texts):
        return None
    if not all(texts):
        sheet.faults.setdefault(
            "latitude" if precision else "precision",
            "緯度・経度・位置の確かさは、三つそろえるか、三つとも空にしてください。",
        )
    if north is None or east is None or not precision:
        return None
    return Position(north, east, sheet.one_of(Precision, sheet.form.precision))


def _degrees(sheet: Sheet, name: str) -> float | None:
    text = sheet.text(name)
    if text is None:
        return None
    if not _DEGREES.fullmatch(text):
        sheet.faults[name] = f"「{text}」は数ではありません。35.45033 のように書いてください。"
        return None
    return round(float(text), COORDINATE_DECIMALS)
