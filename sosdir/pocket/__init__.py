"""Make what a person puts into her device's own places: a card of an address book, a calendar.

Both can be neutral: named メモ and without any word or address that tells what they are of.
"""

from sosdir.pocket.calendars import DAYS, calendar
from sosdir.pocket.cards import cards

__all__ = ["DAYS", "calendar", "cards"]
