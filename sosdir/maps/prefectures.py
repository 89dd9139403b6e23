"""Draw the prefectures with their numbers of lines, and the places one can visit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from sosdir.maps.escaping import own_path, script_json
from sosdir.maps.leaflet import empty_map
from sosdir.maps.outlines import Bounds, bounds_of
from sosdir.maps.records import AreaCount, MapPoint, MapWords, RenderedMap

# The four main islands with Yakushima; map.js draws the islands south-west of it in an inset.
_MAIN_ISLANDS: Bounds = [[30.1, 128.5], [45.6, 145.95]]
_SHADES = 4
_JAPANESE = MapWords()


def prefecture_map(
    outlines: Mapping[str, Any],
    counts: Sequence[AreaCount],
    points: Sequence[MapPoint],
    *,
    selected: str | None,
    attribution: str,
    words: MapWords = _JAPANESE,
) -> RenderedMap:
    """Draw the country by prefecture, or one prefecture with its points.

    Args:
        outlines: the same that ``outline_script`` was given.
        counts: one for each prefecture, in the order in which the arrow keys go.
        points: those of the selected prefecture; without one, none is drawn.
        selected: code of the prefecture to zoom to, None for the whole country.
        attribution: where the outlines come from, plain text.
        words: the wording.

    Raises:
        UnknownAreaError: no outline bears the selected code.
        InputError: a url leads away from our own host.
    """
    shown = points if selected is not None else ()
    tops = shade_tops(area.count for area in counts)
    name, container, script = empty_map()
    data = {
        "areas": [_area(area, tops, words) for area in counts],
        "markers": [_marker(here, words) for here in _by_position(shown)],
        "selected": selected,
        "view": _view(outlines, shown, selected),
        "help_id": f"{name}_help",
        "words": {key: getattr(words, key) for key in ("title", "zoom_in", "zoom_out", "close")},
    }
    usage = f'<p class="map-help" id="{name}_help">{escape(_usage(shown, selected, words))}</p>'
    source = f'<p class="map-attribution">{escape(attribution)}</p>'
    return RenderedMap(
        element_id=name,
        script=f"{script}\nsosdirMap.draw({name}, {script_json(data)});\n",
        html=f'<div class="map-box">{container}{usage}{_legend(tops, words)}{source}</div>',
    )


def _view(outlines: Mapping[str, Any], shown: Iterable[MapPoint], selected: str | None) -> Bounds:
    if selected is None:
        return _MAIN_ISLANDS
    return bounds_of(outlines, selected, [(point.longitude, point.latitude) for point in shown])


def _usage(shown: Sequence[MapPoint], selected: str | None, words: MapWords) -> str:
    if selected is None:
        return words.usage + words.inset
    return words.usage + (words.points if shown else "")


def _area(area: AreaCount, tops: Sequence[int], words: MapWords) -> dict[str, Any]:
    wording = words.area_open if area.open_count else words.area
    return {
        "code": area.code,
        "name": area.name,
        "count": area.count,
        "shade": shade_of(area.count, tops),
        "label": wording.format(name=area.name, count=area.count, open_count=area.open_count),
        "url": own_path(area.url),
    }


def shade_tops(counts: Iterable[int]) -> list[int]:
    """Return the highest count of each shade: none, then equal ratios up to the largest count.

    Args:
        counts: not negative.
    """
    largest = max(counts, default=0)
    ratio = largest ** (1 / _SHADES)
    tops = {math.ceil(ratio**step - 1e-9) for step in range(1, _SHADES + 1)}
    return sorted(tops | {0})


def shade_of(count: int, tops: Sequence[int]) -> int:
    """Return the shade of a count, 0 for none.

    Args:
        count: not negative.
        tops: of all the counts together.
    """
    return sum(count > top for top in tops[:-1])


def _legend(tops: Sequence[int], words: MapWords) -> str:
    ranges = ["0"]
    for below, top in pairwise(tops):
        ranges.append(str(top) if top == below + 1 else f"{below + 1}–{top}")
    entries = (
        f'<li><span class="map-swatch map-shade-{shade}"></span>'
        f"{escape(words.legend.format(range=text))}</li>"
        for shade, text in enumerate(ranges)
    )
    return f'<ul class="map-legend">{"".join(entries)}</ul>'


def _by_position(points: Iterable[MapPoint]) -> list[list[MapPoint]]:
    """Gather the points of one position (to some 10 m): one marker would hide the other."""
    places: dict[tuple[float, float], list[MapPoint]] = {}
    for point in points:
        key = (round(point.latitude, 4), round(point.longitude, 4))
        places.setdefault(key, []).append(point)
    return list(places.values())


def _marker(here: Sequence[MapPoint], words: MapWords) -> dict[str, Any]:
    return {
        "position": [here[0].latitude, here[0].longitude],
        "label": _marker_label(here, words),
        "items": [
            {
                "name": point.name,
                "label": point.label,
                "note": point.precision_note,
                "url": own_path(point.url),
            }
            for point in here
        ],
    }


def _marker_label(here: Sequence[MapPoint], words: MapWords) -> str:
    if len(here) == 1:
        return f"{here[0].name}、{here[0].label}"
    return words.several.format(count=len(here), names="、".join(point.name for point in here))
