"""Read the numbers that must never be published."""

from sqlite_utils import Database

from sosdir import records
from sosdir.models import RetiredNumber
from sosdir.store.rows import select
from sosdir.tabular import TABLE


def everything(db: Database) -> list[RetiredNumber]:
    """Return all retired numbers, in the order of the package.

    Args:
        db: to read.
    """
    rows = select(db, TABLE["retired_number"], "ORDER BY position")
    return [records.retired_number(row) for row in rows]
