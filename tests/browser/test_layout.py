"""Every page fits: a narrow window, wide text, a thumb, forced colours, no motion."""

from collections.abc import Callable

from tests.browser.layout import clipped, space_out, targets, too_wide, unfold
from tests.browser.public_pages import PublicPage, every_page
from tests.browser.visiting import Visit

# A window of 1280 px at 400 %: WCAG 2.2, 1.4.10.
NARROW = {"width": 320, "height": 256}
LEAST = 24  # pixels: WCAG 2.2, 2.5.8
MAIN = 44  # pixels: WCAG 2.2, 2.5.5
MAIN_CONTROLS = (
    'class="button',
    'class="call',
    'class="exit"',
    'class="prefecture',
    'class="choice',
    'class="chip',
    'class="facet__value',
    'class="search__field',
    'class="tool to-map',
    "<summary",
)


@every_page
def test_a_narrow_window_and_wide_text_hide_nothing(
    tour: Callable[..., Visit], public: PublicPage
) -> None:
    page = tour(public, "desktop", viewport=NARROW).page
    unfold(page)

    assert too_wide(page) == []
    assert clipped(page) == []

    space_out(page)

    assert too_wide(page) == []
    assert clipped(page) == []


@every_page
def test_what_stands_alone_can_be_hit_with_a_thumb(
    tour: Callable[..., Visit], public: PublicPage, device: str
) -> None:
    page = tour(public, device).page
    unfold(page)
    found = targets(page)

    assert [each for each in found if min(each[1:]) < LEAST] == []
    mains = [each for each in found if any(name in each[0] for name in MAIN_CONTROLS)]
    assert mains
    assert [each for each in mains if min(each[1:]) < MAIN] == []


@every_page
def test_forced_colours_and_no_motion_break_nothing(
    tour: Callable[..., Visit], public: PublicPage
) -> None:
    visit = tour(public, "phone", forced_colors="active", reduced_motion="reduce")
    unfold(visit.page)

    assert too_wide(visit.page) == []
    assert visit.traces() == []


def test_a_clipped_text_and_a_wide_page_would_be_seen(visit: Callable[..., Visit]) -> None:
    visitor = visit("desktop", viewport=NARROW)
    visitor.open("/about")

    visitor.page.evaluate(
        """() => {
          const title = document.querySelector("h1");
          title.style.cssText = "inline-size: 600px; block-size: 4px; overflow: hidden";
        }"""
    )

    assert len(too_wide(visitor.page)) == 1
    assert len(clipped(visitor.page)) == 1
