"""Tell which instants are one moment: those between which no channel changes its state."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

from sosdir.schedules import availability
from sosdir.search.coupling import Moment, hours_of

# Those that are asked about at once: now, and the hours for which people plan.
_MOST = 8
# Farther than any change is looked for.
_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Stretch:
    begin: datetime
    end: datetime
    moment: Moment


class Moments:
    """Keep the moments that are asked about.

    Args:
        channels: what is indexed of the channels of all services, each once.
    """

    def __init__(self, channels: Set[str]) -> None:
        self._channels = channels
        self._kept: tuple[_Stretch, ...] = ()
        self._lock = Lock()

    def of(self, at: datetime) -> Moment:
        """Return the moment of an instant.

        Args:
            at: the instant, with a zone.
        """
        return self._stretch(at).moment

    def end_of(self, at: datetime) -> datetime:
        """Return when the first channel changes its state after an instant; a year at most.

        Args:
            at: the instant, with a zone.
        """
        return self._stretch(at).end

    def _stretch(self, at: datetime) -> _Stretch:
        found = self._find(at)
        if found is None:
            with self._lock:
                found = self._find(at) or self._begin(at)
        return found

    def _find(self, at: datetime) -> _Stretch | None:
        return next((each for each in self._kept if each.begin <= at < each.end), None)

    def _begin(self, at: datetime) -> _Stretch:
        # Hours begin and end with a minute.
        begin = at.replace(second=0, microsecond=0)
        changes = (availability(each, begin).next_change for each in self._hours)
        end = min((each for each in changes if each is not None), default=begin + _FAR)
        found = _Stretch(begin, end, Moment(begin))
        self._kept = (found, *self._kept)[:_MOST]
        return found

    @cached_property
    def _hours(self) -> frozenset[str]:
        """Return all hours that are indexed."""
        return frozenset(hours for each in self._channels for hours in hours_of(each))
