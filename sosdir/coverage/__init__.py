"""Count for planners who serves a place: by what kind of line, which channels, at which hours."""

from sosdir.coverage.events import Event, Happening, changes, openings
from sosdir.coverage.lines import Line, line_of
from sosdir.coverage.measures import SNS, Measure, measures
from sosdir.coverage.places import Coverage, Share, cover
from sosdir.coverage.strip import SPANS, Cell, Span, Strip, strip_of

__all__ = [
    "SNS",
    "SPANS",
    "Cell",
    "Coverage",
    "Event",
    "Happening",
    "Line",
    "Measure",
    "Share",
    "Span",
    "Strip",
    "changes",
    "cover",
    "line_of",
    "measures",
    "openings",
    "strip_of",
]
