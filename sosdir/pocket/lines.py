"""Write content lines, of which cards and calendars alike are made.

icalendar escapes texts, quotes parameters and folds at 75 octets, which RFC 5545 and RFC 6350 say
in the same words. No maintained library writes vCard 4.0: vobject stops at 3.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from icalendar import vText
from icalendar.parser import Contentline, Parameters

from sosdir.locales import mark

# Also the name of a bookmark on the home screen: what anyone might keep.
NEUTRAL_NAME = mark("メモ")


def text_line(name: str, text: str, **parameters: str) -> bytes:
    """Return a line whose value is a text.

    Args:
        name: of the property.
        text: as read.
        parameters: by name, ``_`` for ``-``.
    """
    return parts_line(name, [text], **parameters)


def parts_line(name: str, texts: Iterable[str], **parameters: str) -> bytes:
    """Return a line whose value is several texts, parted by semicolons.

    Args:
        name: of the property.
        texts: as read.
        parameters: by name, ``_`` for ``-``.
    """
    parts = (vText(text).to_ical().decode() for text in texts)
    return plain_line(name, ";".join(parts), **parameters)


def plain_line(name: str, value: str, **parameters: str) -> bytes:
    """Return a line whose value stands as it is, such as an address of the web.

    Args:
        name: of the property.
        value: of one line.
        parameters: by name, ``_`` for ``-``.
    """
    named = Parameters({key.replace("_", "-"): told for key, told in parameters.items()})
    told = f";{named.to_ical().decode()}" if named else ""
    line = Contentline(f"{name}{told}:{value}")  # type: ignore[no-untyped-call]  # it has no types
    return bytes(line.to_ical()) + b"\r\n"  # type: ignore[no-untyped-call]


def stable_id(*parts: str) -> str:
    """Return an identifier that is the same for the same thing, everywhere and always.

    It tells nobody what it is of.

    Args:
        parts: that name the thing, such as a service's id.
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('sosdir', *parts)))}"
