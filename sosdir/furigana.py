"""Write the reading of kanji above them, for readers who are still learning them.

Readings are those of Sudachi's dictionary, which is a machine's: what it does not know stays
without one, and names of places are given by whoever calls. Nothing is guessed letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from html import escape, unescape
from threading import Lock

from sudachipy import Dictionary, SplitMode, Tokenizer

_KANJI = "一-龥々〆ヶ"
_HAS_KANJI = re.compile(r"[一-龥々]")
_RUN = re.compile(rf"([{_KANJI}]+)")
_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_NAME_OF_TAG = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"""\slang=["']?([a-zA-Z-]+)""")
# Elements that hold text alone, or whose text is no text of the page.
_BARE = frozenset({"script", "style", "title", "textarea", "option", "ruby", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "wbr"})
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}

# Where the dictionary reads single words, and people read one.
_WORDS = {
    "市区町村": "しくちょうそん",
    "お母さん": "おかあさん",
    "お父さん": "おとうさん",
    "今日": "きょう",
    "明日": "あした",
    "何も": "なにも",
    "何を": "なにを",
    "何が": "なにが",
    "何で": "なんで",
    "何か": "なにか",
    "人が": "ひとが",
    "人は": "ひとは",
    "人の": "ひとの",
    "人に": "ひとに",
    "人も": "ひとも",
    "人と": "ひとと",
    "一人": "ひとり",
    "二人": "ふたり",
    "助産師": "じょさんし",
    "保健師": "ほけんし",
    "看護師": "かんごし",
    "方の": "かたの",
    "方は": "かたは",
    "方が": "かたが",
    "身の": "みの",
}
_DAYS_OF_THE_MONTH = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか",
    8: "ようか", 9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか",
    24: "にじゅうよっか",
}  # fmt: skip
_COUNTERS = {
    "年": "ねん", "月": "がつ", "日": "にち", "時": "じ", "件": "けん", "歳": "さい", "代": "だい",
    "回": "かい", "週間": "しゅうかん", "時間": "じかん", "か所": "かしょ", "か月": "かげつ",
    "文字": "もじ", "人": "にん", "番": "ばん", "枚": "まい", "階": "かい",
    "年以上": "ねんいじょう",
}  # fmt: skip
# Longer texts than this no page of ours has, and the dictionary takes none of 16,384 letters.
_LONGEST = 10_000
_PUN = frozenset("013468")
_WEEKDAYS = dict(
    zip(
        "月火水木金土日祝",
        ("げつ", "か", "すい", "もく", "きん", "ど", "にち", "しゅく"),
        strict=True,
    )
)
_NUMBERED = re.compile(
    r"(?P<day>(?<=月)(?:[1-9]|[12][0-9]|3[01])日)"
    r"|(?P<minutes>(?<=[0-9])分)"
    r"|(?P<people>(?<![0-9])[12]人)"
    rf"|(?<=[0-9])(?P<counter>{'|'.join(sorted(_COUNTERS, key=len, reverse=True))})"
    r"|(?<=[(・(])(?P<weekday>[月火水木金土日祝])(?=[)・)])"
)


def annotate(page: str, readings: Mapping[str, str]) -> str:
    """Return a page of HTML with the reading above every kanji that is known.

    Args:
        page: well-formed HTML in which every text is escaped.
        readings: hiragana by name, such as of places; they count before the dictionary.
    """
    known = _known(readings)
    parts: list[str] = []
    held: list[str] = []
    for part in _TAG.split(page):
        if part.startswith("<"):
            _follow(part, held)
            parts.append(part)
        elif held or not _HAS_KANJI.search(part):
            parts.append(part)
        else:
            parts.append(_with_readings(part, known))
    return "".join(parts)


def _follow(tag: str, held: list[str]) -> None:
    """Keep the elements whose text is left alone, and what lies within the outermost of them."""
    found = _NAME_OF_TAG.match(tag)
    if found is None:
        return
    closes, name = bool(found[1]), found[2].lower()
    if closes:
        if held and name in held:
            del held[len(held) - 1 - held[::-1].index(name) :]
        return
    if tag.endswith("/>") or name in _VOID:
        return
    language = _LANGUAGE.search(tag)
    is_foreign = language is not None and name != "html" and not language[1].startswith("ja")
    if held or name in _BARE or is_foreign:
        held.append(name)


class _Known:
    """Hold names with their readings, longest first; the same object for the same names."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self.readings = {**readings, **_WORDS}
        names = sorted(filter(_HAS_KANJI.search, self.readings), key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=4)
def _known_of(readings: tuple[tuple[str, str], ...]) -> _Known:
    return _Known(dict(readings))


def _known(readings: Mapping[str, str]) -> _Known:
    return _known_of(tuple(readings.items()))


@lru_cache(maxsize=4096)
def _with_readings(text: str, known: _Known) -> str:
    plain = unescape(text)
    read = "".join(_ruby(*piece) for piece in _pieces(plain, known))
    # One element, that a row of boxes does not take a text apart at its kanji.
    return f"<furi-gana>{read}</furi-gana>"


def _pieces(text: str, known: _Known) -> Iterator[tuple[str, str | None]]:
    """Part a text into names, numbered words and the rest, each with its reading if known."""
    at = 0
    while at < len(text):
        found = _first(known.pattern.search(text, at), _NUMBERED.search(text, at))
        if found is None:
            break
        yield from _words(text[at : found.start()])
        yield found[0], _reading(found, text, known)
        at = found.end()
    yield from _words(text[at:])


def _first(*found: re.Match[str] | None) -> re.Match[str] | None:
    there = [each for each in found if each is not None]
    return min(there, key=lambda each: (each.start(), -each.end()), default=None)


def _reading(found: re.Match[str], text: str, known: _Known) -> str | None:
    if found.re is known.pattern:
        return known.readings[found[0]]
    if found["day"]:
        return _DAYS_OF_THE_MONTH.get(int(found[0][:-1]), f"{found[0][:-1]}にち")
    if found["minutes"]:
        return "ぷん" if text[found.start() - 1] in _PUN else "ふん"
    if found["people"]:
        return {"1人": "ひとり", "2人": "ふたり"}[found[0]]
    return _COUNTERS.get(found["counter"] or "") or _WEEKDAYS[found[0]]


def _words(text: str) -> Iterator[tuple[str, str | None]]:
    if not _HAS_KANJI.search(text) or len(text) > _LONGEST:
        yield text, None
        return
    with _TOKENIZING:
        read = _tokenizer().tokenize(text)
        tokens = [(each.surface(), each.reading_form(), each.is_oov()) for each in read]
    for surface, reading, is_unknown in tokens:
        knows = _HAS_KANJI.search(surface) and reading and not is_unknown
        yield surface, reading.translate(_TO_HIRAGANA) if knows else None


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


# One tokenizer serves all threads, one after the other.
_TOKENIZING = Lock()


def _ruby(text: str, reading: str | None) -> str:
    if reading is None:
        return escape(text, quote=False)
    parts = [part for part in _RUN.split(text) if part]
    pattern = "".join(
        "(.+?)" if _HAS_KANJI.search(part) else re.escape(_kana(part)) for part in parts
    )
    found = re.fullmatch(pattern, reading)
    if found is None:
        return _over(text, reading)
    above = iter(found.groups())
    return "".join(
        _over(part, next(above)) if _HAS_KANJI.search(part) else escape(part, quote=False)
        for part in parts
    )


def _kana(text: str) -> str:
    return text.translate(_TO_HIRAGANA)


def _over(text: str, reading: str) -> str:
    kanji, kana = escape(text, quote=False), escape(reading, quote=False)
    return f"<ruby>{kanji}<rp>(</rp><rt>{kana}</rt><rp>)</rp></ruby>"
