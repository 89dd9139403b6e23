"""The address of a query: one for each, whatever way its parameters were sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from sosdir import languages
from sosdir.forms.collection import MAX_COLLECTED, split_ids

# In this order parameters stand in every address we make, so that one query has one address.
PARAMETERS = (
    "q",
    "area",
    "channel",
    "need",
    "focus",
    "state",
    "anonymous",
    "lang",
    "offers",
    "scope",
    "reachable",
    "at",
    "sort",
    "page",
)
# What a counselor has collected for a sheet travels along; it asks nothing of any list.
COLLECTED = "ids"
_ORDER = (*PARAMETERS, COLLECTED)

# Of these the first value counts; of the others each, once.
_SINGLE = frozenset({"q", "area", "anonymous", "reachable", "at", "sort", "page"})
# Commas may part the values of these.
_LISTED = frozenset({"channel", "need", "focus", "state", "scope"})


@dataclass(frozen=True, slots=True)
class Address:
    """Hold the parameters of a query's address and make its variations.

    Args:
        parameters: name and value, repeats allowed, without empty ones.
    """

    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, parameters: MultiDict[str, str]) -> Address:
        """Return the address of parameters as sent: in one order, without what says nothing.

        Args:
            parameters: of the request.
        """
        pairs = [(name, value) for name in _ORDER for value in _values(parameters, name)]
        return cls(tuple(dict.fromkeys(pairs)))

    def without(self, name: str, value: str | None = None) -> Address:
        """Return this address with one value taken out, or all of that name.

        The page goes with it, for it no longer counts the same list.

        Args:
            name: of the parameter.
            value: to take out, None for all.
        """
        return Address(
            tuple(
                (key, kept)
                for key, kept in self.parameters
                if key != "page" and not (key == name and value in (None, kept))
            )
        )

    def adding(self, name: str, value: str) -> Address:
        """Return this address with one value more.

        Args:
            name: of the parameter.
            value: to add.
        """
        return Address((*self.without("page").parameters, (name, value)))._in_order()

    def setting(self, name: str, value: str) -> Address:
        """Return this address with one value in place of all of that name.

        Args:
            name: of the parameter.
            value: to set.
        """
        return self.without(name).adding(name, value)

    def only(self, *names: str) -> Address:
        """Return this address with nothing but the parameters of these names.

        Args:
            names: of the parameters to keep.
        """
        return Address(tuple(pair for pair in self.parameters if pair[0] in names))

    def collecting(self, ids: Iterable[str]) -> Address:
        """Return this address with other services collected, its page kept.

        Args:
            ids: of the services, none for an empty collection.
        """
        rest = tuple(pair for pair in self.parameters if pair[0] != COLLECTED)
        joined = ",".join(ids)
        return Address((*rest, (COLLECTED, joined)) if joined else rest)

    def url(self, endpoint: str, **path: Any) -> str:
        """Return the path with its query.

        Args:
            endpoint: of the page or data form.
            path: the parts of its path.
        """
        values: dict[str, Any] = {}
        for name, value in self.parameters:
            values.setdefault(name, []).append(value)
        return url_for(endpoint, **path, **values)

    def _in_order(self) -> Address:
        return Address(tuple(sorted(self.parameters, key=lambda pair: _ORDER.index(pair[0]))))


def _values(parameters: MultiDict[str, str], name: str) -> list[str]:
    """Return the values of a parameter that count, as the form reads them."""
    values = parameters.getlist(name)
    if name == COLLECTED:
        values = [",".join(split_ids(values)[:MAX_COLLECTED])]
    if name in _SINGLE:
        values = values[:1]
    if name in _LISTED:
        values = [part for value in values for part in value.split(",")]
    values = [value.strip() for value in values if value.strip()]
    return [languages.code_or_word(value) for value in values] if name == "lang" else values
