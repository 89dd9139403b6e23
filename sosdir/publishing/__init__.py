"""Change services so that every change can be seen, and undone: the one way to save a service.

Every function that writes is to be called within ``db.changing``; nothing then comes between
what it reads and what it writes.
"""

from sosdir.publishing.changes import publish, publish_draft, reject_draft, restore, save_draft
from sosdir.publishing.checks import CHECKS, can_undo, check, undo
from sosdir.publishing.editions import BEFORE_HISTORY, Edition, open_edition, with_present_names
from sosdir.publishing.loading import keep_history_of_load
from sosdir.publishing.rules import Rules, faults_of, rules

__all__ = [
    "BEFORE_HISTORY",
    "CHECKS",
    "Edition",
    "Rules",
    "can_undo",
    "check",
    "faults_of",
    "keep_history_of_load",
    "open_edition",
    "publish",
    "publish_draft",
    "reject_draft",
    "restore",
    "rules",
    "save_draft",
    "undo",
    "with_present_names",
]
