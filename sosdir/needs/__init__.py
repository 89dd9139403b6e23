"""Know what people need: how they say it, which service offers it, which channel meets it."""

from sosdir.needs.meeting import (
    CHANNEL_NEEDS,
    NO_WISH,
    TEXT_KINDS,
    ChannelFacts,
    Wish,
    channel_facts,
)
from sosdir.needs.offering import offered
from sosdir.needs.phrases import phrases
from sosdir.needs.reading import Reading, Recognised, read, take_phrases, without_stop_words

__all__ = [
    "CHANNEL_NEEDS",
    "NO_WISH",
    "TEXT_KINDS",
    "ChannelFacts",
    "Reading",
    "Recognised",
    "Wish",
    "channel_facts",
    "offered",
    "phrases",
    "read",
    "take_phrases",
    "without_stop_words",
]
