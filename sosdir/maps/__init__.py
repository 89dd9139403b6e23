"""Draw the map of Japan with folium, from our own outlines and without a tile server.

The page is put together by our own templates: a container, and scripts from our own host, so that
the content security policy needs no ``unsafe-inline``. What people wrote never goes through folium:
it is handed to ``static/js/map.js`` as JSON and set as text there.
"""

from sosdir.maps.leaflet import leaflet_folder
from sosdir.maps.outlines import outline_script
from sosdir.maps.prefectures import prefecture_map, shade_of, shade_tops
from sosdir.maps.records import AreaCount, MapPoint, MapWords, RenderedMap

__all__ = [
    "AreaCount",
    "MapPoint",
    "MapWords",
    "RenderedMap",
    "leaflet_folder",
    "outline_script",
    "prefecture_map",
    "shade_of",
    "shade_tops",
]
