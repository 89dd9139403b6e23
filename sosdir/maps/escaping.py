"""Keep what people wrote from being read as code or from leading away."""

import json
from typing import Any

from sosdir.errors import InputError

_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"}


def script_json(value: Any) -> str:
    """Write a value as JSON that is safe inside a script, even one that stands in HTML.

    Args:
        value: anything that JSON knows.
    """
    return json.dumps(value, separators=(",", ":")).translate(_ESCAPES)


def own_path(url: str) -> str:
    """Return the url if it is a path on our own host: ``javascript:`` and ``//host`` are not.

    Browsers drop tabs and line ends from a url, so that ``/<tab>/host`` leads away as well.

    Args:
        url: what a link or a script will go to.

    Raises:
        InputError: it leads away from our own host.
    """
    if not url.startswith("/") or url[1:2] in ("/", "\\") or any(ch <= " " for ch in url):
        raise InputError(f"a link on the map must be a path on our own host, not {url!r}")
    return url
