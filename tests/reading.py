"""Read a page as a browser does: its tags, the text a person sees, what a script would run."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_UNSEEN = ("script", "style", "head")
# What a browser keeps as data and never runs; it must be nothing else.
_DATA = "application/ld+json"
_INLINE = ("a", "b", "code", "i", "span", "strong", "use", "svg")


@dataclass
class _Reader(HTMLParser):
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script" and dict(attrs).get("type") == _DATA:
            self.data.append("")
            tag = _DATA
        if tag in (*_UNSEEN, _DATA):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and _DATA in self.within:
            tag = _DATA
        if tag in self.within:
            self.within.remove(tag)
        if tag not in _INLINE:
            self.seen.append(" ")

    def handle_data(self, data: str) -> None:
        if _DATA in self.within:
            self.data[-1] += data
        elif "script" in self.within:
            self.scripts.append(data)
        elif "style" in self.within:
            self.styles.append(data)
        elif not self.within:
            self.seen.append(data)


@dataclass(frozen=True)
class Page:
    """Hold a page that was read.

    Args:
        tags: name and attributes of each tag, in order.
        text: what a person sees, white space closed up.
        scripts: what stands inside script tags.
        styles: what stands inside style tags.
        data: what stands inside script tags that are called data.
        policy: the content security policy it came with.
    """

    tags: tuple[tuple[str, dict[str, str | None]], ...]
    text: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    policy: str
    data: tuple[str, ...] = ()

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Return what the page says for machines."""
        return [json.loads(text) for text in self.data]

    @property
    def links(self) -> list[str]:
        """Return where the links lead, in order."""
        return [attrs["href"] for tag, attrs in self.tags if tag == "a" and attrs.get("href")]  # type: ignore[misc]

    @property
    def loaded(self) -> list[str]:
        """Return the addresses that a browser fetches by itself."""
        return [
            value
            for tag, attrs in self.tags
            for name, value in attrs.items()
            if value
            and (name == "src" or (tag == "link" and name == "href"))
            # What says where the page stands in another language is not fetched.
            and attrs.get("rel") != "alternate"
        ]

    def dangers(self) -> list[str]:
        """Return whatever could run as script or break the content security policy."""
        found = [text for text in self.scripts if text.strip()]
        for tag, attrs in self.tags:
            for name, value in attrs.items():
                address = "".join((value or "").split()).lower()
                if (
                    name == "style"
                    or name.startswith("on")
                    or address.startswith(("javascript:", "vbscript:", "data:text/html"))
                ):
                    found.append(f"<{tag} {name}={value}>")
        found += [f"<{tag}>" for tag, attrs in self.tags if _holds_another(tag, attrs)]
        found += [text for text in self.data if not _is_data(text)]
        return found + [text[:80] for text in self.styles if not self._allows(text)]

    def _allows(self, style: str) -> bool:
        """Tell whether the policy names a style by the hash of its text."""
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        return f"'sha256-{digest}'" in self.policy


def _holds_another(tag: str, attrs: dict[str, str | None]) -> bool:
    """Tell whether an element shows another page, save our own list where no script can run."""
    if tag == "iframe":
        sandbox = attrs.get("sandbox")
        own = (attrs.get("src") or "").partition("?")[0].endswith("/embed")
        return not own or sandbox is None or "allow-scripts" in sandbox
    return tag == "object"


def _is_data(text: str) -> bool:
    """Tell whether a text is JSON that can end no element and begin no comment."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return not set("<>&\u2028\u2029") & set(text)


def read(response: Any) -> Page:
    """Read an answer as a page.

    Args:
        response: with HTML in UTF-8.
    """
    reader = _Reader()
    reader.feed(response.get_data(as_text=True))
    reader.close()
    return Page(
        tuple(reader.tags),
        " ".join("".join(reader.seen).split()),
        tuple(reader.scripts),
        tuple(reader.styles),
        response.headers.get("Content-Security-Policy", ""),
        tuple(reader.data),
    )
