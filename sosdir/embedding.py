"""Write what a page of someone else holds to show ours: a frame, a link, an answer of oEmbed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

# What a frame may do: be itself, take a place to search for, and be left by a press. No script of
# ours could run in it, and the page around it cannot be read from it.
SANDBOX = (
    "allow-same-origin",
    "allow-forms",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-top-navigation-by-user-activation",
)
WIDTH, HEIGHT = 600, 640
# What is framed follows the facts by itself; the frame around it stays as it is.
DAY = 86_400

_SIZE = re.compile(r"[1-9]\d{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold a frame to be put into a page.

    Args:
        url: whole address of what it shows.
        title: what it is, for who cannot see it.
        width: in pixels, None for all the room there is.
        height: in pixels.
    """

    url: str
    title: str
    width: int | None = None
    height: int = HEIGHT

    @property
    def html(self) -> str:
        """Return the element."""
        values = {
            "src": self.url,
            "title": self.title,
            "width": str(self.width or "100%"),
            "height": str(self.height),
            "loading": "lazy",
            "referrerpolicy": "no-referrer",
            "sandbox": " ".join(SANDBOX),
            # Out of use, but no policy of the page around it refuses it, as one would a style.
            "frameborder": "0",
        }
        told = " ".join(f'{name}="{escape(value)}"' for name, value in values.items())
        return f"<iframe {told}></iframe>"


def link(url: str, words: str) -> str:
    """Return a paragraph with a link, for a page that may hold no frame.

    It holds no number: one that stands still is one day someone else's.

    Args:
        url: whole address of the list that stays true.
        words: of the link.
    """
    return f'<p><a href="{escape(url)}">{escape(words)}</a></p>'


def size(text: str | None) -> int | None:
    """Return a size in pixels as oEmbed's ``maxwidth`` and ``maxheight`` give it, None for none.

    Args:
        text: as sent.

    Raises:
        ValueError: it is no such size.
    """
    if not text:
        return None
    if not _SIZE.fullmatch(text):
        raise ValueError(f"{text!r} is no size in pixels.")
    return int(text)


def oembed(
    url: str, title: str, site: str, home: str, most: tuple[int | None, int | None]
) -> dict[str, str | int]:
    """Return the answer of oEmbed 1.0 for a frame (https://oembed.com/).

    Args:
        url: whole address of what the frame shows.
        title: of it.
        site: name of ours.
        home: whole address of our first page.
        most: how wide and how high it may be, None for as it pleases us.
    """
    width = min(WIDTH, most[0] or WIDTH)
    height = min(HEIGHT, most[1] or HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site,
        "provider_url": home,
        "cache_age": DAY,
        "width": width,
        "height": height,
        "html": Frame(url, title, width, height).html,
    }


def xml(answer: Mapping[str, str | int]) -> str:
    """Return an answer of oEmbed as XML.

    Args:
        answer: name and value of each part.
    """
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    return f"{head}\n{ElementTree.tostring(root, encoding='unicode')}\n"
