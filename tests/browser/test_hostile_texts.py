"""What an admin wrote is text wherever it is shown: nothing in it runs, nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sosdir.models import AnswersFor, ChannelKind, Organization, Service
from tests.browser.visiting import Visit
from tests.cast import a_channel, a_service, a_source

WICKED = "<script>alert(1)</script>${alert(1)}{{7*7}}`${alert(2)}`\"'<img src=x onerror=alert(3)>"


def a_wicked_service(service_id: str) -> Service:
    """Return a service to visit, with the same wicked text wherever a text may stand."""
    visit = a_channel(service_id, 1, ChannelKind.IN_PERSON, WICKED, hours_text=WICKED, note=WICKED)
    phone = a_channel(service_id, 2, hours_text=WICKED, note=WICKED)
    return a_service(
        service_id,
        name=WICKED,
        answers_for=AnswersFor.MUNICIPALITY,
        organization=Organization(f"org-{service_id}", WICKED),
        department=WICKED,
        area_served=WICKED,
        eligibility=WICKED,
        channels=(visit, phone),
        staff=(WICKED,),
        offers=(WICKED,),
        languages=(WICKED,),
        sources=(a_source(service_id),),
    )


@pytest.fixture
def wicked(
    visit: Callable[..., Visit],
    serve: Callable[[Path], str],
    cast_home: Callable[..., Path],
    script: bool,
) -> Visit:
    """Give a visit to a site where two services at one place are full of wicked texts."""
    home = cast_home(a_wicked_service("wicked-one"), a_wicked_service("wicked-two"))
    return visit("desktop", script=script, site=serve(home))


def test_in_the_list(wicked: Visit) -> None:
    wicked.open("/?q=横浜市")

    names = wicked.page.get_by_role("article").get_by_role("heading")
    expect(names).to_have_text([WICKED, WICKED])
    wicked.page.get_by_text("ほかの方法").first.click()
    expect(wicked.page.get_by_text(WICKED).nth(1)).to_be_visible()


def test_on_its_own_page(wicked: Visit) -> None:
    wicked.open("/services/wicked-one")

    expect(wicked.page.get_by_role("heading", level=1)).to_have_text(WICKED)
    expect(wicked.page).to_have_title(f"{WICKED} - sosdir")
    expect(wicked.page.get_by_text(WICKED).filter(visible=True)).not_to_have_count(0)
    assert wicked.page.locator("main script, main img").count() == 0


def test_in_a_query(wicked: Visit) -> None:
    wicked.open("/")
    wicked.page.get_by_role("searchbox").fill(WICKED)
    wicked.page.get_by_role("searchbox").press("Enter")

    expect(wicked.page.locator("#q")).to_have_value(WICKED)
    assert wicked.page.locator("main script, main img").count() == 0


def test_on_the_map(
    visit: Callable[..., Visit], serve: Callable[[Path], str], cast_home: Callable[..., Path]
) -> None:
    home = cast_home(a_wicked_service("wicked-one"), a_wicked_service("wicked-two"))
    visitor = visit("desktop", site=serve(home))
    visitor.open("/map?area=14")
    point = visitor.page.locator(".map-point")
    expect(point).to_have_accessible_name(f"2件: {WICKED}、{WICKED}")

    point.press("Enter")

    popup = visitor.page.locator(".leaflet-popup")
    expect(popup.get_by_role("link", name=WICKED)).to_have_text([WICKED, WICKED])
    assert popup.locator("script, img").count() == 0
