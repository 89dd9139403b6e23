"""What is asked: the query, and the places and words that its text holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sosdir import needs
from sosdir.areas import Gazetteer, Place
from sosdir.models import NATIONWIDE, ChannelKind, Focus, Need, Scope, State
from sosdir.needs import Recognised
from sosdir.text import words

PER_PAGE = 20
# In the order in which they are offered.
FACETS = ("state", "channel", "need", "focus", "anonymous", "lang", "offers")
# What a link may ask besides, such as those that count for planners; no list offers them.
UNOFFERED = ("scope", "reachable")
# These hold or do not; they have no values to choose among.
TRUTHS = frozenset({"anonymous", "reachable"})


class Sort(StrEnum):
    """Tell what comes first: who answers now, or who is nearer."""

    NOW = "now"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Query:
    """Hold what is asked.

    Args:
        at: the instant whose hours are asked about, with a zone.
        today: the day in Japan on which it is asked; it alone decides what may be shown.
        text: as typed; the words that name a place become the place.
        area: code of a place, which text then no longer names.
        channel: kinds, any of which the service must have.
        need: all of which must be met; what is asked of channels, by one of them together.
        focus: any of which the service must be.
        state: any of which the service must be in.
        anonymous: whether only services that need no name are wanted.
        lang: languages, any of which the service must state.
        offers: any of which the service must state.
        scope: how wide the area must be by which it serves the place; any of these.
        reachable: whether one can reach it, in the way that is asked for, with what is shown.
        sort: the order.
        page: 1-based.
        per_page: how many on a page.
    """

    at: datetime
    today: date
    text: str = ""
    area: str | None = None
    channel: tuple[ChannelKind, ...] = ()
    need: tuple[Need, ...] = ()
    focus: tuple[Focus, ...] = ()
    state: tuple[State, ...] = ()
    anonymous: bool = False
    lang: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    scope: tuple[Scope, ...] = ()
    reachable: bool = False
    sort: Sort = Sort.NOW
    page: int = 1
    per_page: int = PER_PAGE


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a query's text was read as.

    Args:
        places: it may mean; none for anywhere, several to be asked back.
        words: left to match, folded.
        phrase: the words that named the places, None when an area code or nothing did.
        recognised: the filters that its words named, in order.
        query: with those filters among what is chosen.
    """

    places: tuple[Place, ...]
    words: tuple[str, ...]
    phrase: str | None
    recognised: tuple[Recognised, ...]
    query: Query

    @property
    def place(self) -> Place | None:
        """Return the one place meant, None for none or several."""
        return self.places[0] if len(self.places) == 1 else None


def read(gazetteer: Gazetteer, query: Query) -> Asked:
    """Return the places and needs that a query asks about, and the words that are left to match.

    Args:
        gazetteer: to read the text with.
        query: an area named by code counts before its text.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    typed = words(query.text)
    whole = needs.take_phrases(typed)
    if query.area is None:
        found = gazetteer.recognise(" ".join(whole.rest))
        places, left, phrase = found.places, found.rest, found.phrase
    else:
        places = () if query.area == NATIONWIDE else (gazetteer.get(query.area),)
        left, phrase = whole.rest, None
    inside = needs.read(left)
    recognised = _in_order((*whole.found, *inside.found), " ".join(typed))
    rest = needs.without_stop_words(inside.rest) if recognised else inside.rest
    return Asked(places, rest, phrase, recognised, with_filters(query, recognised))


def chosen(query: Query, name: str) -> frozenset[str]:
    """Return the values that a query chooses of a facet.

    Args:
        query: what is asked.
        name: of the facet.
    """
    if name in TRUTHS:
        return frozenset({"true"} if getattr(query, name) else ())
    values: Iterable[str] = getattr(query, name)
    return frozenset(map(str, values))


def without(query: Query, name: str, value: str) -> Query:
    """Return a query with one value of a facet dropped.

    Args:
        query: what is asked; its text is not read anew.
        name: of the facet.
        value: to drop.
    """
    if name in TRUTHS:
        return replace(query, **{name: False})  # type: ignore[arg-type]
    kept = tuple(each for each in getattr(query, name) if str(each) != value)
    return replace(query, **{name: kept})  # type: ignore[arg-type]


def with_filters(query: Query, recognised: Iterable[Recognised]) -> Query:
    """Return a query that also chooses what its words named.

    Args:
        query: as sent.
        recognised: in its text.
    """
    for each in recognised:
        if each.facet == "anonymous":
            query = replace(query, anonymous=True)
        elif each.value not in chosen(query, each.facet):
            value = _MEMBERS.get(each.facet, str)(each.value)
            added = (*getattr(query, each.facet), value)
            query = replace(query, **{each.facet: added})  # type: ignore[arg-type]
    return query


_MEMBERS = {"channel": ChannelKind, "need": Need, "state": State}


def _in_order(found: Iterable[Recognised], typed: str) -> tuple[Recognised, ...]:
    """Return each filter once, in the order in which the words were typed."""
    first: dict[tuple[str, str], Recognised] = {}
    for each in found:
        first.setdefault((each.facet, each.value), each)
    return tuple(sorted(first.values(), key=lambda each: typed.find(each.phrase)))
