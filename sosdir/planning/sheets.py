"""Write what is counted as CSV for a spreadsheet, in Japanese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from sosdir.areas import Gazetteer, Place
from sosdir.coverage import SPANS, Coverage
from sosdir.formats import inert
from sosdir.planning.tables import label_of, row_of

_SPANS = tuple(span.key for span in SPANS)
_SOURCE = "sosdir CC BY 4.0"


def prefectures_csv(coverage: Coverage, gazetteer: Gazetteer) -> str:
    """Return one row for each prefecture, with a byte order mark for spreadsheets.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
    """
    return _csv(coverage, gazetteer.prefectures)


def prefecture_csv(coverage: Coverage, gazetteer: Gazetteer, prefecture: Place) -> str:
    """Return one row for a prefecture and one for each of its municipalities.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
        prefecture: whose.
    """
    return _csv(coverage, (prefecture, *gazetteer.municipalities_of(prefecture.code)))


def _csv(coverage: Coverage, places: Iterable[Place]) -> str:
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    keys = _keys(coverage)
    writer.writerow(
        ["コード", "都道府県", "市区町村", *_headings(coverage, keys), "集計日", "出典"]
    )
    for place in places:
        writer.writerow(map(inert, _cells(coverage, place, keys)))
    return out.getvalue()


def _keys(coverage: Coverage) -> tuple[str, ...]:
    known, usable, *others = (measure.key for measure in coverage.measures)
    return (known, usable, "wide", "local", "presumed", *others, *_SPANS)


def _headings(coverage: Coverage, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        label = label_of(coverage, key)
        if key in _SPANS:
            yield f"話せる時間 {label}"
            yield f"わからない時間 {label}"
        else:
            yield label


def _cells(coverage: Coverage, place: Place, keys: tuple[str, ...]) -> Iterator[str]:
    yield place.code
    yield place.prefecture
    yield "" if place.is_prefecture else place.name
    for key, figure in zip(keys, row_of(coverage, place, keys).figures, strict=True):
        yield str(figure.value)
        if key in _SPANS:
            yield str(figure.most - figure.value)
    yield coverage.day.isoformat()
    yield _SOURCE
