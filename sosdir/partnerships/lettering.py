"""Break names into lines of a given width, for pictures: nothing is cut off, however long."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# Half a letter's width and more for Latin letters: capitals and ヲ of half width are broad.
_NARROW = 0.62
# No line is made shorter than this part of the measure for the sake of the last.
_LEAST_FILLED = 0.6
# What may not begin a line hangs at the end of the one before.
_NEVER_FIRST = frozenset(
    "、。,.・:;)）」』】〉》ーゝ々ァィゥェォッャュョぁぃぅぇぉっゃゅょ〜~!?！？"
)
_NEVER_LAST = frozenset("(（「『【〈《")


def width(text: str) -> float:
    """Return the width of a text in letters of full width.

    Args:
        text: one line.
    """
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return wide + _NARROW * (len(text) - wide)


def broken(text: str, most: float) -> tuple[str, ...]:
    """Return a text in lines of about one length, no wider than a measure but for a hanging mark.

    Args:
        text: a name; white space parts words.
        most: the width of a line in letters of full width, three or more.
    """
    lines = _filled(text, most)
    measure = most
    while len(lines) > 1 and measure > most * _LEAST_FILLED:
        measure -= 1
        narrower = _filled(text, measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(text: str, most: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, most):
        if line and width(line + piece.rstrip()) > most and piece[0] not in _NEVER_FIRST:
            opening = line[-1] if line[-1] in _NEVER_LAST and len(line) > 1 else ""
            lines.append(line.removesuffix(opening).rstrip())
            line = opening
        line += piece
    return tuple(each for each in (*lines, line.strip()) if each)


def _pieces(text: str, most: float) -> Iterator[str]:
    """Give what stays together: a word of Latin letters that fits a line, else each letter."""
    word = ""
    for letter in " ".join(text.split()):
        if letter.isascii() and letter not in " ()" and width(word + letter) <= most:
            word += letter
            continue
        if word:
            yield word
            word = ""
        if letter.isascii() and letter not in " ()":
            word = letter
        else:
            yield letter
    if word:
        yield word
