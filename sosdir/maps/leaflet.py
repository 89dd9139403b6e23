"""Bring folium's map to our page, without its links, and Leaflet's own files."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


def leaflet_folder() -> Path:
    """Return the folder of Leaflet's script, style and images.

    They come with the package ``django-js-lib-leaflet``; Django itself is not needed.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = find_spec("js_lib_leaflet")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Leaflet is missing; install the package django-js-lib-leaflet")
    return Path(spec.origin).parent / "static" / "js_lib_leaflet"


@cache
def empty_map() -> tuple[str, str, str]:
    """Return the name, the container and the script of a map with nothing on it yet.

    They are the same for every page, so folium draws them once; its page, styles and links are
    left aside.
    """
    # With folium comes numpy; together they take more memory than all the rest, for this one page.
    from sosdir.maps.japan import drawn

    return drawn()
