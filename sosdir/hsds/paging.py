"""Put a page of a list into the envelope of the standard."""

from __future__ import annotations

from math import ceil
from typing import Any

from sosdir.hsds.holdings import Listing
from sosdir.hsds.shape import plain


def envelope(listing: Listing, page: int, per_page: int) -> dict[str, Any]:
    """Return one page of a list; past the last page it is empty.

    Args:
        listing: of everything that was found.
        page: from 1.
        per_page: at least 1.
    """
    start = (page - 1) * per_page
    contents = [plain(each) for each in listing.part(start, start + per_page)]
    pages = ceil(listing.total / per_page)
    return {
        "total_items": listing.total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }
