"""Draw the choropleth of the country: the same numbers as the table."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, Final

from flask import url_for

from sosdir import multilingual
from sosdir.areas import Gazetteer
from sosdir.coverage import SPANS, Coverage
from sosdir.locales import mark
from sosdir.maps import AreaCount, MapWords, RenderedMap, prefecture_map
from sosdir.planning.tables import label_of, row_of

# What the map can show: keys of columns.
SHOWN: Final = ("usable", "known", "sns", "night")
_ATTRIBUTION: Final = mark("都道府県の輪郭:Natural Earth(パブリックドメイン)をもとに加工")
_HOURS: Final = frozenset(span.key for span in SPANS)
_USAGE: Final = mark(
    "色の濃さと数字は、同じことを表します。都道府県を選ぶと、そのページへ進みます。"
    "キーボードでは、矢印キーで別の都道府県へ移り、Enterキーで選び、+と-で拡大・縮小します。"
)
_IN_HOURS: Final = MapWords(area=mark("{name} {count}時間"), legend=mark("{range}時間"))


def choropleth(
    coverage: Coverage, gazetteer: Gazetteer, outlines: dict[str, Any], show: str
) -> RenderedMap:
    """Return the map of the country by one of its numbers.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
        outlines: of the prefectures.
        show: key of the column.
    """
    counts = [
        AreaCount(row.code, row.name, row.figures[0].value, 0, row.url)
        for row in (row_of(coverage, place, (show,)) for place in gazetteer.prefectures)
    ]
    gettext = multilingual.current().gettext
    words = replace(_IN_HOURS if show in _HOURS else MapWords(), usage=_USAGE)
    said = {name: gettext(text) for name, text in asdict(words).items()}
    said["title"] = gettext(label_of(coverage, show))
    return prefecture_map(
        outlines,
        counts,
        (),
        selected=None,
        attribution=gettext(_ATTRIBUTION),
        words=MapWords(**said),
    )


def script_url(show: str) -> str:
    """Return the address of the map's script.

    Args:
        show: key of the column.
    """
    return url_for("coverage.script", show=show)
