"""See of a published line what is counted, in the way in which the search sees it."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir import evidence
from sosdir.evidence import Published
from sosdir.models import NATIONWIDE, Basis, ChannelKind, Focus, Need, Scope
from sosdir.needs import ChannelFacts, channel_facts, offered
from sosdir.schedules import is_live


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what is counted of one line.

    Args:
        service_id: whose.
        name: as the operator writes it.
        focus: what it is for.
        areas: area codes that it serves.
        presumed: whether no page states its area.
        resting: whether it is closed for a time.
        kinds: of the channels that a person can reach with what is shown; none while evidence
            withholds them, or no source gives any.
        languages: codes of those in which such a channel can be used.
        anonymous: whether a source says that no name is needed.
        needs: those that it meets as a whole.
        hours: of such channels on which a person answers, where they are known.
        silent: whether a person answers on such a channel at hours that are not known.
    """

    service_id: str
    name: str
    focus: Focus
    areas: frozenset[str]
    presumed: bool
    resting: bool
    kinds: frozenset[ChannelKind]
    languages: frozenset[str]
    anonymous: bool
    needs: frozenset[Need]
    hours: tuple[str, ...]
    silent: bool

    @property
    def usable(self) -> bool:
        """Tell whether a person can reach it with what is shown."""
        return bool(self.kinds)

    def scope(self, code: str) -> Scope | None:
        """Tell by how wide an area it serves a place or a part of it; None where it does not.

        Args:
            code: of a prefecture or a municipality.
        """
        prefecture = code[:2]
        if code in self.areas and code != prefecture:
            return Scope.MUNICIPALITY
        if prefecture in self.areas:
            return Scope.PREFECTURE
        if NATIONWIDE in self.areas:
            return Scope.COUNTRY
        within = code == prefecture and any(area.startswith(code) for area in self.areas)
        return Scope.MUNICIPALITY if within else None


def line_of(published: Published) -> Line:
    """Return what is counted of a line.

    Args:
        published: what may be shown of it, on the day of counting.
    """
    service = published.service
    facts = [each for each in channel_facts(service) if each.reachable and not published.withheld]
    live = [each.hours for each in facts if _is_answered(each)]
    return Line(
        service_id=service.id,
        name=service.name,
        focus=service.focus,
        areas=frozenset(service.service_areas),
        presumed=service.service_area_basis is Basis.PRESUMED,
        resting=evidence.is_resting(service),
        kinds=frozenset(each.kind for each in facts if each.kind),
        languages=frozenset(code for each in facts for code in each.languages),
        anonymous=bool(service.anonymous),
        needs=frozenset(offered(service)),
        hours=tuple(dict.fromkeys(hours for hours in live if hours)),
        silent=not all(live),
    )


def _is_answered(facts: ChannelFacts) -> bool:
    """Tell whether a person answers on a channel while it is open."""
    return facts.kind is not None and is_live(facts.kind, facts.hours)
