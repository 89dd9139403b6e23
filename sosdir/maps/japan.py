"""Draw with folium a map of Japan of one name that links to nothing."""

from __future__ import annotations

import folium
from branca.element import Figure


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


def drawn() -> tuple[str, str, str]:
    """Return the name, the container and the script of a map with nothing on it."""
    japan = JapanMap()
    figure = japan.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    return japan.get_name(), figure.html.render().strip(), figure.script.render().strip()
