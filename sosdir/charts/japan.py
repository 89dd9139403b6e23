"""Draw the prefectures shaded by a number, each number written out beside the map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sosdir.charts.sheet import INK, LINE, SHADES, SOFT, Caption, on_shade, sheet, type_of
from sosdir.maps import shade_of, shade_tops

# As static/js/map_areas.js: Amami and Okinawa move into the empty Sea of Japan.
_SOUTH_WEST = ((24.0, 122.7), (28.9, 131.7))
_INSET_WAY = (690_000.0, 1_840_000.0)
_MAIN_ISLANDS = ((30.1, 128.5), (45.6, 145.95))
_EARTH = 6_378_137.0
_COLUMNS = 4
_ROWS = 12

Named = tuple[str, str, int]


def japan(caption: Caption, outlines: Mapping[str, Any], counts: Sequence[Named]) -> Figure:
    """Return the country by prefecture.

    Args:
        caption: its words.
        outlines: GeoJSON FeatureCollection of MultiPolygons, each with the property ``code``.
        counts: code, name and number of each prefecture, in order.
    """
    figure = sheet(caption)
    tops = shade_tops(count for _, _, count in counts)
    shades = {code: shade_of(count, tops) for code, _, count in counts}
    _draw_map(figure.add_axes((0.02, 0.1, 0.44, 0.79)), outlines, shades)
    _draw_list(figure.add_axes((0.47, 0.1, 0.51, 0.79)), counts, shades)
    return figure


def _draw_map(axes: Axes, outlines: Mapping[str, Any], shades: Mapping[str, int]) -> None:
    (south, west), (north, east) = (_projected(*corner) for corner in _MAIN_ISLANDS)
    axes.set(xlim=(south, north), ylim=(west, east), aspect="equal")
    axes.axis("off")
    for feature in outlines["features"]:
        shade = shades.get(feature["properties"]["code"], 0)
        for polygon in feature["geometry"]["coordinates"]:
            shape = PathPatch(_path(polygon), facecolor=SHADES[shade], edgecolor=LINE, lw=0.5)
            axes.add_patch(shape)
    _draw_inset(axes)


def _draw_inset(axes: Axes) -> None:
    (left, low), (right, high) = (_moved(*corner) for corner in _SOUTH_WEST)
    frame: dict[str, Any] = {"fill": False, "edgecolor": LINE, "linestyle": (0, (4, 3))}
    axes.add_patch(Rectangle((left, low), right - left, high - low, **frame))


def _draw_list(axes: Axes, counts: Sequence[Named], shades: Mapping[str, int]) -> None:
    """Write each prefecture with its number on its shade: no number depends on colour alone."""
    axes.set(xlim=(0, _COLUMNS), ylim=(_ROWS, 0))
    axes.axis("off")
    for place, (code, name, count) in enumerate(counts):
        left, top = place // _ROWS, place % _ROWS
        shade = shades[code]
        box = Rectangle((left + 0.05, top + 0.12), 0.26, 0.76, facecolor=SHADES[shade], lw=0.5)
        box.set_edgecolor(LINE)
        axes.add_patch(box)
        number = type_of(14, on_shade(shade), ha="center")
        axes.text(left + 0.18, top + 0.5, str(count), **number)
        axes.text(left + 0.37, top + 0.5, name, **type_of(14, INK if count else SOFT))


def _path(polygon: Sequence[Sequence[Sequence[float]]]) -> Path:
    rings = []
    for ring in polygon:
        points = [_placed(latitude, longitude) for longitude, latitude in ring]
        codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY]
        rings.append(Path(points, codes))
    return Path.make_compound_path(*rings)


def _placed(latitude: float, longitude: float) -> tuple[float, float]:
    (south, west), (north, east) = _SOUTH_WEST
    if south <= latitude <= north and west <= longitude <= east:
        return _moved(latitude, longitude)
    return _projected(latitude, longitude)


def _moved(latitude: float, longitude: float) -> tuple[float, float]:
    x, y = _projected(latitude, longitude)
    return x + _INSET_WAY[0], y + _INSET_WAY[1]


def _projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Return metres of the Mercator projection."""
    angle = math.pi / 4 + math.radians(latitude) / 2
    return _EARTH * math.radians(longitude), _EARTH * math.log(math.tan(angle))
