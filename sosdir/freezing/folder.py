"""The folder of a freeze: a new version is made beside the one that is read, then put in its place.

``site`` is a link to the version that is served. It is changed in one step, so whoever reads sees
the one version or the other, whole, and a run that is killed has changed nothing for anyone.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sosdir.errors import FreezeError
from sosdir.freezing import manifest

# Marks a folder as one of ours, and is locked by the run that works on it.
MARK = ".sosdir-freeze"
SITE, VERSIONS = "site", "versions"
CADDY = "frozen.caddy"
_UNFINISHED = ".unfinished"
_NEW_SITE = ".site.new"
_OWN = frozenset({MARK, SITE, VERSIONS, _NEW_SITE})
_OF_A_VERSION = frozenset({manifest.NAME, CADDY})


class Folder:
    """Hold a folder of ours on which no other run works."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.unfinished = path / VERSIONS / _UNFINISHED

    @property
    def current(self) -> Path | None:
        """Return the version that is served, None where there is none yet."""
        site = self._path / SITE
        return site.resolve() if site.is_dir() else None

    def refuse_strangers(self) -> None:
        """Refuse a folder in which something stands that no freeze has made.

        Raises:
            FreezeError: it does; the sentence names it.
        """
        site = self._path / SITE
        strange = [each for each in self._path.iterdir() if each.name not in _OWN]
        if site.exists() and not site.is_symlink():
            strange.append(site)
        for version in self._versions():
            strange.extend(_strangers(version))
        if strange:
            raise FreezeError(
                f"{min(strange)} was not made by a freeze: move it, or name another folder."
            )

    def begin(self) -> None:
        """Make room for a new version; what a run that was killed has left is gone."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.unfinished.mkdir(parents=True)

    def give_up(self) -> None:
        """Throw away the version that was begun."""
        shutil.rmtree(self.unfinished, ignore_errors=True)

    def publish(self, made_at: datetime) -> None:
        """Put the version that was made in the place of the former one, which is then removed.

        Args:
            made_at: names it.
        """
        version = self._named(made_at)
        # Were the power lost, the link would else stand before what it leads to.
        os.sync()
        self.unfinished.rename(version)
        link = self._path / _NEW_SITE
        link.unlink(missing_ok=True)
        link.symlink_to(Path(VERSIONS) / version.name)
        link.replace(self._path / SITE)
        self.tidy()

    def tidy(self) -> None:
        """Remove the versions that are no longer served, and no file that was not ours."""
        for version in self._versions():
            if version != self.current:
                _remove(version)

    def _named(self, made_at: datetime) -> Path:
        stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        version, number = self._path / VERSIONS / stamp, 1
        while version.exists():
            number += 1
            version = version.with_name(f"{stamp}-{number}")
        return version

    def _versions(self) -> list[Path]:
        folder = self._path.resolve() / VERSIONS
        if not folder.is_dir():
            return []
        return [each for each in sorted(folder.iterdir()) if each.name != _UNFINISHED]


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """Lend a folder to freeze into; it is made if need be.

    Args:
        path: of the folder: new, empty, or of a former freeze.

    Raises:
        FreezeError: it holds something else, cannot be written, or another run works on it.
    """
    try:
        _refuse_foreign(path)
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path / MARK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FreezeError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        _lock(handle, path)
        folder = Folder(path)
        folder.refuse_strangers()
        yield folder
    finally:
        os.close(handle)


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not (path / MARK).is_file() and any(path.iterdir()):
        raise FreezeError(
            f"{path} holds something that is no freeze: name a new folder, or an empty one."
        )


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FreezeError(f"Another freeze is at work on {path}.") from None


def _strangers(version: Path) -> Iterator[Path]:
    """Yield what stands in a version and is not in its manifest."""
    if not version.is_dir():
        yield version
    document = manifest.read(version)
    # Without one, only the folders are left of a version whose removal was interrupted.
    known = manifest.digests_of(document).keys() | _OF_A_VERSION if document else set()
    for folder, _, names in os.walk(version):
        inside = Path(folder).relative_to(version)
        for name in names:
            if (inside / name).as_posix() not in known:
                yield version / inside / name


def _remove(version: Path) -> None:
    """Remove the files of a version that its manifest names, then the folders that are empty."""
    document = manifest.read(version)
    if document is not None:
        for file in (*manifest.digests_of(document), CADDY):
            (version / file).unlink(missing_ok=True)
        # Last of the files: until then the next run knows which ones are ours.
        (version / manifest.NAME).unlink()
    for folder, _, names in os.walk(version, topdown=False):
        if not names and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
