"""Know the languages in which a line can be used: codes, names, and how people write them.

A code is that of ISO 639, with a script where that tells two apart (``zh-Hans``). Names are those
of Unicode CLDR, by way of Babel, in whichever language they are asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale

from sosdir.errors import InputError

JAPANESE = "ja"
# ISO 639-3; CLDR has no name for it.
JAPANESE_SIGN_LANGUAGE = "jsl"
_SIGN_LANGUAGE_NAMES = {"ja": "日本手話", "en": "Japanese Sign Language"}
# Two Chinese writings are the only scripts that pages of lines tell apart.
_SCRIPTS = ("zh_Hans", "zh_Hant")
# What pages call a language where CLDR calls it otherwise.
_ALSO = {
    "手話": JAPANESE_SIGN_LANGUAGE,
    "韓国・朝鮮語": "ko",
    "朝鮮語": "ko",
    "フィリピン語": "fil",
    "ビルマ語": "my",
    "中国語(簡体字)": "zh-Hans",
    "中国語(繁体字)": "zh-Hant",
}


def name(code: str, locale: str = JAPANESE) -> str:
    """Return the name of a language, its code where that locale has none.

    Args:
        code: of the language.
        locale: of the reader, as Babel writes it.
    """
    if code == JAPANESE_SIGN_LANGUAGE:
        return _SIGN_LANGUAGE_NAMES.get(locale, _SIGN_LANGUAGE_NAMES["en"])
    found = _names(locale).get(code.replace("-", "_"))
    return found or code


def names(codes: Iterable[str], locale: str = JAPANESE) -> tuple[str, ...]:
    """Return the names of languages, in the same order.

    Args:
        codes: of the languages.
        locale: of the reader, as Babel writes it.
    """
    return tuple(name(code, locale) for code in codes)


def is_code(text: str) -> bool:
    """Tell whether a text is the code of a language.

    Args:
        text: any.
    """
    return text in _codes()


@lru_cache(maxsize=4096)
def code_of(text: str) -> str:
    """Return the code of the language that a text names.

    Args:
        text: a code, or a name in Japanese, in English or in the language itself.

    Raises:
        InputError: it names no language; the message says what to write.
    """
    folded = _folded(text)
    found = _writings().get(folded)
    if found is None:
        raise InputError(
            f"「{text}」という言語が分かりません。「英語」のような名前か、"
            "en のような符号(ISO 639)で、ひとつずつ書いてください。"
        )
    return found


def code_or_word(text: str) -> str:
    """Return the code of the language that a text names, or the text where it names none.

    Args:
        text: as ``code_of`` takes it; what it does not know is left for a person to mend.
    """
    try:
        return code_of(text)
    except InputError:
        return text


@cache
def _names(locale: str) -> dict[str, str]:
    found: dict[str, str] = dict(Locale.parse(locale).languages)
    return found


@cache
def _codes() -> frozenset[str]:
    named = _names(JAPANESE)
    plain = (code for code in named if "_" not in code)
    scripts = (code.replace("_", "-") for code in _SCRIPTS if code in named)
    return frozenset((*plain, *scripts, JAPANESE_SIGN_LANGUAGE))


@cache
def _writings() -> dict[str, str]:
    """Return the code by every folded writing; where two claim one, the Japanese name decides."""
    written: dict[str, str] = {}
    for locale in (None, "en", JAPANESE):
        for code in sorted(_codes(), reverse=True):
            told = _own_name(code) if locale is None else name(code, locale)
            if told:
                written[_folded(told)] = code
    written |= {_folded(code): code for code in _codes()}
    return written | {_folded(text): code for text, code in _ALSO.items()}


def _own_name(code: str) -> str | None:
    # Only these does the interface speak, and only their own names are often typed.
    return _names(code).get(code) if code in _SPOKEN else None


_SPOKEN = frozenset({"en", "zh", "ko", "vi", "pt", "fil", "ne", "es", "th", "id", "my"})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
