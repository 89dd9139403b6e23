"""Fold text, so that what people type meets what sources write."""

import re
import unicodedata

_HIRAGANA_SHIFT = ord("ぁ") - ord("ァ")
_KATAKANA = {code: code + _HIRAGANA_SHIFT for code in range(ord("ァ"), ord("ヴ") + 1)}
# 茅ヶ崎 and 茅ケ崎 are one place: the small letters stand for the large ones.
_SMALL_KATAKANA = {ord("ヵ"): "か", ord("ヶ"): "け"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
# Between digits a Japanese keyboard gives the long mark for a hyphen.
_PHONE_HYPHEN = re.compile(r"(?<=\d)[-ー\s()・.]+(?=\d)")
_RUN = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Fold text to the one form in which it is compared.

    NFKC, lower case, katakana to hiragana, one kind of hyphen, にんしん and 妊娠 alike,
    white space to single spaces, control characters dropped.

    Args:
        text: anything a person typed or a source wrote.
    """
    text = unicodedata.normalize("NFKC", _without_invisible(text)).casefold()
    text = text.translate(_DASHES).translate(_KATAKANA).translate(_SMALL_KATAKANA)
    # Again, for a letter that was changed may now join with the mark behind it: ヶ゙ is げ.
    text = _without_invisible(unicodedata.normalize("NFKC", text))
    return " ".join(text.split()).replace("にんしん", "妊娠")


def fold_digits(text: str) -> str:
    """Fold text and close up the hyphens between digits, so that a number is one word."""
    return _PHONE_HYPHEN.sub("", fold(text))


def _without_invisible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(" " if ch.isspace() else ch for ch in text if ch.isspace() or ch.isprintable())


def words(text: str) -> tuple[str, ...]:
    """Split text into its folded words, digits closed up.

    Args:
        text: a query as typed, with spaces of any width.
    """
    return tuple(fold_digits(text).split())


def runs(text: str) -> tuple[str, ...]:
    """Split text into its folded runs of letters and digits; punctuation separates.

    Args:
        text: folded or not; it is folded here.
    """
    return tuple(_RUN.findall(fold_digits(text)))


def bigrams(run: str) -> tuple[str, ...]:
    """Cut one run into overlapping pairs of letters; one letter stands for itself.

    Args:
        run: a folded run without punctuation.
    """
    if len(run) == 1:
        return (run,)
    return tuple(run[i : i + 2] for i in range(len(run) - 1))
