"""What is asked of the API, once its parameters are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PER_PAGE = 50
MOST_PER_PAGE = 500
# Each of them brings all its services, and everything of each.
MOST_IN_FULL = 20
LAST_PAGE = 1_000_000
MOST_TEXT = 200


class Format(StrEnum):
    """Tell as what a list is given: a page as JSON, or everything as a line of JSON each."""

    JSON = "json"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what is asked of a list; each is a parameter of the same name.

    Args:
        search: words, empty for none.
        page: from 1.
        per_page: how many on a page, None for as many as is usual.
        format: of the answer.
        taxonomy_term_id: UUID, or None.
        taxonomy_id: UUID, or None.
        organization_id: UUID, or None.
        parent_id: UUID, or None.
        area_code: of a place whose people are to be served, or None.
        modified_after: with a zone, or None.
        minimal: whether ids alone are wanted.
        full: whether everything is wanted.
        full_service: whether everything of the services is wanted.
        top_only: whether only terms without a parent are wanted.
    """

    search: str = ""
    page: int = 1
    per_page: int | None = None
    format: Format = Format.JSON
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    parent_id: str | None = None
    area_code: str | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False

    @property
    def page_size(self) -> int | None:
        """Return how many go on a page, None for all on one."""
        if self.full_service:
            return min(self.per_page or MOST_IN_FULL, MOST_IN_FULL)
        return self.per_page or (None if self.minimal else PER_PAGE)
