"""Bring folium to our page: a map of one name that links to nothing, and Leaflet's own files."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import folium
from branca.element import Figure


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


class JapanMap(folium.Map):
    """Be a folium map without tiles and links, whose script is the same each time.

    It holds nothing that a person wrote, and must not: folium puts texts into template literals,
    where ``${…}`` runs, and branca reads its own output once more as a Jinja template, where
    ``{{…}}`` runs on the server.
    """

    def __init__(self) -> None:
        super().__init__(
            location=[38, 137],
            tiles=None,
            # Room to move: Okinotorishima to Cape Soya, Yonaguni to Minamitorishima, and some sea.
            max_bounds=True,
            min_lat=18,
            max_lat=50,
            min_lon=116,
            max_lon=158,
            max_bounds_viscosity=0.8,
            max_zoom=11,
            zoom_snap=0,
            # map.js has its own keys, buttons and wheel; attribution is text below the map.
            zoom_control=False,
            keyboard=False,
            box_zoom=False,
            scroll_wheel_zoom=False,
            attribution_control=False,
        )
        self._id = "japan"
        self.default_js = []
        self.default_css = []
        # Without a zoom Leaflet shows nothing until map.js has fitted the view.
        del self.options["zoom"]


@cache
def empty_map() -> tuple[str, str, str]:
    """Return the name, the container and the script of a map with nothing on it yet.

    They are the same for every page, so folium draws them once; its page, styles and links are
    left aside.
    """
    japan = JapanMap()
    figure = japan.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    return japan.get_name(), figure.html.render().strip(), figure.script.render().strip()
