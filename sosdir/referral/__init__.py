"""What is handed over of a line: on a sheet, on a card, as plain text.

Nothing here decides what may be shown: it takes services as ``presentation`` has made them.
"""

from sosdir.referral.entries import entries
from sosdir.referral.plain import plain_text
from sosdir.referral.records import Code, Entry, Opening, Week

__all__ = ["Code", "Entry", "Opening", "Week", "entries", "plain_text"]
