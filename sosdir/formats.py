"""Write what was found in the data forms of the query: JSON, CSV, GeoJSON and problems."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sosdir.areas import Place
from sosdir.presentation import ChannelLine, Result
from sosdir.search import FacetValue, Page, Recognised, label_of

PROBLEM_TYPE = "application/problem+json"

# A cell that begins so would be run as a formula by a spreadsheet; a Japanese one folds the wide
# signs. Source: OWASP, CSV Injection.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CSV_COLUMNS = (
    "id",
    "name",
    "url",
    "focus",
    "answers_for",
    "organization",
    "service_areas",
    "area",
    "service_area_basis",
    "evidence",
    "collected_on",
    "checked_on",
    "source_year",
    "status",
    "state",
    "next_change",
    "anonymous",
    "fee",
    "languages",
    "offers",
    "website",
    "withheld",
    "phone",
    "line",
    "email",
    "web_form",
    "other_channels",
    "hours_text",
    "doubted",
)


def results_json(page: Page, results: Sequence[Result], at: datetime) -> dict[str, Any]:
    """Return the answer to a query, as ``/services.json`` gives it.

    Args:
        page: as found.
        results: the services of that page, as shown.
        at: the instant asked about, in Japan.
    """
    return {
        "at": instant(at),
        **found_fields(page),
        "facets": {name: [_facet(each) for each in values] for name, values in page.facets.items()},
        "services": [service_fields(result) for result in results],
    }


def found_fields(page: Page) -> dict[str, Any]:
    """Return what ``/services.json`` gives beside facets and services.

    Args:
        page: as found.
    """
    return {
        "place": _place(page.place) if page.place else None,
        "places": [_place(place) for place in page.candidates],
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "recognised": [_recognised(each) for each in page.recognised],
    }


def results_csv(results: Iterable[Result]) -> str:
    """Return services as CSV, one row each, with a byte order mark for spreadsheets.

    Args:
        results: as shown.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for result in results:
        writer.writerow(inert(cell) for cell in _cells(result))
    return out.getvalue()


def results_geojson(results: Iterable[Result]) -> dict[str, Any]:
    """Return services as GeoJSON (RFC 7946); a service without a point has no geometry.

    Args:
        results: as shown.
    """
    return {"type": "FeatureCollection", "features": [_feature(result) for result in results]}


def problem(status: int, detail: str, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Return a problem document (RFC 9457).

    Args:
        status: of the response.
        detail: one sentence on what went wrong.
        reasons: sentence by parameter name; may be empty.
    """
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "invalid_params": [{"name": name, "reason": text} for name, text in reasons.items()],
    }


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Args:
        cell: any text.
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def instant(at: datetime | None) -> str | None:
    """Return an instant as every data form writes it.

    Args:
        at: in Japan, or None.
    """
    return at.isoformat(timespec="seconds") if at else None


def _place(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": place.name, "prefecture": place.prefecture}


def _facet(value: FacetValue) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "count": value.count}


def _recognised(each: Recognised) -> dict[str, str]:
    label = label_of(each.facet, each.value)
    return {"facet": each.facet, "value": each.value, "label": label, "phrase": each.phrase}


def service_fields(result: Result) -> dict[str, Any]:
    """Return a service as ``/services.json`` gives it.

    Args:
        result: as shown.
    """
    return {
        "id": result.id,
        "name": result.name,
        "url": result.url,
        "focus": result.focus,
        "answers_for": result.answers_for,
        "organization": result.organization,
        "service_areas": list(result.service_areas),
        "service_area_basis": result.service_area_basis,
        "evidence": result.evidence,
        "collected_on": result.collected_on.isoformat(),
        "checked_on": result.checked_on.isoformat() if result.checked_on else None,
        "source_year": result.source_year,
        "status": result.status,
        "state": result.state,
        "next_change": instant(result.next_change),
        "anonymous": result.anonymous,
        "confidentiality": result.confidentiality,
        "fee": result.fee,
        "languages": list(result.languages),
        "offers": list(result.offers),
        "website": result.website,
        "contact_missing": result.contact_missing,
        "distance_km": result.distance_km,
        "channels": [_channel(channel) for channel in result.channels],
    }


def _channel(channel: ChannelLine) -> dict[str, Any]:
    return {
        "kind": channel.kind,
        "value": channel.value,
        "withheld": channel.withheld,
        "doubted": channel.doubted,
        "href": None if channel.via_website else channel.href,
        "hours": channel.hours,
        "hours_text": channel.hours_text,
        "toll_free": channel.toll_free,
        "languages": list(channel.languages),
        "caller_id": channel.caller_id,
        "reply": channel.reply,
        "state": channel.state,
        "next_change": instant(channel.next_change),
    }


def _cells(result: Result) -> list[str]:
    return [
        result.id,
        result.name,
        result.url,
        result.focus,
        result.answers_for,
        result.organization or "",
        " ".join(result.service_areas),
        result.area_label,
        result.service_area_basis,
        result.evidence,
        result.collected_on.isoformat(),
        result.checked_on.isoformat() if result.checked_on else "",
        str(result.source_year or ""),
        result.status,
        result.state,
        instant(result.next_change) or "",
        _truth(result.anonymous),
        result.fee or "",
        " ".join(result.languages),
        "、".join(result.offers),
        result.website or "",
        _truth(result.withheld),
        *(_values(result, kind) for kind in ("phone", "line", "email", "web_form")),
        _other_channels(result),
        " / ".join(dict.fromkeys(each.hours_text for each in result.channels if each.hours_text)),
        " ".join(each.value for each in result.channels if each.doubted and each.value),
    ]


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _values(result: Result, kind: str) -> str:
    return " ".join(each.value for each in result.channels if each.kind == kind and each.value)


def _other_channels(result: Result) -> str:
    named = {"phone", "line", "email", "web_form"}
    kinds = dict.fromkeys(
        each.kind for each in result.channels if each.kind not in named or not each.value
    )
    return " ".join(kinds)


def _feature(result: Result) -> dict[str, Any]:
    properties = {
        key: value
        for key, value in service_fields(result).items()
        if key not in {"id", "distance_km"}
    }
    return {
        "type": "Feature",
        "id": result.id,
        "geometry": _point(result),
        "properties": {**properties, "position_precision": result.position_precision},
    }


def _point(result: Result) -> dict[str, Any] | None:
    if result.latitude is None or result.longitude is None:
        return None
    return {"type": "Point", "coordinates": [result.longitude, result.latitude]}
