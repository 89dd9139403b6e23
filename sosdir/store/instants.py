"""Write instants so that their texts compare as they do, and read them."""

from datetime import UTC, datetime


def text_of(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, always of the same length.

    Args:
        at: with a zone.
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant_of(text: str | None) -> datetime | None:
    """Return the instant that a text tells, None where there is none.

    Args:
        text: as ``text_of`` gives it, or None.
    """
    return datetime.fromisoformat(text) if text else None
