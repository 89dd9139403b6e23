"""Read words for what a person needs: 夜LINEで話せる is a LINE at night.

Whole phrases count before parts of them. Within a word without spaces, phrases count only where
everything else of it is a particle or says no more than that she wants to talk: so the name of a
line (妊娠SOS東京, ほっとライン) stays a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sosdir.needs.phrases import phrases
from sosdir.text import fold

_MOST_WORDS = 20  # of a query are looked at
_MOST_LETTERS = 60  # of a word
_MOST_JOINED = 5  # words of one phrase, such as fim de semana
# Says no more than that she seeks someone to talk to.
_WORDS = """
        の で に は も を が と から まで へ や な か よ ね って だけ でも なら とか など しか
        話せる 話せます 話したい 話す はなせる はなしたい 相談 相談したい 相談できる
        相談できます そうだん
        できる できます 出来る したい して する しに がいい いい 良い よい ある あります あり
        使える 使いたい
        ほしい 欲しい ください 下さい くれる もらえる さがす 探す 探して 知りたい 教えて 対応
        受付 受け付け
        可 可能 OK 窓口 ところ 所 場所 人 方 サポート 支援 助けて 助け たい です ます やってる
        やっている
        開いてる 空いてる いる 困って 妊娠 妊娠相談 妊娠の相談 出産 かも しれない 、 , ・ /
        ( ) 「 」 。 ! ? + & -
        """
_FILLERS = sorted(map(fold, _WORDS.split()), key=len, reverse=True)
# What may stand behind a need and before a word that has to match.
_AFTER_NEED = ("の", "で", "に", "も")
_SMALL_WORDS = (
    "a an the i i'm im in at on by with and or to for me my is want need talk speak can please"
    " someone who consult consultation help pregnant pregnancy las ng sa na de em"
    " com por để và"
)
_STOP_WORDS = frozenset(_SMALL_WORDS.split())
_LATIN = re.compile(r"[a-zà-ỹ]")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Hold one filter that words were read as.

    Args:
        facet: such as ``need``, as the parameter is named.
        value: such as ``night``.
        phrase: the folded words.
    """

    facet: str
    value: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what words were read as, in order, and the words that are left to match."""

    found: tuple[Recognised, ...]
    rest: tuple[str, ...]


def take_phrases(words: Sequence[str]) -> Reading:
    """Read only words that are whole phrases, which no place or name can be part of.

    Args:
        words: folded.
    """
    found: list[Recognised] = []
    rest: list[str] = []
    start = 0
    while start < len(words):
        taken = _phrase_at(words, start) if start < _MOST_WORDS else 0
        if taken:
            found += _recognised(" ".join(words[start : start + taken]))
        else:
            rest.append(words[start])
        start += taken or 1
    return Reading(tuple(found), tuple(rest))


def read(words: Sequence[str]) -> Reading:
    """Read words for needs, also those that are written together.

    Args:
        words: folded, those that name a place left out.
    """
    whole = take_phrases(words)
    found, rest = list(whole.found), list[str]()
    for number, word in enumerate(whole.rest):
        inside, left = _within(word) if number < _MOST_WORDS else ((), word)
        found += [each for phrase in inside for each in _recognised(phrase)]
        rest += [left] if left else []
    return Reading(tuple(found), tuple(rest))


def without_stop_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without those that say nothing beside a need.

    Args:
        words: folded.
    """
    return tuple(each for each in words if each not in _STOP_WORDS and each not in _fillers())


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_FILLERS) - {fold("妊娠"), fold("出産")}


def _recognised(phrase: str) -> list[Recognised]:
    return [Recognised(facet, str(value), phrase) for facet, value in phrases()[phrase]]


def _phrase_at(words: Sequence[str], start: int) -> int:
    """Return how many words from there are a phrase, as many as can be."""
    for count in range(min(_MOST_JOINED, len(words) - start), 0, -1):
        if " ".join(words[start : start + count]) in phrases():
            return count
    return 0


def _within(word: str) -> tuple[tuple[str, ...], str]:
    """Return the phrases in one word and what is left of it, all of it where it is a name."""
    if len(word) > _MOST_LETTERS:
        return (), word
    whole = _parse(word)
    if whole:
        return whole, ""
    for end in range(len(word) - 1, 1, -1):
        if word[end - 1] in _AFTER_NEED and word[: end - 1] in phrases():
            return (word[: end - 1],), word[end:]
    return (), word


def _parse(word: str) -> tuple[str, ...]:
    """Cut a word into phrases and fillers without rest; empty where that cannot be."""
    best: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for start in range(len(word) - 1, -1, -1):
        best[start] = _parsed_from(word, start, best)
    return best[0] or ()


def _parsed_from(
    word: str, start: int, best: Sequence[tuple[str, ...] | None]
) -> tuple[str, ...] | None:
    for end in range(min(len(word), start + _longest()), start, -1):
        after = best[end]
        if after is not None and word[start:end] in phrases() and _stands_alone(word, start, end):
            return (word[start:end], *after)
    for filler in _FILLERS:
        if word.startswith(filler, start):
            after = best[start + len(filler)]
            if after is not None and _stands_alone(word, start, start + len(filler)):
                return after
    return None


@cache
def _longest() -> int:
    return max(map(len, phrases()))


def _stands_alone(word: str, start: int, end: int) -> bool:
    """Tell whether no Latin letters are torn apart."""
    return not (_torn(word, start) or _torn(word, end))


def _torn(word: str, place: int) -> bool:
    return bool(_LATIN.match(word[place - 1 : place]) and _LATIN.match(word[place : place + 1]))
