"""The list of what was frozen, so that any server can send the files as the live site does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sosdir.freezing.records import Answer, Headers
from sosdir.version import __version__

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold all that was frozen.

    Args:
        made_at: the instant of every page.
        site: the public address, without a slash at its end.
        languages: codes as in addresses, empty for Japanese.
        answers: in the order of their addresses.
        live_only: rules of the addresses that only the live site answers, and why.
        not_found: the page for what is not there, by code of language.
        lost: the page for what only the live site answers when it is lost, by code of language.
    """

    made_at: datetime
    site: str
    languages: tuple[str, ...]
    answers: tuple[Answer, ...]
    live_only: Mapping[str, str]
    not_found: Mapping[str, Answer]
    lost: Mapping[str, Answer]

    @property
    def kept(self) -> Iterable[Answer]:
        """Return all that has a file."""
        everything = (*self.answers, *self.not_found.values(), *self.lost.values())
        return (each for each in everything if each.file is not None)

    def as_json(self) -> dict[str, Any]:
        """Return the manifest as a program reads it; equal headers are written once."""
        headers: dict[Headers, int] = {}
        answers = [_told(each, headers) for each in self.answers]
        not_found = {code: _told(each, headers) for code, each in self.not_found.items()}
        lost = {code: _told(each, headers) for code, each in self.lost.items()}
        return {
            "made_at": self.made_at.isoformat(),
            "made_by": f"sosdir {__version__}",
            "site": self.site,
            "languages": list(self.languages),
            "headers": [[list(pair) for pair in each] for each in headers],
            "answers": answers,
            "not_found": not_found,
            "lost": lost,
            "live_only": dict(self.live_only),
        }


def _told(answer: Answer, headers: dict[Headers, int]) -> dict[str, Any]:
    told = {
        "address": answer.address,
        "status": answer.status,
        "file": answer.file,
        "content_type": dict(answer.headers).get("Content-Type"),
        "sha256": answer.digest if answer.file else None,
        "bytes": answer.size if answer.file else None,
        "location": answer.location,
        "headers": headers.setdefault(answer.headers, len(headers)),
    }
    return {name: value for name, value in told.items() if value is not None}


def written(document: Mapping[str, Any]) -> str:
    """Return a manifest as text: a line for each answer.

    Args:
        document: as JSON holds it.
    """
    *rest, answers = (*(key for key in document if key != "answers"), "answers")
    lines = [f"{_text(key)}: {_text(document[key])}" for key in rest]
    told = ",\n".join(_text(each) for each in document[answers])
    return "{\n" + ",\n".join((*lines, f'"answers": [\n{told}\n]')) + "\n}\n"


def read(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a version, None where there is none that can be read.

    Args:
        folder: of the version.
    """
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "answers" in found else None


def digests_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of each file that a manifest names, below the folder of its version.

    Args:
        document: as JSON holds it.
    """
    told = (*document["answers"], *document["not_found"].values(), *document["lost"].values())
    return {each["file"]: each["sha256"] for each in told if "file" in each}


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
