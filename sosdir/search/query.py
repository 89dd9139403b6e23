"""What is asked: the query, and the places and words that its text holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sosdir.areas import Gazetteer, Place
from sosdir.models import NATIONWIDE, ChannelKind, Focus, State
from sosdir.text import words

PER_PAGE = 20


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
        focus: any of which the service must be.
        state: any of which the service must be in.
        anonymous: whether only services that need no name are wanted.
        lang: languages, any of which the service must state.
        offers: any of which the service must state.
        sort: the order.
        page: 1-based.
        per_page: how many on a page.
    """

    at: datetime
    today: date
    text: str = ""
    area: str | None = None
    channel: tuple[ChannelKind, ...] = ()
    focus: tuple[Focus, ...] = ()
    state: tuple[State, ...] = ()
    anonymous: bool = False
    lang: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
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
    """

    places: tuple[Place, ...]
    words: tuple[str, ...]
    phrase: str | None

    @property
    def place(self) -> Place | None:
        """Return the one place meant, None for none or several."""
        return self.places[0] if len(self.places) == 1 else None


def read_places(gazetteer: Gazetteer, query: Query) -> Asked:
    """Return the places that a query asks about, and the words that are left to match.

    Args:
        gazetteer: to read the text with.
        query: an area named by code counts before its text.

    Raises:
        UnknownAreaError: the query's area is no place.
    """
    if query.area is None:
        found = gazetteer.recognise(query.text)
        return Asked(found.places, found.rest, found.phrase)
    places = () if query.area == NATIONWIDE else (gazetteer.get(query.area),)
    return Asked(places, words(query.text), None)
