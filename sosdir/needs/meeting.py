"""Tell whether one channel meets all that is asked of it together: 夜 LINE is a LINE at night."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir import evidence
from sosdir.models import ChannelKind, Need, Service
from sosdir.schedules import answering_hours, times_met

# In these nobody has to raise her voice, nor to meet anyone.
TEXT_KINDS = frozenset(
    {
        ChannelKind.LINE,
        ChannelKind.CHAT,
        ChannelKind.SMS,
        ChannelKind.EMAIL,
        ChannelKind.WEB_FORM,
        ChannelKind.X,
        ChannelKind.CHATBOT,
    }
)
# These are asked of a channel; all others of a service.
CHANNEL_NEEDS = frozenset(
    {Need.NIGHT, Need.WEEKEND, Need.HOLIDAY, Need.AROUND_THE_CLOCK, Need.TEXT_ONLY}
)


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """Hold what can be asked of one channel.

    Args:
        kind: by which means; None for a service that names no channel.
        hours: as they hold, None where unknown.
        languages: codes of those it can be used in, the service's where it has none of its own.
        reachable: whether a person can reach it with what is shown.
        needs: those it meets.
    """

    kind: ChannelKind | None
    hours: str | None
    languages: tuple[str, ...]
    reachable: bool
    needs: frozenset[Need]

    def withheld(self) -> ChannelFacts:
        """Return what may be told of it while evidence withholds it: its kind, its languages."""
        told = frozenset({Need.TEXT_ONLY}) & self.needs
        return ChannelFacts(self.kind, None, self.languages, False, told)


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what one channel has to meet, all of it together.

    Args:
        kinds: any of which it must be; empty for all.
        languages: any of which it must speak; empty for all.
        needs: all of which it must meet.
        reachable: whether a person must be able to reach it with what is shown.
    """

    kinds: frozenset[ChannelKind] = frozenset()
    languages: frozenset[str] = frozenset()
    needs: frozenset[Need] = frozenset()
    reachable: bool = False

    def __bool__(self) -> bool:
        return bool(self.kinds or self.languages or self.needs or self.reachable)

    def met_by(self, facts: ChannelFacts) -> bool:
        """Tell whether a channel meets it.

        Args:
            facts: of the channel.
        """
        return (
            (not self.kinds or facts.kind in self.kinds)
            and (not self.languages or not self.languages.isdisjoint(facts.languages))
            and self.needs <= facts.needs
            and (facts.reachable or not self.reachable)
        )


NO_WISH = Wish()


def channel_facts(service: Service) -> tuple[ChannelFacts, ...]:
    """Return what can be asked of each channel of a service, in order.

    A service that names no channel gives one without a kind, so that its languages count.
    The hours of a line that rests and those of a fax promise nobody an answer.

    Args:
        service: as stored or published.
    """
    facts = tuple(_facts(service, number) for number in range(len(service.channels)))
    return facts or (ChannelFacts(None, None, service.languages, False, frozenset()),)


def _facts(service: Service, number: int) -> ChannelFacts:
    channel = service.channels[number]
    reachable = evidence.is_reachable(service, channel)
    hours = answering_hours(channel)
    met: frozenset[Need] = frozenset()
    if channel.kind is not ChannelKind.FAX and not evidence.is_resting(service):
        met = times_met(hours, evidence.looked_at(service))
    if channel.kind in TEXT_KINDS:
        met |= {Need.TEXT_ONLY}
    spoken = channel.languages or service.languages
    return ChannelFacts(channel.kind, hours, spoken, reachable, met)
