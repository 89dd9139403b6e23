"""Hold the catalogues against the texts of the public pages.

``python -m tests.catalogues`` brings every catalogue up to date: new texts wait in it without a
translation, those that no page says any more are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from sosdir.locales import JAPANESE, LOCALES, Locale
from sosdir.locales.catalogues import path_of

ROOT = Path(__file__).parent.parent
# How a text is marked; the admins' side is Japanese alone.
KEYWORDS = {"_": None, "gettext": None, "mark": None, "Told": None, "say": None, "ngettext": (1, 2)}
FOLDERS = {
    "sosdir": [("views/admin/**", "ignore"), ("**.py", "python")],
    "templates": [("admin/**", "ignore"), ("**.html", "jinja2")],
}
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
# One day for all, so that bringing a catalogue up to date changes nothing but its texts.
WRITTEN = datetime(2026, 11, 25, tzinfo=UTC)
TRANSLATED = tuple(each for each in LOCALES if each != JAPANESE)


@dataclass(frozen=True)
class Text:
    """A text of the pages: whether it counts something, and the files that say it."""

    text: str
    counts: bool
    where: tuple[str, ...]


def texts() -> dict[str, Text]:
    """Return every text of the public pages, in order."""
    found: dict[str, Text] = {}
    for where, message in _messages():
        text, counts = (message, False) if isinstance(message, str) else (message[0], True)
        known = found.get(text, Text(text, False, ()))
        files = tuple(sorted({where, *known.where}))
        found[text] = Text(text, counts or known.counts, files)
    return {text: found[text] for text in sorted(found)}


def _messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for folder, methods in FOLDERS.items():
        found = extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS)
        for name, _line, message, _comments, _context in found:
            if message:
                yield f"{folder}/{Path(name).as_posix()}", message


def catalogue(locale: Locale) -> Catalog:
    """Return the catalogue of a language as it is, an empty one where there is none yet."""
    if not path_of(locale).exists():
        return Catalog(locale=locale.cldr)
    with path_of(locale).open(encoding="utf-8") as file:
        return read_po(file, locale=locale.cldr)


def up_to_date(locale: Locale) -> Catalog:
    """Return the catalogue of a language with the texts as they are now."""
    old = catalogue(locale)
    new = Catalog(
        locale=locale.cldr,
        project="sosdir",
        version="1",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        language_team=locale.name,
        last_translator="",
        msgid_bugs_address="",
        fuzzy=False,
    )
    new.header_comment = f"# The public pages of sosdir: {locale.name}"
    for each in texts().values():
        key = (each.text, each.text) if each.counts else each.text
        kept = old.get(each.text)
        new.add(key, kept.string if kept is not None and kept.id == key else "")
    return new


def write(locale: Locale, new: Catalog) -> None:
    """Write the catalogue of a language; the same texts give the same bytes."""
    path_of(locale).parent.mkdir(parents=True, exist_ok=True)
    with path_of(locale).open("wb") as file:
        write_po(file, new, width=0, omit_header=False, no_location=True)


if __name__ == "__main__":
    for each in TRANSLATED:
        write(each, up_to_date(each))
