"""Let what is asked of channels hold of one channel together, worked out once for many services."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

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


class Coupling:
    """Judge channels by a wish and an instant.

    Args:
        wish: what one channel has to meet.
        states: any of which those channels must be in; empty for all.
        at: the instant.
    """

    def __init__(self, wish: Wish, states: frozenset[State], at: datetime) -> None:
        self.wish = wish
        self._states = states
        self._at = at
        self._outlooks: dict[Key, Outlook] = {}
        self._passing: dict[Key, bool] = {}
        self._known: dict[tuple[tuple[ChannelKind, str | None], ...], State] = {}

    def of(self, key: Key) -> Outlook:
        """Return what a service's channels come to.

        Args:
            key: as indexed.
        """
        if key not in self._outlooks:
            self._outlooks[key] = self._judge(_facts(*key), key[1])
        return self._outlooks[key]

    def passes(self, key: Key) -> bool:
        """Tell whether a service's channels meet what is chosen, without more than that.

        Args:
            key: as indexed.
        """
        if key not in self._passing:
            self._passing[key] = self._passes(_facts(*key), key[1], self.wish)
        return self._passing[key]

    def _passes(self, facts: tuple[ChannelFacts, ...], standing: Standing, wish: Wish) -> bool:
        state = self._state(facts, standing, wish)
        return state is not None and (not self._states or state in self._states)

    def _judge(self, facts: tuple[ChannelFacts, ...], standing: Standing) -> Outlook:
        def passing(wish: Wish) -> bool:
            return self._passes(facts, standing, wish)

        kinds = {each.kind for each in facts if each.kind}
        spoken = {code for each in facts for code in each.languages}
        needs = {need for each in facts for need in each.needs}
        wish = self.wish
        return Outlook(
            state=self._state(facts, standing, wish),
            passes=passing(wish),
            distance=self._distance(facts),
            kinds=frozenset(k for k in kinds if passing(replace(wish, kinds=frozenset({k})))),
            languages=frozenset(
                code for code in spoken if passing(replace(wish, languages=frozenset({code})))
            ),
            needs=frozenset(n for n in needs if passing(replace(wish, needs=wish.needs | {n}))),
        )

    def _distance(self, facts: tuple[ChannelFacts, ...]) -> int:
        reachable = [each for each in facts if each.reachable]
        if not self.wish or any(map(self.wish.met_by, reachable)):
            return 0
        return 1 if reachable else 2

    def _state(self, facts: Iterable[ChannelFacts], standing: Standing, wish: Wish) -> State | None:
        meeting = [each for each in facts if wish.met_by(each)]
        if not meeting:
            return None
        if standing is Standing.RESTING:
            return State.CLOSED
        pairs = tuple((each.kind, each.hours) for each in meeting if each.kind and each.reachable)
        if pairs not in self._known:
            self._known[pairs] = service_state(pairs, self._at)
        return self._known[pairs]


def is_reachable(key: Key) -> bool:
    """Tell whether a person can reach a service with what is shown, in whatever way.

    Args:
        key: of its channels, as indexed.
    """
    return any(each.reachable for each in _facts(*key))


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
