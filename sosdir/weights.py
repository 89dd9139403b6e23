"""Tell how much work an address makes, so that what is heavy can wait apart from what is light.

Measured on ten thousand lines: an ordinary page takes tens to hundreds of milliseconds, a heavy
answer seconds (``make load``).
"""

from __future__ import annotations

from sosdir.locales import find

LIGHT, HEAVY = 1, 10

# They belong to a page, or cost next to nothing.
_NOTHING = ("/static/", "/healthz", "/robots.txt", "/sw.js", "/map.js", "/map/", "/coverage.js")
# They read every line, or draw.
_HEAVY = ("/offline/", "/open-data", "/feed.xml", "/sitemap")
_SOME = ("/coverage", "/sheet", "/organizations", "/programs", "/api/")
_WHOLE_LISTS = (".csv", ".geojson", ".ndjson")
_BETWEEN = 3


def weight(path: str) -> int:
    """Return how many ordinary pages an address weighs, 0 for next to nothing.

    Args:
        path: of the address, with or without a language.
    """
    path = _without_language(path)
    if path.startswith(_NOTHING):
        return 0
    if path.startswith(_HEAVY) or path.endswith(_WHOLE_LISTS):
        return HEAVY
    return _BETWEEN if path.startswith(_SOME) else LIGHT


def _without_language(path: str) -> str:
    code, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if code and find(code) else path
