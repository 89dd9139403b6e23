"""Lay out a sheet of 16:9 with a title and a source, and write it out, the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib_fontja import get_font_ttf_path

# Inches and dots an inch: 1600 by 900 pixels.
_SIZE = (12.8, 7.2)
_DPI = 125

INK = "#14262b"
SOFT = "#3d5057"
LINE = "#5f7379"
PAPER = "#ffffff"
# One hue from light to dark, as on the map of the site: told apart without colour vision.
SHADES = ("#f7f9f9", "#cde3e7", "#8cbcc6", "#22707f", "#07363f")
UNSURE = "#faeecd"
# From this shade on, what stands on it is white.
DARK = 3

# The ids within an SVG would else differ from drawing to drawing.
matplotlib.rcParams["svg.hashsalt"] = "sosdir"


@dataclass(frozen=True, slots=True)
class Caption:
    """Word a picture.

    Args:
        title: what it shows.
        note: how to read it.
        source: whose figures, under which licence, of which day.
    """

    title: str
    note: str
    source: str


@cache
def font(size: float) -> FontProperties:
    """Return the Japanese font that comes with matplotlib-fontja.

    Args:
        size: in points.
    """
    return FontProperties(fname=get_font_ttf_path(), size=size)


def type_of(size: float, colour: str = INK, **more: Any) -> dict[str, Any]:
    """Return how a text is set: in the middle of its line, in the Japanese font.

    Args:
        size: in points.
        colour: of the text.
        more: as matplotlib names it, such as ``ha``.
    """
    return {"va": "center", "color": colour, "fontproperties": font(size), **more}


def sheet(caption: Caption) -> Figure:
    """Return an empty sheet with its title above and its note and source below.

    Args:
        caption: its words.
    """
    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    figure.text(0.03, 0.935, caption.title, **type_of(24))
    figure.text(0.03, 0.066, caption.note, **type_of(12, SOFT))
    figure.text(0.03, 0.03, caption.source, **type_of(11, SOFT))
    return figure


def written(figure: Figure, form: str) -> bytes:
    """Return a drawn sheet as a file, without a date or a program's name.

    Args:
        figure: the sheet.
        form: ``png`` or ``svg``.
    """
    bare: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
    out = BytesIO()
    figure.savefig(out, format=form, metadata=bare)
    return out.getvalue()


def on_shade(shade: int) -> str:
    """Return the colour of what stands on a shade.

    Args:
        shade: 0 to 4.
    """
    return PAPER if shade >= DARK else INK
