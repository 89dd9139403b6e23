"""Part a long list into pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Pagination:
    """Hold where a page stands among all, as the pagination component shows it.

    Args:
        page: from 1.
        pages: how many there are, at least one.
        start: how many entries stand on the pages before.
        prev_url: of the page before, or None.
        next_url: of the page after, or None.
    """

    page: int
    pages: int
    start: int
    prev_url: str | None
    next_url: str | None


def paginate(total: int, per_page: int, asked: int, url: Callable[[int], str]) -> Pagination:
    """Return the page that is asked for, or the nearest there is: a list may have grown shorter.

    Args:
        total: how many entries there are.
        per_page: how many stand on one page.
        asked: number of the page.
        url: gives the address of a page.
    """
    pages = max(1, ceil(total / per_page))
    page = min(max(1, asked), pages)
    before = url(page - 1) if page > 1 else None
    after = url(page + 1) if page < pages else None
    return Pagination(page, pages, (page - 1) * per_page, before, after)
