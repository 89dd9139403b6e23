"""Who runs, who commissions and who takes part in the lines, and under which programmes.

Everything here is read from what the sources say of single services: a body has an area, a
programme or a partner only through a service of its own, and nothing is concluded from names.
"""

from sosdir.partnerships.layout import Box, Edge, Labels, Picture, Text, picture
from sosdir.partnerships.organizations import Involvement, Role, chosen, involvements
from sosdir.partnerships.programs import (
    KNOWN_PROGRAMS,
    Program,
    ProgramSource,
    Usage,
    program_of,
    usages,
)
from sosdir.partnerships.ties import (
    Group,
    Tie,
    areas_of,
    by_commissioners,
    groups,
    in_order,
    others_than,
    tie_of,
    within,
)

__all__ = [
    "KNOWN_PROGRAMS",
    "Box",
    "Edge",
    "Group",
    "Involvement",
    "Labels",
    "Picture",
    "Program",
    "ProgramSource",
    "Role",
    "Text",
    "Tie",
    "Usage",
    "areas_of",
    "by_commissioners",
    "chosen",
    "groups",
    "in_order",
    "involvements",
    "others_than",
    "picture",
    "program_of",
    "tie_of",
    "usages",
    "within",
]
