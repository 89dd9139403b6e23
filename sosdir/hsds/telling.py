"""What is needed beside a service to tell of it: the places' names, our addresses, the doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sosdir.areas import Gazetteer


@dataclass(frozen=True, slots=True)
class Telling:
    """Hold what every object may need.

    Args:
        gazetteer: to name areas.
        service_page: gives the whole address of a service's page from our id.
        area_page: gives that of a place's page from its code.
        profile: the whole address of the page on our profile.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """

    gazetteer: Gazetteer
    service_page: Callable[[str], str]
    area_page: Callable[[str], str]
    profile: str
    doubted: frozenset[str] = field(default=frozenset())
