"""Write instants so that their texts compare as they do."""

from datetime import UTC, datetime


def text_of(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, always of the same length.

    Args:
        at: with a zone.
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")
