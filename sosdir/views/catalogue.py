"""The catalogue of the open data, for the catalogues of others."""

from __future__ import annotations

from flask import Blueprint, Response

from sosdir import cataloguing, freshness, linked_data

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/open-data/catalog.jsonld")
def catalogue() -> Response:
    """Give the catalogue in the words of DCAT, as JSON-LD."""
    text = linked_data.text(linked_data.catalogue(cataloguing.site()))
    response = Response(f"{text}\n", content_type="application/ld+json")
    return freshness.open_to_all(freshness.fresh(response))
