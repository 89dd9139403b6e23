"""One visit to the site in a browser, and what it must not leave behind."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response

DEVICES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
PATIENCE = 20_000  # milliseconds: a busy machine is slow, and no fault of ours

# All that a page can leave on a device, by name; a page elsewhere may know of no caches.
_KEPT = """async () => {
  const databases = await indexedDB.databases();
  const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  names.push(...databases.map((each) => `database ${each.name}`));
  if (!("caches" in window)) return names;
  names.push(...(await caches.keys()).map((each) => `cache ${each}`));
  const workers = await navigator.serviceWorker.getRegistrations();
  return [...names, ...workers.map((each) => `worker ${each.scope}`)];
}"""
_FORGET = """async () => {
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
}"""


@dataclass
class Visit:
    """A visitor's own browser window, watched from the first request to the last.

    Args:
        browser: to open the window in.
        site: where the site is, without a slash at the end.
        options: of the window, as Playwright names them.
        leaves_for: the one address elsewhere that the visitor may go to.
        may_keep: names of cookies that are no trace: an admin's.
    """

    browser: Browser
    site: str
    options: dict[str, Any]
    leaves_for: str | None = None
    may_keep: frozenset[str] = frozenset()
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(locale="ja-JP", **self.options)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self.requests.append(request))
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("dialog", self._refuse)
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Response:
        """Open a page of the site and wait until it has loaded."""
        response = self.page.goto(self.site + path)
        assert response is not None
        return response

    @property
    def path(self) -> str:
        """Return where the visitor is, without the host."""
        return self.page.url.removeprefix(self.site)

    def traces(self) -> list[str]:
        """Return what must not be: addresses asked elsewhere, things stored, complaints."""
        return [*self._foreign(), *self._stored(), *self.complaints]

    def _foreign(self) -> list[str]:
        asked = (request.url for request in self.requests)
        away = [
            url for url in asked if urlsplit(url).netloc not in ("", urlsplit(self.site).netloc)
        ]
        return [url for url in away if url != self.leaves_for]

    def _stored(self) -> list[str]:
        kept = [cookie.get("name", "") for cookie in self.context.cookies()]
        kept = [name for name in kept if name not in self.may_keep]
        if self.page.url.startswith(self.site):
            kept += self.page.evaluate(_KEPT)
        return kept

    def forget(self) -> None:
        """Take away every trace, for a test that leaves some on purpose."""
        self.context.clear_cookies()
        self.page.evaluate(_FORGET)
        self.requests.clear()
        self.complaints.clear()

    def end(self) -> None:
        """Close the window."""
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        address = message.location["url"]
        # Chromium notes the status of an error page itself; what the page then needs must be there.
        if message.text.startswith("Failed to load") and address == self.page.url:
            return
        self.complaints.append(f"{message.text} ({address})")

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()


def is_small(page: Page) -> bool:
    """Tell whether the tools of a list are folded: below 60rem, as components.css has it.

    Asked of the window, not of what is visible: a page still loading has no styles yet.
    """
    size = page.viewport_size
    assert size is not None
    return size["width"] < 960
