"""Name the choices of a list in the reader's language."""

from __future__ import annotations

from sosdir import languages, multilingual
from sosdir.search import label_of


def said_label(facet: str, value: str) -> str:
    """Return a choice in the reader's language; what a source wrote stays as it is.

    Args:
        facet: by its parameter.
        value: of the choice.
    """
    speech = multilingual.current()
    if facet == "lang":
        return languages.name(value, speech.locale.cldr)
    label = label_of(facet, value)
    return label if facet == "offers" else speech.gettext(label)
