"""The dated figures of a service over time, as a table and as a small line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sosdir.locales import Speech
from sosdir.models import Service, Statistic

# A line says something from two points on. All in the units of its view.
_LEAST = 2
WIDTH, HEIGHT = 320, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 308, 28, 92


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure as shown.

    Args:
        value: with its thousands parted.
        day: of which it is said, in the reader's language.
        sources: numbers of the sources that state it.
        sources_are_certain: whether each of them states it, or any one of them.
    """

    value: str
    day: str
    sources: tuple[int, ...]
    sources_are_certain: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the line of figures over time; its height begins at nought.

    Args:
        points: left and top of each, in order of time.
        path: of the line.
        base: the height of nought.
    """

    points: tuple[tuple[int, int], ...]
    path: str
    base: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold all figures of one name, the oldest first; ``chart`` is None for one alone."""

    name: str
    figures: tuple[Figure, ...]
    chart: Chart | None


def figures(service: Service, speech: Speech) -> tuple[Figures, ...]:
    """Return the dated figures of a service by what they count.

    Args:
        service: as published; of one that is withheld nothing is left to tell.
        speech: of the reader.
    """
    named: dict[str, list[Statistic]] = defaultdict(list)
    for each in sorted(service.statistics, key=lambda each: each.on):
        named[each.name].append(each)
    return tuple(
        Figures(name, tuple(_figure(service, each, speech) for each in held), _chart(held))
        for name, held in named.items()
    )


def source_numbers(service: Service, source_ids: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers that sources bear in the list under their service.

    Args:
        service: that they belong to.
        source_ids: of some of them.
    """
    numbers = {source.id: number for number, source in enumerate(service.sources, 1)}
    return tuple(numbers[key] for key in source_ids)


def _figure(service: Service, statistic: Statistic, speech: Speech) -> Figure:
    return Figure(
        value=f"{statistic.value:,}",
        day=speech.full_date(statistic.on),
        sources=source_numbers(service, statistic.source_ids),
        sources_are_certain=len(statistic.source_ids) == 1,
    )


def _chart(held: Sequence[Statistic]) -> Chart | None:
    if len(held) < _LEAST:
        return None
    first, last = held[0].on, held[-1].on
    most = max(each.value for each in held) or 1
    points = tuple((_left(each.on, first, last), _top(each.value, most)) for each in held)
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    return Chart(points, path, _BOTTOM)


def _left(day: date, first: date, last: date) -> int:
    return _LEFT + round((_RIGHT - _LEFT) * (day - first).days / ((last - first).days or 1))


def _top(value: int, most: int) -> int:
    return _BOTTOM - round((_BOTTOM - _TOP) * value / most)
