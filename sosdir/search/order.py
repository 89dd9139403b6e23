"""The order of a list: what counts, most important first."""

from __future__ import annotations

from collections.abc import Sequence

from sosdir.search.parts import WITHIN_THE_PREFECTURE, Part
from sosdir.search.query import Sort
from sosdir.search.scenes import Outlooks


def order(part: Part, outlooks: Outlooks, sort: Sort, *, anywhere: bool) -> Sequence[Sequence[int]]:
    """Return by what services are put in order: of each, who comes first, second and so on.

    Args:
        part: of the services.
        outlooks: what their channels come to.
        sort: what comes first.
        anywhere: whether needs alone are asked: who serves the whole country then comes first.
    """
    within = part.nearness[WITHIN_THE_PREFECTURE]
    lies_within = (part.everything & ~within, within)
    # Who can be reached in the way that is asked for comes before who answers now.
    distance, state = outlooks.distances, outlooks.by_state
    if sort is Sort.NEAR:
        return (lies_within, part.nearness, distance, state, part.focuses)
    if anywhere:
        return (distance, part.nearness, state, part.focuses)
    return (lies_within, distance, state, part.focuses, part.nearness)
