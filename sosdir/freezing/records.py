"""What is known of each answer that was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sosdir.config import Settings

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what the site answered at an address, without the body.

    Args:
        address: the path, as a browser sends it; without a query, save where a page asks for one
            of its own parts by it.
        status: of HTTP.
        headers: those that whoever serves the file has to send as well.
        file: where the body is, below the folder of the version; None where there is none to keep.
        digest: SHA-256 of the body.
        size: of the body, in octets.
        location: where the answer leads, None where nowhere.
    """

    address: str
    status: int
    headers: Headers
    file: str | None
    digest: str
    size: int
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Hold what whoever asks the site must know.

    Args:
        settings: of the installation, their home holding a copy of the database.
        now: the instant at which every page is made, with a zone.
        folder: that the files are written to.
        former: with the files of the former version, None where there is none.
    """

    settings: Settings
    now: datetime
    folder: Path
    former: Path | None

    @property
    def base(self) -> str:
        """Return the public address of the site, without a slash at its end."""
        return (self.settings.url or "").rstrip("/")


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold the answers to some addresses, and where their bodies lead.

    Args:
        answers: one for each address asked.
        links: to addresses of ours without a query.
        parts: addresses of ours with a query that a page needs to be whole: scripts, styles.
    """

    answers: tuple[Answer, ...]
    links: frozenset[str]
    parts: frozenset[str]
