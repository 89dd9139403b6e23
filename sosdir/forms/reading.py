"""Read the form of a service into the service it tells, and say at each field what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sosdir import evidence
from sosdir.checking import RESERVED_IDS
from sosdir.forms.bodies import slug
from sosdir.forms.entering import FREE
from sosdir.forms.fields import Confirmation, lines, truth
from sosdir.forms.parts import (
    read_channels,
    read_languages,
    read_sources,
    read_statistics,
)
from sosdir.forms.seating import (
    read_commissioners,
    read_organization,
    read_position,
    read_seat,
)
from sosdir.forms.sheet import Sheet
from sosdir.models import (
    NATIONWIDE,
    AnswersFor,
    Basis,
    Channel,
    EvidenceLevel,
    Focus,
    Service,
    ServiceStatus,
    Source,
)


def read_service(sheet: Sheet) -> Service:
    """Return the service that a form tells.

    What cannot be read is noted in the faults of the sheet and left out of the service.

    Args:
        sheet: of the form.
    """
    service_id = _id(sheet)
    sources = read_sources(sheet, service_id)
    channels = tuple(read_channels(sheet, service_id, sources))
    seat = read_seat(sheet)
    level, year, checked_on = _evidence(sheet, sources, channels)
    form, base = sheet.form, sheet.around.base
    return Service(
        id=service_id,
        name=_name(sheet),
        focus=sheet.one_of(Focus, form.focus),
        answers_for=sheet.one_of(AnswersFor, form.answers_for),
        organization=read_organization(sheet),
        department=sheet.text("department"),
        operator_text=sheet.text("operator_text"),
        commissioners=tuple(read_commissioners(sheet)),
        partners=lines(form.partners.data),
        programs=lines(form.programs.data),
        prefecture_code=seat[:2] if seat else None,
        municipality_code=seat if seat and len(seat) == 6 else None,
        address=sheet.text("address"),
        position=read_position(sheet),
        area_served=sheet.text("area_served"),
        service_areas=tuple(dict.fromkeys(form.area_codes.data)),
        service_area_basis=sheet.one_of(Basis, form.basis),
        eligibility=sheet.text("eligibility"),
        channels=channels,
        fee=_fee(sheet),
        anonymous=truth(form.anonymous.data),
        confidentiality=sheet.text("confidentiality"),
        languages=read_languages(form.languages),
        staff=lines(form.staff.data),
        offers=lines(form.offers.data),
        website=sheet.text("website"),
        statistics=tuple(read_statistics(sheet, sources)),
        established=sheet.text("established"),
        evidence=level,
        newest_source_year=year,
        collected_on=base.collected_on if base else sheet.around.today,
        checked_on=checked_on,
        contact_missing=form.contact_missing.data,
        status=sheet.one_of(ServiceStatus, form.status),
        status_note=sheet.text("status_note"),
        successor_id=_successor(sheet),
        hold=sheet.text("hold"),
        editor_note=sheet.text("editor_note"),
        sources=sources,
    )


def known_by(sheet: Sheet) -> tuple[EvidenceLevel, int | None]:
    """Return how well the service will be known, and the year of its newest source.

    Args:
        sheet: of the form.
    """
    service_id = sheet.form.id.data or "new"
    sources = read_sources(sheet, service_id)
    channels = tuple(read_channels(sheet, service_id, sources))
    level, year, _ = _evidence(sheet, sources, channels)
    return level, year


def _name(sheet: Sheet) -> str:
    name = sheet.text("name")
    if name is None:
        sheet.faults["name"] = "窓口の名前を書いてください。"
    return name or ""


def _id(sheet: Sheet) -> str:
    if sheet.around.base is not None:
        return sheet.around.base.id
    typed = sheet.text("id")
    if typed is None:
        # Not written into the form: it is proposed anew until it is saved, and then for good.
        return _free_id(_proposed_id(sheet), sheet.around.is_taken)
    if typed in RESERVED_IDS or sheet.around.is_taken(typed):
        sheet.faults["id"] = f"「{typed}」は、もう使われています。別のものにしてください。"
    return typed


def _proposed_id(sheet: Sheet) -> str:
    """Return the name in Latin letters; one all in kanji gives way to its area's name."""
    named = slug(sheet.form.name.data)
    if len(named) > 3:
        return named
    area = next((each for each in sheet.form.area_codes.data if len(each) > 1), "")
    gazetteer = sheet.around.gazetteer
    if area in ("", NATIONWIDE) or not gazetteer.exists(area):
        return "madoguchi"
    return f"{slug(gazetteer.get(area).short_romaji)}-madoguchi"


def _fee(sheet: Sheet) -> str | None:
    words = sheet.text("fee")
    if not sheet.form.fee_free.data:
        return words
    if words is not None and words != FREE:
        sheet.faults["fee"] = "「相談は無料」の印か、出典のことばか、どちらかにしてください。"
    return FREE


def _successor(sheet: Sheet) -> str | None:
    text = sheet.text("successor")
    if text is None:
        return None
    return text.rstrip("/").rpartition("/")[2].partition("?")[0]


def _evidence(
    sheet: Sheet, sources: tuple[Source, ...], channels: tuple[Channel, ...]
) -> tuple[EvidenceLevel, int | None, date | None]:
    base = sheet.around.base
    level, year, checked_on = evidence.after_change(base, sources, channels)
    if sheet.form.confirmation.data in (Confirmation.BY_PHONE, Confirmation.ON_SITE):
        return EvidenceLevel.CONFIRMED, year, sheet.around.today
    if base is not None and base.sources == sources and checked_on == base.checked_on:
        return base.evidence, base.newest_source_year, base.checked_on
    return level, year, checked_on


def _free_id(wanted: str, is_taken: Callable[[str], bool]) -> str:
    number, candidate = 1, wanted
    while candidate in RESERVED_IDS or is_taken(candidate):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate
