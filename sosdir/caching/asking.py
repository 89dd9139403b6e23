"""Tell of a request whether its answer may be kept at all, and under which key."""

from __future__ import annotations

from typing import Final
from wsgiref.types import WSGIEnvironment

from sosdir.caching.answers import Key

IF_NONE_MATCH: Final = "HTTP_IF_NONE_MATCH"
ACCEPT_ENCODING: Final = "HTTP_ACCEPT_ENCODING"
# What tells of this moment, or of a person.
_NEVER: Final = ("/admin", "/healthz", "/metrics")
# With these, only a part of an answer is asked for, or something that no stamp can tell.
_PASSING_BY: Final = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")


def may_be_kept(environ: WSGIEnvironment) -> bool:
    """Tell whether the answer to a request may be the same for others.

    Args:
        environ: of the request.
    """
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("PATH_INFO", "").startswith(
        _NEVER
    ):
        return False
    if "HTTP_IF_MODIFIED_SINCE" in environ and IF_NONE_MATCH not in environ:
        return False
    return not any(name in environ for name in _PASSING_BY)


def key_of(environ: WSGIEnvironment) -> Key:
    """Return all of a request that its answer depends on.

    Args:
        environ: of the request, its way of packing chosen.
    """
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ[ACCEPT_ENCODING],
    )
