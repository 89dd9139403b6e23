"""Check facts against each other and against the rules of the directory."""

from sosdir.checking.facts import RESERVED_IDS, dead_numbers
from sosdir.checking.lines import Line, Lines
from sosdir.checking.packages import OUTLINES_FILE, check
from sosdir.checking.services import check_service

__all__ = [
    "OUTLINES_FILE",
    "RESERVED_IDS",
    "Line",
    "Lines",
    "check",
    "check_service",
    "dead_numbers",
]
