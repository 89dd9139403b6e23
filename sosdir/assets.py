"""Give the files that ship with sosdir: named by their content, packed once, kept for good.

``css/form.css`` is at ``/static/css/form.1a2b3c4d5e6f.css``. Another content is another address, so
that nobody has to ask whether it changed. A name without a mark, or with that of another version
(a page of before an upgrade, or of a machine that is ahead), gives what is here, to be asked again.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from sosdir import compression
from sosdir.maps import leaflet_folder
from sosdir.paths import bundled

_MARK_LETTERS = 12
_MARKED = re.compile(rf"(?P<stem>.+)\.(?P<mark>[0-9a-f]{{{_MARK_LETTERS}}})(?P<suffix>\.[a-z0-9]+)")
_A_YEAR = 365 * 24 * 60 * 60
_FOR_GOOD = f"public, max-age={_A_YEAR}, immutable"
_LEAFLET = "leaflet/"
_PACKABLE = ("text/", "image/svg+xml")
# Python asks the system what some of these are, and systems differ.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """Hold a file as it is given away.

    Args:
        content: whole.
        digest: SHA-256 of it.
        media_type: with the letters' encoding where it is text.
    """

    content: bytes
    digest: str
    media_type: str

    @property
    def mark(self) -> str:
        """Return what of its content stands in its name."""
        return self.digest[:_MARK_LETTERS]


def marked(name: str) -> str:
    """Return the name of a file with the mark of its content.

    Args:
        name: below the folder of static files; ``leaflet/`` are Leaflet's own.

    Raises:
        FileNotFoundError: there is no such file.
    """
    path = Path(name)
    found = _find(name)
    if found is None:
        raise FileNotFoundError(f"there is no file {name!r} among the static files")
    return path.with_suffix(f".{found.mark}{path.suffix}").as_posix()


def names() -> list[str]:
    """Return the names of all files, without marks, in order."""
    ours, leaflet = bundled("static"), leaflet_folder()
    found = [path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.is_file()]
    found += [
        _LEAFLET + path.relative_to(leaflet).as_posix()
        for path in leaflet.rglob("*")
        if path.is_file()
    ]
    return sorted(found)


def give(filename: str) -> Response:
    """Answer with a file, packed as the browser likes it.

    Args:
        filename: of the address, with a mark or without.
    """
    told = _MARKED.fullmatch(filename)
    found = _find(told["stem"] + told["suffix"]) if told else None
    is_the_one = bool(told and found and told["mark"] == found.mark)
    # A name of ours may look like one with a mark.
    found = found or _find(filename)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return _response(found, is_for_good=is_the_one)


def init_app(app: Flask) -> None:
    """Give the static files of an application this way.

    Args:
        app: with a static folder.
    """
    app.view_functions["static"] = give


def _response(asset: Asset, *, is_for_good: bool) -> Response:
    packing = compression.chosen(request.headers.get("Accept-Encoding", ""))
    if not asset.media_type.startswith(_PACKABLE):
        packing = ""
    response = Response(_packed(asset, packing), content_type=asset.media_type)
    if packing:
        response.content_encoding = packing
    response.set_etag(asset.digest, weak=True)
    response.headers["Cache-Control"] = _FOR_GOOD if is_for_good else "no-cache"
    response.make_conditional(request)
    return response


def _find(name: str) -> Asset | None:
    """Return a file as it is now: whoever works on one sees it at the next look."""
    folder, rest = bundled("static"), name
    if name.startswith(_LEAFLET):
        folder, rest = leaflet_folder(), name.removeprefix(_LEAFLET)
    joined = safe_join(str(folder), rest)
    # One file has one address: no slash that stands for nothing.
    if joined is None or Path(rest).as_posix() != rest:
        return None
    path = Path(joined)
    try:
        return _read(path, path.stat().st_mtime_ns) if path.is_file() else None
    except (OSError, ValueError):
        # The name is too long for the system, or bears what no name can.
        return None


@lru_cache(maxsize=256)
def _read(path: Path, _written_at: int) -> Asset:
    content = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = kind or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith("xml")
    return Asset(
        content, hashlib.sha256(content).hexdigest(), f"{kind}; charset=utf-8" if is_text else kind
    )


@lru_cache(maxsize=256)
def _packed(asset: Asset, packing: str) -> bytes:
    return compression.packed(asset.content, packing) if packing else asset.content
