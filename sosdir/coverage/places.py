"""Gather the lines of each place: those of its own apart from those for the whole country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sosdir.coverage.lines import Line, line_of
from sosdir.coverage.measures import Measure, measures
from sosdir.coverage.strip import Strip, strip_of
from sosdir.evidence import Published
from sosdir.models import Scope


@dataclass(frozen=True)
class Share:
    """Hold the lines of a place.

    Args:
        code: of the prefecture or municipality.
        wide: those that serve all of its prefecture.
        local: those that serve it alone, or of a prefecture one of its municipalities.
        year: whose ordinary week is counted.
    """

    code: str
    wide: tuple[Line, ...]
    local: tuple[Line, ...]
    year: int

    @property
    def is_prefecture(self) -> bool:
        """Tell whether the place is a prefecture."""
        return len(self.code) == 2

    @property
    def own(self) -> tuple[Line, ...]:
        """Return the lines of the place itself: of a prefecture all but the country's."""
        return (*self.wide, *self.local) if self.is_prefecture else self.local

    @property
    def presumed(self) -> int:
        """Count its own lines whose area no page states."""
        return sum(line.presumed for line in self.own)

    @cached_property
    def strip(self) -> Strip:
        """Return the hours at which a line answers for all its people, the country's left out."""
        everyone = self.wide if self.is_prefecture else (*self.wide, *self.local)
        return strip_of(everyone, self.year)


@dataclass(frozen=True)
class Coverage:
    """Hold who serves which place on a day.

    Args:
        day: in Japan, on which it is counted.
        lines: all that are listed.
    """

    day: date
    lines: tuple[Line, ...]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Return what is counted."""
        return measures(self.lines)

    @cached_property
    def nationwide(self) -> tuple[Line, ...]:
        """Return the lines that serve the whole country."""
        return tuple(line for line in self.lines if line.scope("00") is not None)

    @cached_property
    def nationwide_strip(self) -> Strip:
        """Return the hours at which one of those answers."""
        return strip_of(self.nationwide, self.day.year)

    def measure(self, key: str) -> Measure:
        """Return what is counted under a key.

        Args:
            key: such as ``line``.
        """
        return next(each for each in self.measures if each.key == key)

    def share(self, code: str) -> Share:
        """Return the lines of a place; they are gathered once.

        Args:
            code: of a prefecture or municipality that there is.
        """
        if code not in self._shares:
            self._shares[code] = self._share(code)
        return self._shares[code]

    @cached_property
    def _shares(self) -> dict[str, Share]:
        return {}

    @cached_property
    def _by_prefecture(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            for prefecture in {area[:2] for area in line.areas}:
                found.setdefault(prefecture, []).append(line)
        return found

    def _share(self, code: str) -> Share:
        scopes = [(line, line.scope(code)) for line in self._by_prefecture.get(code[:2], ())]
        wide = tuple(line for line, scope in scopes if scope is Scope.PREFECTURE)
        local = tuple(line for line, scope in scopes if scope is Scope.MUNICIPALITY)
        return Share(code, wide, local, self.day.year)


def cover(published: Iterable[Published], day: date) -> Coverage:
    """Return who serves which place.

    Args:
        published: every listed service, as it may be shown on the day.
        day: in Japan.
    """
    lines = sorted(map(line_of, published), key=lambda line: line.service_id)
    return Coverage(day, tuple(lines))
