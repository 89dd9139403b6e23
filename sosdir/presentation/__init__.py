"""Say a service as people read it: what templates and data forms show, already decided.

Nothing here decides what may be shown: it takes what ``evidence`` has published.
"""

from sosdir.presentation.figures import Chart, Figure, Figures
from sosdir.presentation.presenter import Presenter, distance
from sosdir.presentation.records import ChannelLine, DayHours, Result, SourceLine, coming_week
from sosdir.presentation.rota import Rota
from sosdir.presentation.usual import UsualHours, usual_hours

__all__ = [
    "ChannelLine",
    "Chart",
    "DayHours",
    "Figure",
    "Figures",
    "Presenter",
    "Result",
    "Rota",
    "SourceLine",
    "UsualHours",
    "coming_week",
    "distance",
    "usual_hours",
]
