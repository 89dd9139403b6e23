"""Find the system's own Chromium; no test tool ever downloads one."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = "The browser tests need Chromium: install it, or set SOSDIR_CHROMIUM to its path."

# Chromium itself must ask nobody for anything: only our own server has an address, and the
# one name by which every machine knows itself (a passkey belongs to a name).
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> str | None:
    """Return the path of the browser, as deploy/setup/browser.sh finds it, or None."""
    told = os.environ.get("SOSDIR_CHROMIUM")
    if told:
        return told
    installed = (shutil.which(name) for name in NAMES)
    apps = (app for app in MAC_APPS if Path(app).is_file())
    return next(filter(None, (*installed, *apps)), None)
