"""Write the areas that services serve as GeoJSON, beside the points where services sit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sosdir.areas import Gazetteer
from sosdir.evidence import Published
from sosdir.models import NATIONWIDE, Service
from sosdir.vocabulary import NATIONWIDE_LABEL

Ring = Sequence[Sequence[float]]
# A ring ends where it begins, and three corners are the fewest (RFC 7946, 3.1.6).
_LEAST_RING = 4


def areas_geojson(
    published: Sequence[Published], gazetteer: Gazetteer, outlines: Mapping[str, Any]
) -> dict[str, Any]:
    """Return areas and services as a GeoJSON FeatureCollection (RFC 7946).

    A prefecture is its outline, a municipality the point of its town hall; the whole country has
    no geometry, only a bounding box. Of services only those are features that have a point which
    evidence shows.

    Args:
        published: what may be shown of the services.
        gazetteer: of all places.
        outlines: of the prefectures, as a FeatureCollection.
    """
    shapes = {each["id"]: _wound(each["geometry"]) for each in outlines["features"]}
    features = [*_areas(published, gazetteer, shapes), *_points(published)]
    boxes = [each["bbox"] for each in features if "bbox" in each]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return {**collection, "bbox": _around(boxes)} if boxes else collection


def _areas(
    published: Iterable[Published], gazetteer: Gazetteer, shapes: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    served: dict[str, list[Service]] = {}
    for each in published:
        for code in each.service.service_areas:
            served.setdefault(code, []).append(each.service)
    for code in sorted(served):
        yield _area(code, served[code], gazetteer, shapes)


def _area(
    code: str, services: list[Service], gazetteer: Gazetteer, shapes: Mapping[str, Any]
) -> dict[str, Any]:
    told = {"kind": "area", "code": code, "services": [each.id for each in services]}
    if code == NATIONWIDE:
        names = {"name": NATIONWIDE_LABEL, "level": "country"}
        country = _feature(f"area-{code}", None, {**told, **names})
        boxes = [_box(shape) for shape in shapes.values() if shape]
        return {**country, "bbox": _around(boxes)} if boxes else country
    place = gazetteer.get(code)
    level = "prefecture" if place.is_prefecture else "municipality"
    names = {"name": place.full_name, "level": level}
    shape = shapes.get(code) if place.is_prefecture else _point(place.longitude, place.latitude)
    return _feature(f"area-{code}", shape, {**told, **names})


def _points(published: Iterable[Published]) -> Iterator[dict[str, Any]]:
    for each in published:
        service, position = each.service, each.service.position
        if position is not None:
            told = {
                "kind": "service",
                "name": service.name,
                "focus": service.focus.value,
                "evidence": each.level.value,
                "collected_on": service.collected_on.isoformat(),
                "service_areas": list(service.service_areas),
                "position_precision": position.precision.value,
            }
            shape = _point(position.longitude, position.latitude)
            yield _feature(f"service-{service.id}", shape, {"id": service.id, **told})


def _feature(key: str, shape: dict[str, Any] | None, told: dict[str, Any]) -> dict[str, Any]:
    feature = {"type": "Feature", "id": key, "geometry": shape, "properties": told}
    return {**feature, "bbox": _box(shape)} if shape else feature


def _point(longitude: float | None, latitude: float | None) -> dict[str, Any] | None:
    if longitude is None or latitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _wound(shape: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an outline whose rings turn by the right-hand rule: the outer left, holes right.

    None where it encloses nothing.
    """
    is_single = shape["type"] == "Polygon"
    polygons = [shape["coordinates"]] if is_single else shape["coordinates"]
    turned = [polygon for polygon in map(_turned, polygons) if polygon]
    return {"type": "MultiPolygon", "coordinates": turned} if turned else None


def _turned(polygon: Sequence[Ring]) -> list[list[Sequence[float]]]:
    """Return the rings of a polygon, none where nothing is left of its outer one."""
    rings = [_without_spikes(ring) for ring in polygon]
    if len(rings[0]) < _LEAST_RING:
        return []
    return [
        ring if (_signed_area(ring) > 0) is (number == 0) else ring[::-1]
        for number, ring in enumerate(rings)
        if len(ring) >= _LEAST_RING
    ]


def _without_spikes(ring: Ring) -> list[Sequence[float]]:
    """Return a ring without the points at which it turns straight back; rounding made some."""
    kept: list[Sequence[float]] = []
    for position in ring:
        while len(kept) > 1 and _turns_back(kept[-2], kept[-1], position):
            kept.pop()
        kept.append(position)
    return kept


def _turns_back(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> bool:
    (ux, uy), (vx, vy) = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1])
    return ux * vy - uy * vx == 0 and ux * vx + uy * vy < 0


def _signed_area(ring: Ring) -> float:
    """Return twice the area of a ring, positive where it turns left (the shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _box(shape: Mapping[str, Any]) -> list[float]:
    xs, ys = zip(*_positions(shape["coordinates"]), strict=True)
    return [min(xs), min(ys), max(xs), max(ys)]


def _positions(part: Any) -> Iterator[tuple[float, float]]:
    if isinstance(part[0], (int, float)):
        yield part[0], part[1]
        return
    for each in part:
        yield from _positions(each)


def _around(boxes: Sequence[Sequence[float]]) -> list[float]:
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]
