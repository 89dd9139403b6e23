"""A walk through every public page in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from sosdir.locales import JAPANESE, LOCALES, Locale
from tests.browser.layout import unfold
from tests.browser.public_pages import PUBLIC_PAGES, PublicPage
from tests.browser.visiting import Visit

# The samples of the components are for us, in Japanese.
PAGES = tuple(each for each in PUBLIC_PAGES if each.path != "/components")
MAIN_PAGES = tuple(
    each for each in PAGES if each.name in ("home", "results-filtered", "service", "prefecture")
)
TRANSLATED = tuple(each for each in LOCALES if each != JAPANESE)
every_language = pytest.mark.parametrize("locale", TRANSLATED, ids=lambda locale: locale.code)

Tour = Callable[..., Visit]


def pages(
    tour: Tour,
    locale: Locale,
    device: str,
    among: Iterable[PublicPage] = PAGES,
    **options: object,
) -> Iterator[Visit]:
    """Open public pages in a language, with everything unfolded."""
    for public in among:
        visitor = tour(in_language(public, locale), device, **options)
        unfold(visitor.page)
        yield visitor


def in_language(public: PublicPage, locale: Locale) -> PublicPage:
    return replace(public, path=locale.prefix + public.path)
