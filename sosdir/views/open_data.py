"""The files of open data, whole or as a query chooses."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from sosdir import context, freshness, open_files
from sosdir.errors import NotFoundError
from sosdir.listing import all_found
from sosdir.open_files import Kind

blueprint = Blueprint("open_data", __name__)

# These open in the browser; the others are for a programme.
_TO_READ = (".json", ".geojson", ".txt")


@blueprint.get("/open-data/sha256sums.txt")
def checksums() -> Response:
    """Give the checksums of the whole files."""
    response = Response(open_files.checksums(), content_type="text/plain; charset=utf-8")
    changed_at = max(each.changed_at for each in open_files.everything())
    return _given(freshness.fresh(response, changed_at), open_files.CHECKSUMS)


@blueprint.get("/open-data/<name>")
def file(name: str) -> Response:
    """Give a file: what the query chooses where there is one, else whole.

    Raises:
        NotFoundError: no file bears that name.
        BadParametersError: a parameter of the query cannot be used.
    """
    kind = open_files.KINDS.get(name)
    if kind is None:
        raise NotFoundError(f"There is no file {name!r}.")
    if kind.of_query and request.args:
        return _chosen(kind)
    whole = open_files.get(kind)
    response = current_app.response_class(whole.content, content_type=kind.media_type)
    return _given(freshness.fresh(response, whole.changed_at, tag=whole.digest), name)


def _chosen(kind: Kind) -> Response:
    page = all_found(context.query())
    content = open_files.of_query(kind, page.hits)
    response = current_app.response_class(content, content_type=kind.media_type)
    # What a query finds may change with the minute, as states do.
    return _given(freshness.fresh(response), kind.name)


def _given(response: Response, name: str) -> Response:
    """Let all sites read the answer, under the name and in the language that it has."""
    how = "inline" if name.endswith(_TO_READ) else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Content-Language"] = "ja"
    return freshness.open_to_all(response)
