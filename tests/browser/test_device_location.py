"""The device's own location finds the nearest town hall, and no coordinate leaves the device."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.visiting import Visit

BUTTON = "この端末の場所からさがす"
YOKOHAMA = {"latitude": 35.4437, "longitude": 139.638}
BERLIN = {"latitude": 52.5163, "longitude": 13.3777}


def located(visit: Callable[..., Visit], device: str, place: dict[str, float]) -> Visit:
    """Open the start page on a device that lies there and may tell."""
    allowed: dict[str, Any] = {"geolocation": place, "permissions": ["geolocation"]}
    visitor = visit(device, **allowed)
    visitor.open("/")
    return visitor


def test_the_button_needs_a_script(visit: Callable[..., Visit], device: str, script: bool) -> None:
    visitor = visit(device, script=script)
    visitor.open("/")

    expect(visitor.page.get_by_text(BUTTON)).to_be_visible(visible=script)


def test_the_nearest_town_opens_and_no_request_bears_a_coordinate(
    visit: Callable[..., Visit], device: str
) -> None:
    visitor = located(visit, device, YOKOHAMA)

    visitor.page.get_by_role("button", name=BUTTON).click()

    expect(visitor.page).to_have_url(f"{visitor.site}/?area=141003")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("横浜市からつながる窓口")
    assert any("places.json" in each.url for each in visitor.requests)
    for each in visitor.requests:
        sent = f"{each.url.removeprefix(visitor.site)} {each.post_data or ''}"
        assert "35.4" not in sent
        assert "139.6" not in sent
        assert each.method == "GET"


def test_a_refusal_is_answered_with_what_else_to_do(
    visit: Callable[..., Visit], device: str
) -> None:
    visitor = visit(device)
    visitor.context.grant_permissions([])
    visitor.open("/")

    visitor.page.get_by_role("button", name=BUTTON).click()

    expect(visitor.page.locator("#locate-status")).to_contain_text(
        "位置情報は使わない設定になっています"
    )
    assert visitor.path == "/"


def test_a_place_far_from_every_town_hall_is_not_guessed(visit: Callable[..., Visit]) -> None:
    visitor = located(visit, "phone", BERLIN)

    visitor.page.get_by_role("button", name=BUTTON).click()

    expect(visitor.page.locator("#locate-status")).to_contain_text("場所がわかりませんでした")
    assert visitor.path == "/"
