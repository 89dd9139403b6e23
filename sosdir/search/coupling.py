"""Let what is asked of channels hold of one channel together, worked out once for many services."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from threading import Lock

from sosdir.models import ChannelKind, Need, State
from sosdir.needs import CHANNEL_NEEDS, ChannelFacts, Wish
from sosdir.schedules import service_state


class Standing(StrEnum):
    """Tell what may be told of the channels of a service, and what they are worth."""

    ANSWERING = "answering"
    RESTING = "resting"
    WITHHELD = "withheld"


# What the index says of the channels of a service, and how the service stands.
Key = tuple[str, Standing]

_MOST_WISHES = 64
_RANK = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold what is asked of the channels of a service at an instant; many services share one.

    Args:
        channels: without their hours.
        states: of each at the instant, None where it promises nothing.
        rests: whether the service does.
    """

    channels: tuple[ChannelFacts, ...]
    states: tuple[State | None, ...]
    rests: bool

    @property
    def is_reachable(self) -> bool:
        """Tell whether a person can reach the service with what is shown, in whatever way."""
        return any(each.reachable for each in self.channels)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Hold what the channels of a service come to under a wish.

    Args:
        state: of those that meet the wish, None where none does.
        passes: whether one meets it, and they are in a state that is asked for.
        distance: 0 where one that meets it can be reached with what is shown, or nothing is wished;
            1 where only another channel can, 2 where none can.
        kinds: that would pass if each were the kind asked for.
        languages: that would pass if each were the language asked for.
        needs: of channels, that would pass if each were asked for besides.
    """

    state: State | None
    passes: bool
    distance: int
    kinds: frozenset[str]
    languages: frozenset[str]
    needs: frozenset[str]


class Moment:
    """Know the shapes of channels in a stretch of time in which none changes its state.

    Args:
        at: any instant of it.
    """

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._lock = Lock()
        self._numbers: dict[Shape, int] = {}
        self._known: dict[Key, int] = {}
        self._states: dict[tuple[ChannelKind, str | None], State] = {}
        self.shapes: list[Shape] = []
        # A wish that is asked of one place is asked of the next as well.
        self.outlooks: Callable[[Coupling], dict[int, Outlook]] = lru_cache(_MOST_WISHES)(
            lambda coupling: {}
        )

    def number(self, key: Key) -> int:
        """Return the number of the shape that a service's channels have.

        Args:
            key: as indexed.
        """
        known = self._known.get(key)
        return self._learn(key) if known is None else known

    def outlook(self, coupling: Coupling, number: int) -> Outlook:
        """Return what channels of a shape come to.

        Args:
            coupling: judges them.
            number: of the shape.
        """
        known = self.outlooks(coupling)
        if number not in known:
            known[number] = coupling.judge(self.shapes[number])
        return known[number]

    def _learn(self, key: Key) -> int:
        facts = _facts(*key)
        shape = Shape(
            tuple(replace(each, hours=None) for each in facts),
            tuple(map(self._state, facts)),
            key[1] is Standing.RESTING,
        )
        with self._lock:
            number = self._numbers.setdefault(shape, len(self.shapes))
            if number == len(self.shapes):
                self.shapes.append(shape)
        self._known[key] = number
        return number

    def _state(self, facts: ChannelFacts) -> State | None:
        # Who sends a fax does not know who reads it.
        if facts.kind in (None, ChannelKind.FAX) or not facts.reachable:
            return None
        pair = (facts.kind, facts.hours)
        if pair not in self._states:
            self._states[pair] = service_state([pair], self._at)
        return self._states[pair]


@dataclass(frozen=True, slots=True)
class Coupling:
    """Judge channels by a wish.

    Args:
        wish: what one channel has to meet.
        states: any of which those channels must be in; empty for all.
    """

    wish: Wish
    states: frozenset[State]

    def passes(self, shape: Shape) -> bool:
        """Tell whether a service's channels meet what is chosen, without more than that.

        Args:
            shape: of its channels.
        """
        return self._passes(shape, self.wish)

    def judge(self, shape: Shape) -> Outlook:
        """Return what a service's channels come to.

        Args:
            shape: of its channels.
        """
        kinds = {each.kind for each in shape.channels if each.kind}
        spoken = {code for each in shape.channels for code in each.languages}
        needs = {need for each in shape.channels for need in each.needs}
        wish = self.wish

        def passing(**wished: frozenset[str]) -> bool:
            return self._passes(shape, replace(wish, **wished))  # type: ignore[arg-type]

        return Outlook(
            state=_state(shape, wish),
            passes=self._passes(shape, wish),
            distance=self._distance(shape),
            kinds=frozenset(kind for kind in kinds if passing(kinds=frozenset({kind}))),
            languages=frozenset(code for code in spoken if passing(languages=frozenset({code}))),
            needs=frozenset(need for need in needs if passing(needs=wish.needs | {need})),
        )

    def _passes(self, shape: Shape, wish: Wish) -> bool:
        state = _state(shape, wish)
        return state is not None and (not self.states or state in self.states)

    def _distance(self, shape: Shape) -> int:
        reachable = [each for each in shape.channels if each.reachable]
        if not self.wish or any(map(self.wish.met_by, reachable)):
            return 0
        return 1 if reachable else 2


def wish_of(
    kinds: Iterable[ChannelKind],
    languages: Iterable[str],
    needs: Iterable[Need],
    reachable: bool = False,
) -> Wish:
    """Return what of a query one channel has to meet.

    Args:
        kinds: chosen.
        languages: chosen.
        needs: chosen, those of services too.
        reachable: whether it must be one that a person can reach with what is shown.
    """
    return Wish(frozenset(kinds), frozenset(languages), CHANNEL_NEEDS & frozenset(needs), reachable)


def _state(shape: Shape, wish: Wish) -> State | None:
    """Return the best state of the channels that meet a wish, None where none meets it."""
    pairs = zip(shape.channels, shape.states, strict=True)
    meeting = [state for channel, state in pairs if wish.met_by(channel)]
    if not meeting:
        return None
    if shape.rests:
        return State.CLOSED
    promised = [state for state in meeting if state is not None]
    return min(promised, key=_RANK.__getitem__, default=State.UNKNOWN)


def hours_of(channels: str) -> Iterator[str]:
    """Yield the hours of channels that have any.

    Args:
        channels: of one service, as indexed.
    """
    return (hours for _, hours, *_ in json.loads(channels) if hours)


@lru_cache(maxsize=10_000)
def _facts(text: str, standing: Standing) -> tuple[ChannelFacts, ...]:
    found = (
        ChannelFacts(
            ChannelKind(kind) if kind else None,
            hours,
            tuple(languages),
            reachable,
            frozenset(map(Need, needs)),
        )
        for kind, hours, languages, reachable, needs in json.loads(text)
    )
    if standing is Standing.WITHHELD:
        return tuple(each.withheld() for each in found)
    return tuple(found)
