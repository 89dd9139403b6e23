"""Fill in the form of a service as a browser does: every field by its name."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict

from sosdir.forms.service import ServiceForm


def fields_of(response: Any) -> MultiDict[str, str]:
    """Return what a browser would send of the form of a page, the buttons left out.

    Args:
        response: with one form, or with fields outside that name it.
    """
    reader = _FieldReader()
    reader.feed(response.get_data(as_text=True))
    reader.close()
    return MultiDict(
        (name, value) for name, value in reader.pairs if name not in ("csrf_token", "q")
    )


class _FieldReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[str, str]] = []
        self._select: str | None = None
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "input" and name and self._is_sent(told):
            self.pairs.append((name, told.get("value") or ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in told:
            self.pairs.append((self._select, told.get("value") or ""))
        elif tag == "textarea":
            self._area, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea" and self._area is not None:
            # A browser drops the line break right behind the tag.
            text = self._text.removeprefix("\r\n").removeprefix("\n")
            self.pairs.append((self._area, text.replace("\r\n", "\n").replace("\n", "\r\n")))
            self._area = None

    def _is_sent(self, told: dict[str, str | None]) -> bool:
        return told.get("type") not in ("checkbox", "radio") or "checked" in told


def posted(form: ServiceForm) -> MultiDict[str, str]:
    """Return what a browser sends of a form: line ends as CRLF, nothing for boxes without a tick.

    Args:
        form: as it is shown.
    """
    return MultiDict(_pairs(form))


def _pairs(form: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for field in form:
        if hasattr(field, "entries"):
            for part in field.entries:
                pairs += _pairs(part.form)
        elif field.type == "Tick":
            pairs += [(field.name, "y")] if field.data else []
        elif field.type == "Ticks":
            pairs += [(field.name, value) for value in field.data]
        else:
            pairs.append((field.name, (field.data or "").replace("\n", "\r\n")))
    return pairs
