"""Write JSON-LD, for a file and for an element of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# The context of every document in the words of schema.org.
SCHEMA_ORG = "https://schema.org"

# Nothing can end the element or begin a comment in it, and no script of a page reads it otherwise.
_INERT = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


def text(document: Mapping[str, Any]) -> str:
    """Return a document as text, without spare white space.

    Args:
        document: of plain values.
    """
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def script(document: Mapping[str, Any]) -> str:
    """Return a document as it may stand inside ``<script type="application/ld+json">``.

    Args:
        document: of plain values; its texts may be anyone's.
    """
    return text(document).translate(_INERT)


def told(**properties: Any) -> dict[str, Any]:
    """Return the properties that say something; a trailing ``_`` of a name stands for ``@``.

    Args:
        properties: by name, in order; what is empty or None is left out.
    """
    return {
        f"@{name[:-1]}" if name.endswith("_") else name: value
        for name, value in properties.items()
        if value or value == 0
    }
