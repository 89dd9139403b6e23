"""Tell by its files alone whether a database was written: quicker than to open and ask it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# A file system may give two writings within one tick of its clock the same time; ticks are 1 to
# 10 ms long. A stamp this old can no longer be shared by a writing that came after it.
_SETTLED_AFTER = 0.05

_File = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Hold what the files of a database bear: equal as long as nothing is written.

    Args:
        files: of each that holds anything, its node, size, and times of writing and, of the
            database itself, of moving in nanoseconds.
    """

    files: tuple[_File, ...]

    @property
    def written_at(self) -> datetime:
        """Return when the database was last written or put in its place, with a zone."""
        return datetime.fromtimestamp(self._newest / 1_000_000_000, UTC)

    @property
    def is_settled(self) -> bool:
        """Tell whether whatever is written from now on gives another stamp."""
        return bool(self.files) and self.age > _SETTLED_AFTER

    @property
    def age(self) -> float:
        """Return for how many seconds nothing has been written."""
        return (time.time_ns() - self._newest) / 1_000_000_000

    @property
    def _newest(self) -> int:
        # A file that is moved here keeps the time of its writing, so that of its move counts too.
        return max((max(written, moved) for _, _, written, moved in self.files), default=0)


def stamp(database: Path) -> Stamp:
    """Return the stamp of a database.

    Args:
        database: its file; it may be missing.
    """
    log = database.with_name(f"{database.name}-wal")
    # Whoever reads as root makes the log's owner anew, which moves the time of its state.
    found = (_file(database, moves=True), _file(log, moves=False))
    return Stamp(tuple(each for each in found if each))


# They are only looked at. To open one of them and close it again would drop the locks that this
# process holds on it, a writer's among them: https://sqlite.org/howtocorrupt.html, 2.2.
def _file(path: Path, *, moves: bool) -> _File | None:
    try:
        found = path.stat()
    except OSError:
        return None
    # Whoever reads makes an empty log anew, and that is no writing.
    if not found.st_size:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns if moves else 0)
