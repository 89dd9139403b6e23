"""axe-core finds nothing to say against any page, with everything unfolded, in light and dark."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.layout import unfold
from tests.browser.public_pages import PublicPage, every_page
from tests.browser.visiting import Visit

# Beyond axe's defaults: the contrast of WCAG's level AAA, and targets of 24 px or with room around.
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}

axe = Axe()


def violations(page: Page) -> list[str]:
    found = axe.run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@every_page
@pytest.mark.parametrize(
    ("on", "scheme"), [("phone", "light"), ("phone", "dark"), ("desktop", "light")]
)
def test_axe_finds_no_violation(
    tour: Callable[..., Visit], public: PublicPage, on: str, scheme: str
) -> None:
    page = tour(public, on, color_scheme=scheme).page
    unfold(page)

    assert violations(page) == []


def test_axe_finds_no_violation_in_an_open_popup_of_the_map(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop")
    visitor.open("/map?area=14")
    visitor.page.locator(".map-point").first.press("Enter")
    # It fades in; half faded, its text is pale.
    expect(visitor.page.locator(".leaflet-popup")).to_have_css("opacity", "1")

    assert violations(visitor.page) == []


def test_axe_would_see_a_violation(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.open("/about")
    visitor.page.evaluate("document.querySelector('main').append(new Image())")

    assert [each.split(":")[0] for each in violations(visitor.page)] == ["image-alt"]
