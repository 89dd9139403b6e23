"""Hold back at the turn of the year where a line closes then but does not say on which days."""

import re

from sosdir.models import Channel

# From 29 December to 3 January public offices are closed; the dates of others are near.
# Source: 行政機関の休日に関する法律 第1条.
FIRST, LAST = (12, 29), (1, 3)
_UNSURE = "Dec 29-Jan 03 unknown"
_DATED = re.compile(r"\b(Dec|Jan)\b")
_INCLUDED = re.compile("年末年始[をも]?(含|受|対応|営業|実施|開設)")


def answering_hours(channel: Channel) -> str | None:
    """Return the hours of a channel as they hold, None where none are known.

    Where its words except 年末年始 and no rule dates it, those days are unknown, never open.

    Args:
        channel: as stored or published.
    """
    words = f"{channel.hours_text or ''} {channel.note or ''}"
    if channel.hours is None or "年末年始" not in words:
        return channel.hours
    if _DATED.search(channel.hours) or _INCLUDED.search(words):
        return channel.hours
    return f"{channel.hours}; {_UNSURE}"
