"""Send answers compressed, so that a page is small on a bad network."""

from flask import Flask
from flask_compress import Compress

# Text only: pictures of other kinds are compressed already.
_MEDIA_TYPES = [
    "application/geo+json",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]


def init_app(app: Flask) -> None:
    """Compress the answers of an application where a browser accepts it.

    Nothing secret is ever in an answer, so that its length tells nobody anything.

    Args:
        app: to register with.
    """
    app.config.update(COMPRESS_MIMETYPES=_MEDIA_TYPES, COMPRESS_ALGORITHM=["br", "gzip"])
    Compress(app)
