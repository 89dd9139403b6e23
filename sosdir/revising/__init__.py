"""Compare, merge and name the changes of a service: pure questions on its history."""

from sosdir.revising.differences import Change, compare
from sosdir.revising.facts import channel_prefix, next_ids, source_prefix
from sosdir.revising.merging import Conflict, Merge, merge
from sosdir.revising.outlook import outlook
from sosdir.revising.records import DRAFTING, Action, Author, Reason, Revision, StaleError
from sosdir.revising.telling import Sheet, tell
from sosdir.revising.wording import ACTION_LABELS, fault_place

__all__ = [
    "ACTION_LABELS",
    "DRAFTING",
    "Action",
    "Author",
    "Change",
    "Conflict",
    "Merge",
    "Reason",
    "Revision",
    "Sheet",
    "StaleError",
    "channel_prefix",
    "compare",
    "fault_place",
    "merge",
    "next_ids",
    "outlook",
    "source_prefix",
    "tell",
]
