"""The pages that say who we are and what we promise, and the files that robots ask for."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, url_for

from sosdir import cataloguing, context, db, linked_data, multilingual
from sosdir.search import count_evidence, public_ids
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
        json_url=url_for("services.services_json"),
        csv_url=url_for("services.services_csv"),
        geojson_url=url_for("services.services_geojson"),
        linked=linked_data.script(linked_data.data_set(cataloguing.site())),
    )


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
    response: Response = jsonify(places)
    return response


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the database answers."""
    response: Response = jsonify(status="ok", version=versions.current(db.current()))
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Invite robots to the pages of services and places, not to every query."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /components",
        f"Sitemap: {context.public_url('pages.sitemap')}",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages that robots may keep."""
    text = render_template("sitemap.xml", addresses=list(_addresses()))
    return Response(text, content_type="application/xml; charset=utf-8")


def _counts() -> dict[str, object]:
    counted = count_evidence(db.current(), context.now().date())
    collected = counted.collected_on
    label = multilingual.current().full_date(collected) if collected else None
    return {**asdict(counted), "collected_label": label}


def _addresses() -> list[str]:
    gazetteer = context.gazetteer()
    endpoints = (
        "home.home",
        "map.map_page",
        "pages.about",
        "pages.privacy",
        "pages.traces",
        "pages.open_data",
        "offline.offline",
        "embedding.how_to",
    )
    codes = [place.code for place in gazetteer.prefectures]
    codes += [each.code for code in codes for each in gazetteer.municipalities_of(code)]
    return [
        *(context.public_url(endpoint) for endpoint in endpoints),
        *(context.public_url("areas.area", code=code) for code in codes),
        *(
            context.public_url("services.service", service_id=each)
            for each in public_ids(db.current())
        ),
    ]
