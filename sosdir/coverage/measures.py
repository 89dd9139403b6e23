"""Name what is counted, and how a search asks for the same: count and list cannot part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sosdir.coverage.lines import Line
from sosdir.locales import mark
from sosdir.models import ChannelKind, Focus, Need
from sosdir.vocabulary import CHANNEL_LABELS, FOCUS_LABELS, NEED_LABELS

# Where the young are.
SNS: Final = (ChannelKind.LINE, ChannelKind.CHAT, ChannelKind.X)
_KINDS: Final = (
    *SNS,
    ChannelKind.SMS,
    ChannelKind.PHONE,
    ChannelKind.EMAIL,
    ChannelKind.WEB_FORM,
    ChannelKind.IN_PERSON,
    ChannelKind.CHATBOT,
    ChannelKind.FAX,
)
_JAPANESE: Final = "ja"
# As many as one search takes; the rarest give way.
_MOST_LANGUAGES: Final = 20

# Name and value of a parameter.
Asks = tuple[tuple[str, str], ...]
REACHABLE: Final[Asks] = (("reachable", "1"),)


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one thing that is counted.

    Args:
        key: in addresses and files.
        label: in Japanese, marked.
        asks: the parameters by which the search finds the same lines, beside their place.
        holds: tells whether a line counts.
    """

    key: str
    label: str
    asks: Asks
    holds: Callable[[Line], bool]

    def count(self, lines: Iterable[Line]) -> int:
        """Count the lines for which it holds.

        Args:
            lines: to count.
        """
        return sum(map(self.holds, lines))


def measures(lines: Iterable[Line]) -> tuple[Measure, ...]:
    """Return all that is counted, in the order to show; but for the first, of usable lines alone.

    Args:
        lines: all, for the languages that occur.
    """
    return (
        Measure("known", mark("知っている窓口"), (), lambda _: True),
        Measure("usable", mark("連絡先がわかる窓口"), REACHABLE, lambda line: line.usable),
        *map(_of_focus, Focus),
        _of_kinds("sns", mark("LINE・チャット・X"), SNS),
        *(_of_kinds(kind.value, CHANNEL_LABELS[kind], (kind,)) for kind in _KINDS),
        Measure(
            "anonymous",
            mark("匿名で相談できる"),
            (("anonymous", "1"), *REACHABLE),
            lambda line: line.anonymous and line.usable,
        ),
        *map(_of_need, (Need.ACCOMPANIMENT, Need.SHELTER)),
        _of_languages(lines),
    )


def _of_focus(focus: Focus) -> Measure:
    return Measure(
        focus.value,
        FOCUS_LABELS[focus],
        (("focus", focus.value), *REACHABLE),
        lambda line: line.focus is focus and line.usable,
    )


def _of_kinds(key: str, label: str, kinds: tuple[ChannelKind, ...]) -> Measure:
    asks = tuple(("channel", kind.value) for kind in kinds)
    return Measure(key, label, (*asks, *REACHABLE), lambda line: not line.kinds.isdisjoint(kinds))


def _of_need(need: Need) -> Measure:
    return Measure(
        need.value,
        NEED_LABELS[need],
        (("need", need.value), *REACHABLE),
        lambda line: need in line.needs and line.usable,
    )


def _of_languages(lines: Iterable[Line]) -> Measure:
    spoken = Counter(code for line in lines for code in line.languages if code != _JAPANESE)
    codes = sorted(spoken, key=lambda code: (-spoken[code], code))[:_MOST_LANGUAGES]
    # English stands for those that nobody states: a search for no language finds them all.
    asks = tuple(("lang", code) for code in codes or ["en"])
    return Measure(
        "languages",
        mark("日本語以外のことば"),
        (*asks, *REACHABLE),
        lambda line: not line.languages.isdisjoint(codes),
    )
