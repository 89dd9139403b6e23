"""The languages in which the public pages speak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Name one language of the interface.

    Args:
        code: in the address, as ``/en``; empty for Japanese, which needs none.
        tag: of BCP 47, for ``lang`` and ``hreflang``.
        cldr: of the Unicode CLDR, as Babel writes it, for dates and names.
        name: in that language.
    """

    code: str
    tag: str
    cldr: str
    name: str

    @property
    def prefix(self) -> str:
        """Return what its addresses begin with, empty for Japanese."""
        return f"/{self.code}" if self.code else ""

    @property
    def is_japanese(self) -> bool:
        """Tell whether its readers read Japanese names."""
        return self.cldr == "ja"


JAPANESE = Locale("", "ja", "ja", "日本語")
EASY_JAPANESE = Locale("ja-easy", "ja", "ja", "やさしい日本語")
LOCALES = (
    JAPANESE,
    EASY_JAPANESE,
    Locale("en", "en", "en", "English"),
    Locale("zh", "zh-Hans", "zh_Hans_CN", "简体中文"),
    Locale("ko", "ko", "ko", "한국어"),
    Locale("vi", "vi", "vi", "Tiếng Việt"),
    Locale("pt", "pt-BR", "pt_BR", "Português"),
    Locale("fil", "fil", "fil", "Filipino"),
    Locale("ne", "ne", "ne", "नेपाली"),
)
_BY_CODE = {each.code: each for each in LOCALES}


def find(code: str) -> Locale | None:
    """Return the language whose addresses begin with a code, None where there is none.

    Args:
        code: such as ``en``; empty for Japanese.
    """
    return _BY_CODE.get(code)
