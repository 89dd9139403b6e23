"""Organizations by what they run and what they commission."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sosdir.models import Organization
from sosdir.partnerships.ties import Tie, areas_of
from sosdir.text import fold, words


class Role(StrEnum):
    """Tell what an organization does in the directory."""

    RUNS = "runs"
    COMMISSIONS = "commissions"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Involvement:
    """Hold what an organization has to do with.

    Args:
        organization: whose.
        runs: the services that it runs.
        commissions: the services that it commissions from others.
    """

    organization: Organization
    runs: tuple[Tie, ...]
    commissions: tuple[Tie, ...]

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Return all of them, what it runs first."""
        return (*self.runs, *self.commissions)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the prefectures of its services, 00 for the whole country."""
        return areas_of(self.ties)

    def has(self, role: Role) -> bool:
        """Tell whether it has a role; who does both has each of them.

        Args:
            role: asked for.
        """
        wanted = {
            Role.RUNS: bool(self.runs),
            Role.COMMISSIONS: bool(self.commissions),
            Role.BOTH: bool(self.runs and self.commissions),
        }
        return wanted[role]


def involvements(ties: Iterable[Tie]) -> dict[str, Involvement]:
    """Return every organization that a service names, by id, in the order of their areas.

    Args:
        ties: of all services that may be listed.
    """
    bodies: dict[str, Organization] = {}
    runs: dict[str, list[Tie]] = defaultdict(list)
    commissions: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.operator:
            bodies[tie.operator.id] = tie.operator
            runs[tie.operator.id].append(tie)
        for body in tie.commissioners:
            bodies[body.id] = body
            commissions[body.id].append(tie)
    found = [
        Involvement(body, tuple(runs[key]), tuple(commissions[key])) for key, body in bodies.items()
    ]
    found.sort(key=lambda each: (each.areas, fold(each.organization.name)))
    return {each.organization.id: each for each in found}


def chosen(
    found: Iterable[Involvement], text: str, area: str | None, role: Role | None
) -> list[Involvement]:
    """Return the organizations that are asked for, in the same order.

    Args:
        found: all of them.
        text: words that must stand in the name.
        area: two digits of a prefecture of its services, 00 for the whole country, None for any.
        role: what it does, None for any.
    """
    wanted = words(text)
    return [
        each
        for each in found
        if (area is None or area in each.areas)
        and (role is None or each.has(role))
        and all(word in fold(each.organization.name) for word in wanted)
    ]
