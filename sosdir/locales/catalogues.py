"""Read the catalogues of the translations.

They are read as the texts they are, so that what is mended in one is said at the next start;
nothing compiled has to be kept in step.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from sosdir.locales.records import JAPANESE, Locale
from sosdir.paths import bundled


def path_of(locale: Locale) -> Path:
    """Return the file of a language's catalogue.

    Args:
        locale: any but Japanese, in which the texts are written.
    """
    return bundled("translations") / locale.code / "LC_MESSAGES" / "messages.po"


@cache
def translations(locale: Locale) -> NullTranslations:
    """Return the translations into a language; for Japanese the texts stand for themselves.

    Args:
        locale: of the reader.
    """
    if locale == JAPANESE or not path_of(locale).exists():
        return NullTranslations()
    with path_of(locale).open(encoding="utf-8") as file:
        catalogue = read_po(file, locale=locale.cldr)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
