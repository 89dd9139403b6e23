"""Put the style of the public pages into the pages themselves: the first paint needs only the HTML.

The policy of the pages names the very text by its hash, so that nothing else that stands inline
can be a style.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from sosdir.paths import bundled

# In the order in which they hold. What only one page needs is a file of its own, linked there.
SHEETS = (
    "tokens",
    "base",
    "components",
    "asking",
    "handover",
    "offline",
    "notices",
    "map_box",
    "steady",
)
PAPER = "print"
# What stands in a frame on someone else's page needs less, and something of its own.
FRAMED_SHEETS = ("tokens", "base", "components", "embed")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
# Around these, white space says nothing; a space before a colon or beside a sign does.
_MARKS = re.compile(r" ?([{};,]) ?")


@cache
def inline() -> str:
    """Return the style that stands in every public page, for the screen and for paper."""
    screen = "".join(_small(name) for name in SHEETS)
    return f"{screen}@media print{{{_small(PAPER)}}}"


@cache
def inline_hash() -> str:
    """Return that style's hash as a content security policy names it."""
    return hash_of(inline())


@cache
def framed() -> str:
    """Return the style of the pages that stand in a frame elsewhere."""
    return "".join(_small(name) for name in FRAMED_SHEETS)


@cache
def framed_hash() -> str:
    """Return that style's hash as a content security policy names it."""
    return hash_of(framed())


def small(text: str) -> str:
    """Return a style sheet without comments and without white space that says nothing.

    Args:
        text: of the sheet.
    """
    text = _SPACE.sub(" ", _COMMENT.sub("", text)).strip()
    return _MARKS.sub(r"\1", text).replace(";}", "}")


def hash_of(text: str) -> str:
    """Return the hash of a style as a content security policy names it.

    Args:
        text: of the style, to the letter.
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _small(name: str) -> str:
    return small((bundled("static") / "css" / f"{name}.css").read_text("utf-8"))
