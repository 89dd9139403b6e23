"""Where the body of an answer stands: so that a plain server finds it at the same address.

A page without an ending gets ``.html``, which every common server tries by itself and serves
without leading to another address: ``/areas/14`` is ``areas/14.html``, beside the folder that
``/areas/14/partners`` needs. Data without an ending is ``index.json`` in a folder of its name.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote

from sosdir.errors import FreezeError

PUBLIC, GONE = "public", "gone"
# What serves when nothing else does, one for each language; web servers know the first by name.
NOT_FOUND, LOST = "404.html", "503.html"

# Of a component of a path, in octets, on all common file systems.
_LONGEST = 255


def place(address: str, media_type: str) -> str:
    """Return the file of an answer, below the folder of what is public.

    Args:
        address: the path, percent-encoded or not; a query does not count.
        media_type: of the body, parameters allowed.

    Raises:
        FreezeError: no file can bear the name.
    """
    path = unquote(address.partition("?")[0]).removeprefix("/")
    file = path + _ending(path, media_type.partition(";")[0].strip())
    parts = file.split("/")
    if any(each in {"", ".", ".."} or "\0" in each for each in parts) or any(
        len(each.encode()) > _LONGEST for each in parts
    ):
        raise FreezeError(f"{address} cannot be the name of a file.")
    return file


def _ending(path: str, media_type: str) -> str:
    if media_type == "text/html":
        return "index.html" if _is_folder(path) else ".html"
    if PurePosixPath(path).suffix and not _is_folder(path):
        return ""
    if media_type.endswith(("/json", "+json")):
        return "index.json" if _is_folder(path) else "/index.json"
    raise FreezeError(f"/{path} has no ending, and {media_type} has none of its own.")


def _is_folder(path: str) -> bool:
    return not path or path.endswith("/")
