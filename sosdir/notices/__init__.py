"""Short dated notices by admins: what one is, what it may say, and what differs between two."""

from sosdir.notices.contacts import Contact, KnownContacts
from sosdir.notices.differences import Merge, compare, merge
from sosdir.notices.records import (
    ACTION_LABELS,
    KIND_LABELS,
    Action,
    Kind,
    Link,
    Notice,
    StaleNoticeError,
    Standing,
    Version,
)
from sosdir.notices.rules import (
    MOST_LINKS,
    cautions,
    concerns,
    faults_of,
    may_be_shown,
    on_front_page,
)

__all__ = [
    "ACTION_LABELS",
    "KIND_LABELS",
    "MOST_LINKS",
    "Action",
    "Contact",
    "Kind",
    "KnownContacts",
    "Link",
    "Merge",
    "Notice",
    "StaleNoticeError",
    "Standing",
    "Version",
    "cautions",
    "compare",
    "concerns",
    "faults_of",
    "may_be_shown",
    "merge",
    "on_front_page",
]
