"""Put what is counted into tables, each number with its list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from flask import url_for
from werkzeug.datastructures import MultiDict

from sosdir import multilingual
from sosdir.areas import Gazetteer, Place
from sosdir.context import Address
from sosdir.coverage import SPANS, Coverage, Line, Share, Strip
from sosdir.locales import mark
from sosdir.models import NATIONWIDE, Scope
from sosdir.planning.records import Column, Figure, Gap, Row, Table
from sosdir.vocabulary import SCOPE_LABELS

_LINES: Final = mark("窓口の数")
_CHANNELS: Final = mark("連絡の方法")
_HOURS: Final = mark("話せる時間")

# Heading and the keys below it.
Layout = tuple[tuple[str, tuple[str, ...]], ...]
PREFECTURE_COLUMNS: Final[Layout] = (
    (_LINES, ("known", "usable", "wide", "local", "presumed")),
    (mark("窓口の種類"), ("pregnancy_sos", "womens_health", "maternity")),
    (_CHANNELS, ("sns", "line", "phone", "email", "web_form", "in_person")),
    (mark("必要なこと"), ("anonymous", "accompaniment", "shelter", "languages")),
    (_HOURS, ("week", "night", "weekend", "holiday")),
)
MUNICIPAL_COLUMNS: Final[Layout] = (
    (_LINES, ("known", "usable")),
    (_CHANNELS, ("sns", "line", "phone", "in_person")),
    (_HOURS, ("week", "night", "weekend", "holiday")),
)
_OF_PLACES: Final = MappingProxyType(
    {
        "wide": SCOPE_LABELS[Scope.PREFECTURE],
        "local": SCOPE_LABELS[Scope.MUNICIPALITY],
        "presumed": mark("対象地域は要確認の窓口"),
    }
)
_LACKED: Final = ("known", "usable", "sns", "night")
_SPANS: Final = MappingProxyType({span.key: span for span in SPANS})
_OWN: Final = (Scope.PREFECTURE, Scope.MUNICIPALITY)


def prefectures_table(
    coverage: Coverage,
    gazetteer: Gazetteer,
    sort: str | None = None,
    asked: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Return one row for each prefecture.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
        sort: key of the column whose least comes first, None for the order of the codes.
        asked: the other parameters of the page.
    """
    keys = keys_of(PREFECTURE_COLUMNS)
    rows = [row_of(coverage, place, keys) for place in gazetteer.prefectures]
    values: dict[str, Any] = dict(asked)
    url = url_for("coverage.japan", **values)
    return _table(PREFECTURE_COLUMNS, coverage, rows, sort, url)


def gaps(coverage: Coverage, gazetteer: Gazetteer) -> list[Gap]:
    """Return which prefectures have no line, none on LINE and the like, none at night.

    Where hours cannot be told, nothing is called missing.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
    """
    rows = [row_of(coverage, place, _LACKED) for place in gazetteer.prefectures]
    return [
        Gap(
            label_of(coverage, key),
            url_for("coverage.japan", sort=key, _anchor="table"),
            tuple(row.name for row in rows if not row.figures[number].most),
        )
        for number, key in enumerate(_LACKED)
    ]


def municipalities_table(
    coverage: Coverage, gazetteer: Gazetteer, prefecture: Place, sort: str | None = None
) -> Table:
    """Return one row for each municipality of a prefecture.

    Args:
        coverage: as counted.
        gazetteer: of the same data.
        prefecture: whose.
        sort: as for ``prefectures_table``.
    """
    keys = keys_of(MUNICIPAL_COLUMNS)
    towns = gazetteer.municipalities_of(prefecture.code)
    rows = [row_of(coverage, place, keys) for place in towns]
    url = url_for("coverage.prefecture", code=prefecture.code)
    return _table(MUNICIPAL_COLUMNS, coverage, rows, sort, url)


def keys_of(layout: Layout) -> tuple[str, ...]:
    """Return the keys of all columns, in order.

    Args:
        layout: of the table.
    """
    return tuple(key for _, keys in layout for key in keys)


def label_of(coverage: Coverage, key: str) -> str:
    """Return what a column is called, in Japanese.

    Args:
        coverage: as counted.
        key: of the column.
    """
    if key in _OF_PLACES:
        return _OF_PLACES[key]
    return _SPANS[key].label if key in _SPANS else coverage.measure(key).label


def row_of(coverage: Coverage, place: Place, keys: Iterable[str]) -> Row:
    """Return the numbers of a place.

    Args:
        coverage: as counted.
        place: a prefecture or municipality.
        keys: of the columns.
    """
    share = coverage.share(place.code)
    endpoint = "coverage.prefecture" if place.is_prefecture else "areas.area"
    return Row(
        place.code,
        place.named(multilingual.locale()),
        url_for(endpoint, code=place.code),
        tuple(_figure(coverage, share, key) for key in keys),
    )


def figures_by_scope(coverage: Coverage, share: Share) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return all that is counted of a prefecture: its own, its municipalities', the country's.

    Args:
        coverage: as counted.
        share: of the prefecture.
    """
    parts = (
        (share.wide, Scope.PREFECTURE),
        (share.local, Scope.MUNICIPALITY),
        (coverage.nationwide, Scope.COUNTRY),
    )
    return [
        (
            measure.label,
            tuple(
                _counted(measure.count(lines), share.code, (scope,), measure.asks)
                for lines, scope in parts
            ),
        )
        for measure in coverage.measures
    ]


def spans_by_scope(strips: Sequence[Strip]) -> list[tuple[str, int, tuple[Figure, ...]]]:
    """Return the parts of the week: label, length in hours, the hours answered of each strip.

    Args:
        strips: in the order of the columns.
    """
    return [
        (span.label, span.length, tuple(_hours(strip, span.key, None) for strip in strips))
        for span in SPANS
    ]


def nationwide_figures(coverage: Coverage) -> list[tuple[str, Figure]]:
    """Return all that is counted of the lines for the whole country.

    Args:
        coverage: as counted.
    """
    return [
        (each.label, _counted(each.count(coverage.nationwide), NATIONWIDE, (), each.asks))
        for each in coverage.measures
    ]


def _table(
    layout: Layout, coverage: Coverage, rows: list[Row], sort: str | None, url: str
) -> Table:
    keys = keys_of(layout)
    if sort is not None:
        place = keys.index(sort)
        rows = sorted(rows, key=lambda row: row.figures[place].value)
    join = "&" if "?" in url else "?"
    columns = tuple(
        Column(key, label_of(coverage, key), f"{url}{join}sort={key}#table", key == sort)
        for key in keys
    )
    groups = tuple((label, len(held)) for label, held in layout)
    return Table(groups, columns, tuple(rows), f"{url}#table", sort is not None)


def _figure(coverage: Coverage, share: Share, key: str) -> Figure:
    if key in _SPANS:
        prefecture = coverage.share(share.code[:2])
        strip = share.strip if share.own else prefecture.strip
        url = url_for("coverage.prefecture", code=prefecture.code, _anchor="hours")
        return _hours(strip, key, url)
    if key == "presumed":
        url = url_for("coverage.prefecture", code=share.code, _anchor="lines")
        return Figure(share.presumed, share.presumed, url)
    if key in _OF_PLACES:
        scope = Scope.PREFECTURE if key == "wide" else Scope.MUNICIPALITY
        lines: tuple[Line, ...] = share.wide if key == "wide" else share.local
        return _counted(len(lines), share.code, (scope,), ())
    measure = coverage.measure(key)
    scopes = _OWN if share.is_prefecture else (Scope.MUNICIPALITY,)
    return _counted(measure.count(share.own), share.code, scopes, measure.asks)


def _counted(
    value: int, code: str, scopes: tuple[Scope, ...], asks: tuple[tuple[str, str], ...]
) -> Figure:
    """Return a number with the list of the same lines."""
    pairs = [("area", code), *asks, *(("scope", scope.value) for scope in scopes)]
    return Figure(value, value, Address.of(MultiDict(pairs)).url("home.home"))


def _hours(strip: Strip, key: str, url: str | None) -> Figure:
    span = _SPANS[key]
    answered = strip.answered(span)
    return Figure(answered, answered + strip.unsure(span), url)
