"""Know which ways to reach a line may stand in a text today, and find the others in it.

A notice is text that a person wrote once; the facts move on. What evidence withholds, what rests
or was retired, and what a line was reached by before, must not stand in it on any day it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sosdir.channels import DIALLED, SHORT_NUMBERS, dialled_digits
from sosdir.models import ChannelKind
from sosdir.text import fold

# What may stand between the digits of one number, once folded.
_BETWEEN = r"[-ー\s()・./]*"
_AT_HOME = rf"(?:0|\+?81{_BETWEEN}(?:0{_BETWEEN})?)"
# Shorter values, such as a word beside a channel, would be found in innocent texts.
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Contact:
    """Hold one way to reach somebody.

    Args:
        kind: by which means, None for an address that can be visited.
        value: as stored.
        whose: name of the service or of who had the number, for admins.
        reason: why it may not stand in a text, for admins.
    """

    kind: ChannelKind | None
    value: str
    whose: str
    reason: str = ""

    @property
    def key(self) -> str:
        """Return the one form in which two writings of a contact compare equal."""
        return dialled_digits(self.value) if self.kind in DIALLED else fold(self.value)

    def stands_in(self, folded: str, digits: str) -> bool:
        """Tell whether a text names it, in whatever writing.

        Args:
            folded: the text, folded.
            digits: all digits of it in one run: where they are not, no writing of them is.
        """
        if self.kind not in DIALLED:
            return len(self.key) >= _SHORTEST and _as_whole(self.key, folded)
        if self.key.strip("#").removeprefix("0") not in digits:
            return False
        return bool(_in_any_writing(self.key).search(folded))


@dataclass(frozen=True)
class KnownContacts:
    """Hold the contacts that are known on a day.

    Args:
        shown: what the public pages show.
        kept_back: what they do not show, or no longer.
    """

    shown: tuple[Contact, ...] = ()
    kept_back: tuple[Contact, ...] = ()

    def kept_back_in(self, text: str) -> Iterator[Contact]:
        """Give the contacts that a text names and must not.

        Args:
            text: as a person wrote it.
        """
        folded, told = fold(text), set[str]()
        digits = "".join(re.findall("[0-9]", folded))
        for each in self.kept_back:
            # Two lines may share a number, and one of them may be shown.
            innocent = each.key in self._open or each.key in told
            if not innocent and each.stands_in(folded, digits):
                told.add(each.key)
                yield each

    def is_shown(self, number: str) -> bool:
        """Tell whether a number is one that the public pages show today.

        Args:
            number: in any writing.
        """
        return dialled_digits(number) in self._open

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(each.key for each in self.shown) | SHORT_NUMBERS


def _as_whole(key: str, folded: str) -> bool:
    """Tell whether a value stands in a text, and not only the beginning of another address."""
    if key not in folded:
        return False
    tail = r"(?![\w/?#&=%-])" if "://" in key else ""
    return bool(re.search(re.escape(key) + tail, folded))


def _in_any_writing(digits: str) -> re.Pattern[str]:
    head, rest = (_AT_HOME, digits[1:]) if digits.startswith("0") else ("", digits)
    spelled = _BETWEEN.join(map(re.escape, rest))
    return re.compile(rf"(?<![0-9]){head}{_BETWEEN if head else ''}{spelled}(?![0-9])")
