"""The page that Prometheus reads: how much, how long, how it stands; nobody else is told."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from sosdir import context, metrics

blueprint = Blueprint("metrics", __name__)

# https://prometheus.io/docs/instrumenting/exposition_formats/
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/metrics")
def told() -> Response:
    """Tell the metrics to whoever bears the token."""
    counts = metrics.find()
    if counts is None:
        abort(404)
    if not _bears_token(context.settings().metrics_token or ""):
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    response = Response(counts.exposition(), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _bears_token(token: str) -> bool:
    """Tell whether the request bears the token, in a time that tells nothing of it."""
    sent = request.headers.get("Authorization", "").encode("latin-1", "replace")
    return hmac.compare_digest(sent, f"Bearer {token}".encode())
