"""How two processes of one installation share their counts: by files of a folder both know."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# The library's name for the setting that names the folder.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# In that folder: the numbers of the processes, one file a port.
PUBLIC_PROCESS = "public.pid"
_ADMINS_PROCESS = "admins.pid"


def begin(*, is_public: bool) -> None:
    """Note which process serves a port; nothing where there is but one port.

    What a process that broke down has counted stays; what it had at work is at work no more.

    Args:
        is_public: whether it serves the public.
    """
    named = os.environ.get(FOLDER)
    if not named:
        return
    folder = Path(named)
    note = folder / (PUBLIC_PROCESS if is_public else _ADMINS_PROCESS)
    with suppress(OSError):
        for path in folder.glob(f"gauge_live*_{note.read_text('ascii')}.db"):
            path.unlink()
    note.write_text(str(os.getpid()), "ascii")


def public_process() -> str:
    """Return the number of the process that serves the public, or ``self`` where it is this one."""
    with suppress(OSError):
        return Path(os.environ[FOLDER], PUBLIC_PROCESS).read_text("ascii")
    return "self"
