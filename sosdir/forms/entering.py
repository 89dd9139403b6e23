"""Lay a service out as what stands in the fields of its form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sosdir import languages
from sosdir.areas import Gazetteer
from sosdir.forms.fields import Confirmation, truth_text
from sosdir.models import Basis, Channel, Organization, Service, ServiceStatus, Source, Statistic
from sosdir.tabular import COORDINATE_DECIMALS

Entries = dict[str, Any]

FREE = "free"
NEW = "new"

_TEXTS = (
    "id",
    "name",
    "department",
    "operator_text",
    "address",
    "area_served",
    "eligibility",
    "confidentiality",
    "website",
    "established",
    "status_note",
    "hold",
    "editor_note",
)
_LISTS = ("partners", "programs", "staff", "offers")


def blank_entries() -> Entries:
    """Return what stands in the form of a new service: one channel and one source to fill in."""
    return {
        "basis": Basis.STATED.value,
        "status": ServiceStatus.ACTIVE.value,
        "confirmation": Confirmation.KEEP.value,
        "sources": [{"key": f"{NEW}-1"}],
        "channels": [{"key": f"{NEW}-2", "sources": [f"{NEW}-1"]}],
    }


def entries_of(service: Service, gazetteer: Gazetteer, known_ids: Collection[str]) -> Entries:
    """Return what stands in the form of a service.

    Args:
        service: to be changed.
        gazetteer: to name where it sits.
        known_ids: of channels and sources that history knows; others are told as new ones.
    """
    keys = _keys((*service.sources, *service.channels), known_ids)
    seat = service.municipality_code or service.prefecture_code
    position = service.position
    return {
        **{name: getattr(service, name) or "" for name in _TEXTS},
        **{name: "\n".join(getattr(service, name)) for name in _LISTS},
        "focus": service.focus.value,
        "answers_for": service.answers_for.value,
        "organization": service.organization.name if service.organization else "",
        "organization_id": service.organization.id if service.organization else "",
        "commissioners": "\n".join(_names(service.commissioners)),
        "area_codes": list(service.service_areas),
        "basis": service.service_area_basis.value,
        "seat": _seat_name(seat, gazetteer),
        "seat_code": seat or "",
        "latitude": _degrees(position.latitude) if position else "",
        "longitude": _degrees(position.longitude) if position else "",
        "precision": position.precision.value if position else "",
        "fee_free": service.fee == FREE,
        "fee": "" if service.fee in (None, FREE) else service.fee,
        "anonymous": truth_text(service.anonymous),
        "languages": "\n".join(languages.names(service.languages)),
        "contact_missing": service.contact_missing,
        "channels": [_channel(each, keys) for each in service.channels],
        "sources": [_source(each, keys) for each in service.sources],
        "statistics": [_statistic(each, keys) for each in service.statistics],
        "status": service.status.value,
        "successor": service.successor_id or "",
        "confirmation": Confirmation.KEEP.value,
    }


def new_key(rows: Iterable[Entries]) -> str:
    """Return a key that no row bears.

    Args:
        rows: channels and sources, those taken away too.
    """
    taken = {row.get("key") for row in rows}
    return next(key for key in _new_keys() if key not in taken)


def _new_keys() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{NEW}-{number}"


def _keys(parts: Iterable[Channel | Source], known_ids: Collection[str]) -> dict[str, str]:
    fresh = _new_keys()
    return {each.id: each.id if each.id in known_ids else next(fresh) for each in parts}


def _channel(channel: Channel, keys: dict[str, str]) -> Entries:
    return {
        "key": keys[channel.id],
        "kind": channel.kind.value,
        "value": channel.value or "",
        "hours": channel.hours or "",
        "hours_text": channel.hours_text or "",
        "toll_free": truth_text(channel.toll_free),
        "languages": "\n".join(languages.names(channel.languages)),
        "caller_id": channel.caller_id or "",
        "reply": channel.reply or "",
        "note": channel.note or "",
        "editor_note": channel.editor_note or "",
        "sources": [keys[each] for each in channel.source_ids],
    }


def _source(source: Source, keys: dict[str, str]) -> Entries:
    return {
        "key": keys[source.id],
        "url": source.url,
        "publisher": source.publisher,
        "kind": source.kind.value,
        "page_date": source.page_date or "",
    }


def _statistic(statistic: Statistic, keys: dict[str, str]) -> Entries:
    return {
        "name": statistic.name,
        "value": str(statistic.value),
        "on": statistic.on.isoformat(),
        "sources": [keys[each] for each in statistic.source_ids],
    }


def _names(organizations: Iterable[Organization]) -> list[str]:
    return [each.name for each in organizations]


def _seat_name(code: str | None, gazetteer: Gazetteer) -> str:
    if code is None:
        return ""
    return gazetteer.get(code).full_name if gazetteer.exists(code) else code


def _degrees(value: float) -> str:
    return f"{value:.{COORDINATE_DECIMALS}f}"
