"""Draw an ordinary week hour by hour, with the number of lines in each field."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sosdir.charts.sheet import INK, LINE, SHADES, SOFT, UNSURE, Caption, on_shade, sheet, type_of
from sosdir.coverage import Cell, Strip
from sosdir.maps import shade_of, shade_tops

_ROWS = ("月", "火", "水", "木", "金", "土", "日", "祝日")


def week(caption: Caption, strip: Strip) -> Figure:
    """Return an ordinary week and an ordinary public holiday.

    Args:
        caption: its words.
        strip: of the place.
    """
    figure = sheet(caption)
    axes = figure.add_axes((0.07, 0.12, 0.91, 0.74))
    axes.set(xlim=(-0.02, 24.02), ylim=(len(_ROWS) + 0.02, -0.6))
    axes.axis("off")
    tops = shade_tops(cell.open for row in strip.rows for cell in row)
    for top, row in enumerate(strip.rows):
        axes.text(-0.3, top + 0.5, _ROWS[top], **type_of(15, ha="right"))
        for hour, cell in enumerate(row):
            _draw_cell(axes, hour, top, cell, shade_of(cell.open, tops))
    for hour in range(24):
        axes.text(hour + 0.5, -0.3, f"{hour}時", **type_of(12, SOFT, ha="center"))
    return figure


def _draw_cell(axes: Axes, hour: int, top: int, cell: Cell, shade: int) -> None:
    unsure = not cell.open and cell.unknown > 0
    face = UNSURE if unsure else SHADES[shade]
    field = Rectangle((hour, top), 1, 1, facecolor=face, edgecolor=LINE, lw=0.5)
    # Marked by more than a colour: what cannot be told is hatched as well.
    field.set_hatch("//" if unsure else "")
    axes.add_patch(field)
    words = "?" if unsure else str(cell.open)
    colour = INK if unsure else on_shade(shade)
    ground = {"facecolor": face, "edgecolor": "none", "pad": 3}
    axes.text(hour + 0.5, top + 0.5, words, **type_of(15, colour, ha="center", bbox=ground))
