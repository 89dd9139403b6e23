"""No page asks another host, sets a cookie, stores anything, or has an error in its console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.public_pages import PublicPage, every_page
from tests.browser.visiting import Visit


@every_page
@pytest.mark.parametrize(
    ("on", "with_script"), [("phone", True), ("phone", False), ("desktop", True)]
)
def test_a_page_loads_and_leaves_no_trace(
    tour: Callable[..., Visit], public: PublicPage, on: str, with_script: bool
) -> None:
    visit = tour(public, on, java_script_enabled=with_script)

    expect(visit.page.locator("main")).to_contain_text(public.says)
    assert visit.traces() == []


def test_a_trace_would_be_seen(visit: Callable[..., Visit]) -> None:
    watched = visit()
    watched.open("/about")

    watched.page.evaluate(
        """async () => {
          document.cookie = "seen=1";
          localStorage.setItem("kept", "1");
          await caches.open("stored");
          await navigator.serviceWorker.register("/sw.js");
          console.error("heard");
          await fetch("https://elsewhere.example/").catch(() => {});
        }"""
    )

    found = " ".join(watched.traces())
    assert all(
        word in found for word in ("seen", "kept", "stored", "worker", "heard", "elsewhere.example")
    )
    watched.forget()
