"""The pages that say who we are and what we promise, and the files that robots ask for."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, url_for

from sosdir import (
    cataloguing,
    context,
    db,
    freshness,
    linked_data,
    multilingual,
    open_files,
    replica,
)
from sosdir.open_files import OpenFile
from sosdir.opendata import COLUMNS
from sosdir.schedules import TOKYO
from sosdir.search import count_evidence
from sosdir.store import versions

blueprint = Blueprint("pages", __name__)


@blueprint.get("/about")
def about() -> str:
    """Say what the directory is, what its data is and is not."""
    return render_template("about.html", counts=_counts())


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what we keep, which is nothing, and what stays on the device."""
    return render_template("privacy.html")


@blueprint.get("/traces")
def traces() -> str:
    """Say what stays behind elsewhere, and what to do instead."""
    return render_template("traces.html")


@blueprint.get("/open-data")
def open_data() -> str:
    """Offer the data to take away."""
    return render_template(
        "open_data.html",
        counts=_counts(),
        files=[_file(each) for each in open_files.everything()],
        columns=COLUMNS,
        checksums_url=_file_url(open_files.CHECKSUMS),
        json_url=url_for("services.services_json"),
        csv_url=url_for("services.services_csv"),
        geojson_url=url_for("services.services_geojson"),
        linked=linked_data.script(linked_data.data_set(cataloguing.site())),
    )


def _file(each: OpenFile) -> dict[str, str]:
    return {
        "name": each.kind.name,
        "url": _file_url(each.kind.name),
        "size": _size(len(each.content)),
        "day": each.changed_at.astimezone(TOKYO).date().isoformat(),
        "digest": each.digest,
    }


def _file_url(name: str) -> str:
    return multilingual.without_language(url_for("open_data.file", name=name))


def _size(octets: int) -> str:
    kilobytes = max(1, round(octets / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{octets / 1_000_000:.1f} MB"


@blueprint.get("/components")
def components() -> str:
    """Show every component with invented samples, for the eye and for the tests."""
    return render_template("components_page.html")


@blueprint.get("/places.json")
def places() -> Response:
    """Give code and town hall of every municipality, for a device that looks for its own."""
    places = [
        [each.code, round(each.latitude, 3), round(each.longitude, 3)]
        for prefecture in context.gazetteer().prefectures
        for each in context.gazetteer().municipalities_of(prefecture.code)
        if each.latitude is not None and each.longitude is not None
    ]
    return freshness.fresh(jsonify(places))


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the database answers, and of which moment a copy is."""
    told: dict[str, object] = {"version": versions.current(db.current())}
    at = replica.copied_at()
    if at is not None:
        told["copied_at"] = at.isoformat()
    # A stale copy is better than none: whoever balances may go on sending people here.
    response: Response = jsonify(status="stale" if replica.is_stale() else "ok", **told)
    # Nobody on the way may answer in our place.
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Invite robots to the pages of services and places, not to every query."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /components",
        f"Sitemap: {context.public_url('sitemap.sitemap')}",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _counts() -> dict[str, object]:
    counted = count_evidence(db.current(), context.now().date())
    collected = counted.collected_on
    label = multilingual.current().full_date(collected) if collected else None
    return {**asdict(counted), "collected_label": label}
