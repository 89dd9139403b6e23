"""Find all that a query asks for, for the forms that have no pages."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from sosdir import context
from sosdir.search import PER_PAGE, Page, Query, search

# More services than any directory has.
EVERYTHING = 1_000_000


def whole_list(query: Query) -> tuple[Page, Page]:
    """Return all that was found as one page, and the same with its pages counted as a list's.

    Args:
        query: of the request.
    """
    page = search(
        context.reading(), context.gazetteer(), replace(query, page=1, per_page=EVERYTHING)
    )
    return page, replace(page, pages=max(1, ceil(page.total / PER_PAGE)))
