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
# Their own names of the languages that people around us speak. CLDR gives them too, but each from
# a file of its own, which Babel keeps whole: together they would take 25 MB.
_OWN_NAMES = {
    "en": "English",
    "zh": "中文",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "ko": "한국어",
    "vi": "Tiếng Việt",
    "pt": "português",
    "fil": "Filipino",
    "ne": "नेपाली",
    "es": "español",
    "th": "ไทย",
    "id": "Indonesia",
    "my": "မြန်မာ",
    "fr": "français",
    "de": "Deutsch",
    "it": "italiano",
    "ru": "русский",
    "uk": "українська",
    "ar": "العربية",
    "hi": "हिन्दी",
    "ur": "اردو",
    "bn": "বাংলা",
    "mn": "монгол",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "si": "සිංහල",
    "ta": "தமிழ்",
    "fa": "فارسی",
    "tr": "Türkçe",
    "ms": "Melayu",
}
# Only these does the interface speak, and only their own names are often typed.
_SPOKEN = frozenset({"en", "zh", "ko", "vi", "pt", "fil", "ne", "es", "th", "id", "my"})
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


def own_name(code: str) -> str | None:
    """Return what a language calls itself, None where that is not kept here.

    Args:
        code: of the language.
    """
    return _OWN_NAMES.get(code)


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
            if locale is not None:
                written[_folded(name(code, locale))] = code
            elif code in _SPOKEN:
                written[_folded(_OWN_NAMES[code])] = code
    written |= {_folded(code): code for code in _codes()}
    return written | {_folded(text): code for text, code in _ALSO.items()}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
