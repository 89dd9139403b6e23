"""Send answers compressed, so that a page is small on a bad network."""

import gzip
from functools import lru_cache
from http import HTTPStatus

import brotli
from flask import Flask, Response
from flask_compress import Compress
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

# Text only: pictures of other kinds are compressed already.
_MEDIA_TYPES = [
    "application/geo+json",
    "application/json",
    "application/ld+json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/calendar",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
    "text/vcard",
]

# The better first: who accepts both gets that one.
_ALGORITHMS = ["br", "gzip"]


@lru_cache(maxsize=256)
def chosen(accepted: str) -> str:
    """Return the one way of packing an answer, out of all that a browser accepts; empty for none.

    Args:
        accepted: as ``Accept-Encoding`` says it.
    """
    found = parse_accept_header(accepted, Accept)
    return next((name for name in _ALGORITHMS if found.quality(name) > 0), "")


def packed(content: bytes, packing: str) -> bytes:
    """Return a content packed as tightly as it goes, which takes long: for what is packed once.

    Args:
        content: whole.
        packing: ``br`` or ``gzip``.
    """
    if packing == "br":
        return bytes(brotli.compress(content, quality=11))
    return gzip.compress(content, compresslevel=9, mtime=0)


def init_app(app: Flask) -> None:
    """Compress the answers of an application where a browser accepts it.

    Nothing secret is ever in an answer, so that its length tells nobody anything.

    Args:
        app: to register with.
    """
    app.config.update(
        COMPRESS_MIMETYPES=_MEDIA_TYPES,
        COMPRESS_ALGORITHM=_ALGORITHMS,
        # Below 5 brotli packs a page looser than gzip does; above it takes long and wins little.
        COMPRESS_BR_LEVEL=5,
    )
    Compress(app)
    # Registered last, so that it runs before the compression.
    app.after_request(_hold_whole)


def _hold_whole(response: Response) -> Response:
    """Read a file into the answer, for what is streamed is never sent as gzip."""
    if response.direct_passthrough and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        body = b"".join(response.iter_encoded())
        response.close()
        response.set_data(body)
    return response
