"""Know of a published service all that its states depend on, so that only the hour is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sosdir import evidence
from sosdir.evidence import Published
from sosdir.models import ChannelKind, State
from sosdir.needs import ChannelFacts, Wish, channel_facts
from sosdir.schedules import (
    Availability,
    answering_hours,
    channel_availability,
    service_availability,
)

_NOT_KNOWN = Availability(State.UNKNOWN, None, None, None)
_RESTING = Availability(State.CLOSED, None, None, None)

_Turn = tuple[ChannelKind, str | None]
# Many lines share their hours; of so many different ones the answer of a minute is kept.
_MOST_TURNS = 8192


@dataclass(frozen=True, slots=True)
class Rota:
    """Hold whose turn it is when.

    Args:
        facts: of each channel, to be held against a wish.
        turns: kind and hours of each channel that can be reached with what is shown, else None.
        always: the state of the service where it has but one, whatever the hour.
        unreached: the state of a channel that cannot be reached.
    """

    facts: tuple[ChannelFacts, ...]
    turns: tuple[_Turn | None, ...]
    always: Availability | None
    unreached: Availability

    @classmethod
    def of(cls, published: Published) -> Rota:
        """Return the rota of a service.

        Args:
            published: what may be shown of it.
        """
        service, withheld = published.service, published.withheld
        turns = tuple(
            (channel.kind, answering_hours(channel))
            if not withheld and evidence.is_reachable(service, channel)
            else None
            for channel in service.channels
        )
        always = None
        if withheld:
            always = _NOT_KNOWN
        elif evidence.is_resting(service):
            always = _RESTING
        facts = channel_facts(service) if service.channels else ()
        return cls(facts, turns, always, always or _NOT_KNOWN)

    def fitting(self, wish: Wish) -> tuple[bool, ...]:
        """Tell of each channel whether it meets what is asked.

        Args:
            wish: what it has to meet.
        """
        if not wish:
            return (True,) * len(self.facts)
        return tuple(map(wish.met_by, self.facts))

    def of_service(self, at: datetime, wish: Wish) -> Availability:
        """Return the state of the channels that meet what is asked, together.

        Args:
            at: the instant, with a zone.
            wish: what they have to meet.
        """
        if self.always is not None:
            return self.always
        fits = zip(self.turns, self.fitting(wish), strict=True)
        return _of_service(tuple(turn for turn, fit in fits if fit and turn), _minute(at))

    def of_channel(self, number: int, at: datetime) -> Availability:
        """Return the state of one channel.

        Args:
            number: of the channel, from 0.
            at: the instant, with a zone.
        """
        turn = self.turns[number]
        return self.unreached if turn is None else _of_channel(*turn, _minute(at))


def _minute(at: datetime) -> datetime:
    """Return the beginning of a minute, in which no state changes."""
    return at.replace(second=0, microsecond=0)


@lru_cache(_MOST_TURNS)
def _of_service(turns: tuple[_Turn, ...], at: datetime) -> Availability:
    return service_availability(turns, at)


@lru_cache(_MOST_TURNS)
def _of_channel(kind: ChannelKind, hours: str | None, at: datetime) -> Availability:
    return channel_availability(kind, hours, at)
