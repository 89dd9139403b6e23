"""Show planners what is counted: tables whose numbers lead to their lists, files, pictures."""

from sosdir.planning.kept import coverage, init_app, picture
from sosdir.planning.map import SHOWN, choropleth
from sosdir.planning.records import Column, Figure, Row, Table
from sosdir.planning.sheets import prefecture_csv, prefectures_csv
from sosdir.planning.since import Happened, happened
from sosdir.planning.tables import (
    MUNICIPAL_COLUMNS,
    PREFECTURE_COLUMNS,
    figures_by_scope,
    municipalities_table,
    prefectures_table,
    spans_by_scope,
)

__all__ = [
    "MUNICIPAL_COLUMNS",
    "PREFECTURE_COLUMNS",
    "SHOWN",
    "Column",
    "Figure",
    "Happened",
    "Row",
    "Table",
    "choropleth",
    "coverage",
    "figures_by_scope",
    "happened",
    "init_app",
    "municipalities_table",
    "picture",
    "prefecture_csv",
    "prefectures_csv",
    "prefectures_table",
    "spans_by_scope",
]
