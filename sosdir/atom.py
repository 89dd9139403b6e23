"""Write an Atom feed (RFC 4287) whose older pages can be asked for (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sosdir.version import __version__

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
# What no XML document may hold (XML 1.0, production 2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry.

    Args:
        id: an IRI, the same each time.
        title: in one line, plain text.
        text: plain text.
        link: whole address of the page to read on at.
        published: with a zone.
        updated: with a zone.
        category: in a word.
    """

    id: str
    title: str
    text: str
    link: str
    published: datetime
    updated: datetime
    category: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Hold a feed.

    Args:
        id: an IRI, the same each time.
        title: in one line, plain text.
        subtitle: what is in it, plain text.
        author: who stands for it.
        updated: with a zone.
        links: whole addresses by their relation; ``self`` among them.
        rights: under which licence.
        entries: the newest first.
    """

    id: str
    title: str
    subtitle: str
    author: str
    updated: datetime
    links: Mapping[str, str]
    rights: str
    entries: tuple[Entry, ...]


def write(feed: Feed) -> bytes:
    """Return a feed as a document in UTF-8.

    Args:
        feed: to write.
    """
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "ja"})
    _texts(root, id=feed.id, title=feed.title, subtitle=feed.subtitle)
    _texts(root, updated=_instant(feed.updated), rights=feed.rights)
    _texts(SubElement(root, "author"), name=feed.author)
    SubElement(root, "generator", version=__version__).text = "sosdir"
    for relation, address in feed.links.items():
        kind = "text/html" if relation == "alternate" else MEDIA_TYPE
        SubElement(root, "link", rel=relation, type=kind, href=address)
    for each in feed.entries:
        _write_entry(root, each)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _write_entry(root: Element, told: Entry) -> None:
    entry = SubElement(root, "entry")
    _texts(entry, id=told.id, title=told.title)
    SubElement(entry, "link", rel="alternate", type="text/html", href=told.link)
    _texts(entry, published=_instant(told.published), updated=_instant(told.updated))
    SubElement(entry, "category", term=_clean(told.category))
    SubElement(entry, "content", type="text").text = _clean(told.text)


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _instant(at: datetime) -> str:
    """Return an instant as RFC 3339, which has no fraction that a reader could stumble over."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
