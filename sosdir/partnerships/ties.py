"""What one service says of those who have to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sosdir.models import Organization, Service
from sosdir.text import fold


@dataclass(frozen=True, slots=True)
class Tie:
    """Hold who has to do with one service.

    Args:
        service_id: of the service.
        service_name: as the operator writes it.
        operator: who runs it, None when no source names them.
        commissioners: who commissions it; one that runs it itself commissions nobody.
        partners: who works with it, in the sources' words.
        programs: the programmes it belongs to, in the sources' words.
        areas: area codes that it serves.
        seat: two digits of the prefecture in which it sits, None when no source says.
    """

    service_id: str
    service_name: str
    operator: Organization | None
    commissioners: tuple[Organization, ...]
    partners: tuple[str, ...]
    programs: tuple[str, ...]
    areas: tuple[str, ...]
    seat: str | None

    @property
    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures that it serves, whole or in part, or sits in; 00 for all."""
        served = {code[:2] for code in self.areas}
        return tuple(sorted(served | ({self.seat} if self.seat else set())))

    @property
    def says_something(self) -> bool:
        """Tell whether a source names anybody or any programme."""
        return bool(self.operator or self.commissioners or self.partners or self.programs)


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the services that the same bodies commission from the same operator."""

    commissioners: tuple[Organization, ...]
    operator: Organization | None
    ties: tuple[Tie, ...]


def tie_of(service: Service) -> Tie:
    """Return what a service says of those who have to do with it.

    Args:
        service: as published.
    """
    return Tie(
        service.id,
        service.name,
        service.organization,
        others_than(service.organization, service.commissioners),
        service.partners,
        service.programs,
        service.service_areas,
        service.prefecture_code,
    )


def others_than(
    operator: Organization | None, bodies: Iterable[Organization]
) -> tuple[Organization, ...]:
    """Return the bodies that commission a service from somebody else.

    Args:
        operator: who runs it, or None.
        bodies: that commission it.
    """
    return tuple(each for each in bodies if each != operator)


def within(ties: Iterable[Tie], prefecture_code: str) -> tuple[Tie, ...]:
    """Return those that serve a prefecture or a part of it, or sit in it.

    Args:
        ties: of services.
        prefecture_code: two digits.
    """
    return tuple(each for each in ties if prefecture_code in each.prefectures)


def areas_of(ties: Iterable[Tie]) -> tuple[str, ...]:
    """Return the prefectures that services serve or sit in, 00 for the whole country.

    Args:
        ties: of the services.
    """
    return tuple(sorted({code for each in ties for code in each.prefectures}))


def in_order(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return ties so that the same commissioners and the same operator stand together.

    Args:
        ties: in any order.
    """
    return tuple(sorted(ties, key=_place))


def groups(ties: Iterable[Tie]) -> Iterator[Group]:
    """Give services by who commissions them from whom.

    Args:
        ties: in any order.
    """
    for (commissioners, operator), held in groupby(
        in_order(ties), key=lambda each: (each.commissioners, each.operator)
    ):
        yield Group(commissioners, operator, tuple(held))


def by_commissioners(
    ties: Iterable[Tie],
) -> Iterator[tuple[tuple[Organization, ...], tuple[Group, ...]]]:
    """Give the same groups under those who commission them; what nobody does stands last.

    Args:
        ties: in any order.
    """
    for commissioners, held in groupby(groups(ties), key=lambda each: each.commissioners):
        yield commissioners, tuple(held)


def _place(tie: Tie) -> tuple[object, ...]:
    bodies = tuple((fold(each.name), each.id) for each in tie.commissioners)
    operator = (fold(tie.operator.name), tie.operator.id) if tie.operator else ("", "")
    # Who is commissioned stands first, and whose operator nobody names last.
    return (not bodies, bodies, tie.operator is None, operator, fold(tie.service_name))
