"""A line as it is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sosdir import qr
from sosdir.presentation import ChannelLine, DayHours, Result

# Longer than this, a line no longer stands on a card: it would be cut, or too small to read.
MAX_HOURS_ON_CARD = 34
LONG_NAME = 20
MAX_WAYS_ON_CARD = 2
# An address to go to or of a page is too long for a card; its code leads there.
_ON_CARD = frozenset({"phone", "sms", "line", "email"})


@dataclass(frozen=True)
class Code:
    """Hold a QR code.

    Args:
        kind: ``call``, ``line`` or ``page``.
        caption: what it leads to.
        address: what it holds.
    """

    kind: str
    caption: str
    address: str

    @cached_property
    def picture(self) -> str:
        """Return it as a picture, a ``data:`` address."""
        return qr.picture(self.address)


@dataclass(frozen=True, slots=True)
class Week:
    """Hold the coming week of the channels that answer at the same hours.

    Args:
        channels: their kinds, as labelled.
        days: seven, from the day asked about.
    """

    channels: tuple[str, ...]
    days: tuple[DayHours, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold what to say first.

    Args:
        words: to say or to write, in Japanese.
        name: what to know about giving one's name.
        meaning: of the words, for those who do not read them; else None.
        sound: of the words in Latin letters, where their meaning is told; else None.
    """

    words: str
    name: str
    meaning: str | None = None
    sound: str | None = None


@dataclass(frozen=True)
class Entry:
    """Hold one line as it is handed over.

    Args:
        number: its place on the sheet, from 1.
        result: as shown everywhere.
        ways: its channels that reach someone with what is shown, none where it rests.
        weeks: the coming week, where hours are known.
        codes: to call, to open LINE, to see its page.
        opening: what to say first, None where nobody can be reached.
        not_reachable: why nobody can be, None where somebody can.
    """

    number: int
    result: Result
    ways: tuple[ChannelLine, ...]
    weeks: tuple[Week, ...]
    codes: tuple[Code, ...]
    opening: Opening | None
    not_reachable: str | None

    @property
    def is_long(self) -> bool:
        """Tell whether its name needs small letters on a card."""
        return len(self.result.name) > LONG_NAME

    @property
    def ways_on_card(self) -> tuple[ChannelLine, ...]:
        """Return the channels that a card has room for: a number before anything else."""
        told = [way for way in self.ways if way.value is not None and way.kind in _ON_CARD]
        dialled = sorted(told, key=lambda way: way.kind != "phone")
        return tuple(dialled[:MAX_WAYS_ON_CARD])

    @property
    def has_short_hours(self) -> bool:
        """Tell whether the hours of the channels on its card can stand there, none cut short."""
        told = [way.hours_text or "" for way in self.ways_on_card]
        return sum(map(len, told)) <= MAX_HOURS_ON_CARD
