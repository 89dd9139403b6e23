"""Questions about how a page is laid out, asked in the page itself."""

from typing import Any

from playwright.sync_api import Page

_UNFOLD = "document.querySelectorAll('details').forEach((each) => (each.open = true))"

# The spacing that WCAG 2.2, 1.4.12, lets a reader ask for. A constructed style sheet is the
# reader's, not the page's: the content security policy does not stand in its way.
_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const scroller = document.scrollingElement;
  return scroller.scrollWidth > room ? [`${scroller.scrollWidth} > ${room}`] : [];
}"""

# A box that hides what does not fit, and holds text that does not fit. Leaflet's map is meant to
# be larger than its window; what is only for screen readers is meant to be a dot.
_CLIPPED = """() => {
  const clips = ({ overflowX, overflowY }) => /hidden|clip/.test(`${overflowX} ${overflowY}`);
  const meant = (each) => each.closest(".leaflet-container, .visually-hidden, .brand__name");
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && !meant(each) && each.innerText?.trim())
    .filter((each) => clips(getComputedStyle(each)))
    .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
      scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1)
    .map((each) => each.outerHTML.slice(0, 160));
}"""

_TARGETS = """() => {
  const onMap = (each) => each.closest(".leaflet-container svg, .leaflet-marker-pane");
  const unseen = (each) => each.matches(".visually-hidden, .leaflet-container");
  const inSentence = (each) =>
    getComputedStyle(each).display === "inline" &&
    each.parentElement.textContent.trim() !== each.textContent.trim();
  return [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")]
    .filter((each) => each.checkVisibility() && !onMap(each) && !unseen(each) && !inSentence(each))
    .map((each) => {
      const box = each.getBoundingClientRect();
      return [each.outerHTML.slice(0, 160), box.width, box.height];
    });
}"""


def unfold(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate(_UNFOLD)


def space_out(page: Page) -> None:
    """Set the text as wide as a reader may want it."""
    page.evaluate(_SPACING)


def too_wide(page: Page) -> list[str]:
    """Return by how much one would have to scroll sideways, if at all."""
    return _answer(page, _TOO_WIDE)


def clipped(page: Page) -> list[str]:
    """Return the boxes that hide part of their own text."""
    return _answer(page, _CLIPPED)


def targets(page: Page) -> list[tuple[str, float, float]]:
    """Return what can be pressed outside of sentences: its tag, width and height in pixels."""
    return [tuple(each) for each in _answer(page, _TARGETS)]


def _answer(page: Page, question: str) -> list[Any]:
    answer: list[Any] = page.evaluate(question)
    return answer
