"""Find in a page or a style sheet the addresses of ours to which it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

_ELEMENT = re.compile(r"<([a-z][a-z0-9-]*)\s([^<>]*)>")
_REFERENCE = re.compile(r'(?:^|\s)(?:xlink:)?(href|src|data-[a-z-]+)="([^"]*)"')
_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
# What a browser fetches of itself to show the page that names it.
_PARTS = frozenset({"script", "img", "source", "use", "image"})


def found(body: str, media_type: str, address: str, base: str) -> Iterator[tuple[str, bool]]:
    """Yield each address of ours that a body names, and whether it is a part of the page.

    Args:
        body: of an answer.
        media_type: of the body, parameters allowed.
        address: of the body, to which relative ones are joined.
        base: the public address of the site, without a slash at its end.
    """
    kind = media_type.partition(";")[0].strip()
    if kind in {"text/html", "image/svg+xml"}:
        for element, attributes in _ELEMENT.findall(body):
            for name, value in _REFERENCE.findall(attributes):
                # A datum may be anything; one that is an address of ours begins as one.
                if not name.startswith("data-") or value.startswith("/"):
                    is_part = element in _PARTS or (
                        element == "link" and 'rel="style' in attributes
                    )
                    yield from _ours(unescape(value), address, base, is_part)
    elif kind == "text/css":
        for value in _IN_STYLE.findall(body):
            yield from _ours(value, address, base, True)


def _ours(value: str, address: str, base: str, is_part: bool) -> Iterator[tuple[str, bool]]:
    if value.startswith(("#", "data:", "tel:", "mailto:", "sms:")):
        return
    try:
        parts = urlsplit(urljoin(f"{base}{address}", value))
    except ValueError:
        return
    if f"{parts.scheme}://{parts.netloc}" == base:
        yield (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), is_part
