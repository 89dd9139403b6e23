"""Write a query whose words named filters in parameters, so that each can be taken off."""

from __future__ import annotations

from collections.abc import Sequence

from sosdir import text
from sosdir.context import Address
from sosdir.search import TRUTHS, Asked, Page, Query


def in_parameters(address: Address, asked: Asked | Page) -> Address:
    """Return the address of the same query in which words name neither place nor filter.

    A name that several places bear stays in the text, for it is still to be asked back.

    Args:
        address: as sent.
        asked: what its text was read as.
    """
    for each in asked.recognised:
        name, value = each.facet, "1" if each.facet == "anonymous" else each.value
        if (name, value) not in address.parameters:
            address = with_value(address, name, value)
    words = list(as_typed(asked.query, asked.words))
    if asked.place is not None and asked.phrase is not None:
        address = address.setting("area", asked.place.code)
    elif asked.phrase is not None:
        words.insert(0, asked.phrase)
    rest = address.without("q")
    return rest.adding("q", " ".join(words)) if words else rest


def with_value(address: Address, name: str, value: str) -> Address:
    """Return an address with a value more, or the same one in place of another writing of it."""
    return address.setting(name, value) if name in TRUTHS else address.adding(name, value)


def dropping(address: Address, name: str, value: str) -> Address:
    """Return an address without one value of a facet.

    Args:
        address: that holds it as a parameter.
        name: of the facet.
        value: of it.
    """
    return address.without(name) if name in TRUTHS else address.without(name, value)


def as_typed(query: Query, folded: Sequence[str]) -> tuple[str, ...]:
    """Return the words that had to match in the letters in which they were typed.

    Args:
        query: that was asked.
        folded: those words.
    """
    typed = {each: word for word in query.text.split() for each in text.words(word)}
    return tuple(typed.get(each, each) for each in folded)
