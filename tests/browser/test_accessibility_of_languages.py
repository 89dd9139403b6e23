"""axe-core finds nothing to say against any page in any language, in light and dark."""

import pytest

from sosdir.locales import Locale
from tests.browser.languages import Tour, every_language, pages
from tests.browser.test_accessibility import violations


@every_language
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_any_language(tour: Tour, locale: Locale, scheme: str) -> None:
    for visitor in pages(tour, locale, "phone", color_scheme=scheme):
        assert violations(visitor.page) == [], visitor.path
