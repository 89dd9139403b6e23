"""Check facts against each other and against the rules of the directory."""

from sosdir.checking.facts import dead_numbers
from sosdir.checking.lines import Line, Lines
from sosdir.checking.packages import OUTLINES_FILE, check
from sosdir.checking.services import check_service

__all__ = ["OUTLINES_FILE", "Line", "Lines", "check", "check_service", "dead_numbers"]
