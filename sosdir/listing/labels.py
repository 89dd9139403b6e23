"""Name facets, choices and orders of a list in the reader's language."""

from __future__ import annotations

from types import MappingProxyType

from sosdir import languages, multilingual
from sosdir.locales import mark
from sosdir.search import Sort, label_of

FACET_LABELS = MappingProxyType(
    {
        "state": mark("いまの状態"),
        "channel": mark("連絡の方法"),
        "need": mark("必要なこと"),
        "focus": mark("窓口の種類"),
        "anonymous": mark("相談のしかた"),
        "lang": mark("ことば"),
        "offers": mark("できること"),
    }
)
SORT_LABELS = MappingProxyType({Sort.NOW: mark("いま話せる順"), Sort.NEAR: mark("近い地域の順")})
# Asked about another time, nothing is called いま.
_OF_THAT_TIME = MappingProxyType(
    {
        "いまの状態": mark("この時間の状態"),
        "いま話せる": mark("この時間に話せる"),
        "いま話せる順": mark("この時間に話せる順"),
    }
)


def said_label(facet: str, value: str, *, present: bool = True) -> str:
    """Return a choice in the reader's language; what a source wrote stays as it is.

    Args:
        facet: by its parameter.
        value: of the choice.
        present: whether the present is asked about.
    """
    if facet == "lang":
        return languages.name(value, multilingual.locale().cldr)
    label = label_of(facet, value)
    return label if facet == "offers" else said(label, present=present)


def said(label: str, *, present: bool) -> str:
    """Return a label in the reader's language.

    Args:
        label: in Japanese, of the present.
        present: whether the present is asked about.
    """
    told = label if present else _OF_THAT_TIME.get(label, label)
    return multilingual.current().gettext(told)
