"""Read the outlines of the prefectures: their extent, where to label them, their script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sosdir.errors import UnknownAreaError
from sosdir.maps.escaping import script_json

Bounds = list[list[float]]
Ring = Sequence[Sequence[float]]

# An island this small beside the largest part of its prefecture does not widen the view:
# Tokyo is no 1,800 km wide map of the sea.
_MAIN_PART = 0.1


def outline_script(outlines: Mapping[str, Any]) -> str:
    """Write the outlines as a script that every map page shares and a browser can keep.

    Args:
        outlines: GeoJSON FeatureCollection of MultiPolygons, each with the property ``code``.
    """
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": feature["properties"]["code"],
                "label": label_position(feature),
            },
            "geometry": feature["geometry"],
        }
        for feature in outlines["features"]
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return f"sosdirMap.outlines = {script_json(collection)};\n"


def bounds_of(outlines: Mapping[str, Any], code: str, places: Iterable[Sequence[float]]) -> Bounds:
    """Return the box around a prefecture without its far islands, and around some places.

    Args:
        outlines: as for ``outline_script``.
        code: of the prefecture.
        places: longitude and latitude of what must be in view as well.

    Returns:
        Latitude and longitude of the south-west and the north-east corner.

    Raises:
        UnknownAreaError: no outline bears the code.
    """
    for feature in outlines["features"]:
        if feature["properties"]["code"] == code:
            return _box([*_main_part(feature), *places])
    raise UnknownAreaError(f"no outline bears the code {code!r}")


def _box(places: Sequence[Sequence[float]]) -> Bounds:
    longitudes, latitudes = zip(*places, strict=True)
    return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]


def _main_part(feature: Mapping[str, Any]) -> list[Sequence[float]]:
    shores = _shores(feature)
    least = max(map(_area, shores)) * _MAIN_PART
    return [place for ring in shores if _area(ring) >= least for place in ring]


def label_position(feature: Mapping[str, Any]) -> list[float]:
    """Return latitude and longitude of the middle of the largest island."""
    longitude, latitude = _centroid(max(_shores(feature), key=_area))
    return [round(latitude, 3), round(longitude, 3)]


def _shores(feature: Mapping[str, Any]) -> list[Ring]:
    return [polygon[0] for polygon in feature["geometry"]["coordinates"]]


# Degrees are taken as if they were plane: good enough to compare islands and to place a label.
def _area(ring: Ring) -> float:
    """Return the area of a closed ring, by the shoelace formula."""
    return abs(sum(_cross(one, other) for one, other in pairwise(ring))) / 2


def _centroid(ring: Ring) -> tuple[float, float]:
    """Return longitude and latitude of the centroid of a closed ring that has an area."""
    thrice = 3 * sum(_cross(one, other) for one, other in pairwise(ring))
    east = sum((one[0] + other[0]) * _cross(one, other) for one, other in pairwise(ring))
    north = sum((one[1] + other[1]) * _cross(one, other) for one, other in pairwise(ring))
    return east / thrice, north / thrice


def _cross(one: Sequence[float], other: Sequence[float]) -> float:
    return one[0] * other[1] - other[0] * one[1]
