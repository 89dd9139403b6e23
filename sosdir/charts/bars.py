"""Draw numbers of lines as bars, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from sosdir.charts.sheet import SHADES, Caption, sheet, type_of


def bars(caption: Caption, counts: Sequence[tuple[str, int]]) -> Figure:
    """Return one bar for each name, in order from above.

    Args:
        caption: its words.
        counts: name and number.
    """
    figure = sheet(caption)
    axes = figure.add_axes((0.24, 0.12, 0.7, 0.76))
    largest = max((1, *(count for _, count in counts)))
    room = largest * 0.015
    axes.set(xlim=(0, largest * 1.08), ylim=(len(counts) - 0.4, -0.6))
    axes.axis("off")
    for row, (name, count) in enumerate(counts):
        axes.barh(row, count, height=0.62, color=SHADES[3])
        axes.text(-room, row, name, **type_of(16, ha="right"))
        axes.text(count + room, row, f"{count}件", **type_of(16))
    return figure
